/**
 * The components of a footprint in their columns (laws 1 and 3): gross emissions, removals and
 * credits stay apart, biogenic CO2 in and out are memo flows beside the gross, and a part is an "of
 * which" that nothing adds. All are kg CO2e per declared amount.
 */
export const FOSSIL = 'fossilGhgEmissions';
export const DIFFERENCE = 'publicationDifference';
export const UPTAKE = 'biogenicCO2Uptake';
export const BIOGENIC_CO2 = 'biogenicCO2Emissions';
export const CREDIT = 'substitutionCredits';
export const LAND_USE_CHANGE = 'landUseChangeGhgEmissions';
export const CAPTURE = 'ccsTechnologicalCO2Capture';
export const TECHNOLOGICAL_REMOVALS = 'technologicalCO2Removals';

/** Emissions: never negative. */
export const EMISSIONS = Object.freeze([
  FOSSIL,
  'biogenicNonCO2Emissions',
  LAND_USE_CHANGE,
  'landManagementBiogenicCO2Emissions',
]);
/** What weights and shares are taken of. */
export const GROSS = Object.freeze([...EMISSIONS, DIFFERENCE]);
export const REMOVALS = Object.freeze([
  'landManagementBiogenicCO2Removals',
  TECHNOLOGICAL_REMOVALS,
  CAPTURE,
]);
export const CREDITS = Object.freeze([CREDIT]);
export const MEMO = Object.freeze([UPTAKE, BIOGENIC_CO2]);
/** Their sum is pcfExcludingBiogenicUptake, the net. */
export const NET = Object.freeze([...GROSS, ...REMOVALS, ...CREDITS]);
/** Their sum is pcfIncludingBiogenicUptake. */
export const ADDED = Object.freeze([...NET, ...MEMO]);
/** Of which: each is a part of the fossil emissions, and scales with them. */
export const PARTS = Object.freeze(['aircraftGhgEmissions', 'landManagementFossilGhgEmissions']);
/** What a line's result may have, and what a citing line multiplies. */
export const COMPONENTS = Object.freeze([...ADDED, ...PARTS]);

/** Components that are zero or negative. */
export const NOT_POSITIVE = Object.freeze([...REMOVALS, ...CREDITS, UPTAKE]);
/** Components that are zero or positive. */
export const NOT_NEGATIVE = Object.freeze([...EMISSIONS, BIOGENIC_CO2, ...PARTS]);
