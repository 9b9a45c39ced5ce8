/** Small footprints to test with: subjects, lines and nodes that no one signed. */
import { readTables } from '../../api/web/verifier/files.js';
import { Node } from '../../api/web/verifier/walk/node.js';
import { passed } from '../../api/web/verifier/walk/report.js';

export const TABLES = readTables();
export const DIGEST = `sha256:${'0'.repeat(64)}`;
const SLOT = { '...': 'A'.repeat(43) };
const PERIOD = {
  referencePeriodStart: '2025-01-01T00:00:00Z',
  referencePeriodEnd: '2026-01-01T00:00:00Z',
};

/** One line of a gas, a published figure, …; `more` overrides. */
export function line(number, more = {}) {
  return {
    line: number,
    stage: 'manufacturing',
    description: 'measured at the stack',
    amount: { value: '1', unit: 'kilogram' },
    source: { gas: 'CO2', set: 'AR6' },
    result: { fossilGhgEmissions: '1.000000000' },
    primary: true,
    ...more,
  };
}

/** A product's subject with these figures in pcf. */
export function product(pcf = {}, more = {}) {
  return {
    productIds: ['urn:example:part'],
    productNameCompany: 'part',
    productDescription: 'a part',
    characterizationSets: [{ set: 'AR6', share: '100.0000' }],
    inventory: Array(8).fill(SLOT),
    inventoryShape: [SLOT],
    cells: [SLOT],
    role: 'product',
    boundary: 'cradle-to-gate',
    basis: 'life-cycle',
    computedWith: {
      rule: { id: 'rootprint-base', digest: TABLES.ruleDigest },
      tables: TABLES.digest,
      lineDigits: 9,
      digits: 6,
      tool: 'a test',
    },
    pcf: {
      declaredUnitOfMeasurement: 'piece',
      declaredUnitAmount: '1',
      ...PERIOD,
      geographyCountry: 'TW',
      pcfExcludingBiogenicUptake: '0',
      pcfIncludingBiogenicUptake: '0',
      primaryDataShare: '100.0000',
      fossilGhgEmissions: '0',
      productMassPerDeclaredUnit: '1',
      fossilCarbonContent: '0',
      ipccCharacterizationFactors: ['AR6'],
      crossSectoralStandards: ['ISO 14067:2018'],
      exemptedEmissionsPercent: '0',
      exemptedEmissionsDescription: 'none',
      packagingEmissionsIncluded: true,
      ...pcf,
    },
    ...more,
  };
}

/** A published factor without inventory. */
export function factor(pcf = {}, more = {}) {
  const { inventory, inventoryShape, cells, computedWith, ...rest } = product({
    primaryDataShare: '0',
    declaredUnitOfMeasurement: 'kilogram',
    ...pcf,
  });
  return { ...rest, role: 'factor', reference: 'An example', licence: 'CC0', ...more };
}

/**
 * A node as a walk has it once a statement was read.
 * @param {object} subject
 * @param {object[]} [lines] open ones; all of them unless `complete` is false
 * @param {{complete?: boolean, others?: Record<string, object>, digest?: string}} [more]
 */
export function node(subject, lines = [], { complete = true, others = {}, digest = DIGEST } = {}) {
  const made = new Node({ digest });
  made.statement = { kind: 'FootprintStatement', issuer: 'did:web:maker.example', subject, digest };
  made.opened = {
    lines: new Map(lines.map((one) => [one.line, one])),
    shape: complete ? lines.map((one) => one.line) : null,
    complete: complete && lines.length > 0,
    others: new Map(Object.entries(others).map(([name, value]) => [name, [value]])),
    count: lines.length,
  };
  made.set(passed(1));
  return made;
}

/** What checks 7 and 8 ask of the walk. */
export const CONTEXT = { tables: TABLES, holdsRule: (digest) => digest === TABLES.ruleDigest };
