/**
 * Keccak-256 as Ethereum uses it: Keccak[c=512] with the padding of the original submission
 * (FIPS 202 section 3, but a 1 bit and zeros to a last 1 bit, without SHA-3's two domain bits).
 *
 * A lane of 64 bits is two halves of 32: state[2i] low, state[2i + 1] high.
 */

const RATE = 136; // bytes a block
const HALVES = 50;

/** The round constants of step iota, low and high halves: section 3.2.5. */
const IOTA_LOW = new Int32Array([
  0x00000001, 0x00008082, 0x0000808a, 0x80008000, 0x0000808b, 0x80000001, 0x80008081, 0x00008009,
  0x0000008a, 0x00000088, 0x80008009, 0x8000000a, 0x8000808b, 0x0000008b, 0x00008089, 0x00008003,
  0x00008002, 0x00000080, 0x0000800a, 0x8000000a, 0x80008081, 0x00008080, 0x80000001, 0x80008008,
]);
const IOTA_HIGH = new Int32Array([
  0x00000000, 0x00000000, 0x80000000, 0x80000000, 0x00000000, 0x00000000, 0x80000000, 0x80000000,
  0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x80000000, 0x80000000, 0x80000000,
  0x80000000, 0x80000000, 0x00000000, 0x80000000, 0x80000000, 0x80000000, 0x00000000, 0x80000000,
]);

/** Where step pi puts one lane after the other, from lane 1 on, and how far rho turns each. */
const LANES = new Uint8Array([
  10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1,
]);
const TURNS = new Uint8Array([
  1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44,
]);

const columns = new Int32Array(10);

/**
 * The 32-byte Keccak-256.
 * @param {Uint8Array} bytes
 * @returns {Uint8Array}
 */
export function keccak256(bytes) {
  const state = new Int32Array(HALVES);
  const whole = bytes.length - (bytes.length % RATE);
  for (let at = 0; at < whole; at += RATE) absorb(state, bytes, at);
  const last = new Uint8Array(RATE);
  last.set(bytes.subarray(whole));
  last[bytes.length - whole] = 0x01;
  last[RATE - 1] |= 0x80;
  absorb(state, last, 0);
  const digest = new Uint8Array(32);
  const view = new DataView(digest.buffer);
  for (let i = 0; i < 8; i++) view.setInt32(4 * i, state[i], true);
  return digest;
}

function absorb(state, bytes, at) {
  for (let i = 0; i < RATE / 4; i++, at += 4) {
    state[i] ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
  }
  for (let round = 0; round < 24; round++) {
    theta(state);
    rhoAndPi(state);
    chi(state);
    state[0] ^= IOTA_LOW[round];
    state[1] ^= IOTA_HIGH[round];
  }
}

/** Section 3.2.1: each lane takes up its two neighbouring columns. */
function theta(state) {
  for (let x = 0; x < 10; x++) {
    columns[x] = state[x] ^ state[x + 10] ^ state[x + 20] ^ state[x + 30] ^ state[x + 40];
  }
  for (let x = 0; x < 10; x += 2) {
    const before = x === 0 ? 8 : x - 2;
    const after = x === 8 ? 0 : x + 2;
    const low = columns[after];
    const high = columns[after + 1];
    const mixLow = columns[before] ^ ((low << 1) | (high >>> 31));
    const mixHigh = columns[before + 1] ^ ((high << 1) | (low >>> 31));
    for (let y = x; y < HALVES; y += 10) {
      state[y] ^= mixLow;
      state[y + 1] ^= mixHigh;
    }
  }
}

/** Sections 3.2.2 and 3.2.3 in one cycle through 24 lanes. */
function rhoAndPi(state) {
  let low = state[2];
  let high = state[3];
  for (let i = 0; i < 24; i++) {
    const lane = 2 * LANES[i];
    const nextLow = state[lane];
    const nextHigh = state[lane + 1];
    const turn = TURNS[i] & 31; // never 0, so that no shift below is by 32
    const turnedLow = (low << turn) | (high >>> (32 - turn));
    const turnedHigh = (high << turn) | (low >>> (32 - turn));
    state[lane] = TURNS[i] < 32 ? turnedLow : turnedHigh;
    state[lane + 1] = TURNS[i] < 32 ? turnedHigh : turnedLow;
    low = nextLow;
    high = nextHigh;
  }
}

/** Section 3.2.4: along each row, the only step that is not linear. */
function chi(state) {
  for (let y = 0; y < HALVES; y += 10) {
    // A half reads those after it, so only the first four of a row have to be kept.
    const a = state[y];
    const b = state[y + 1];
    const c = state[y + 2];
    const d = state[y + 3];
    for (let x = y; x < y + 6; x++) state[x] ^= ~state[x + 2] & state[x + 4];
    state[y + 6] ^= ~state[y + 8] & a;
    state[y + 7] ^= ~state[y + 9] & b;
    state[y + 8] ^= ~a & c;
    state[y + 9] ^= ~b & d;
  }
}
