"""Both coverages: each adds to 100.00, and each contribution stands where the walk ends."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from rootprint.ledger.verify import Body, Report, Verdict
from rootprint.ledger.verify.rulings.processes import UNBOUNDED
from tests.conformance.casebook import Scene
from tests.support.statements import attested
from tests.support.world import AUDITOR, SUPPLIER, VALID, World
from tests.support.wrong_columns import CREDIT, stored
from tests.verify.chains import Chain, chained, gas, published


def _add_to_100(report: Report) -> dict[str, Any]:
    assert report.coverage is not None
    shown = report.coverage.json()
    for part in ("checked", "data", "assurance"):
        assert sum(Decimal(share) for share in shown[part].values()) == Decimal("100.00")
    return shown


def _verify(world: World, subject: Any) -> Report:
    evidence = world.evidence(subject)
    return world.verifier(subject).verify(evidence)


def test_everything_open_is_recomputed_or_published(assured: Chain) -> None:
    """Module: 2 kg of part at 0.2 × 2.5 + 0.01 × 29.8 = 0.798, and 0.3 published, of 1.896."""
    shown = _add_to_100(assured.report())
    assert shown["checked"] == {
        "recomputed": "84.18",
        "assured": "0.00",
        "signed": "0.00",
        "unsigned": "15.82",
    }
    assert shown["data"] == {"primary": "31.43", "secondary": "68.57"}


def test_a_hidden_recipe_is_assured_or_only_signed(assured: Chain, unassured: Chain) -> None:
    for chain, name in ((assured, "assured"), (unassured, "signed")):
        shown = _add_to_100(chain.report({chain.part.digest: set()}))
        assert shown["checked"][name] == "84.18"
        assert shown["checked"]["unsigned"] == "15.82"


def test_open_lines_of_a_hidden_recipe_are_recomputed(assured: Chain) -> None:
    measured = next(n for n, v in assured.part.opened.lines.items() if "gas" in v["source"])
    keep = {assured.part.digest: {"inventoryShape", f"inventory[{measured}]"}}
    shown = _add_to_100(assured.report(keep))
    assert (shown["checked"]["recomputed"], shown["checked"]["assured"]) == ("31.44", "52.74")


@pytest.mark.parametrize("name", ["signed", "assured"])
def test_what_is_open_and_not_recomputed_counts_as_if_it_were_hidden(name: str) -> None:
    """Bug: computed with tables that are not held here, it counted as recomputed to 100 %."""
    world = World()
    fuel = world.publish(world.factor("fuel"))
    lines = [world.line(fuel, "2", "kilogram"), gas("100"), published("1", "4.02")]
    draft = world.product("module", lines)
    draft["credentialSubject"]["computedWith"]["tables"] = "sha256:" + "11" * 32
    module = world.publish(draft)
    if name == "assured":
        world.publish(world.assurance(module))
    world.anchor()
    report = _verify(world, module)
    assert report.verdict is Verdict.INCOMPLETE
    shown = _add_to_100(report)["checked"]
    assert (shown[name], shown["unsigned"]) == ("66.50", "33.50")  # 7.98 and 4.02 of 12


def test_beside_a_missing_input_only_the_other_lines_are_recomputed() -> None:
    world = Scene()
    fuel = world.publish(world.factor("fuel"))
    lines = [world.line(fuel, "2", "kilogram"), gas("100")]
    module = world.publish(world.product("module", lines))
    world.anchor()
    evidence = world.whole(module, fuel)
    report = world.verifier(module).verify(evidence)
    assert report.verdict is Verdict.INCOMPLETE
    shown = _add_to_100(report)["checked"]
    assert (shown["recomputed"], shown["signed"]) == ("37.34", "62.66")  # 2.98 and 5 of 7.98


@pytest.mark.parametrize("lines", [1, 3, 6, 7])
def test_thirds_and_sevenths_still_add_to_100(lines: int) -> None:
    world = World()
    parts = [published("1"), *(gas(str(n + 1)) for n in range(lines - 1))]
    subject = world.publish(world.product("module", parts))
    world.anchor()
    _add_to_100(_verify(world, subject))


def test_a_removal_raises_no_share() -> None:
    """Shares are of the gross: what is taken off weighs nothing, however large it is."""
    world = World()
    removal = published("1", "-1")
    removal["source"]["component"] = "technologicalCO2Removals"
    removal["removal"] = stored("1")
    subject = world.publish(world.product("module", [gas("100"), removal]))
    world.anchor()
    shown = _add_to_100(_verify(world, subject))
    assert shown["checked"]["unsigned"] == "0.00"


def test_a_credit_is_no_part_of_the_gross() -> None:
    """Neither what it displaces nor the credit weighs; Bug: it was added to what is recomputed."""
    world = World()
    heat = world.publish(world.factor("heat"))
    lines = [gas("100"), published("1"), world.line(heat, "1", "kilogram", **CREDIT)]
    subject = world.publish(world.product("module", lines))
    world.anchor()
    report = _verify(world, subject)
    # No process record bounds the credit, and for that alone the answer is incomplete.
    assert report.verdict is Verdict.INCOMPLETE
    assert len(report.unmet) == 1
    assert UNBOUNDED in report.unmet[0]
    assert _add_to_100(report)["checked"]["recomputed"] == "74.87"  # 2.98 of 2.98 + 1
    columns = report.json()["totals"]
    assert (columns["gross"], columns["credits"]) == ("3.98000", "-2.50000")


def test_a_partner_s_figure_is_unsigned_whoever_attests_it() -> None:
    """The receiver's signature says what was received, and not that it is true."""
    world = World()
    partner = world.publish({**attested(SUPPLIER), **VALID})
    lines = [gas("100"), world.line(partner, "1", "kilogram")]
    subject = world.publish(world.product("module", lines))
    world.anchor()
    shown = _add_to_100(_verify(world, subject))
    assert shown["checked"]["unsigned"] == "45.62"  # 2.5 of 2.5 + 2.98
    assert shown["data"]["primary"] == "63.50"  # the gas, and a fifth of what the partner says


def test_a_total_of_zero_has_no_coverage() -> None:
    world = World()
    subject = world.publish(world.product("module", [published("1", "0")]))
    world.anchor()
    report = _verify(world, subject)
    assert (report.verdict, report.coverage) == (Verdict.VERIFIED, None)


def test_a_factor_with_measured_lines_is_secondary_data_all_the_same() -> None:
    """Bug: a grid mix whose plants measured their gas counted as the buyer's primary data."""
    world = World()
    grid = world.publish(world.mix("grid", [gas("400")]))
    subject = world.publish(world.product("module", [world.line(grid, "2", "kilogram")]))
    world.anchor()
    shown = _add_to_100(_verify(world, subject))
    assert shown["data"] == {"primary": "0.00", "secondary": "100.00"}


def test_what_has_failed_has_no_shares(assured: Chain) -> None:
    """Bug: an input that is not earlier, or a unit that can't be converted, ended the verifier."""
    report = assured.report(chainId=1)
    assert (report.verdict, report.coverage) == (Verdict.FAILED, None)


def test_a_chain_of_zeros_in_enormous_amounts_ends_in_a_verdict() -> None:
    """Bug: scales that multiply beyond any float ended the verifier with an internal error."""
    world = World()
    below = world.publish(world.product("zero-0", [published("1", "0")]))
    for number in range(1, 12):
        draft = world.product(f"zero-{number}", [world.line(below, "9" * 34, "kilogram")])
        below = world.publish(draft)
    subject = world.publish(world.product("module", [world.line(below, "1", "gram"), gas("7")]))
    world.anchor()
    report = _verify(world, subject)
    assert (report.verdict, report.coverage) == (Verdict.VERIFIED, None)


def test_who_assured_is_a_partition_of_the_gross(assured: Chain) -> None:
    report = assured.report()
    assert _add_to_100(report)["assurance"] == {
        "none": "15.82",
        "limited": "84.18",
        "reasonable": "0.00",
    }
    assert report.json()["assurance"] == {
        "level": "none",  # of the subject itself
        "assured": 1,
        "footprints": 3,
        "bodies": [{"did": AUDITOR, "accreditation": "not checked"}],
    }
    named = assured.report(auditors=[AUDITOR])
    assert named.assurance.bodies == (Body(AUDITOR, named=True),)
    bare = chained(None).report()
    assert _add_to_100(bare)["assurance"]["none"] == "100.00"
    assert bare.assurance.bodies == ()


def test_the_highest_assured_statement_on_the_path_counts() -> None:
    """Half of the gross is the part's, which a reasonable assurance covers, all the module's."""
    world = World()
    part = world.publish(world.product("part", [gas("100")]))
    lines = [world.line(part, "1", "kilogram"), gas("50")]
    module = world.publish(world.product("module", lines))
    shelf = world.publish(world.product("shelf", [world.line(module, "1", "kilogram"), gas("50")]))
    world.publish(world.assurance(module))
    world.publish(world.assurance(part, level="reasonable"))
    world.anchor()
    shown = _add_to_100(_verify(world, shelf))["assurance"]
    assert shown == {"none": "25.00", "limited": "25.00", "reasonable": "50.00"}
    below = _add_to_100(_verify(world, module))["assurance"]  # nothing of it is below limited
    assert below == {"none": "0.00", "limited": "33.33", "reasonable": "66.67"}


def test_what_is_taken_two_ways_is_assured_as_far_as_the_ways_are() -> None:
    """A fuel taken by an assured part and by the module itself counts on both ways."""
    world = World()
    fuel = world.publish(world.factor("fuel"))
    part = world.publish(world.product("part", [world.line(fuel, "1", "kilogram")]))
    lines = [world.line(part, "1", "kilogram"), world.line(fuel, "3", "kilogram")]
    module = world.publish(world.product("module", lines))
    world.publish(world.assurance(part))
    world.anchor()
    shown = _add_to_100(_verify(world, module))["assurance"]
    assert shown == {"none": "75.00", "limited": "25.00", "reasonable": "0.00"}


@pytest.mark.parametrize(
    ("kilograms", "share"),
    [("7", "12.50"), ("1.5", "40.00"), ("3.4", "22.73"), ("39", "2.50"), ("99999", "0.01")],
)
def test_the_assured_share_is_of_the_gross_and_never_nothing(kilograms: str, share: str) -> None:
    """Here 1 kg is assured."""
    world = World()
    part = world.publish(world.product("part", [published("1")]))
    rest = published(kilograms)
    module = world.publish(world.product("module", [world.line(part, "1", "kilogram"), rest]))
    world.publish(world.assurance(part))
    world.anchor()
    assert _add_to_100(_verify(world, module))["assurance"]["limited"] == share
