"""Whole processes: brought to the declared amount, allocated so that the total is conserved."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.drafts import composed, gas, line, parsed, problems, product

Outputs = list[dict[str, Any]]
SPREAD = {"distribution": "lognormal", "statedValue": "412", "geometricStandardDeviation": "1.2"}
CERTIFICATE = {"registry": "Example registry", "id": "GO-17", "MWh": "1"}


def output(name: str, value: str, unit: str = "kg", **more: Any) -> dict[str, Any]:
    return {"name": name, "amount": {"value": value, "unit": unit}, **more}


def process(outputs: Outputs, method: str | None = None, **more: Any) -> dict[str, Any]:
    chosen = {} if method is None else {"allocation": {"method": method}}
    return {"name": "Furnace, 2025", "outputs": outputs, **chosen, **more}


def test_a_period_is_brought_to_the_declared_amount_exactly() -> None:
    value = product(
        gas(value="30", unit="t"),
        pcf={"declaredUnitAmount": "8"},
        process=process([output("steel", "120", "t")]),
    )
    (found,) = parsed(value).lines
    assert found["amount"] == {"value": "0.002", "unit": "t"}
    assert "allocation" not in found
    assert composed(value)["pcf"]["pcfExcludingBiogenicUptake"] == "2.00000"


@pytest.mark.parametrize("method", ["subdivision", "physical"])
def test_one_output_shares_with_nothing(method: str) -> None:
    """Bug: a share of 100 % on each line asked for a process record, or was refused."""
    value = product(gas(value="30"), process=process([output("steel", "120")], method))
    found = parsed(value)
    assert found.lines == parsed({**value, "process": process([output("steel", "120")])}).lines
    assert ["shares with nothing" in one.what for one in found.findings] == [True]
    assert "allocationRulesDescription" not in composed(value)["pcf"]


def test_losses_raise_what_is_consumed() -> None:
    value = product(gas(value="100"), process=process([output("a", "100")], **{"yield": "0.8"}))
    assert parsed(value).lines[0]["amount"]["value"] == "1.25"
    more = product(gas(), process=process([output("a", "1")], **{"yield": "1.01"}))
    assert problems(more).keys() == {"process.yield"}


def test_an_amount_that_never_ends_has_15_digits() -> None:
    value = product(gas(value="1"), process=process([output("a", "3")]))
    assert parsed(value).lines[0]["amount"]["value"] == "0.333333333333333"


@pytest.mark.parametrize(("method", "share"), [("physical", "75"), ("economic", "90")])
def test_the_signed_line_carries_method_share_and_group(method: str, share: str) -> None:
    outputs = [
        output("main", "3", economic={"value": "9", "currency": "EUR"}),
        output("by", "1", economic={"value": "1", "currency": "EUR"}),
    ]
    value = product(gas(value="4"), process=process(outputs, method, product="main"))
    subject = composed(value)
    (found,) = subject["inventory"]
    said = f"{share}.000000000000"
    assert found["allocation"] == {"method": method, "share": said, "group": "Furnace, 2025"}
    assert Fraction(found["amount"]["value"]) == Fraction(share) / 100 * 4 / 3
    described = subject["pcf"]["allocationRulesDescription"]
    assert described.endswith(f"allocated by {method} relation")
    assert share not in described  # it is open, and the share is hidden with the lines


def test_the_reason_of_an_allocation_is_signed_or_refused() -> None:
    """It ends the description that PACT asks for; beside one that the file gives it can't stand."""
    priced = [output(name, "1", economic={"value": "1", "currency": "EUR"}) for name in "ab"]
    chosen = process(priced, product="a", allocation={"method": "economic", "reason": "Price."})
    said = composed(product(gas(), process=chosen))["pcf"]["allocationRulesDescription"]
    assert said.endswith("by economic relation. Reason: Price.")
    own = {"allocationRulesDescription": "By price."}
    found = problems(product(gas(), pcf=own, process=chosen))
    assert found.keys() == {"process.allocation.reason"}
    assert "say the reason there" in found["process.allocation.reason"]
    del chosen["allocation"]["reason"]
    kept = composed(product(gas(), pcf=own, process=chosen))["pcf"]
    assert kept["allocationRulesDescription"] == "By price."


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(1, 10**6), min_size=1, max_size=5),
    st.integers(1, 10**6),
    st.sampled_from(["physical", "economic"]),
)
def test_the_products_together_carry_the_whole_process(
    sizes: list[int], emitted: int, method: str
) -> None:
    """Σ signed total × output over all co-products is what the process gave off."""
    outputs = [
        output(f"o{n}", str(size), economic={"value": str(n + 1), "currency": "EUR"})
        for n, size in enumerate(sizes)
    ]
    carried = Fraction(0)
    for each in outputs:
        value = product(
            gas(value=str(emitted)), process=process(outputs, method, product=each["name"])
        )
        (found,) = parsed(value).lines
        carried += Fraction(found["amount"]["value"]) * int(each["amount"]["value"])
    # Exact but for amounts that never end, which have 15 digits.
    assert abs(carried - emitted) <= emitted * Fraction(len(sizes), 10**14)


def test_subdivision_gives_each_output_its_own_activities() -> None:
    def of(name: str) -> dict[str, Any]:
        return product(
            gas(value="10", output="a"),
            gas("N2O", value="2", output="b"),
            process=process([output("a", "5"), output("b", "4")], "subdivision", product=name),
        )

    (first,), (second,) = parsed(of("a")).lines, parsed(of("b")).lines
    assert (first["source"]["gas"], first["amount"]["value"]) == ("CO2", "2")
    assert (second["source"]["gas"], second["amount"]["value"]) == ("N2O", "0.5")
    assert first["allocation"]["method"] == "subdivision"
    assert first["allocation"]["share"] == "100.000000000000"


def test_what_serves_one_output_is_divided_off_before_the_rest_is_allocated() -> None:
    value = product(
        gas(value="8"),
        gas("N2O", value="3", output="a"),
        gas("SF6", value="3", output="b"),
        process=process([output("a", "3"), output("b", "1")], "physical", product="a"),
    )
    found = {one["source"]["gas"]: one["amount"]["value"] for one in parsed(value).lines}
    assert found == {"CO2": "2", "N2O": "1"}


def test_an_economic_relation_where_a_physical_one_stands_is_a_finding() -> None:
    priced = [
        output("a", "3", economic={"value": "1", "currency": "EUR"}),
        output("b", "1", economic={"value": "1", "currency": "EUR"}),
    ]
    (finding,) = parsed(product(gas(), process=process(priced, "economic", product="a"))).findings
    assert finding.member == "process.allocation.method"
    assert "although the file has what a physical relation needs" in finding.what
    priced[1]["amount"]["unit"] = "kWh"  # no common physical quantity: nothing to find
    apart = product(gas(), process=process(priced, "economic", product="a"))
    assert parsed(apart).findings == ()


@pytest.mark.parametrize(
    ("changes", "member", "message"),
    [
        ({"product": "c"}, "process.product", "none of the outputs"),
        ({"product": None}, "process.product", "is missing"),
        ({"allocation": None}, "process.allocation", "several outputs"),
        ({"allocation": {"method": "economic"}}, "process.allocation", "economic value in one"),
        ({"allocation": {"method": "mass"}}, "process.allocation.method", "is not one of"),
        ({"outputs": []}, "process.outputs", "an array of 1 to 64"),
        ({"name": None}, "process.name", "is missing"),
    ],
)
def test_a_faulty_process_is_refused(changes: dict[str, Any], member: str, message: str) -> None:
    whole = process([output("a", "3"), output("b", "1")], "physical", product="a")
    given_process = {n: v for n, v in {**whole, **changes}.items() if v is not None}
    found = problems(product(gas(), process=given_process))
    assert message in found[member]


@pytest.mark.parametrize(
    "changes",
    [
        {"yield": "2"},
        {"name": None},
        {"product": "c"},
        {"product": None},
        {"allocation": {"method": "mass"}},
        {"allocation": {"method": "economic"}},
        {"colour": "red"},
    ],
    ids=str,
)
def test_a_faulty_process_hides_nothing_of_its_lines(changes: dict[str, Any]) -> None:
    """Bug: co-products' units and the outputs that lines name were read once it was corrected."""
    outputs = [output("a", "3"), output("b", "1", "zorkmid")]
    whole = {**process(outputs, "physical", product="a"), **changes}
    value = product(
        gas(value="-1", output="z"),
        gas(output="y", allocation={"method": "cut-off"}),
        process={name: member for name, member in whole.items() if member is not None},
    )
    found = problems(value)
    answer = {"inventory.1.amount.value", "inventory.1.output", "inventory.2.output"}
    unit = "process.outputs.2.amount.unit"
    assert {*answer, "inventory.2.allocation", unit} < found.keys()
    assert any(name.startswith("process.") for name in found.keys() - {unit})


def test_outputs_without_readable_names_judge_no_line() -> None:
    """The line may name the very one that can't be read."""
    outputs = [output("", "3"), output("b", "1")]
    found = problems(product(gas(output="a"), process=process(outputs)))
    assert found.keys() == {"process.outputs.1.name", "process.product", "process.allocation"}
    twice = process([output("a", "1"), output("a", "2")], "physical", product="a")
    assert problems(product(gas(), process=twice)).keys() == {"process.outputs.2.name"}


@pytest.mark.parametrize("member", ["amount", "physical"])
def test_an_unknown_unit_is_reported_of_every_output(member: str) -> None:
    """Bug: under an economic allocation nothing is converted, and so nothing was noticed."""
    priced = [output(n, "1", economic={"value": "1", "currency": "EUR"}) for n in "ab"]
    priced[1][member] = {"value": "1", "unit": "zorkmid"}
    found = problems(product(gas(), process=process(priced, "economic", product="a")))
    assert found.keys() == {f"process.outputs.2.{member}.unit"}


def test_a_product_worth_nothing_is_reported() -> None:
    """Bug: its line was said not to be there."""
    priced = [output(n, "1", economic={"value": v, "currency": "EUR"}) for n, v in ("a0", "b7")]
    found = problems(product(gas(), process=process(priced, "economic", product="a")))
    assert "is zero" in found["process.outputs.1.economic.value"]
    own = product(gas(), gas(output="a"), process=process(priced, "economic", product="a"))
    assert len(parsed(own).lines) == 1


def test_outputs_of_different_kind_have_no_physical_relation() -> None:
    outputs = [output("a", "3"), output("heat", "7", "MJ")]
    value = product(gas(), process=process(outputs, "physical", product="a"))
    assert "one kind of unit" in problems(value)["process.allocation"]
    for each, content in zip(outputs, ("30", "7"), strict=True):
        each["physical"] = {"value": content, "unit": "MJ"}
    (found,) = parsed(product(gas(value="37"), process=value["process"])).lines
    assert found["amount"]["value"] == "9.99999999999999"  # 33.333333333333 % of 30


def test_lines_and_their_process_fit_together() -> None:
    one = process([output("a", "3")])
    assert problems(product(gas(output="z"), process=one)).keys() == {"inventory.1.output"}
    assert problems(product(gas(output="a"))).keys() == {"inventory.1.output"}
    two = process([output("a", "3"), output("b", "1")], "subdivision", product="a")
    assert "subdivided" in problems(product(gas(), process=two))["inventory.1.output"]
    assert "no line that serves" in problems(product(gas(output="b"), process=two))["inventory"]
    by_hand = gas(output="a", allocation={"method": "physical"})
    assert problems(product(by_hand, process=two)).keys() == {"inventory.1.allocation"}


def test_a_certificate_covers_what_the_period_took() -> None:
    taken = line({"input": "p"}, "1001", "kWh", electricity="contract", certificate=CERTIFICATE)
    value = product(taken, process=process([output("a", "1000")]))
    assert problems(value).keys() == {"inventory.1.certificate.MWh"}
    taken["amount"]["value"] = "1000"
    assert parsed(value).lines[0]["amount"]["value"] == "1"


def test_a_spread_follows_its_amount_to_the_declared_unit() -> None:
    """Bug: 412 kg for 1000 pieces became 0.412 kg beside a spread that still spoke of 412."""
    value = product(gas(value="412", uncertainty=SPREAD), process=process([output("a", "1000")]))
    (signed,) = parsed(value).lines
    assert (signed["amount"]["value"], signed["uncertainty"]["statedValue"]) == ("0.412", "0.412")
    assert signed["uncertainty"]["geometricStandardDeviation"] == "1.2"


def test_a_spread_of_another_amount_is_reported_with_its_place() -> None:
    other = gas(value="412", uncertainty={**SPREAD, "statedValue": "9"})
    answer = problems(product(other, process=process([output("a", "1000")])))
    assert "not the value that it stands beside" in " ".join(answer.values())
