/**
 * Threads that help a verification: worker_threads in Node, Web Workers in a browser, both with the
 * one module helper.js. Where an engine or a page's policy gives none, one thread does all.
 */
const builtin = globalThis.process?.getBuiltinModule;
const HELPER = new URL('helper.js', import.meta.url);
const [MOST, KEPT] = [7, []]; // Node's, which wait for the next file and keep no process alive

/** How many there may be: one for each processor but the one that this thread has. */
export function spare() {
  const count =
    builtin?.('node:os').availableParallelism?.() ?? globalThis.navigator?.hardwareConcurrency;
  return Math.min(MOST, (count ?? 1) - 1);
}

/**
 * A thread, or null where there can be none.
 * @returns {{post: (message: object) => void, take: (onMessage: (data: object) => void,
 *   onEnd: () => void) => void, let: () => void, stop: () => void} | null} `let` keeps it for
 *   another file, `stop` ends it
 */
export function started() {
  try {
    return builtin === undefined ? inBrowser() : (KEPT.pop() ?? inNode());
  } catch {
    return null; // a policy that gives no worker, an engine without module workers
  }
}

function inNode() {
  const { Worker } = builtin('node:worker_threads');
  const worker = new Worker(HELPER);
  let [message, end] = [() => {}, () => {}];
  worker.on('message', (data) => message(data));
  let isOver = false;
  for (const name of ['error', 'messageerror', 'exit'])
    worker.on(name, () => {
      isOver = true;
      end();
    });
  const thread = {
    post: (data) => worker.postMessage(data),
    take(onMessage, onEnd) {
      worker.ref();
      [message, end] = [onMessage, onEnd];
      if (isOver) end();
    },
    let() {
      worker.unref(); // it keeps no process alive that has nothing else to do
      if (!isOver) KEPT.push(thread);
    },
    stop: () => void worker.terminate(),
  };
  return thread;
}

function inBrowser() {
  if (globalThis.Worker === undefined) return null;
  const worker = new Worker(address(), { type: 'module' });
  return {
    post: (data) => worker.postMessage(data),
    take(onMessage, onEnd) {
      worker.onmessage = ({ data }) => onMessage(data);
      worker.onmessageerror = onEnd;
      worker.onerror = (event) => (event.preventDefault(), onEnd());
    },
    let: () => worker.terminate(),
    stop: () => worker.terminate(),
  };
}

// The page's policy (CSP) takes an address from a policy of this name only, which makes no other.
let policy;
function address() {
  policy ??= globalThis.trustedTypes?.createPolicy('rootprint-worker', {
    createScriptURL: () => HELPER.href,
  });
  return policy?.createScriptURL('') ?? HELPER.href;
}

/** Lets messages come in: a promise alone does not. @returns {Promise<void>} */
export function turn() {
  return new Promise((resolve) => {
    if (globalThis.setImmediate !== undefined) {
      globalThis.setImmediate(resolve);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
