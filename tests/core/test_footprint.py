"""credentialSubject of all kinds against the closed lists, member by member."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from rootprint.ledger.core.encoding import b64url
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.schema import names
from rootprint.ledger.core.schema.hidden import NAMES
from rootprint.ledger.core.sdjwt import placeholder
from rootprint.ledger.core.seal import seal
from rootprint.ledger.core.statement import parse_statement
from tests.core import closed_lists
from tests.core.closed_lists import REQUIRED, full, objects, paths, removed
from tests.support import statements
from tests.support.statements import LOG, raw, sign_raw

KEY = SigningKey.generate()
SEALED = {kind: seal(full(kind), KEY, LOG) for kind in REQUIRED}
SUBJECTS = {kind: raw(statement)[1]["credentialSubject"] for kind, statement in SEALED.items()}
HIDING = b64url(bytes(32))


def parse(kind: str, subject: Any) -> None:
    header, payload = raw(SEALED[kind])
    parse_statement(sign_raw(header, {**payload, "credentialSubject": subject}, KEY))


@pytest.mark.parametrize(
    ("kind", "path"), [(kind, path) for kind in REQUIRED for path in REQUIRED[kind]]
)
def test_a_required_member_can_t_be_missing(kind: str, path: str) -> None:
    """Each member that the design page marks as required, at every level."""
    with pytest.raises(
        Refused, match=r"lacks|role is not|exactly one of|complete|not a placeholder"
    ):
        parse(kind, removed(SUBJECTS[kind], path))


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (kind, path)
        for kind in REQUIRED
        for path in paths(SUBJECTS[kind])
        if path not in REQUIRED[kind]
    ],
)
def test_an_optional_member_may_be_missing(kind: str, path: str) -> None:
    """What is not marked as required is not demanded: the lists are complete both ways."""
    spoilt = removed(SUBJECTS[kind], path)
    parse(kind, spoilt)


@pytest.mark.parametrize(
    ("kind", "path", "name"),
    [
        (kind, path, name)
        for kind in REQUIRED
        for path in objects(SUBJECTS[kind])
        for name in ("foreign", "_sd", "...", "Role")
        if name not in closed_lists.inner(SUBJECTS[kind], path)
    ],
)
def test_an_unknown_member_is_refused_in_every_object(kind: str, path: str, name: str) -> None:
    """Closed at every level; an _sd member or a placeholder beside clear ones is unknown too."""
    subject = copy.deepcopy(SUBJECTS[kind])
    closed_lists.inner(subject, path)[name] = HIDING
    with pytest.raises(Refused, match=r"does not know|not a placeholder"):
        parse(kind, subject)


@pytest.mark.parametrize("name", closed_lists._OPTIONAL.keys() & SUBJECTS["product"].keys())
def test_placeholders_stand_in_their_places_only(name: str) -> None:
    """Hidden members are arrays of placeholders; open ones never are."""
    hidden = {"gases", "uncertainty", "evidence"}
    subject = {**SUBJECTS["product"], name: [placeholder(HIDING)]}
    if name in hidden:
        parse("product", subject)
        with pytest.raises(Refused, match=f"{name} is not an array"):
            parse("product", {**subject, name: closed_lists.CELLS})
    else:
        with pytest.raises(Refused, match=name):
            parse("product", subject)


@pytest.mark.parametrize("kind", REQUIRED)
def test_no_open_member_can_be_hidden(kind: str) -> None:
    """A placeholder in place of the value, or in an array in its place, is refused everywhere."""
    for name in SUBJECTS[kind]:
        if name in NAMES:
            continue
        for hiding in (placeholder(HIDING), [placeholder(HIDING)]):
            with pytest.raises(Refused, match="credentialSubject"):
                parse(kind, {**SUBJECTS[kind], name: hiding})
    if "pcf" in SUBJECTS[kind]:
        for name in SUBJECTS[kind]["pcf"]:
            pcf = {**SUBJECTS[kind]["pcf"], name: placeholder(HIDING)}
            with pytest.raises(Refused, match=r"credentialSubject\.pcf"):
                parse(kind, {**SUBJECTS[kind], "pcf": pcf})


def slots(count: int) -> list[dict[str, str]]:
    return [placeholder(b64url(number.to_bytes(32))) for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, 4, 7, 9, 12, 15, 24, 8191, 16384])
def test_an_inventory_is_padded(count: int) -> None:
    """A power of two, at least 8: the number of lines must not show."""
    with pytest.raises(Refused, match=r"power of two|array of 8 to 8192"):
        parse("product", {**SUBJECTS["product"], "inventory": slots(count)})


@pytest.mark.parametrize("count", [8, 16, 8192])
def test_a_padded_inventory_is_read(count: int) -> None:
    """From 8 slots up to the limit."""
    parse("product", {**SUBJECTS["product"], "inventory": slots(count)})


@pytest.mark.parametrize(
    "name",
    [
        *("inventoryShape", "cells", "gases", "uncertainty", "outputUncertainty"),
        "producedAmount",
    ],
)
@pytest.mark.parametrize("count", [0, 2])
def test_single_slots_are_single(name: str, count: int) -> None:
    """Two would let an issuer sign two values and show each buyer another."""
    with pytest.raises(Refused, match=f"{name} is not an array of 1 to 1 items"):
        parse("product", {**SUBJECTS["product"], name: slots(count)})


def test_two_placeholders_never_hold_one_digest() -> None:
    """Not within an array, nor across two of them."""
    subject = SUBJECTS["product"]
    twice = [*subject["inventory"][:7], subject["inventory"][0]]
    for change in ({"inventory": twice}, {"cells": subject["gases"]}):
        with pytest.raises(Refused, match="two placeholders hold the same digest"):
            parse("product", {**subject, **change})


@pytest.mark.parametrize(
    "slot",
    [
        {"...": ""},
        {"...": b64url(bytes(31))},
        {"...": b64url(bytes(33))},
        {"...": HIDING + "="},
        {"...": 1},
        {"..": HIDING},
        {"...": HIDING, "a": 1},
        HIDING,
        None,
    ],
    ids=str,
)
def test_a_placeholder_is_one_digest(slot: object) -> None:
    """32 bytes in base64url under three dots, and nothing beside."""
    with pytest.raises(Refused, match=r"placeholder|base64url"):
        parse("product", {**SUBJECTS["product"], "cells": [slot]})


@pytest.mark.parametrize(
    ("kind", "change", "reason"),
    [
        ("product", {"role": "supplier"}, "role is not product, factor or attested"),
        ("product", {"role": None}, "role is not product, factor or attested"),
        ("product", {"basis": "direct-only"}, "basis is not one of life-cycle"),
        ("product", {"boundary": "gate-to-gate"}, "boundary is not one of"),
        ("product", {"includesTransmission": True}, "does not know"),
        ("factor", {"boundary": "cradle-to-cradle"}, "boundary is not one of"),
        ("factor", {"basis": "well-to-wheel"}, "basis is not one of"),
        ("factor", {"includesTransmission": "no"}, "not true or false"),
        ("product", {"productIds": []}, "array of 1 to 64"),
        ("product", {"productIds": ["urn:a1:b", "urn:a1:b"]}, "without duplicates"),
        ("product", {"productIds": ["4712345060507"]}, "not a URN"),
        ("product", {"productIds": ["urn:GTIN:1"]}, "not a URN"),
        ("product", {"productIds": ["urn:gtin:a b"]}, "not a URN"),
        ("product", {"productNameCompany": "  "}, "non-empty text"),
        ("product", {"productNameCompany": 7}, "non-empty text"),
        ("product", {"precedingStatements": ["SHA256:" + "ab" * 32]}, "64 lower-case"),
        ("product", {"precedingStatements": ["sha256:" + "AB" * 32]}, "64 lower-case"),
        (
            "product",
            {"characterizationSets": [{"set": "AR3", "share": "100"}]},
            "set is not one of",
        ),
        (
            "product",
            {
                "characterizationSets": [
                    {"set": "AR6", "share": "50"},
                    {"set": "AR6", "share": "50"},
                ]
            },
            "naming each set once",
        ),
        ("product", {"characterizationSets": []}, "array of 1 to 8"),
        ("assurance", {"level": "absolute"}, "level is not one of"),
        ("assurance", {"coverage": "company"}, "coverage is not one of"),
        ("assurance", {"outcome": "unclear"}, "outcome is not one of"),
        ("assurance", {"includesInventory": 1}, "true or false"),
        ("assurance", {"materialityPercent": "101"}, "percentage"),
        ("assurance", {"materialityPercent": "100.01"}, "percentage"),
        ("assurance", {"materialityPercent": 5}, "plain decimal"),
        ("assurance", {"examined": []}, "array of 1 to 256"),
        ("assurance", {"statement": "sha256:" + "AB" * 32}, "64 lower-case"),
        ("status", {"state": "adverse"}, "state is not one of"),
        ("status", {"state": "withdrawn"}, "only that, names supersededBy"),
        ("status", {"reason": ""}, "non-empty text"),
        ("status", {"supersededBy": None}, "is not a digest"),
    ],
    ids=str,
)
def test_another_value_is_refused(kind: str, change: dict[str, Any], reason: str) -> None:
    """Words from closed lists, digests, URNs, texts: each with its own refusal."""
    with pytest.raises(Refused, match=reason):
        parse(kind, {**SUBJECTS[kind], **change})


def declaring(kind: str, unit: Any) -> dict[str, Any]:
    """Return a footprint's subject that declares this unit."""
    subject = SUBJECTS[kind]
    return {**subject, "pcf": {**subject["pcf"], "declaredUnitOfMeasurement": unit}}


@pytest.mark.parametrize("unit", closed_lists.PACT_UNITS)
def test_pacts_units_are_for_products_and_factors(unit: str) -> None:
    """PACT Technical Specifications 3.0.4, declaredUnitOfMeasurement."""
    parse("product", declaring("product", unit))
    parse("factor", declaring("factor", unit))


@pytest.mark.parametrize("unit", closed_lists.FACTOR_UNITS)
def test_further_units_are_for_factors_alone(unit: str) -> None:
    """A product has to go into PACT's form; what it cites need not."""
    parse("factor", declaring("factor", unit))
    with pytest.raises(Refused, match=r"declaredUnitOfMeasurement is not one of liter.*second$"):
        parse("product", declaring("product", unit))


@pytest.mark.parametrize("unit", [*closed_lists.NO_UNITS, None, 2022, ["kilometer"], {}], ids=str)
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
    for value in ("0", "0.00", right):
        parse(
            "product", {**SUBJECTS["product"], "pcf": {**SUBJECTS["product"]["pcf"], name: value}}
        )
    with pytest.raises(Refused, match=f"{name} is not zero or"):
        parse(
            "product", {**SUBJECTS["product"], "pcf": {**SUBJECTS["product"]["pcf"], name: wrong}}
        )


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


@pytest.mark.parametrize(
    ("digits", "line_digits", "fine"),
    [(3, 9, True), (30, 30, True), (2, 9, False), (3, 8, False), ("3", 9, False), (True, 9, False)],
)
def test_rounding_is_no_coarser_than_the_design_allows(
    digits: object,
    line_digits: object,
    fine: bool,  # noqa: FBT001
) -> None:
    """Totals have at least three significant digits, lines at least nine places."""
    computed = {**SUBJECTS["product"]["computedWith"], "digits": digits, "lineDigits": line_digits}
    subject = {**SUBJECTS["product"], "computedWith": computed}
    if fine:
        parse("product", subject)
    else:
        with pytest.raises(Refused, match="igits is not an integer from"):
            parse("product", subject)


def test_a_factor_is_secondary_data() -> None:
    """Its primary data share is "0" and nothing else."""
    for share in ("0.0", "1", "100"):
        pcf = {**SUBJECTS["factor"]["pcf"], "primaryDataShare": share}
        with pytest.raises(Refused, match="as a factor is secondary data"):
            parse("factor", {**SUBJECTS["factor"], "pcf": pcf})


def test_electricity_says_whether_transmission_is_included() -> None:
    """Demanded of a life-cycle factor per kilowatt hour, of no other factor."""
    electricity = statements.factor()
    del electricity["credentialSubject"]["includesTransmission"]
    with pytest.raises(Refused, match="kilowatt hour says includesTransmission"):
        seal(electricity, KEY, LOG)
    seal(statements.factor(unit="kilogram"), KEY, LOG)
    seal(
        statements.factor(unit="megajoule", basis="direct-only", boundary="gate-to-gate"), KEY, LOG
    )


def test_a_product_has_an_inventory_and_a_factor_may() -> None:
    """A product without lines is refused; a factor's three members come together or not at all."""
    bare = statements.product()
    del bare["credentialSubject"]["inventory"]
    with pytest.raises(Refused, match="lacks inventory"):
        seal(bare, KEY, LOG)
    seal(statements.factor(), KEY, LOG)
    with pytest.raises(Refused, match="come together"):
        seal(statements.factor(computedWith=statements.computed_with()), KEY, LOG)


def test_includes_transmission_is_a_word_about_electricity() -> None:
    """A fuel's kilowatt hours are by a calorific value, heat's are said to be heat."""
    fuel = statements.factor(quantity={"calorificValue": "net"})
    with pytest.raises(Refused, match="includesTransmission of a quantity by its calorific value"):
        seal(fuel, KEY, LOG)
    del fuel["credentialSubject"]["includesTransmission"]
    seal(fuel, KEY, LOG)
    heat = statements.factor(productClassifications=[names.HEAT])
    del heat["credentialSubject"]["includesTransmission"]
    seal(heat, KEY, LOG)
    del heat["credentialSubject"]["productClassifications"]
    with pytest.raises(Refused, match=r"includesTransmission, or of a fuel quantity\.calorificVal"):
        seal(heat, KEY, LOG)
