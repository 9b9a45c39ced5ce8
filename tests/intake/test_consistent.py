"""Law 9 and composing: what compose makes breaks no error of the base pack; what does is reported.

Inventories are drawn whose declared members agree with their lines; every figure that compose
works out from them, and every rounding on the way, must then agree too.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, assume, example, given, settings
from hypothesis import strategies as st

from rootprint.calc.errors import CalculationError
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.intake import BASE_PACK, InventoryProblems, compose_by
from rootprint.ledger.intake.consistent import require_consistent
from rootprint.ledger.rules import State, as_draft, broken, judge, library
from tests.intake.drafts import gas, line, parsed, product
from tests.support.world import SUPPLIER, World

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

AT = "2026-11-20T10:00:00Z"
CARBON = Fraction(12, 44)
REMOVAL = {"method": "capture at the stack", "evidence": "meter 7"}
STAGES = ("raw-material", "manufacturing", "distribution", "use", "end-of-life")
amounts = st.decimals("0.000001", "1000000", places=6, allow_nan=False)


def written(value: Fraction | Decimal) -> str:
    """A decimal of some thirty digits: what a maker would state, rounded."""
    return format(Decimal(int(Fraction(value) * 10**30)).scaleb(-30), "f")


@st.composite
def inventories(draw: st.DrawFn) -> dict[str, Any]:
    """A product of any size and boundary, whose members agree with what its lines say."""
    gate = draw(st.booleans())
    stages = st.sampled_from(STAGES[:2] if gate else STAGES)
    emitted = draw(st.lists(st.tuples(st.sampled_from(["CO2", "CH4_fossil", "N2O", "CH4_non_fossil",
                   "CO2_land_use_change", "CO2_land_management", "CO2_aircraft"]), amounts, stages),
                   min_size=1, max_size=6))  # fmt: skip
    lines = [gas(name, str(value), stage=stage) for name, value, stage in emitted]
    captured = draw(st.decimals("0", "1", places=3)) * sum(
        (value for name, value, _ in emitted if name == "CO2"), Decimal(0)
    )
    if captured:
        mass = format(captured, "f")
        shown = {**REMOVAL, "stored": {"value": mass, "unit": "kilogram"}}
        lines.append(gas("CO2_captured", mass, removal=shown))
    taken, share = draw(amounts), draw(st.decimals("0", "1", places=3))
    if biogenic := draw(st.booleans()):
        lines.append(gas("CO2_uptake", str(taken), stage="raw-material"))
        if taken * share:
            lines.append(gas("CO2_biogenic", format(taken * share, "f"), stage=draw(stages)))
    if draw(st.booleans()):
        credit = {"published": str(draw(amounts)), "per": "kilogram", "reference": "a table",
                  "component": "fossilGhgEmissions"}  # fmt: skip
        lines.append(line(credit, stage=draw(stages), allocation={"method": "substitution"}))
    held = Fraction(taken) * (1 - Fraction(share)) * CARBON if biogenic and gate else Fraction(0)
    fossil = draw(amounts)
    mass = Fraction(fossil) + held + 1
    return product(
        *lines,
        boundary="cradle-to-gate" if gate else "cradle-to-grave",
        digits=draw(st.integers(3, 12)),
        lineDigits=draw(st.integers(9, 20)),
        productIds=[draw(st.sampled_from(["urn:gtin:4712345060507", "URN:GTIN:96385074"]))],
        pcf={
            "declaredUnitAmount": written(mass),
            "productMassPerDeclaredUnit": written(mass),
            "fossilCarbonContent": str(fossil),
            "biogenicCarbonContent": written(held),
            "recycledCarbonContent": str(fossil),
            "ccsTechnologicalCO2CaptureIncluded": True,
            "geographyCountry": draw(st.sampled_from(["CN", "GB", "ZW", "AX"])),
            "exemptedEmissionsPercent": draw(st.sampled_from(["0", "4.9", "49.9"])),
        },
    )


def drafted(value: dict[str, Any], **inputs: Statement) -> tuple[dict[str, Any], list[str]]:
    """The draft, and what it breaks that is an error; where it has too few digits, no example."""
    try:
        draft, findings = compose_by(BASE_PACK, parsed(value), SUPPLIER, inputs.__getitem__, at=AT)
    except (CalculationError, InventoryProblems) as error:
        assume("igits" not in str(error) + str(error.remedy))
        raise
    return draft, [f"{one.id}: {one.found}" for one in broken(findings, "error")]


@settings(max_examples=150, deadline=None)
@given(inventories())
@example(product(gas("CO2", "12345.67"), gas("CO2_uptake", "0.4", stage="raw-material"), digits=4,
                 pcf={"biogenicCarbonContent": "0.109"}))  # fmt: skip
def test_what_is_composed_breaks_no_error_of_the_base_pack(value: dict[str, Any]) -> None:
    assert drafted(value)[1] == []


@settings(max_examples=15, deadline=None, phases=[Phase.generate])
@given(inventories(), amounts)
def test_what_is_composed_of_it_breaks_none_either(value: dict[str, Any], taken: Decimal) -> None:
    """A part of the product is taken, with as much of all that is in it."""
    world = World()
    pcf = value["pcf"]
    part = world.publish(drafted(value)[0])
    share = Fraction(taken) / Fraction(pcf["declaredUnitAmount"])
    held = {
        name: written(Fraction(pcf[name]) * share)
        for name in ("biogenicCarbonContent", "fossilCarbonContent")
    }
    whole = product(
        line({"input": "part"}, str(taken)),
        boundary=value["boundary"],
        digits=value["digits"],
        lineDigits=15,
        productIds=["urn:example:whole"],
        pcf={**held, "declaredUnitAmount": str(taken), "productMassPerDeclaredUnit": str(taken)},
    )
    assert drafted(whole, part=part)[1] == []


@settings(max_examples=50, deadline=None)
@given(inventories(), st.sampled_from(["pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake"]))
def test_a_total_that_is_off_by_its_last_digit_is_an_error(
    value: dict[str, Any], name: str
) -> None:
    """There is no tolerance that an issuer's choice of digits could widen."""
    draft, _ = drafted(value)
    pcf = draft["credentialSubject"]["pcf"]
    total = Decimal(pcf[name])
    pcf[name] = format(total + Decimal((0, (1,), int(total.as_tuple().exponent))), "f")
    found = {one.id: one.state for one in judge(library().compiled(BASE_PACK), draft, at=AT)}
    assert State.FAILED in {found["excluding-sum"], found["including-sum"]}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"productMassPerDeclaredUnit": "100"}, "mass-of-kilogram"),
        ({"biogenicCarbonContent": "1.65"}, "carbon-in-mass"),
        ({"referencePeriodStart": "2010-01-01T00:00:00Z"}, "reference-period-length"),
        ({"exemptedEmissionsPercent": "100"}, "exempted-most"),
        ({"geographyCountry": "UK"}, "country-code"),
    ],
)
def test_what_contradicts_itself_is_composed_and_reported(
    changes: dict[str, str], rule: str
) -> None:
    assert [one.partition(":")[0] for one in drafted(product(gas(), pcf=changes))[1]] == [rule]


def test_what_breaks_an_error_is_not_published_and_what_is_hidden_breaks_nothing() -> None:
    """By the pack that it names; one that names none that is held is judged by the base pack."""
    world = World()
    sound, wrong = (
        world.publish(drafted(product(gas(), productIds=[name], pcf=pcf))[0])
        for name, pcf in (("urn:x-1:a", {}), ("urn:x-1:b", {"geographyCountry": "UK"}))
    )
    require_consistent(sound, {}, library())
    with pytest.raises(Refused, match="law 9: it breaks country-code of rootprint-base-rules 4"):
        require_consistent(wrong, {}, library())
    draft = drafted(product(gas(), productIds=["urn:x-1:c"], pcf={"geographyCountry": "UK"}))[0]
    draft["credentialSubject"]["computedWith"]["rule"]["digest"] = "sha256:" + "0" * 64
    with pytest.raises(Refused, match="country-code of rootprint-base-rules 4"):
        require_consistent(world.publish(draft), {}, library())
    require_consistent(sound.bare, {}, library())


def test_a_signed_statement_is_judged_as_its_draft_was() -> None:
    draft = drafted(product(gas(), gas("N2O", "2"), gas("CH4_fossil", "3")))[0]
    statement = World().publish(draft)
    lines = [
        {name: member for name, member in one.items() if name != "line"}
        for one in as_draft(statement)["credentialSubject"]["inventory"]
    ]
    assert lines == draft["credentialSubject"]["inventory"]
    hidden = as_draft(statement.bare)["credentialSubject"]["inventory"]
    assert all(one.keys() == {"..."} for one in hidden)
    pack = library().compiled(BASE_PACK)
    states = {one.id: one.state for one in judge(pack, as_draft(statement.bare), at=AT)}
    assert states["no-offsets"] is State.NOT_CHECKED
    assert states["mass-of-kilogram"] is State.PASSED
