"""examples/sayable: composed, published and verified, and what they come to worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.intake import compose, parse_inventory
from rootprint.ledger.verify import Verdict
from tests.examples.exact import EXAMPLES
from tests.support.world import PUBLISHER, SUPPLIER, World

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

FACTORS = ("pet", "rpet", "recycling", "landfill")


def published(world: World, name: str, issuer: str, **inputs: Statement) -> Statement:
    """Compose and publish a file; it has no finding, as an example should not need one."""
    path = EXAMPLES / "sayable" / f"{name}.yaml"
    inventory = parse_inventory(path.read_bytes(), where=path.name)
    assert inventory.findings == ()
    return world.publish(compose(inventory, issuer, inputs.__getitem__))


def verified(world: World, subject: Statement) -> dict[str, Any]:
    world.anchor()
    report = world.verifier(subject).verify(world.evidence(subject))
    assert report.verdict is Verdict.VERIFIED, report.unmet
    pcf: dict[str, Any] = subject.subject["pcf"]
    return pcf


def test_a_furnace_s_carbon_its_biochar_and_its_refrigerant() -> None:
    """10,315 t of fossil carbon and 450 t of biogenic a year, for 500,000 t of steel."""
    world = World()
    steel = published(world, "eaf-steel", SUPPLIER)
    pcf = verified(world, steel)
    refills = 6 * (Fraction(771) + Fraction(3740)) / 1000
    fossil = (Fraction(10_315) * 44 / 12 + refills) / 500_000
    assert Fraction(pcf["fossilGhgEmissions"]) == pytest.approx(float(fossil), rel=1e-5)
    assert Fraction(pcf["biogenicCO2Emissions"]) == Fraction("0.0033")
    assert Fraction(pcf["biogenicCO2Uptake"]) == Fraction("-0.0033")
    assert steel.opened.gases is not None
    assert steel.opened.gases["HFC-32"] == steel.opened.gases["HFC-125"] == "0.000000012000"
    # 2.04 % of the balance, 0.26 % of the weighbridge; the refills are nothing beside them.
    assert steel.opened.uncertainty is not None
    assert steel.opened.uncertainty["distribution"] == "normal"
    assert steel.opened.output_uncertainty is not None


def test_a_bottle_by_the_circular_footprint_formula() -> None:
    world = World()
    factors = {name: published(world, name, PUBLISHER) for name in FACTORS}
    pcf = verified(world, published(world, "pet-bottle", SUPPLIER, **factors))
    assert Fraction(pcf["fossilGhgEmissions"]) == Fraction("2.383")
    assert Fraction(pcf["substitutionCredits"]) == Fraction("-1.428")
    assert Fraction(pcf["pcfExcludingBiogenicUptake"]) == Fraction("0.955")
