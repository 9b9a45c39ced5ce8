"""credentialSubject of all kinds against the closed lists, member by member."""

from __future__ import annotations

import copy
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import names
from rootprint.ledger.core.schema.footprint import TOGETHER
from rootprint.ledger.core.schema.hidden import NAMES
from rootprint.ledger.core.sdjwt import placeholder
from rootprint.ledger.core.seal import seal
from tests.core.closed_lists import REQUIRED
from tests.core.full_statements import CELLS, OPTIONAL
from tests.core.members import inner, objects, paths, removed
from tests.core.subjects import HIDING, KEY, SUBJECTS, parse
from tests.support import statements
from tests.support.statements import LOG

if TYPE_CHECKING:
    from collections.abc import Callable


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
    assert path not in paths(spoilt)
    parse(kind, spoilt)


@pytest.mark.parametrize(
    ("kind", "path", "name"),
    [
        (kind, path, name)
        for kind in REQUIRED
        for path in objects(SUBJECTS[kind])
        for name in ("foreign", "_sd", "...", "Role")
        if name not in inner(SUBJECTS[kind], path)
    ],
)
def test_an_unknown_member_is_refused_in_every_object(kind: str, path: str, name: str) -> None:
    """Closed at every level; an _sd member or a placeholder beside clear ones is unknown too."""
    subject = copy.deepcopy(SUBJECTS[kind])
    inner(subject, path)[name] = HIDING
    with pytest.raises(Refused, match=r"does not know|not a placeholder"):
        parse(kind, subject)


@pytest.mark.parametrize("name", sorted(OPTIONAL.keys() & SUBJECTS["product"].keys()))
def test_placeholders_stand_in_their_places_only(name: str) -> None:
    """Hidden members are arrays of placeholders; open ones never are."""
    hidden = {"gases", "uncertainty", "evidence"}
    subject = {**SUBJECTS["product"], name: [placeholder(HIDING)]}
    if name in hidden:
        parse("product", subject)
        with pytest.raises(Refused, match=f"{name} is not an array"):
            parse("product", {**subject, name: CELLS})
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
        (
            "product",
            {"characterizationSets": [{"set": "AR5-28", "share": "100"}]},
            "ipccCharacterizationFactors leaves out AR5, on which",
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


JUNK: tuple[Any, ...] = (None, True, 3, "x", [], {}, [[]], [{}], [None], {"set": []})


@pytest.mark.parametrize("together", TOGETHER, ids=lambda one: one.__name__)
@pytest.mark.parametrize(
    ("kind", "service"), [("product", "energy"), ("factor", "waste-treatment"), ("attested", None)]
)
def test_what_members_are_together_is_asked_of_faulty_ones_too(
    together: Callable[[Any, str], None], kind: str, service: str | None
) -> None:
    """A file's faults are listed all at once, so what judges several meets each in any form."""
    whole = {**SUBJECTS[kind], **({"service": service} if service else {})}
    for place in dict.fromkeys(["service", *whole, *(f"pcf.{name}" for name in whole["pcf"])]):
        faulty = [removed(whole, place)] if place in paths(whole) else []
        for junk in JUNK:
            subject = copy.deepcopy(whole)
            parent, _, name = place.rpartition(".")
            inner(subject, parent)[name] = junk
            faulty.append(subject)
        assert len(faulty) >= len(JUNK)
        for subject in faulty:
            with suppress(Refused):
                assert together(subject, "subject") is None
