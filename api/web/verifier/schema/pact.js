/** Members of `pcf` that PACT's Technical Specifications V3 have beside the footprint itself. */
import * as rules from './rules.js';
import { array, boolean, members, oneOf, text } from './rules.js';
import { ASSESSMENT_REPORTS } from './words.js';

/** Three ratings, all of them or none: of a footprint (`dqi`) and of a line (`quality`). */
export const ratings = members({
  technologicalDQR: rules.rating,
  geographicalDQR: rules.rating,
  temporalDQR: rules.rating,
});

/** What a product must state beside its figures, and a factor may. */
export const PACT_REQUIRED = {
  productMassPerDeclaredUnit: rules.notNegative,
  fossilCarbonContent: rules.notNegative,
  ipccCharacterizationFactors: array(oneOf(...ASSESSMENT_REPORTS), 1, 4096, { unique: true }),
  crossSectoralStandards: array(text, 1, 4096, { unique: true }),
  exemptedEmissionsPercent: rules.percent,
  // PACT 3.0.4: it "CAN be the empty string if no emissions were excluded".
  exemptedEmissionsDescription: rules.anyText,
  packagingEmissionsIncluded: boolean,
};

export const MORE_OF_PACT = {
  boundaryProcessesDescription: text,
  biogenicCarbonContent: rules.notNegative,
  recycledCarbonContent: rules.notNegative,
  landCarbonLeakage: rules.notNegative,
  landAreaOccupation: rules.notNegative,
  packagingGhgEmissions: rules.notNegative,
  packagingBiogenicCarbonContent: rules.notNegative,
  // Ours: PACT has no mass of packaging, and its carbon needs one to be in.
  packagingMassPerDeclaredUnit: rules.notNegative,
  outboundLogisticsGhgEmissions: rules.notNegative,
  ccsTechnologicalCO2CaptureIncluded: boolean,
  technologicalCO2CaptureOrigin: text,
  ccuCarbonContent: rules.notNegative,
  ccuCalculationApproach: oneOf('Cut-off', 'Credit'),
  ccuCreditCertification: text,
  productOrSectorSpecificRules: array(
    members(
      {
        operator: oneOf('PEF', 'EPD International', 'Other'),
        ruleNames: array(text, 1, 4096, { unique: true }),
      },
      { otherOperatorName: text },
    ),
  ),
  allocationRulesDescription: text,
  secondaryEmissionFactorSources: array(members({ name: text, version: text })),
  dqi: ratings,
  verification: members(
    {},
    {
      coverage: oneOf('PCF calculation model', 'PCF program', 'product level'),
      providerName: text,
      completedAt: rules.time,
      standardName: text,
      comments: text,
    },
  ),
};
