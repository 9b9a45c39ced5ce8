/**
 * Ed25519 keys under which anybody's signature is true. Libraries and browsers take them.
 */

import { hex } from './bytes.js';
import { Refused } from './errors.js';

const PRIME = 2n ** 255n - 19n;
const SIGN_BIT = 2n ** 255n;
const ORDER_8 = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;

/**
 * The y of the eight points of order 1, 2, 4 and 8 on -x² + y² = 1 + d x² y². Orders 1 and 2 have
 * y = ±1, order 4 has y = 0; doubling to y = 0 gives d y⁴ + 2 y² - 1 = 0 for order 8, whose two
 * roots are each other's negative.
 */
const SMALL_ORDER = new Set([0n, 1n, PRIME - 1n, ORDER_8, PRIME - ORDER_8]);

/**
 * Return if a key is not of small order, in any of its spellings.
 * @param {Uint8Array} key 32 bytes, RFC 8032 section 5.1.2
 * @throws {Refused}
 */
export function checkOrder(key) {
  const y = BigInt(`0x${hex(key.toReversed())}`) % SIGN_BIT;
  if (SMALL_ORDER.has(y % PRIME)) {
    throw new Refused('a note key has small order, so anybody could sign for it');
  }
}
