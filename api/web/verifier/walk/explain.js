/**
 * What each check compares: where the claimed and the found value come from, and how anyone repeats
 * it by hand. The values are a statement's; what is said here holds of every statement.
 */
const CHAIN = '(slots: docs/contracts.md)';

const EXPLANATIONS = [
  [
    "the trust file's expect",
    "the evidence file's subject, in the same terms",
    'take SHA-256 of the JWT before the first ~, and issuer and productIds from its payload',
  ],
  [
    "kid in the statement's header",
    'thumbprint (RFC 7638) of the key under which the signature is true',
    'verify ES256 (RFC 7518, 3.4) over the first two parts of the JWT with that key',
  ],
  [
    "the statement's issuer, and the time of its anchor",
    'the OrganizationRegistry at the block asked',
    `read the key's word and the organisation's rows ${CHAIN}; compare times with the anchor's`,
  ],
  [
    'the log that the statement is meant for, or the root in the checkpoint that the log signed',
    "the trust file's origin, or the root computed from the statement's own entry",
    'hash 0x00, kind, digest and subject; follow RFC 9162, 2.1.3.2; verify Ed25519 with the vkey',
  ],
  [
    'the checkpoint in the file',
    "the CheckpointRegistry's first row that covers the entry",
    `read rows n and n-1 ${CHAIN}: only n is above the index; other sizes by RFC 9162, 2.1.4.2`,
  ],
  [
    'what a statement in force has, or the time it was used at',
    'the StatusRegistry at the block asked, a logged withdrawal, or its own validity',
    `read the status of issuer and authority and the list of adverse conclusions ${CHAIN};` +
      ' compare validFrom and validUntil with the time',
  ],
  [
    'disclosures in the file',
    'placeholders in the signed payload that they open',
    'take SHA-256 of each disclosure in base64url and find it among the placeholders',
  ],
  [
    'what the lines say of their inputs',
    'what these inputs say of themselves',
    'read issuer, productIds, boundary, basis, GWP sets, period and log entry of both',
  ],
  [
    'what is signed',
    "what its own lines and its inputs' totals come to",
    'multiply each amount by its factor, round half up to lineDigits, add, round to digits',
  ],
  [
    'assurance statements about this statement in the file',
    'those of other organisations that pass checks 1 to 6 and are in force at the time asked',
    'check each like any statement; compare its issuer, and its validity with the time',
  ],
  [
    'the rules, of the pack that it names and of the base pack, that apply to it',
    'those that hold of what is open',
    'judge the payload, with what is open in its place, by the test of each rule: docs/rules.md',
  ],
];

/**
 * @param {number} number of the check
 * @param {[string, string]} values claimed and found
 * @returns {object} as the report has it
 */
export function explained(number, [claimed, found]) {
  const [ofClaimed, ofFound, repeat] = EXPLANATIONS[number];
  return {
    claimed: { value: claimed, from: ofClaimed },
    found: { value: found, from: ofFound },
    repeat,
  };
}
