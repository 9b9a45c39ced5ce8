"""Pedigree scores become a geometric standard deviation, by the table and nothing else."""

from __future__ import annotations

import math
from importlib.resources import files
from typing import Any

import orjson
import pytest

from rootprint.calc.errors import CalculationError
from rootprint.calc.uncertainty import Spreads, from_pedigree
from tests.project.pyproject import ROOT

TABLE: dict[str, Any] = orjson.loads(
    files("rootprint.ledger.core").joinpath("data", "pedigree.json").read_bytes()
)
FACTS = ROOT.parent / "shared" / "facts" / "pedigree.json"
SCORES = {
    "reliability": 2,
    "completeness": 3,
    "temporal": 1,
    "geographical": 5,
    "technological": 4,
    "sample_size": 2,
}


@pytest.mark.parametrize(
    ("version", "squares"),
    [
        ("1", [1.05, 1.05, 1.05, 1.0, 1.1, 1.5, 1.02]),
        ("2", [1.05, 1.54, 1.04, 1.0, 1.11, 2.08, 1.0]),
    ],
)
def test_the_formula_by_hand(version: str, squares: list[float]) -> None:
    """A ln GSD is sqrt(Σ ln(U)²) / 2, with the basic uncertainty among the U."""
    of = from_pedigree(TABLE, version, "energy-and-materials", SCORES)
    gsd = math.exp(Spreads.of([of]).deviation[0])
    assert gsd**2 == pytest.approx(math.exp(math.sqrt(sum(math.log(u) ** 2 for u in squares))))


def test_the_best_scores_leave_the_basic_uncertainty() -> None:
    best = dict.fromkeys(SCORES, 1)
    of = from_pedigree(TABLE, "1", "transport", best)
    assert math.exp(2 * of.parameters[0]) == pytest.approx(2.0)
    del best["sample_size"]
    assert from_pedigree(TABLE, "1", "transport", best) == of


@pytest.mark.parametrize("version", TABLE["versions"])
def test_a_worse_score_never_narrows(version: str) -> None:
    for name in SCORES:
        widths = [
            from_pedigree(TABLE, version, "infrastructure", {**SCORES, name: n}).parameters[0]
            for n in range(1, 6)
        ]
        assert widths == sorted(widths)


@pytest.mark.parametrize(
    ("version", "basic", "scores", "why"),
    [
        ("3", "transport", SCORES, "no version '3'"),
        ("1", "weather", SCORES, "no basic uncertainty 'weather'"),
        ("1", "transport", {**SCORES, "colour": 1}, "no indicator 'colour'"),
        ("1", "transport", {**SCORES, "temporal": 6}, "temporal is not a whole number from 1 to 5"),
        ("1", "transport", {**SCORES, "temporal": 0}, "temporal is not a whole number"),
        ("1", "transport", {**SCORES, "temporal": True}, "temporal is not a whole number"),
        ("1", "transport", {**SCORES, "temporal": 1.5}, "temporal is not a whole number"),
        ("1", "transport", {"temporal": 1}, "no score for completeness, geographical"),
    ],
)
def test_what_the_table_does_not_have_is_refused(
    version: str, basic: str, scores: dict[str, Any], why: str
) -> None:
    with pytest.raises(CalculationError, match=why) as caught:
        from_pedigree(TABLE, version, basic, scores)
    assert caught.value.remedy


def test_the_table_is_exact_text_with_a_source() -> None:
    assert "Frischknecht" in TABLE["source"]
    assert "Ciroth" in TABLE["source"]
    figures = [u for rows in TABLE["versions"].values() for row in rows.values() for u in row]
    assert all(isinstance(u, str) and float(u) >= 1 for u in [*figures, *TABLE["basic"].values()])


def test_the_figures_are_those_that_were_collected() -> None:
    if not FACTS.exists():
        pytest.skip("the collected facts are not beside this checkout")
    facts = orjson.loads(FACTS.read_bytes())
    for version, rows in TABLE["versions"].items():
        carried = {name: [float(u) for u in row] for name, row in rows.items()}
        assert carried == facts[f"version_{version}"]
    assert sorted(map(float, TABLE["basic"].values())) == sorted(
        facts["basic_uncertainty_GSD2"].values()
    )
