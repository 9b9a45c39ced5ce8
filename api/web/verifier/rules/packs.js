/**
 * Rule packs: documents with an id, a version, a status, a validity and a digest.
 *
 * A pack is data: a list of rules that a statement is judged by. Its digest is SHA-256 over its
 * canonical JSON (RFC 8785), so a statement that names the digest names every test and number.
 *
 * @typedef {object} Pack one rule pack as it was published
 * @property {object} document
 * @property {string} digest
 * @property {string | null} publisher who published it: of what comes with a verifier its own, else
 *   as the pack says; null if it does not say
 */
import { parseLoose } from '../core/canonical.js';
import { Refused, TooLarge } from '../core/errors.js';
import { digestOf } from '../calc/tables.js';
import { ROLES } from '../schema/footprint.js';
import * as rules from '../schema/rules.js';
import { array, boolean, has, matching, members, oneOf, text } from '../schema/rules.js';
import { SEVERITIES } from './finding.js';
import { checkTest } from './form.js';

const MAX_BYTES = 1024 * 1024;
const MAX_RULES = 256;
const MARK = [0xef, 0xbb, 0xbf];
/** From what gives way to what prevails: national overrides local, and all override the base. */
export const STATUSES = Object.freeze(['base', 'draft', 'group', 'industry', 'national']);

const name = matching(/^[a-z][a-z0-9-]{1,63}$/, 'a lower-case name such as catena-x-pcf');

function parent(value, path) {
  const [id, ...digest] = String(value).split('@');
  if (digest.length === 0) rules.refuse(path, "a pack's name and digest, id@sha256:…");
  name(id, path);
  rules.digest(digest.join('@'), path);
}

const ruleMembers = members(
  {
    id: name,
    severity: oneOf(...SEVERITIES),
    clause: text,
    verified: boolean,
    what: text,
    remedy: text,
    test: (value, path) => checkTest(value, path),
  },
  { confirmedBy: text, roles: array(oneOf(...ROLES), 1, ROLES.length, { unique: true }) },
);

function rule(value, path) {
  ruleMembers(value, path);
  if (value.verified && !has(value, 'confirmedBy'))
    throw new Refused(`${path} is called verified and does not say by what (confirmedBy)`);
}

const packMembers = members(
  {
    id: name,
    version: text,
    title: text,
    status: oneOf(...STATUSES),
    validFrom: rules.time,
    rules: array(rule, 1, MAX_RULES),
  },
  {
    publisher: text,
    validUntil: rules.time,
    jurisdiction: matching(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'an ISO 3166 code'),
    inherits: array(parent, 1, 16, { unique: true }),
    compatibility: rules.digest,
  },
);

/** Who published the packs that come with this verifier. */
export const OURS = 'Rootprint';

/**
 * Reads a pack's bytes. A byte order mark, which some editors write, says nothing.
 * @param {Uint8Array} data
 * @param {string} where its name in messages
 * @param {string} [publisher] OURS of a pack that comes with this verifier
 * @returns {Pack}
 * @throws {Refused} with the place of the first fault
 */
export function parsePack(data, where, publisher) {
  if (data.length > MAX_BYTES) throw new TooLarge(`${where} is longer than ${MAX_BYTES} bytes`);
  const text = MARK.every((byte, place) => data[place] === byte) ? data.slice(MARK.length) : data;
  return pack(parseLoose(text, { what: where }), where, publisher);
}

/** The pack of a parsed document. @returns {Pack} @throws {Refused} */
export function pack(document, where, publisher = document.publisher ?? null) {
  packMembers(document, where);
  const ids = new Set();
  for (const { id } of document.rules) {
    if (ids.has(id)) throw new Refused(`${where} has two rules with the id ${id}`);
    ids.add(id);
  }
  if (has(document, 'validUntil') && document.validUntil <= document.validFrom)
    rules.refuse(`${where}.validUntil`, 'later than validFrom');
  if (document.status === 'national' && !has(document, 'jurisdiction'))
    throw new Refused(`${where} is national and does not say of which jurisdiction`);
  return Object.freeze({
    document,
    digest: digestOf(document),
    publisher,
  });
}
