/** A verification under way: in a worker, or in the page's own thread where there are none. */
import { verified } from './work.js';

const URL_OF_WORKER = new URL('worker.js', import.meta.url).href;
// The page's policy (CSP) takes no other script address than this one, from nobody.
const POLICY = globalThis.trustedTypes?.createPolicy('rootprint-worker', {
  createScriptURL: () => URL_OF_WORKER,
});

/**
 * @param {Parameters<typeof verified>[0]} asked its `evidence` is handed over, and empty after
 * @param {Parameters<typeof verified>[1]} tell
 * @returns {{answer: ReturnType<typeof verified>, stop: () => void}} once stopped, a worker works
 *   no more and there is no answer
 */
export function begin(asked, tell) {
  const worker = started();
  if (worker === null) return { answer: verified(asked, tell), stop() {} };
  const answer = new Promise((resolve, reject) => {
    let isReady = false;
    worker.addEventListener('message', ({ data }) => {
      if (data.ready) {
        isReady = true;
        worker.postMessage(asked, [asked.evidence.buffer]);
      } else if (data.read !== undefined) {
        tell(data.read, data.size);
      } else {
        worker.terminate();
        if (data.fault === undefined) resolve(data.answer);
        else reject(new Error(data.fault));
      }
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      worker.terminate();
      // An engine that takes the module for a classic script stops at its first line.
      if (isReady) reject(new Error(event.message));
      else resolve(verified(asked, tell));
    });
  });
  return { answer, stop: () => worker.terminate() };
}

function started() {
  if (globalThis.Worker === undefined) return null;
  try {
    return new Worker(POLICY?.createScriptURL('') ?? URL_OF_WORKER, { type: 'module' });
  } catch {
    return null;
  }
}
