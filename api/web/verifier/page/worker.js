/**
 * The verifier in a thread of its own, so that the page can be used while it works. It fetches
 * nothing: files and shared data come with the one message that it takes.
 *
 * It posts `{ready}`, then `{read, size}` from time to time, then `{answer}` as verify() gives it,
 * or `{fault}`: a message for people.
 */
import { verified } from './work.js';

self.addEventListener('message', async ({ data }) => {
  try {
    self.postMessage({ answer: await verified(data, tell) });
  } catch (error) {
    self.postMessage({ fault: error.message });
  }
});

function tell(read, size) {
  self.postMessage({ read, size });
}

self.postMessage({ ready: true });
