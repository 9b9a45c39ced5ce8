/** The closed member lists of version 2: what is well-formed, and what is refused with its place. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Refused } from '../../api/web/verifier/core/errors.js';
import { subject } from '../../api/web/verifier/schema/footprint.js';
import { OPENED } from '../../api/web/verifier/schema/hidden.js';
import { header, KINDS, payload } from '../../api/web/verifier/schema/kinds.js';
import { SERVICE_UNITS } from '../../api/web/verifier/schema/words.js';
import { DIGEST, factor, line, product } from './footprints.js';

const kept = (rule, value) => rule(value, 'it');
const refused = (rule, value, why) => assert.throws(() => rule(value, 'it'), { message: why });
const ofLine = (more) => line(0, more);
const credited = { allocation: { method: 'substitution' } };

test('products, factors and attestations are well-formed, each with its own members', () => {
  kept(subject, product());
  kept(subject, factor());
  const { inventory, inventoryShape, cells, computedWith, ...attested } = product();
  const partner = {
    name: 'Partner',
    productIds: ['4711'],
    document: DIGEST,
    receivedAt: '2026-01-01T00:00:00Z',
    specVersion: '3.0.0',
  };
  kept(subject, { ...attested, role: 'attested', partner });
  refused(subject, { ...attested, role: 'attested' }, /lacks partner/);
  refused(subject, { ...attested, role: 'attested', partner, cells }, /member cells/);
  refused(subject, { ...product(), role: 'other' }, /it.role is not product, factor, attested/);
  refused(subject, { ...product(), stages: cells }, /member stages that version 2 does not know/);
  refused(subject, factor({}, { cells, inventory }), /come together/);
});

test('each component keeps its sign; a publication may differ on either side', () => {
  for (const name of ['substitutionCredits', 'ccsTechnologicalCO2Capture', 'biogenicCO2Uptake']) {
    kept(subject, product({ [name]: '-1' }));
    refused(subject, product({ [name]: '1' }), /is not zero or negative/);
  }
  refused(subject, product({ biogenicCO2Emissions: '-1' }), /is not zero or positive/);
  kept(subject, factor({ publicationDifference: '0.01' }));
  kept(subject, factor({ publicationDifference: '-0.01' }));
});

test('a part is at most its whole', () => {
  const parts = { landManagementFossilGhgEmissions: '2', aircraftGhgEmissions: '2' };
  kept(subject, product({ fossilGhgEmissions: '2', ...parts }));
  refused(subject, product({ fossilGhgEmissions: '1.9', ...parts }), /of which it is a part/);
});

test('GWP sets are four, and unstated of a footprint alone', () => {
  const reports = { ipccCharacterizationFactors: ['AR4', 'AR5', 'AR6'] };
  const sets = (set, pcf = reports) =>
    product(pcf, { characterizationSets: [{ set, share: '100.0000' }] });
  for (const set of ['AR4', 'AR5', 'AR5-28', 'AR6', 'unstated']) kept(subject, sets(set));
  refused(subject, sets('AR5-28', {}), /leaves out AR5/);
  kept(subject, sets('unstated', {}));
  refused(subject, sets('AR3'), /one of AR4, AR5, AR5-28, AR6, unstated/);
  kept(OPENED.inventory, ofLine({ source: { gas: 'CO2', set: 'AR5-28' } }));
  refused(OPENED.inventory, ofLine({ source: { gas: 'CO2', set: 'unstated' } }), /one of AR4/);
  refused(subject, product({ ipccCharacterizationFactors: ['AR5-28'] }), /one of AR4, AR5, AR6/);
});

test('what a footprint says of itself', () => {
  const said = {
    service: 'waste-treatment',
    sites: ['urn:example:site'],
    outlook: 'prospective',
    variant: { reason: 'site', code: 'AbCd12' },
    process: { record: DIGEST, row: 3 },
    quantity: { state: '15 °C 101.325 kPa' },
    pseudonym: { value: 'A'.repeat(43), proof: 'A'.repeat(108) },
    interpretation: { conclusions: 'none', limitations: ['one'] },
  };
  kept(subject, product({ declaredUnitOfMeasurement: 'kilogram' }, said));
  refused(subject, product({ declaredUnitOfMeasurement: 'piece' }, said), /by which no waste/);
  const wrong = [
    [{ variant: { reason: 'customer', code: 'AbCd12' } }, /reason is not one of/],
    [{ variant: { reason: 'site', code: 'Customer X' } }, /6 to 32 letters and digits/],
    [{ quantity: {} }, /at least one qualifier/],
    [{ quantity: { state: '10 °C 101.325 kPa' } }, /state is not one of/],
    [{ pseudonym: { value: 'A'.repeat(42), proof: 'A'.repeat(108) } }, /pseudonym.value/],
    [{ outlook: 'later' }, /outlook is not one of/],
  ];
  for (const [more, why] of wrong) refused(subject, product({}, more), why);
});

test('a line has one source, and its result keeps each sign', () => {
  const rule = OPENED.inventory;
  kept(rule, ofLine({ electricity: 'residual', result: { biogenicCO2Uptake: '-1' } }));
  refused(rule, ofLine({ result: { fossilGhgEmissions: '-1' } }), /is negative/);
  refused(rule, ofLine({ result: { substitutionCredits: '1' } }), /is positive/);
  // No method makes an exception of it.
  refused(rule, ofLine({ ...credited, result: { fossilGhgEmissions: '-1' } }), /is negative/);
  refused(rule, ofLine(credited), /is not a statement or a published figure/);
  refused(rule, ofLine({ source: { gas: 'CO2', set: 'AR6', published: '1' } }), /exactly one of/);
  refused(rule, ofLine({ line: 8192 }), /an integer from 0 to 8191/);
});

test('a published figure is negative for what is taken off alone', () => {
  const figure = (published, component, more = {}) =>
    ofLine({
      source: { published, per: 'kilogram', component, reference: 'A table' },
      result: { [component]: published },
      removal: { method: 'm', evidence: 'e', stored: { value: '1', unit: 'kilogram' } },
      ...more,
    });
  kept(OPENED.inventory, figure('-1', 'technologicalCO2Removals'));
  refused(OPENED.inventory, figure('-1', 'fossilGhgEmissions'), /negative/);
  refused(OPENED.inventory, figure('1', 'publicationDifference'), /not a component/);
  refused(OPENED.inventory, figure('1', 'aircraftGhgEmissions'), /not a component/);
  refused(OPENED.inventory, figure('-1', 'substitutionCredits'), /method is substitution/);
  const burden = { result: { substitutionCredits: '-1' }, ...credited };
  kept(OPENED.inventory, figure('1', 'fossilGhgEmissions', burden));
  refused(OPENED.inventory, figure('0', 'fossilGhgEmissions', burden), /is not positive/);
});

test('a service is declared by a unit that counts it, and neither weighs nor holds carbon', () => {
  const of = (service, unit, pcf, more) => {
    const declared = { declaredUnitOfMeasurement: unit, productMassPerDeclaredUnit: '0', ...pcf };
    return factor(declared, { service, includesTransmission: undefined, ...more });
  };
  const clear = (value) => JSON.parse(JSON.stringify(value));
  for (const [service, units] of Object.entries(SERVICE_UNITS)) {
    const said = service === 'energy' ? { includesTransmission: false } : {};
    for (const unit of units) kept(subject, clear(of(service, unit, {}, said)));
    refused(subject, clear(of(service, 'kilowatt', {}, said)), /is kilowatt, by which no/);
    const carbon = of(service, units[0], { fossilCarbonContent: '0.1' }, said);
    refused(subject, clear(carbon), /fossilCarbonContent is not 0/);
  }
  const mass = { productMassPerDeclaredUnit: '1' };
  kept(subject, clear(of('waste-treatment', 'kilogram', mass)));
  refused(subject, clear(of('storage', 'hour', mass)), /productMassPerDeclaredUnit is not 0/);
  refused(subject, clear(of('transport', 'kilogram')), /by which no transport is counted/);
  const fuel = of('energy', 'megajoule', {}, { quantity: { calorificValue: 'net' } });
  refused(subject, clear(fuel), /a fuel is a product/);
});

test('a removal shows its method, and what but land removes what is stored', () => {
  const removed = (component, more) => ofLine({ result: { [component]: '-1.000000000' }, ...more });
  const shown = { method: 'biochar', evidence: 'a report' };
  const natural = 'landManagementBiogenicCO2Removals';
  refused(OPENED.inventory, removed(natural, {}), /lacks removal/);
  kept(OPENED.inventory, removed(natural, { removal: shown }));
  const stored = { ...shown, stored: { value: '1', unit: 'kilogram' } };
  for (const technical of ['technologicalCO2Removals', 'ccsTechnologicalCO2Capture']) {
    refused(OPENED.inventory, removed(technical, { removal: shown }), /lacks stored/);
    kept(OPENED.inventory, removed(technical, { removal: stored }));
  }
});

test('the circular formula credits what it avoids, and nothing else', () => {
  const circular = (term) => ({
    circular: {
      material: 'PET',
      term,
      mass: { value: '1', unit: 'kilogram' },
      A: '0.2',
      R1: '0',
      R2: '1',
      R3: '0',
      qualityIn: '1',
      qualityOut: '1',
    },
  });
  const cites = { statement: DIGEST, issuer: 'did:web:a.example', productId: 'urn:example:a' };
  const of = (term, more) => ofLine({ source: cites, result: {}, ...circular(term), ...more });
  const credit = { ...credited, result: { substitutionCredits: '-1' } };
  const burden = { result: { fossilGhgEmissions: '1' } };
  kept(OPENED.inventory, of('avoided', credit));
  kept(OPENED.inventory, of('virgin', burden));
  refused(OPENED.inventory, of('avoided', burden), /avoided if, and only if/);
  refused(OPENED.inventory, of('virgin', credit), /avoided if, and only if/);
  const { material, ...without } = circular('virgin').circular;
  refused(OPENED.inventory, of('virgin', { ...burden, circular: without }), /lacks material/);
});

test('balances and changes of land use have limits', () => {
  const stream = (carbon) => ({
    stream: 'coke',
    direction: 'in',
    mass: { value: '1', unit: 'kilogram' },
    carbon,
  });
  const balance = (...streams) => ofLine({ source: { balance: streams } });
  kept(OPENED.inventory, balance(...Array(64).fill(stream('0.85'))));
  refused(OPENED.inventory, balance(...Array(65).fill(stream('0.85'))), /1 to 64 items/);
  refused(OPENED.inventory, balance(stream('1.01')), /a decimal from 0 to 1/);
  const land = (years, more) =>
    ofLine({ source: { landUseChange: { before: '1', after: '0', years, ...more } } });
  kept(OPENED.inventory, land(20));
  refused(OPENED.inventory, land(19), /from 20 to 100/);
  refused(OPENED.inventory, land(21), /without a harvestPeriod/);
  const harvestPeriod = 'oak, felled at a hundred years';
  kept(OPENED.inventory, land(100, { harvestPeriod }));
  refused(OPENED.inventory, land(101, { harvestPeriod }), /from 20 to 100/);
  refused(OPENED.inventory, land(21, { harvestPeriod: '' }), /non-empty text/);
});

test('cells are components by stage', () => {
  kept(OPENED.cells, { use: { fossilGhgEmissions: '1', biogenicCO2Uptake: '-1' } });
  refused(OPENED.cells, { use: '1' }, /an object of 1 to 64 members/);
  refused(OPENED.cells, { waste: { fossilGhgEmissions: '1' } }, /member name/);
});

test('kinds have their entries, and reserved ones are read too', () => {
  assert.deepEqual(
    [...KINDS.values()].map(({ entry }) => entry),
    Array.from({ length: 15 }, (_, place) => place + 1),
  );
  const window = {
    concerns: DIGEST,
    action: 'suspend',
    reasonCode: 'key-lost',
    reach: 'window',
    reasoning: DIGEST,
    from: '2026-01-01T00:00:00Z',
    until: '2026-02-01T00:00:00Z',
  };
  const { rule } = KINDS.get('DecisionRecord');
  kept(rule, window);
  refused(rule, { ...window, until: '2025-02-01T00:00:00Z' }, /at or after from/);
  const { from, ...half } = window;
  refused(rule, half, /a window, and only that/);
  refused(rule, { ...half, reach: 'future' }, /with from and until/);
});

test('an assurance names the laws that it covers, rising', () => {
  const { rule } = KINDS.get('AssuranceStatement');
  const assurance = (laws) => ({
    statement: DIGEST,
    standard: 'ISO 14064-3:2019',
    level: 'limited',
    coverage: 'product',
    includesInventory: true,
    laws,
    materialityPercent: '5',
    outcome: 'positive',
    examined: ['inventory'],
    accreditation: { body: 'a body', number: '1' },
  });
  kept(rule, assurance([1, 3, 9]));
  for (const laws of [[], [3, 1], [1, 1], [0], [10]]) refused(rule, assurance(laws), /laws/);
});

test('records of processes, retirements, claims and pools', () => {
  const period = { periodStart: '2025-01-01T00:00:00Z', periodEnd: '2026-01-01T00:00:00Z' };
  const amount = { value: '1', unit: 'megawatt hour' };
  const claim = KINDS.get('ClaimRecord').rule;
  kept(claim, { amount, ...period, retirement: DIGEST });
  kept(claim, { amount, ...period, certificate: { registry: 'A', id: '1' } });
  refused(claim, { amount, ...period }, /with one of retirement and certificate/);
  const backwards = { periodStart: period.periodEnd, periodEnd: period.periodStart };
  refused(claim, { amount, ...backwards, retirement: DIGEST }, /at or after periodStart/);
  const row = {
    row: 0,
    name: 'steel',
    productId: 'urn:example:steel',
    amount: { value: '1', unit: 'tonne' },
    yield: '1',
    method: 'physical',
    weight: '1',
    weightUnit: 'tonne',
    share: '100.000000000000',
  };
  kept(OPENED.allocation, row);
  const { productId: _, ...nobodys } = row;
  refused(OPENED.allocation, nobodys, /takes a share/);
  kept(OPENED.allocation, { ...nobodys, method: 'waste', share: '0', weight: '0' });
  for (const good of ['0', '1.01']) refused(OPENED.allocation, { ...row, yield: good }, /yield/);
  kept(OPENED.rows, { row: 0, volume: '1', value: '-2' });
  refused(OPENED.rows, { row: 0, volume: '1', value: '2', variant: 'a b' }, /letters and digits/);
});

test('a header of batches is reserved, and a payload of another version is refused', () => {
  const kid = 'A'.repeat(43);
  kept(header, { alg: 'ES256', kid, typ: 'vc+sd-jwt' });
  refused(header, { alg: 'ES256-batch', kid, typ: 'vc+sd-jwt' }, /reserved/);
  assert.throws(
    () =>
      payload({
        '@context': ['https://www.w3.org/ns/credentials/v2', 'urn:rootprint:statement:v1'],
      }),
    Refused,
  );
});
