/**
 * The trust file: what a verifier has decided to believe before any evidence arrives. It is the
 * verifier's own, and never comes inside the evidence or with the page that checks it.
 *
 * @typedef {{checkpoint: Uint8Array, organization: Uint8Array, status: Uint8Array}} OfContracts
 *
 * @typedef {object} Trust
 * @property {number} chainId
 * @property {OfContracts} contracts addresses
 * @property {OfContracts} codeHashes
 * @property {Uint8Array} logId
 * @property {string} origin
 * @property {object} logKey parsed vkey
 * @property {Uint8Array} registrar
 * @property {string} authority DID
 * @property {number} confirmations
 * @property {{issuer?: string, product?: string, digest?: string}} expect
 * @property {{threshold: number, witnesses: object[]} | null} witnessPolicy
 * @property {Set<string>} auditors bodies believed to be accredited for what they assure
 * @property {Set<string>} accreditors with any, other bodies count where one accredited them
 * @property {number | null} asOf Unix seconds
 * @property {Set<string>} trustedBlocks hashes, hexadecimal with 0x
 * @property {string[]} seesChainBy which of chainFile and rpc it names: this verifier follows none
 */
import { fromHex, hex } from '../core/bytes.js';
import { parseLoose } from '../core/canonical.js';
import { Refused, TooLarge, Usage } from '../core/errors.js';
import { parseVkey } from '../core/checkpoint.js';
import * as rules from '../schema/rules.js';
import { array, integer, members, text } from '../schema/rules.js';
import { seconds } from '../core/time.js';

const MAX_BYTES = 256 * 1024;
const MAX_BLOCKS = 64;
const MAX_AUDITORS = 64;
const address = rules.matching(/^0x[0-9a-f]{40}$/, 'a 20-byte address in lower-case hexadecimal');
const word = rules.matching(/^0x[0-9a-f]{64}$/, '32 bytes in lower-case hexadecimal');
const contract = members({ address, codeHash: word });

const document = members(
  {
    version: integer(2, 2),
    chainId: integer(1, Number.MAX_SAFE_INTEGER),
    contracts: members({
      checkpointRegistry: contract,
      organizationRegistry: contract,
      statusRegistry: contract,
    }),
    logId: word,
    origin: text,
    vkey: text,
    registrar: address,
    authority: rules.did,
    confirmations: integer(0, 100_000),
  },
  {
    expect: members({}, { issuer: rules.did, product: rules.urn, digest: rules.digest }),
    witnessPolicy: members({
      threshold: integer(1, 64),
      witnesses: array(text, 1, 64, { unique: true }),
    }),
    auditors: array(rules.did, 1, MAX_AUDITORS, { unique: true }),
    accreditors: array(rules.did, 1, MAX_AUDITORS, { unique: true }),
    asOf: rules.time,
    trustedBlocks: array(word, 1, MAX_BLOCKS, { unique: true }),
    chainFile: text,
    rpc: text,
  },
);

/**
 * Reads a trust file, canonical or pretty.
 * @param {Uint8Array} bytes
 * @returns {Trust}
 * @throws {Refused} with the place of the fault
 */
export function parseTrust(bytes) {
  if (bytes.length > MAX_BYTES)
    throw new TooLarge(`the trust file is longer than ${MAX_BYTES} bytes`);
  const value = parseLoose(bytes);
  document(value, 'trust');
  const addresses = Object.values(value.contracts).map(({ address: at }) => at);
  if (new Set(addresses).size < addresses.length) {
    throw new Refused('trust.contracts names one address for two contracts');
  }
  const logKey = parseVkey(value.vkey);
  if (logKey.isWitness) throw new Refused("trust.vkey is a witness's key, not a log's");
  if (logKey.name !== value.origin) throw new Refused('trust.origin is not the name in trust.vkey');
  return {
    chainId: value.chainId,
    contracts: byContract(value.contracts, 'address'),
    codeHashes: byContract(value.contracts, 'codeHash'),
    logId: bytesOf(value.logId),
    origin: value.origin,
    logKey,
    registrar: bytesOf(value.registrar),
    authority: value.authority,
    confirmations: value.confirmations,
    expect: { ...value.expect },
    witnessPolicy: value.witnessPolicy === undefined ? null : witnessPolicy(value.witnessPolicy),
    auditors: new Set(value.auditors ?? []),
    accreditors: new Set(value.accreditors ?? []),
    asOf: value.asOf === undefined ? null : seconds(value.asOf, 'trust.asOf'),
    trustedBlocks: new Set(value.trustedBlocks ?? []),
    seesChainBy: ['chainFile', 'rpc'].filter((name) => rules.has(value, name)),
  };
}

/**
 * @param {Trust} trust
 * @throws {Usage} unless a digest is expected, or an issuer and one of its products
 */
export function requireExpectation({ expect }) {
  const said =
    expect.digest !== undefined || (expect.issuer !== undefined && expect.product !== undefined);
  if (!said)
    throw new Usage('it is not said whose statement is expected: give "expect" in the trust file');
}

/** Why this statement is not the one expected, or null. */
export function whyNotExpected({ expect }, statement) {
  if (expect.digest !== undefined && statement.digest !== expect.digest) {
    return `its subject is ${statement.digest}, another digest is expected`;
  }
  if (expect.issuer !== undefined && statement.issuer !== expect.issuer) {
    return `its subject is ${statement.issuer}'s, ${expect.issuer} is expected`;
  }
  const products = statement.subject.productIds ?? [];
  if (expect.product !== undefined && !products.includes(expect.product)) {
    return `its subject is another product than ${expect.product}`;
  }
  return null;
}

/** What is expected, and what this statement has in its place. @returns {[string, string]} */
export function comparedWith({ expect }, statement) {
  const products = statement.subject.productIds?.join(' or ') ?? statement.kind;
  const pairs = [
    [expect.digest, statement.digest],
    [expect.issuer, statement.issuer],
    [expect.product, products],
  ].filter(([wanted]) => wanted !== undefined);
  return [0, 1].map((side) => pairs.map((pair) => pair[side]).join(', '));
}

function witnessPolicy({ threshold, witnesses }) {
  const keys = witnesses.map((vkey) => parseVkey(vkey));
  const place = keys.findIndex((key) => !key.isWitness);
  if (place >= 0) {
    throw new Refused(`trust.witnessPolicy.witnesses[${place}] is a log's key, not a witness's`);
  }
  if (threshold > new Set(keys.map(({ key }) => hex(key))).size) {
    throw new Refused('trust.witnessPolicy.threshold is beyond the number of distinct witnesses');
  }
  return { threshold, witnesses: keys };
}

function byContract(contracts, member) {
  return {
    checkpoint: bytesOf(contracts.checkpointRegistry[member]),
    organization: bytesOf(contracts.organizationRegistry[member]),
    status: bytesOf(contracts.statusRegistry[member]),
  };
}

function bytesOf(value) {
  return fromHex(value.slice(2));
}
