/** What the page asks of the verifier: the same in a worker and in the page's own thread. */
import { verify } from '../verify.js';
import { dataOf } from './data.js';

const TOLD_EVERY = 250; // milliseconds: a screen reader reads out what is said of progress

/**
 * @param {{shared: import('./data.js').Shared}} asked what verify() takes, but with the bytes of
 *   the shared data, as only they can be sent to a worker
 * @param {(read: number, size: number) => void} tell how many statements were read, of how many
 * @returns {ReturnType<typeof verify>}
 */
export function verified({ shared, ...asked }, tell) {
  let next = performance.now() + TOLD_EVERY;
  const progress = (read, size) => {
    if (read < size && performance.now() < next) return;
    next = performance.now() + TOLD_EVERY;
    tell(read, size);
  };
  return verify({ ...asked, ...dataOf(shared), chain: null, progress });
}
