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

// Of one hash at a time: nothing here waits.
const working = new Int32Array(HALVES);
const tail = new Uint8Array(RATE);

/**
 * The 32-byte Keccak-256.
 * @param {Uint8Array} bytes
 * @returns {Uint8Array}
 */
export function keccak256(bytes) {
  const state = working.fill(0);
  const whole = bytes.length - (bytes.length % RATE);
  for (let at = 0; at < whole; at += RATE) absorb(state, bytes, at);
  tail.fill(0);
  for (let at = whole; at < bytes.length; at++) tail[at - whole] = bytes[at];
  tail[bytes.length - whole] = 0x01;
  tail[RATE - 1] |= 0x80;
  absorb(state, tail, 0);
  const digest = new Uint8Array(32);
  for (let i = 0; i < 32; i++) digest[i] = state[i >> 2] >> (8 * (i & 3));
  return digest;
}

function absorb(state, bytes, at) {
  for (let i = 0; i < RATE / 4; i++, at += 4) {
    state[i] ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
  }
  permute(state);
}

/**
 * Keccak-f[1600], section 3.3. Its steps are written out, so that engines keep halves in
 * registers: c and d are theta's columns and what it mixes in (3.2.1), l and h a lane's low and
 * high half after it, p the halves where rho and pi put them (3.2.2, 3.2.3), row by row for chi
 * (3.2.4).
 */
function permute(s) {
  for (let round = 0; round < 24; round++) {
    const c0 = s[0] ^ s[10] ^ s[20] ^ s[30] ^ s[40];
    const c1 = s[1] ^ s[11] ^ s[21] ^ s[31] ^ s[41];
    const c2 = s[2] ^ s[12] ^ s[22] ^ s[32] ^ s[42];
    const c3 = s[3] ^ s[13] ^ s[23] ^ s[33] ^ s[43];
    const c4 = s[4] ^ s[14] ^ s[24] ^ s[34] ^ s[44];
    const c5 = s[5] ^ s[15] ^ s[25] ^ s[35] ^ s[45];
    const c6 = s[6] ^ s[16] ^ s[26] ^ s[36] ^ s[46];
    const c7 = s[7] ^ s[17] ^ s[27] ^ s[37] ^ s[47];
    const c8 = s[8] ^ s[18] ^ s[28] ^ s[38] ^ s[48];
    const c9 = s[9] ^ s[19] ^ s[29] ^ s[39] ^ s[49];
    const d0 = c8 ^ ((c2 << 1) | (c3 >>> 31));
    const d1 = c9 ^ ((c3 << 1) | (c2 >>> 31));
    const d2 = c0 ^ ((c4 << 1) | (c5 >>> 31));
    const d3 = c1 ^ ((c5 << 1) | (c4 >>> 31));
    const d4 = c2 ^ ((c6 << 1) | (c7 >>> 31));
    const d5 = c3 ^ ((c7 << 1) | (c6 >>> 31));
    const d6 = c4 ^ ((c8 << 1) | (c9 >>> 31));
    const d7 = c5 ^ ((c9 << 1) | (c8 >>> 31));
    const d8 = c6 ^ ((c0 << 1) | (c1 >>> 31));
    const d9 = c7 ^ ((c1 << 1) | (c0 >>> 31));
    const l0 = s[0] ^ d0;
    const h0 = s[1] ^ d1;
    const l6 = s[12] ^ d2;
    const h6 = s[13] ^ d3;
    const l12 = s[24] ^ d4;
    const h12 = s[25] ^ d5;
    const l18 = s[36] ^ d6;
    const h18 = s[37] ^ d7;
    const l24 = s[48] ^ d8;
    const h24 = s[49] ^ d9;
    const l3 = s[6] ^ d6;
    const h3 = s[7] ^ d7;
    const l9 = s[18] ^ d8;
    const h9 = s[19] ^ d9;
    const l10 = s[20] ^ d0;
    const h10 = s[21] ^ d1;
    const l16 = s[32] ^ d2;
    const h16 = s[33] ^ d3;
    const l22 = s[44] ^ d4;
    const h22 = s[45] ^ d5;
    const l1 = s[2] ^ d2;
    const h1 = s[3] ^ d3;
    const l7 = s[14] ^ d4;
    const h7 = s[15] ^ d5;
    const l13 = s[26] ^ d6;
    const h13 = s[27] ^ d7;
    const l19 = s[38] ^ d8;
    const h19 = s[39] ^ d9;
    const l20 = s[40] ^ d0;
    const h20 = s[41] ^ d1;
    const l4 = s[8] ^ d8;
    const h4 = s[9] ^ d9;
    const l5 = s[10] ^ d0;
    const h5 = s[11] ^ d1;
    const l11 = s[22] ^ d2;
    const h11 = s[23] ^ d3;
    const l17 = s[34] ^ d4;
    const h17 = s[35] ^ d5;
    const l23 = s[46] ^ d6;
    const h23 = s[47] ^ d7;
    const l2 = s[4] ^ d4;
    const h2 = s[5] ^ d5;
    const l8 = s[16] ^ d6;
    const h8 = s[17] ^ d7;
    const l14 = s[28] ^ d8;
    const h14 = s[29] ^ d9;
    const l15 = s[30] ^ d0;
    const h15 = s[31] ^ d1;
    const l21 = s[42] ^ d2;
    const h21 = s[43] ^ d3;
    const p0 = l0;
    const p1 = h0;
    const p2 = (h6 << 12) | (l6 >>> 20);
    const p3 = (l6 << 12) | (h6 >>> 20);
    const p4 = (h12 << 11) | (l12 >>> 21);
    const p5 = (l12 << 11) | (h12 >>> 21);
    const p6 = (l18 << 21) | (h18 >>> 11);
    const p7 = (h18 << 21) | (l18 >>> 11);
    const p8 = (l24 << 14) | (h24 >>> 18);
    const p9 = (h24 << 14) | (l24 >>> 18);
    s[0] = p0 ^ (~p2 & p4);
    s[1] = p1 ^ (~p3 & p5);
    s[2] = p2 ^ (~p4 & p6);
    s[3] = p3 ^ (~p5 & p7);
    s[4] = p4 ^ (~p6 & p8);
    s[5] = p5 ^ (~p7 & p9);
    s[6] = p6 ^ (~p8 & p0);
    s[7] = p7 ^ (~p9 & p1);
    s[8] = p8 ^ (~p0 & p2);
    s[9] = p9 ^ (~p1 & p3);
    const p10 = (l3 << 28) | (h3 >>> 4);
    const p11 = (h3 << 28) | (l3 >>> 4);
    const p12 = (l9 << 20) | (h9 >>> 12);
    const p13 = (h9 << 20) | (l9 >>> 12);
    const p14 = (l10 << 3) | (h10 >>> 29);
    const p15 = (h10 << 3) | (l10 >>> 29);
    const p16 = (h16 << 13) | (l16 >>> 19);
    const p17 = (l16 << 13) | (h16 >>> 19);
    const p18 = (h22 << 29) | (l22 >>> 3);
    const p19 = (l22 << 29) | (h22 >>> 3);
    s[10] = p10 ^ (~p12 & p14);
    s[11] = p11 ^ (~p13 & p15);
    s[12] = p12 ^ (~p14 & p16);
    s[13] = p13 ^ (~p15 & p17);
    s[14] = p14 ^ (~p16 & p18);
    s[15] = p15 ^ (~p17 & p19);
    s[16] = p16 ^ (~p18 & p10);
    s[17] = p17 ^ (~p19 & p11);
    s[18] = p18 ^ (~p10 & p12);
    s[19] = p19 ^ (~p11 & p13);
    const p20 = (l1 << 1) | (h1 >>> 31);
    const p21 = (h1 << 1) | (l1 >>> 31);
    const p22 = (l7 << 6) | (h7 >>> 26);
    const p23 = (h7 << 6) | (l7 >>> 26);
    const p24 = (l13 << 25) | (h13 >>> 7);
    const p25 = (h13 << 25) | (l13 >>> 7);
    const p26 = (l19 << 8) | (h19 >>> 24);
    const p27 = (h19 << 8) | (l19 >>> 24);
    const p28 = (l20 << 18) | (h20 >>> 14);
    const p29 = (h20 << 18) | (l20 >>> 14);
    s[20] = p20 ^ (~p22 & p24);
    s[21] = p21 ^ (~p23 & p25);
    s[22] = p22 ^ (~p24 & p26);
    s[23] = p23 ^ (~p25 & p27);
    s[24] = p24 ^ (~p26 & p28);
    s[25] = p25 ^ (~p27 & p29);
    s[26] = p26 ^ (~p28 & p20);
    s[27] = p27 ^ (~p29 & p21);
    s[28] = p28 ^ (~p20 & p22);
    s[29] = p29 ^ (~p21 & p23);
    const p30 = (l4 << 27) | (h4 >>> 5);
    const p31 = (h4 << 27) | (l4 >>> 5);
    const p32 = (h5 << 4) | (l5 >>> 28);
    const p33 = (l5 << 4) | (h5 >>> 28);
    const p34 = (l11 << 10) | (h11 >>> 22);
    const p35 = (h11 << 10) | (l11 >>> 22);
    const p36 = (l17 << 15) | (h17 >>> 17);
    const p37 = (h17 << 15) | (l17 >>> 17);
    const p38 = (h23 << 24) | (l23 >>> 8);
    const p39 = (l23 << 24) | (h23 >>> 8);
    s[30] = p30 ^ (~p32 & p34);
    s[31] = p31 ^ (~p33 & p35);
    s[32] = p32 ^ (~p34 & p36);
    s[33] = p33 ^ (~p35 & p37);
    s[34] = p34 ^ (~p36 & p38);
    s[35] = p35 ^ (~p37 & p39);
    s[36] = p36 ^ (~p38 & p30);
    s[37] = p37 ^ (~p39 & p31);
    s[38] = p38 ^ (~p30 & p32);
    s[39] = p39 ^ (~p31 & p33);
    const p40 = (h2 << 30) | (l2 >>> 2);
    const p41 = (l2 << 30) | (h2 >>> 2);
    const p42 = (h8 << 23) | (l8 >>> 9);
    const p43 = (l8 << 23) | (h8 >>> 9);
    const p44 = (h14 << 7) | (l14 >>> 25);
    const p45 = (l14 << 7) | (h14 >>> 25);
    const p46 = (h15 << 9) | (l15 >>> 23);
    const p47 = (l15 << 9) | (h15 >>> 23);
    const p48 = (l21 << 2) | (h21 >>> 30);
    const p49 = (h21 << 2) | (l21 >>> 30);
    s[40] = p40 ^ (~p42 & p44);
    s[41] = p41 ^ (~p43 & p45);
    s[42] = p42 ^ (~p44 & p46);
    s[43] = p43 ^ (~p45 & p47);
    s[44] = p44 ^ (~p46 & p48);
    s[45] = p45 ^ (~p47 & p49);
    s[46] = p46 ^ (~p48 & p40);
    s[47] = p47 ^ (~p49 & p41);
    s[48] = p48 ^ (~p40 & p42);
    s[49] = p49 ^ (~p41 & p43);
    s[0] ^= IOTA_LOW[round];
    s[1] ^= IOTA_HIGH[round];
  }
}
