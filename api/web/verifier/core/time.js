/** Times: RFC 3339 in UTC with Z and whole seconds, years 0001 to 9999; Unix seconds inside. */
import { Refused } from './errors.js';

const TIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/;
/** 9999-12-31T23:59:59Z: the last time that can be written. */
export const LAST_TIME = 253_402_300_799;

// Times as they were read: one file has the same ones many times.
const known = new Map();
const texts = new Map();
const MOST_KNOWN = 4096;

/** Unix seconds of a written time; throws Refused for another spelling or a day that never was. */
export function seconds(value, what = 'a time') {
  const found = known.get(value);
  if (found !== undefined) return found;
  if (typeof value === 'string' && TIME.test(value) && !value.startsWith('0000')) {
    const milliseconds = Date.parse(value);
    // Date takes 30 February for 2 March, and hour 24 for the next day's first: another day of the
    // month is another than was meant. Of what is none it makes NaN, which is no day either.
    if (new Date(milliseconds).getUTCDate() === Number(value.slice(8, 10))) {
      if (known.size >= MOST_KNOWN) known.clear();
      known.set(value, milliseconds / 1000);
      return milliseconds / 1000;
    }
  }
  throw new Refused(`${what} is not an RFC 3339 time in UTC with Z and whole seconds`);
}

/** A time as it is written; `at` in Unix seconds, 0 to LAST_TIME. */
export function written(at) {
  let text = texts.get(at);
  if (text === undefined) {
    text = `${new Date(at * 1000).toISOString().slice(0, 19)}Z`;
    if (texts.size >= MOST_KNOWN) texts.clear();
    texts.set(at, text);
  }
  return text;
}
