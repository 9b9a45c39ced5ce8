"""Lines of one material by the Circular Footprint Formula: one mass, one set of parameters."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.circular import AFTER_USE, AT_THE_GATE, TERMS, Circular
from rootprint.calc.laws import Weight
from rootprint.ledger import figures

if TYPE_CHECKING:
    from rootprint.calc.laws import Finding

PET: dict[str, Any] = {
    "material": "PET",
    "mass": {"value": "2", "unit": "kilogram"},
    "A": "0.2",
    "R1": "0.4",
    "R2": "0.85",
    "R3": "0",
    "qualityIn": "1",
    "qualityOut": "0.9",
}
GRAVE = "cradle-to-grave"


def line(term: str, cited: str = "pet", **changes: Any) -> dict[str, Any]:
    """Return what of a line matters here."""
    return {"source": {"statement": cited}, "circular": {**PET, "term": term, **changes}}


def lines(*given: dict[str, Any]) -> dict[int, dict[str, Any]]:
    return dict(enumerate(given))


def alike(*given: dict[str, Any]) -> list[Finding]:
    return list(figures.material_findings(lines(*given)))


def lacking(*given: dict[str, Any], boundary: str = GRAVE) -> list[Finding]:
    return list(figures.term_findings(lines(*given), boundary))


def whole(**changes: Any) -> list[dict[str, Any]]:
    return [line(term, **changes) for term in TERMS]


def test_all_terms_of_a_material_are_right() -> None:
    assert alike({"source": {}}, *whole()) == []
    assert lacking({"source": {}}, *whole()) == []


@pytest.mark.parametrize("name", ["A", "R1", "R2", "R3", "qualityIn", "qualityOut"])
def test_a_material_has_one_of_each_parameter(name: str) -> None:
    """R2 of 0.9 for what is credited, and another for what is disposed of."""
    (found,) = alike(line("virgin"), line("avoided"), line("disposal", **{name: "0.1"}))
    assert (found.weight, found.lines) == (Weight.BROKEN, (2, 0))
    assert found.what == f"has another {name} of material PET than line 0"


@pytest.mark.parametrize(
    "mass",
    [{"value": "1", "unit": "kilogram"}, {"value": "2", "unit": "tonne"}],
)
def test_a_material_has_one_mass(mass: dict[str, str]) -> None:
    (found,) = alike(line("virgin"), line("avoided", mass=mass))
    assert found.what == "has another mass of material PET than line 0"


def test_equal_numbers_are_equal_however_they_are_written() -> None:
    again = line("avoided", A="0.20", mass={"value": "2.0", "unit": "kilogram"})
    assert alike(line("virgin"), again) == []


@pytest.mark.parametrize("name", ["pet", " PET ", "P\u200bET", "\uff30\uff25\uff34"])
def test_a_material_is_one_in_any_spelling(name: str) -> None:
    (found,) = alike(line("virgin"), line("avoided", material=name, R2="0.9"))
    assert found.weight is Weight.BROKEN


def test_a_term_counts_once() -> None:
    (found,) = alike(line("virgin"), line("avoided"), line("avoided"))
    assert (found.weight, found.lines) == (Weight.BROKEN, (2, 1))
    assert found.what == "is the term avoided of material PET, and so is line 1"


def test_other_materials_have_their_own() -> None:
    """A bottle's body and its label of one PET: R1 and R2 are theirs, A is the material's."""
    label = {"material": "PET of the label", "R2": "0"}
    assert alike(*whole(), line("virgin", **label)) == []
    (found,) = alike(*whole(), line("virgin", **label, A="0.8"))
    assert (found.weight, found.lines) == (Weight.NOTICE, (5,))
    assert found.what == (
        "is of material PET of the label, of one primary material with material PET: A differs"
    )


def test_published_figures_are_one_by_what_they_say() -> None:
    steel = {"published": "2.1", "per": "kilogram", "reference": "a table"}
    one, other = line("virgin"), line("virgin", material="other", A="0.8")
    assert alike({**one, "source": steel}, {**other, "source": steel})
    assert not alike({**one, "source": steel}, {**other, "source": {**steel, "published": "2"}})
    assert not alike({**one, "source": {"gas": "CO2"}}, {**other, "source": {"gas": "CO2"}})


@pytest.mark.parametrize("term", TERMS)
def test_to_the_grave_every_term_is_stated(term: str) -> None:
    """A credit without the burden of recycling, or without what is thrown away."""
    (found,) = lacking(*(line(one) for one in TERMS if one != term))
    assert found.weight is Weight.BROKEN
    assert found.what == f"is of material PET, which lacks its term {term}"


def test_at_the_gate_the_making_is_whole_and_the_end_another_s() -> None:
    making = [line("virgin"), line("recycled")]
    assert lacking(*making, boundary="cradle-to-gate") == []
    (found,) = lacking(line("recycled"), boundary="cradle-to-gate")
    assert found.what.endswith("lacks its term virgin")


def test_a_material_that_a_part_brings_has_its_end_alone_and_that_is_told() -> None:
    (found,) = lacking(line("recycling"), line("avoided"), line("disposal"))
    assert (found.weight, found.lines) == (Weight.NOTICE, (1,))
    assert "A and R1 of the part that brings it were not compared" in found.what


def test_a_term_of_which_nothing_is_taken_is_not_asked_for() -> None:
    shares = {"R1": "0", "R2": "1"}
    assert lacking(*(line(one, **shares) for one in ("virgin", "recycling", "avoided"))) == []


parts = st.fractions(0, 1, max_denominator=20)


@given(
    a=parts,
    r1=parts,
    r2=parts,
    stated=st.sets(st.sampled_from(TERMS), min_size=1),
    grave=st.booleans(),
)
def test_who_lacks_nothing_states_whole_halves_of_the_formula(
    a: Fraction, r1: Fraction, r2: Fraction, stated: set[str], *, grave: bool
) -> None:
    """No credit without its burden, and no recycled content without what else goes in."""
    formula = Circular(a, r1, r2, 1 - r2, Fraction(1), Fraction(1))
    missing = formula.missing(stated, grave=grave)
    whole = stated | set(missing)
    asked = [AFTER_USE] if grave else []
    asked += [AT_THE_GATE] if AT_THE_GATE & stated else []
    for half in asked:
        assert {one for one in half if formula.coefficient(one)} <= whole
    assert set(missing) <= set().union(*asked) - stated
    assert formula.missing(whole, grave=grave) == []
