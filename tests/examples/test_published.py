"""examples/published: results that others printed, through files, compose, signature and walk."""

from __future__ import annotations

import json
import os
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.calc.columns import excluding
from rootprint.ledger.core.standing import Role
from rootprint.ledger.intake import compose, parse_inventory, recharacterised
from tests.examples.exact import EXAMPLES, load
from tests.support.world import World

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify import Report

PUBLIC = Path(os.environ.get("ROOTPRINT_PUBLIC_DATA", EXAMPLES.parents[1] / "shared" / "data"))
ROLES = {"supplier": Role.SUPPLIER, "factor-publisher": Role.FACTOR_PUBLISHER}
PRINTED = {
    "cbam-aluminium-primary": "1.835038",
    "cbam-billet-average": "1.866333",
    "cbam-extruded-profile": "2.042323",
    "mullite-sintered": "3.431355",
    "mullite-electrofused": "2.701546778",
}


class Published:
    """The scenario, composed, signed and logged in a world of its own."""

    def __init__(self) -> None:
        folder = EXAMPLES / "published"
        scenario = load(folder / "scenario.yaml")
        organisations = load(folder / scenario["organisations"])["organisations"]
        dids = {one["id"]: one["did"] for one in organisations}
        self.world, self.statements = World(), dict[str, "Statement"]()
        for one in organisations:
            self.world.admit(one["did"], ROLES[one["roles"][0]])
        self.world.chain.mine()
        for name in scenario["publish"]:
            path = folder / "inventories" / f"{name}.yaml"
            inventory = parse_inventory(path.read_bytes(), where=path.name)
            assert inventory.findings == ()
            draft = compose(inventory, dids[inventory.issuer], self.statements.__getitem__)
            self.statements[name] = self.world.publish(draft)
        self.world.anchor()

    def total(self, name: str) -> str:
        """The signed total."""
        return str(self.statements[name].subject["pcf"]["pcfExcludingBiogenicUptake"])

    def results(self, name: str) -> dict[str, Decimal]:
        """Each open line's result, by its description."""
        lines = self.statements[name].opened.lines.values()
        return {line["description"]: Decimal(_only(line["result"])) for line in lines}

    def walk(self, name: str) -> Report:
        """What a reader finds who walks from the statement to its raw inputs."""
        subject = self.statements[name]
        world = self.world
        return world.verifier(subject).verify(world.evidence(subject))


@pytest.fixture(scope="module")
def published() -> Published:
    return Published()


@pytest.mark.parametrize("name", PRINTED)
def test_the_signed_total_is_the_printed_one_and_walks(published: Published, name: str) -> None:
    assert published.total(name) == PRINTED[name]
    report = published.walk(name)
    assert report.verdict == "verified", report.json()
    recomputed = [one for one in report.statements if one.checks[8].state.value == "passed"]
    assert published.statements[name].digest in {one.digest for one in recomputed}


def test_the_smelter_has_the_printed_parts(published: Published) -> None:
    """E_PFC is 28503.8325 t CO2e for 100 000 t of aluminium; the masses are the exact ones."""
    results = published.results("cbam-aluminium-primary")
    pfc = results["CF4 of anode effects"] + results["C2F6 of anode effects"]
    assert pfc * 100_000 == Decimal("28503.832500")
    assert published.statements["cbam-aluminium-primary"].opened.gases == {
        "CO2": "1.550000000000",
        "CF4": "0.000035750000",
        "C2F6": "0.000004325750",
    }


def test_the_mullite_lines_are_the_printed_ones(published: Published) -> None:
    sintered = published.results("mullite-sintered")
    gas = sintered["Natural gas burnt in sintering"] + sintered["Supply of the natural gas"]
    assert nine(sintered["Electricity of sintering"]) == "1.303937998"
    assert nine(gas) == "0.201464202"
    fused = published.results("mullite-electrofused")
    assert nine(fused["Electricity of fusion"]) == "0.775593979"


def test_the_swap_leaves_the_common_part_the_same_signed_statement(published: Published) -> None:
    cited = [
        {
            line["source"]["statement"]
            for line in published.statements[name].opened.lines.values()
            if line["stage"] == "raw-material"
        }
        for name in ("mullite-sintered", "mullite-electrofused")
    ]
    assert cited[0] == cited[1]
    assert len(cited[0]) == 1


def test_known_gases_are_restated_in_another_set_and_unknown_ones_are_not(
    published: Published,
) -> None:
    answer = recharacterised(published.statements["cbam-aluminium-primary"], "AR6")
    assert excluding(answer.before) == Fraction("1.835038325")
    expected = Fraction("1.55") + Fraction("0.00003575") * 7380 + Fraction("0.00000432575") * 12400
    assert excluding(answer.after) == expected
    assert published.statements["cbam-extruded-profile"].opened.gases is None


@pytest.mark.parametrize(
    ("file", "member", "name"),
    [
        ("02_cbam_aluminium_primary_pfc_slope.json", "see_tco2e_per_t", "cbam-aluminium-primary"),
        ("03_cbam_aluminium_two_supplier_precursors.json", "see_tco2e_per_t",
         "cbam-extruded-profile"),
        ("03_cbam_aluminium_two_supplier_precursors.json", "weighted_average_tco2e_per_t",
         "cbam-billet-average"),
        ("04_cn_mullite_process_route_derivation.json", "electrofused_tco2e_per_t",
         "mullite-electrofused"),
    ],
)  # fmt: skip
def test_the_printed_results_are_those_of_the_source(file: str, member: str, name: str) -> None:
    path = PUBLIC.parent / "examples" / file
    if not path.is_file():
        pytest.skip("the worked examples are not on this machine")
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    assert Decimal(str(content["expected"][member])) == Decimal(PRINTED[name])


def nine(value: Decimal) -> str:
    """Nine decimals, half up, as the memo prints."""
    return str(value.quantize(Decimal("1e-9"), ROUND_HALF_UP))


def _only(result: dict[str, str]) -> str:
    (value,) = result.values()
    return value
