"""Components of a footprint and the columns that they stand in: law 1 and law 3.

Names are those of PACT Technical Specifications V3 where it has one. Gross emissions, removals and
credits are never netted into one another; biogenic CO2 in and out stands outside all three.
"""

from __future__ import annotations

from typing import Final

from rootprint.ledger.core.schema import rules

EMISSIONS: Final = (
    "fossilGhgEmissions",
    "biogenicNonCO2Emissions",
    "landUseChangeGhgEmissions",
    "landManagementBiogenicCO2Emissions",
)
# What a publication's printed total has more (or less) than its printed parts: either sign.
DIFFERENCE: Final = "publicationDifference"
GROSS: Final = (*EMISSIONS, DIFFERENCE)
TECHNOLOGICAL_REMOVALS: Final = "technologicalCO2Removals"
CAPTURE: Final = "ccsTechnologicalCO2Capture"
REMOVALS: Final = ("landManagementBiogenicCO2Removals", TECHNOLOGICAL_REMOVALS, CAPTURE)
SUBSTITUTION: Final = "substitutionCredits"
CREDITS: Final = (SUBSTITUTION,)
UPTAKE: Final = "biogenicCO2Uptake"
BIOGENIC_EMISSIONS: Final = "biogenicCO2Emissions"
MEMO: Final = (UPTAKE, BIOGENIC_EMISSIONS)
# pcfExcludingBiogenicUptake sums the three columns, …IncludingBiogenicUptake adds the memo flows.
EXCLUDING: Final = (*GROSS, *REMOVALS, *CREDITS)
ADDED: Final = (*EXCLUDING, *MEMO)
FOSSIL: Final = EMISSIONS[0]
AIRCRAFT: Final = "aircraftGhgEmissions"
# A part says how much of its whole is something; no sum adds it, and it scales as its whole does.
PARTS: Final = {AIRCRAFT: FOSSIL, "landManagementFossilGhgEmissions": FOSSIL}
COMPONENTS: Final = (*ADDED, *PARTS)
# What a part may not be more than; PACT V3 counts packaging in the footprint too.
WHOLES: Final = {part: (whole,) for part, whole in PARTS.items()} | {
    "packagingGhgEmissions": EMISSIONS
}

NEGATIVE: Final = frozenset({*REMOVALS, *CREDITS, UPTAKE})
SIGNS: Final[dict[str, rules.Rule]] = {
    name: rules.decimal
    if name == DIFFERENCE
    else rules.not_positive
    if name in NEGATIVE
    else rules.not_negative
    for name in COMPONENTS
}
