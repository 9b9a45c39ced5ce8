"""examples/battery-materials: composing along the chains gives the published totals."""

from __future__ import annotations

import csv
import os
from fractions import Fraction
from pathlib import Path

import pytest

from tests.examples.exact import EXAMPLES, Example, to_places

PUBLIC = Path(os.environ.get("ROOTPRINT_PUBLIC_DATA", EXAMPLES.parents[1] / "shared" / "data"))
PUBLISHED = {  # kg CO2e per kg: fig2_total_ghgs_30-07-2024.csv, four decimals; as printed, two
    "lithium-hydroxide-brine": ("7.7022", "7.70", "Lithium, brine"),
    "lithium-hydroxide-spodumene": ("17.2373", "17.24", "Lithium, spodumene"),
    "cobalt-sulfate": ("14.9909", "14.99", "Cobalt"),
    "nickel-sulfate": ("5.4791", "5.48", "Nickel"),
    "natural-graphite": ("10.5605", "10.56", "Graphite, natural"),
    "synthetic-graphite": ("43.8715", "43.87", "Graphite, synthetic"),
}


@pytest.fixture(scope="module")
def example() -> Example:
    return Example("battery-materials")


def test_products_are_the_six_materials(example: Example) -> None:
    assert example.scenario["products"] == list(PUBLISHED)


@pytest.mark.parametrize("product", PUBLISHED)
def test_chain_gives_the_published_total(example: Example, product: str) -> None:
    four, printed, _ = PUBLISHED[product]
    for total in (example.exact[product], example.signed[product]):
        assert to_places(total, 4) == four
        assert to_places(total, 2) == printed


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("spodumene-concentrate", "0.150736"),
        ("cobalt-hydroxide", "5.032984"),
        ("petroleum-coke", "1.659587"),
    ],
)
def test_stage_has_the_footprint_that_the_division_gives(
    example: Example, statement: str, value: str
) -> None:
    assert to_places(example.exact[statement], 6) == value


def test_synthetic_graphite_is_a_diamond(example: Example) -> None:
    assert set(example.inputs("graphite-powder")) == {"coke-powder", "graphite-block"}
    assert example.inputs("coke-powder") == example.inputs("graphite-block") == ["petroleum-coke"]


def test_every_stage_is_in_a_chain_and_after_its_inputs(example: Example) -> None:
    order = {name: place for place, name in enumerate(example.scenario["publish"])}
    products = example.scenario["products"]
    assert set().union(*(example.reachable(p) for p in products)) == set(order)
    assert set(order) == set(example.drafts) == {one["id"] for one in example.organisations}
    for name, place in order.items():
        assert all(order[upstream] < place for upstream in example.inputs(name)), name


def test_totals_are_the_public_ones() -> None:
    path = PUBLIC / "lib_raw_materials" / "fig2_total_ghgs_30-07-2024.csv"
    if not path.is_file():
        pytest.skip("the publication's result files are not on this machine")
    with path.open(encoding="utf-8-sig", newline="") as file:
        totals = {r["Raw material"]: Fraction(r["Climate change"]) for r in csv.DictReader(file)}
    for four, printed, material in PUBLISHED.values():
        assert to_places(totals[material], 4) == four
        assert to_places(totals[material], 2) == printed
