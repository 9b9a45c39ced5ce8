"""What a walk's footprint is made of: printed parts add up, hidden recipes end it, shares agree."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click
import pytest
from click.testing import CliRunner

from rootprint.api.cli.contributions import contribution_options, contributions_text, limits_of
from rootprint.calc.errors import CalculationError
from rootprint.ledger.analysis import Limits, contributions, what_changes
from rootprint.ledger.core.standing import Role
from rootprint.ledger.intake import compose, parse_inventory
from tests.analysis.seen import Seen, adds_up, by
from tests.examples.exact import EXAMPLES, load
from tests.support.world import SUPPLIER, World
from tests.support.wrong_columns import stored
from tests.verify.chains import Chain, chained, gas, published

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement


@pytest.fixture(scope="module")
def seen(assured: Chain) -> Seen:
    return Seen(assured.world, assured.module)


def test_the_tree_shows_each_path_with_whose_where_and_how(seen: Seen) -> None:
    """2 kg of part at 0.2 × 2.5 + 0.01 × 29.8 = 0.798, and 0.3 published: 1.896."""
    view = adds_up(seen.view())
    assert view["shown"] == {"contributions": 3, "kgCO2e": "1.89600", "percent": "100.00"}
    part, figure = view["tree"]["children"]
    fuel, measured = part["children"]
    assert [(row["kgCO2e"], row["sort"], row["checked"], row["tier"])
            for row in (view["tree"], part, figure, fuel, measured)] == [
        ("1.89600", "product", "recomputed", 0),
        ("1.59600", "product", "recomputed", 1),
        ("0.30000", "line", "unsigned", 0),
        ("1.00000", "factor", "recomputed", 2),
        ("0.59600", "line", "recomputed", 1),
    ]  # fmt: skip
    assert part["organisation"] == {"id": SUPPLIER, "name": f"{SUPPLIER} (fictional)"}
    assert (part["country"], part["stage"], part["name"]) == ("CN", "raw-material", "part")
    assert measured["description"] == "measured at the stack"
    assert (measured["primaryDataShare"], part["dqi"]) == ("100.00", None)


def test_groupings_count_factors_with_who_uses_them(seen: Seen) -> None:
    view = seen.view()
    assert by(view, "organisation") == {f"{SUPPLIER} (fictional)": "1.89600"}
    assert by(view, "country") == {"CN": "1.89600"}
    assert by(view, "stage") == {"raw-material": "1.59600", "distribution": "0.30000"}
    assert by(view, "tier") == {"2": "1.00000", "1": "0.59600", "0": "0.30000"}
    assert by(view, "gas") == {"not stated by gas": "1.30000", "CH4_fossil": "0.59600"}
    assert by(view, "component") == {"fossilGhgEmissions": "1.89600"}


@pytest.mark.parametrize("level", ["limited", None])
@pytest.mark.parametrize("hide", [True, False])
def test_how_it_was_checked_is_the_report_s_coverage(level: str | None, hide: bool) -> None:  # noqa: FBT001
    chain = chained(level)
    seen = Seen(chain.world, chain.module, {chain.part.digest: set()} if hide else None)
    view = adds_up(seen.view())
    assert seen.report.coverage is not None
    shares = {group["name"]: group["percent"] for group in view["by"]["checked"]}
    checked = {k: v for k, v in seen.report.coverage.json()["checked"].items() if v != "0.00"}
    assert shares == checked
    if hide:
        part = view["tree"]["children"][0]
        assert (part["sort"], "children" in part) == ("hidden", False)
        assert part["checked"] == ("signed" if level is None else "assured")
        weak = [item["reason"] for item in view["weakPoints"]["ranking"]]
        assert ("only signed" in weak) == (level is None)


def test_some_open_lines_of_a_hidden_recipe_leave_the_hidden_rest(assured: Chain) -> None:
    measured = next(n for n, v in assured.part.opened.lines.items() if "gas" in v["source"])
    keep = {assured.part.digest: {"inventoryShape", f"inventory[{measured}]"}}
    view = adds_up(Seen(assured.world, assured.module, keep).view())
    hidden, shown = view["tree"]["children"][0]["children"]
    assert (hidden["sort"], hidden["kgCO2e"], hidden["checked"]) == ("hidden", "1.00000", "assured")
    assert (shown["sort"], shown["kgCO2e"]) == ("line", "0.59600")
    assert by(view, "component") == {"fossilGhgEmissions": "1.89600"}


@pytest.mark.parametrize(
    ("limits", "shown"),
    [
        ({"until": 0.5}, "1.00000"),
        ({"until": 0.6}, "1.59600"),
        ({"cut_off": 0.4}, "1.00000"),
        ({"nodes": 3}, "1.00000"),
        ({"nodes": 1}, "0.00000"),
    ],
)
def test_what_is_cut_off_is_the_rest(seen: Seen, limits: dict[str, Any], shown: str) -> None:
    view = adds_up(seen.view(**limits))
    assert view["shown"]["kgCO2e"] == shown
    assert Decimal(view["rest"]["kgCO2e"]) == Decimal("1.896") - Decimal(shown)


def test_removals_weigh_by_their_absolute_value() -> None:
    world = World()
    removal = published("1", "-1")
    removal["source"]["component"] = "technologicalCO2Removals"
    removal["removal"] = stored("1")
    subject = world.publish(world.product("module", [gas("100"), removal]))
    world.anchor()
    view = adds_up(Seen(world, subject).view())
    assert view["removals"]
    assert [(r["kgCO2e"], r["percent"]) for r in view["tree"]["children"]] == [
        ("2.98000", "74.87"),
        ("-1.00000", "25.13"),
    ]
    assert by(view, "component")["technologicalCO2Removals"] == "-1.00000"
    text = contributions_text(view)
    assert "-1.00000   25.13  -----  " in text
    assert "shares are of the sum of absolute values" in text


def test_nothing_has_no_shares() -> None:
    world = World()
    subject = world.publish(world.product("module", [published("1", "0")]))
    world.anchor()
    view = Seen(world, subject).view()
    assert (view["applicable"], "reason" in view) == (False, True)
    assert contributions_text(view).startswith("Contributions  not applicable: nothing")


def test_a_failed_walk_has_no_contributions() -> None:
    chain = chained(None)
    chain.world.publish(chain.world.assurance(chain.part, outcome="adverse"))
    chain.world.anchor()
    view = Seen(chain.world, chain.module).view()
    assert view["applicable"] is False
    assert "1 checks failed" in view["reason"]


def test_more_rows_than_anybody_reads_are_refused(seen: Seen) -> None:
    with pytest.raises(CalculationError, match="1001 rows are more than the 1000"):
        seen.view(nodes=1001)


def test_a_factor_with_many_digits_is_one_contribution() -> None:
    world = World()
    long = dict.fromkeys(
        ("fossilGhgEmissions", "pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake"),
        "0.12345678901234567890",
    )
    fuel = world.publish(world.factor("fuel", pcf=long))
    world.anchor()
    view = adds_up(Seen(world, fuel).view())
    assert view["total"]["kgCO2e"] == "0.123456789012"
    assert (view["shown"]["contributions"], view["rest"]["contributions"]) == (1, 0)
    assert (view["tree"]["sort"], view["tree"]["checked"]) == ("factor", "signed")


# What changes.


def test_what_changes_if_a_supplier_s_value_does(seen: Seen, assured: Chain) -> None:
    """Fuel at 5 instead of 2.5: the part 1.298 instead of 0.798, the module 2.896."""
    change = what_changes(seen.judged, assured.fuel.digest, 5.0)
    assert change is not None
    assert [(c["product"], c["before"], c["after"]) for c in change] == [
        ("fuel", "2.5", "5"),
        ("part", "0.798", "1.298"),
        ("module", "1.896", "2.896"),
    ]
    assert what_changes(seen.judged, b"\0" * 32, 5.0) is None


# The text.


def test_the_text_says_how_much_is_shown_and_needs_no_colour(seen: Seen) -> None:
    text = contributions_text(contributions(seen.judged, limits_of(80, 0, 50)))
    assert text.isascii()
    assert "1.59600   84.18  #################       part | " in text
    assert "2 of 3 contributions shown, 84.18 %, 1.59600 kg CO2e; the rest 15.82 %" in text
    assert "(1 more of module)" in text
    grouped = contributions_text(seen.view(), "tier")
    assert "0.30000   15.82  ###                   tier 0" in grouped


def test_the_options_are_percentages_and_arrive_as_limits() -> None:
    @click.command()
    @contribution_options
    def asked(
        until: float, cut_off: float, nodes: int, by: str | None, *, contributions: bool, **_: bool
    ) -> None:
        click.echo(repr((contributions, limits_of(until, cut_off, nodes), by)))

    run = CliRunner().invoke
    given = run(asked, ["--contributions", "--until", "90", "--cut-off", "1", "--by", "stage"])
    assert given.output.strip() == repr((True, Limits(0.9, 0.01, 50), "stage"))
    assert run(asked, []).output.strip() == repr((False, Limits(1.0, 0.0, 50), None))
    for wrong in (["--until", "101"], ["--nodes", "0"], ["--nodes", "1001"], ["--by", "colour"]):
        assert run(asked, wrong).exit_code == 2


# The example.


class Module:
    """examples/pv-module in a world of its own, its glass assured and hidden."""

    def __init__(self) -> None:
        folder = EXAMPLES / "pv-module"
        scenario = load(folder / "scenario.yaml")
        organisations = load(folder / scenario["organisations"])["organisations"]
        dids = {one["id"]: one["did"] for one in organisations}
        roles = {"supplier": Role.SUPPLIER, "factor-publisher": Role.FACTOR_PUBLISHER,
                 "auditor": Role.AUDITOR}  # fmt: skip
        self.world, self.statements = World(), dict[str, "Statement"]()
        for one in organisations:
            self.world.admit(one["did"], roles[one["roles"][0]])
        self.world.chain.mine()
        for name in scenario["publish"]:
            path = folder / "inventories" / f"{name}.yaml"
            inventory = parse_inventory(path.read_bytes(), where=path.name)
            draft = compose(inventory, dids[inventory.issuer], self.statements.__getitem__)
            self.statements[name] = self.world.publish(draft)
        self.world.publish(self.world.assurance(self.statements["glass-cn"]))
        self.world.anchor()
        self.seen = Seen(
            self.world, self.statements["module-cn"], {self.statements["glass-cn"].digest: set()}
        )


@pytest.fixture(scope="module")
def module() -> Module:
    return Module()


def test_the_pv_module_is_half_silicon_and_a_fifth_aluminium(module: Module) -> None:
    view = adds_up(module.seen.view(until=0.9, cut_off=0.01))
    assert view["total"]["signed"] == "99.953"
    parts = Seen.view(module.seen, nodes=200)["tree"]["children"]
    silicon = sum(Decimal(p["percent"]) for p in parts if p["name"].startswith("Silicon"))
    aluminium = sum(Decimal(p["percent"]) for p in parts if p["name"].startswith("Aluminium"))
    assert 49 < silicon < 53
    assert 19 < aluminium < 22
    assert view["verification"]["productVerificationShare3rdParty"] == "15.50"
    countries = by(view, "country")
    assert Decimal(countries["CN"]) > 85
    assert "US" not in countries  # where a factor was published is not where anything was emitted
    largest = view["tree"]["children"][0]
    assert largest["name"] == "Silicon in solar cells, China"
    assert largest["children"][0]["name"] == "Electricity, China 2024, life cycle"


def test_all_of_the_pv_module_can_be_shown(module: Module) -> None:
    view = adds_up(module.seen.view(nodes=1000))
    assert view["rest"]["percent"] == "0.00"
    assert view["shown"]["contributions"] + view["rest"]["contributions"] == 215
    assert abs(Decimal(view["rest"]["kgCO2e"])) < Decimal("0.001")  # rounding of the tiers
