"""The figures of a footprint: units, signs, geographies and periods as PACT has them."""

from __future__ import annotations

from typing import Any

import pytest

from rootprint.ledger.core.errors import Refused
from tests.core.closed_lists import FACTOR_UNITS, NO_UNITS, PACT_UNITS
from tests.core.members import removed
from tests.core.subjects import SUBJECTS, parse


def declaring(kind: str, unit: Any) -> dict[str, Any]:
    """Return a footprint's subject that declares this unit."""
    subject = SUBJECTS[kind]
    said = {name: member for name, member in subject.items() if name != "service"}
    return {**said, "pcf": {**subject["pcf"], "declaredUnitOfMeasurement": unit}}


@pytest.mark.parametrize("unit", PACT_UNITS)
def test_pacts_units_are_for_products_and_factors(unit: str) -> None:
    """PACT Technical Specifications 3.0.4, declaredUnitOfMeasurement."""
    parse("product", declaring("product", unit))
    parse("factor", declaring("factor", unit))


@pytest.mark.parametrize("unit", FACTOR_UNITS)
def test_further_units_are_for_factors_alone(unit: str) -> None:
    """A product has to go into PACT's form; what it cites need not."""
    parse("factor", declaring("factor", unit))
    with pytest.raises(Refused, match=r"declaredUnitOfMeasurement is not one of liter.*second$"):
        parse("product", declaring("product", unit))


@pytest.mark.parametrize("unit", [*NO_UNITS, None, 2022, ["kilometer"], {}], ids=str)
def test_no_other_unit_is_accepted(unit: Any) -> None:
    """A short form, a multiple, a currency without year, a year or currency not in the table."""
    for kind in ("product", "factor"):
        with pytest.raises(Refused, match="declaredUnitOfMeasurement is not one of liter"):
            parse(kind, declaring(kind, unit))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"declaredUnitOfMeasurement": "kg"}, "one of liter"),
        ({"declaredUnitAmount": "0"}, "more than zero"),
        ({"declaredUnitAmount": "0.000"}, "more than zero"),
        ({"declaredUnitAmount": "-1"}, "zero or positive"),
        ({"declaredUnitAmount": 1}, "plain decimal"),
        ({"fossilGhgEmissions": "-0.1"}, "zero or positive"),
        ({"fossilGhgEmissions": "-0"}, "no minus zero"),
        ({"fossilGhgEmissions": "1e3"}, "plain decimal"),
        ({"fossilGhgEmissions": "1,5"}, "plain decimal"),
        ({"fossilGhgEmissions": "01"}, "plain decimal"),
        ({"fossilGhgEmissions": ".5"}, "plain decimal"),
        ({"fossilGhgEmissions": "5."}, "plain decimal"),
        ({"fossilGhgEmissions": "+5"}, "plain decimal"),
        ({"fossilGhgEmissions": "1" * 35}, "34 significant"),
        ({"fossilGhgEmissions": "1.5\n"}, "plain decimal"),
        ({"fossilGhgEmissions": "NaN"}, "plain decimal"),
        ({"fossilGhgEmissions": "\u0661"}, "plain decimal"),
        ({"biogenicCO2Uptake": "0.1"}, "zero or negative"),
        ({"technologicalCO2Removals": "1"}, "zero or negative"),
        ({"primaryDataShare": "100.0001"}, "percentage"),
        (
            {"dqi": {"technologicalDQR": "0.9", "geographicalDQR": "1", "temporalDQR": "1"}},
            "1 to 5",
        ),
        (
            {"dqi": {"technologicalDQR": "5.1", "geographicalDQR": "1", "temporalDQR": "1"}},
            "1 to 5",
        ),
        ({"ipccCharacterizationFactors": ["AR5-28"]}, "not one of AR4, AR5, AR6"),
        ({"ipccCharacterizationFactors": ["AR6", "AR6"]}, "without duplicates"),
        ({"crossSectoralStandards": []}, "array of 1"),
        ({"packagingEmissionsIncluded": "false"}, "true or false"),
        ({"geographyCountry": "cn"}, "alpha-2"),
        ({"geographyCountry": "CHN"}, "alpha-2"),
        ({"geographyRegionOrSubregion": "Eastern Asia"}, "exactly one of geography"),
        ({"geographyCountrySubdivision": "CN-11"}, "exactly one of geography"),
        ({"referencePeriodStart": "2026-01-02T00:00:00Z"}, "after the reference period's start"),
        ({"referencePeriodEnd": "2025-02-29T00:00:00Z"}, "RFC 3339"),
        ({"offsets": "1"}, "does not know"),
    ],
    ids=str,
)
@pytest.mark.parametrize("kind", ["product", "factor"])
def test_another_pcf_is_refused(kind: str, change: dict[str, Any], reason: str) -> None:
    """Units, decimals as plain strings, signs by component, one geography, whole periods."""
    with pytest.raises(Refused, match=reason):
        parse(kind, {**SUBJECTS[kind], "pcf": {**SUBJECTS[kind]["pcf"], **change}})


# PACT Technical Specifications V3, CarbonFootprint: PositiveOrZeroDecimal, NegativeOrZeroDecimal.
NEVER_NEGATIVE = (
    *("fossilGhgEmissions", "biogenicNonCO2Emissions", "landUseChangeGhgEmissions"),
    *("landManagementBiogenicCO2Emissions", "aircraftGhgEmissions", "fossilCarbonContent"),
    *("biogenicCarbonContent", "recycledCarbonContent", "landCarbonLeakage"),
    *("landManagementFossilGhgEmissions", "landAreaOccupation", "packagingGhgEmissions"),
    *(
        "biogenicCO2Emissions",
        "packagingBiogenicCarbonContent",
        "packagingMassPerDeclaredUnit",
        "outboundLogisticsGhgEmissions",
        "ccuCarbonContent",
    ),
    *("productMassPerDeclaredUnit", "exemptedEmissionsPercent", "primaryDataShare"),
)
NEVER_POSITIVE = (
    *("landManagementBiogenicCO2Removals", "technologicalCO2Removals"),
    *("ccsTechnologicalCO2Capture", "substitutionCredits", "biogenicCO2Uptake"),
)


@pytest.mark.parametrize("name", [*NEVER_NEGATIVE, *NEVER_POSITIVE])
def test_signs_are_pact_s(name: str) -> None:
    """Each decimal of the footprint has the sign that PACT's type allows; zero always passes."""
    wrong, right = ("-1", "1") if name in NEVER_NEGATIVE else ("1", "-1")
    goods = declaring("product", "kilogram")  # a service holds no carbon
    for value in ("0", "0.00", right):
        parse("product", {**goods, "pcf": {**goods["pcf"], name: value}})
    with pytest.raises(Refused, match=f"{name} is not zero or"):
        parse("product", {**goods, "pcf": {**goods["pcf"], name: wrong}})


@pytest.mark.parametrize(
    "geography",
    [
        {"geographyCountry": "CN"},
        {"geographyCountrySubdivision": "CN-SC"},
        {"geographyRegionOrSubregion": "Australia and New Zealand"},
    ],
    ids=str,
)
def test_each_geography_alone_is_read(geography: dict[str, str]) -> None:
    """Exactly one of the three."""
    pcf = removed(SUBJECTS["product"]["pcf"], "geographyCountry")
    parse("product", {**SUBJECTS["product"], "pcf": {**pcf, **geography}})
    with pytest.raises(Refused, match="exactly one of"):
        parse("product", {**SUBJECTS["product"], "pcf": pcf})
