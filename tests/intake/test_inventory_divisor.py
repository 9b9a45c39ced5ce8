"""A spread of what a process makes, of its yield and of the product's share."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.analysis import uncertainty
from rootprint.ledger.core.seal import redact
from rootprint.ledger.intake import compose
from rootprint.ledger.verify import Verdict
from tests.analysis.seen import Seen
from tests.intake.drafts import composed, gas, line, parsed, problems, product
from tests.support.world import SUPPLIER, World

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

Z95 = 1.959963984540054


def normal(value: str, relative: float = 0.05) -> dict[str, Any]:
    """A normal spread with this relative standard deviation."""
    half = Z95 * relative * float(value)
    lower, upper = (f"{float(value) + sign * half:.12f}" for sign in (-1, 1))
    interval = {"lower": lower, "upper": upper, "percent": "95"}
    return {"distribution": "normal", "statedValue": value, "interval": interval}


def gsd(value: str, deviation: str) -> dict[str, str]:
    return {
        "distribution": "lognormal",
        "statedValue": value,
        "geometricStandardDeviation": deviation,
    }


def process(*outputs: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": "Process", "outputs": list(outputs), **more}


def output(name: str, value: str, unit: str = "kg", **more: Any) -> dict[str, Any]:
    return {"name": name, "amount": {"value": value, "unit": unit}, **more}


def published(world: World, value: dict[str, Any], **inputs: Statement) -> Statement:
    return world.publish(compose(parsed(value), SUPPLIER, inputs.__getitem__))


def textbook(world: World) -> Statement:
    """Heijungs and Suh: 2 l of fuel and 1 kg CO2 make 10 kWh, 10 kg CO2 make 100 l of fuel."""
    fuel = published(
        world,
        product(
            gas(value="10", uncertainty=normal("10")),
            process=process(output("fuel", "100", "liter", uncertainty=normal("100"))),
            pcf={"declaredUnitOfMeasurement": "liter"},
            productIds=["urn:example:fuel"],
        ),
    )
    return published(
        world,
        product(
            line({"input": "fuel"}, "2", "liter", uncertainty=normal("2")),
            gas(value="1", uncertainty=normal("1")),
            process=process(output("power", "10", "kWh", uncertainty=normal("10"))),
            pcf={"declaredUnitOfMeasurement": "kilowatt hour", "declaredUnitAmount": "1000"},
        ),
        fuel=fuel,
    )


def test_the_textbook_case_has_variance_64_and_is_verified() -> None:
    """Through compose, publishing and the walk's view, with 56 % from the output."""
    world = World()
    power = textbook(world)
    world.anchor()
    seen = Seen(world, power)
    assert seen.report.verdict is Verdict.VERIFIED
    view = uncertainty(seen.judged)
    assert view["firstOrder"]["stated"] == "120"
    assert float(view["firstOrder"]["standardDeviation"]) ** 2 == pytest.approx(64, rel=1e-5)
    first = view["ranking"][0]
    assert (first["line"], first["output"]) == (None, True)
    assert first["shareOfVariance"] == "0.5625"
    signed = power.opened.uncertainty
    assert signed is not None
    assert signed["statedValue"] == "120.000"
    assert signed["interval"] == {"lower": "104.320", "upper": "135.680", "percent": "95"}


def test_an_output_s_spread_is_brought_to_the_declared_amount() -> None:
    """No spread is invented: the line states none, so the total has none."""
    spread = {
        "distribution": "normal",
        "statedValue": "10",
        "interval": {"lower": "9", "upper": "11", "percent": "95"},
    }
    subject = composed(product(gas(), process=process(output("s", "10", "t", uncertainty=spread))))
    assert subject["outputUncertainty"] == {
        "distribution": "normal",
        "statedValue": "1",
        "interval": {"lower": "0.9", "upper": "1.1", "percent": "95"},
    }
    assert "uncertainty" not in subject


def test_a_spread_of_the_output_alone_is_reported_to_leave_the_total_without_one() -> None:
    answer: list[str] = []
    value = product(gas(), process=process(output("s", "10", uncertainty=normal("10"))))
    compose(parsed(value), SUPPLIER, {}.__getitem__, lambda one: answer.append(one.member))
    assert answer == ["outputUncertainty"]
    exact = product(gas(uncertainty=gsd("1", "1")), process=value["process"])
    assert composed(exact)["uncertainty"]["distribution"] == "normal"


def test_output_yield_and_share_add_in_squares() -> None:
    made = output("a", "1", uncertainty=gsd("1", "1.1"), economic={"value": "3", "currency": "CNY"})
    beside = output("b", "1", economic={"value": "1", "currency": "CNY"})
    value = process(
        made,
        beside,
        product="a",
        **{"yield": "0.9"},
        yieldUncertainty=gsd("0.9", "1.05"),
        allocation={"method": "economic", "uncertainty": gsd("75", "1.2")},
    )
    found = composed(product(gas(), process=value))["outputUncertainty"]
    expected = math.exp(math.hypot(math.log(1.1), math.log(1.05), math.log(1.2)))
    assert found == gsd("1", f"{expected:.4f}")


def test_where_mass_shares_the_divisor_is_the_sum_of_outputs() -> None:
    """3 kg and 1 kg, 5 % on each: sqrt(0.75² + 0.25²) of it, and not 5 % of the product alone."""
    made, beside = (
        output(name, mass, uncertainty=normal(mass)) for name, mass in (("a", "3"), ("b", "1"))
    )
    value = process(made, beside, product="a", allocation={"method": "physical"})
    found = composed(product(gas(), process=value))["outputUncertainty"]
    half = Z95 * 0.05 * math.hypot(0.75, 0.25)
    assert float(found["interval"]["upper"]) == pytest.approx(1 + half, rel=1e-6)
    assert found["statedValue"] == "1"


def test_a_spread_that_nothing_rests_on_is_a_finding() -> None:
    made, beside = (
        output(name, "1", economic={"value": "1", "currency": "CNY"}) for name in ("a", "b")
    )
    beside["uncertainty"] = normal("1")
    value = process(made, beside, product="a", allocation={"method": "economic"})
    inventory = parsed(product(gas(), process=value))
    assert "outputUncertainty" not in inventory.subject
    members = [one.member for one in inventory.findings]
    assert "process.outputs.2.uncertainty" in members


@pytest.mark.parametrize(
    ("value", "member", "what"),
    [
        (
            process(output("a", "10", uncertainty=normal("9"))),
            "process.outputs.1.uncertainty",
            "not the value",
        ),
        (
            process(output("a", "10"), yieldUncertainty=normal("0.9")),
            "process.yieldUncertainty",
            "not the value",
        ),
        (
            process(
                output("a", "10", uncertainty=normal("10", 0.4)),
                yieldUncertainty=normal("1", 0.4),
            ),
            "process.outputs.1.uncertainty",
            "may be nothing",
        ),
    ],
)
def test_a_spread_that_contradicts_is_refused(
    value: dict[str, Any], member: str, what: str
) -> None:
    assert what in problems(product(gas(), process=value))[member]


def test_the_head_and_the_process_do_not_both_say_it() -> None:
    value = product(
        gas(),
        process=process(output("a", "1", uncertainty=normal("1"))),
        outputUncertainty=normal("1"),
    )
    assert "leave it out" in problems(value)["outputUncertainty"]


def test_a_head_may_say_it_without_a_process() -> None:
    spread = gsd("1", "1.1")
    value = product(gas(uncertainty=gsd("1", "1.2")), outputUncertainty=spread)
    found = composed(value)["uncertainty"]
    expected = math.exp(math.hypot(math.log(1.1), math.log(1.2)))
    assert found["geometricStandardDeviation"] == f"{expected:.4f}"


def test_a_hidden_output_leaves_the_spread_unchecked_and_says_so() -> None:
    world = World()
    value = product(gas(uncertainty=gsd("1", "1.2")), outputUncertainty=gsd("1", "1.1"))
    part = published(world, value)
    world.anchor()
    seen = Seen(world, part, {part.digest: {"inventory", "inventoryShape", "cells", "uncertainty"}})
    assert seen.report.verdict is Verdict.VERIFIED
    notices = [notice for one in seen.report.statements for notice in one.notices]
    assert any("uncertainty was not recomputed" in notice for notice in notices)
    assert redact(part, {"inventory"}).opened.output_uncertainty is None


def test_lines_of_a_group_are_composed_as_one_error() -> None:
    both = (
        gas(uncertainty={**gsd("1", "1.2"), "group": "one meter"}),
        gas("CO2", "1", uncertainty={**gsd("1", "1.2"), "group": "one meter"}),
    )
    together = composed(product(*both), World())["uncertainty"]
    assert together["geometricStandardDeviation"] == "1.2000"
    apart = composed(product(gas(uncertainty=gsd("1", "1.2")), gas(uncertainty=gsd("1", "1.2"))))
    assert apart["uncertainty"]["geometricStandardDeviation"] < "1.15"
