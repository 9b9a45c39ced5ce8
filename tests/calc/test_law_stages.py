"""Law 7: which stages and which boundaries may stand in a footprint, by whom it is cited."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.calc.compatibility import Terms
from rootprint.calc.laws import Finding, StageLine, Weight, check_stages
from rootprint.ledger.core.schema.names import SERVICES, STAGES
from rootprint.ledger.core.tables import tables

RULE = tables().rule
GATE = Terms(
    boundary="cradle-to-gate",
    basis="life-cycle",
    sets=frozenset({"AR6"}),
    period=(0, 1),
    classifications=frozenset(),
    includes_transmission=None,
    role="product",
    unit="kilogram",
)
GRAVE = replace(GATE, boundary="cradle-to-grave")
FACTOR = replace(GATE, role="factor")
OWN = StageLine("manufacturing")


def found(
    own: Terms, *lines: StageLine, stages: tuple[str, ...] = (), whole: bool = False
) -> list[Finding]:
    return list(check_stages(RULE, own, dict(enumerate(lines)), stages, whole=whole))


def weights(own: Terms, *lines: StageLine, **more: Any) -> list[Weight]:
    return [one.weight for one in found(own, *lines, **more)]


@pytest.mark.parametrize("boundary", ["cradle-to-gate", "gate-to-gate"])
def test_no_use_before_the_gate(boundary: str) -> None:
    own = replace(GATE, boundary=boundary)
    (one,) = found(own, OWN, StageLine("use"))
    assert (one.weight, one.lines, one.member) == (Weight.BROKEN, (1,), "stage")
    assert one.what == f"is of stage use, which lies beyond {boundary}"
    assert weights(GRAVE, OWN, StageLine("use")) == []


@pytest.mark.parametrize(
    ("line", "weight"),
    [
        (StageLine("end-of-life"), Weight.BROKEN),
        (StageLine("end-of-life", replace(GATE, basis="direct-only"), emission=True),
         Weight.BROKEN),
        (StageLine("end-of-life", GATE), Weight.BROKEN),
        (StageLine("end-of-life", replace(GATE, service="energy")), Weight.BROKEN),
        (StageLine("end-of-life", replace(GRAVE, service="waste-treatment")), None),
        (StageLine("end-of-life", replace(GATE, service="transport")), None),
        (StageLine("end-of-life", replace(FACTOR, unit="ton kilometer")), None),
        (StageLine("end-of-life", replace(FACTOR, unit="kilometer")), Weight.BROKEN),
        (StageLine("end-of-life", FACTOR), Weight.BROKEN),
        (StageLine("recycling"), Weight.BROKEN),
        (StageLine("recycling", GATE), Weight.BROKEN),
        (StageLine("recycling", replace(GRAVE, service="waste-treatment")), None),
        (StageLine("manufacturing", GATE, term="avoided"), Weight.BROKEN),
        (StageLine("raw-material", GATE, term="virgin"), None),
    ],
)  # fmt: skip
def test_the_end_of_life_before_the_gate_is_that_of_waste(
    line: StageLine, weight: Weight | None
) -> None:
    assert weights(GATE, line) == ([] if weight is None else [weight])


def test_a_factor_that_may_treat_waste_is_unsaid() -> None:
    line = StageLine("end-of-life", replace(FACTOR, boundary="gate-to-grave"))
    assert set(weights(GATE, line)) == {Weight.UNSAID}


def test_outbound_distribution_stands_beside_the_total() -> None:
    first, second = found(GATE, StageLine("distribution"), OWN, StageLine("distribution"))
    assert {first.weight, second.weight} == {Weight.NOTICE}
    assert (first.lines, second.lines) == ((0,), (2,))
    assert "outboundLogisticsGhgEmissions" in first.remedy
    (hidden,) = found(GATE, OWN, stages=["distribution"])
    assert (hidden.weight, hidden.lines) == (Weight.NOTICE, ())
    assert found(GRAVE, StageLine("distribution")) == []


@pytest.mark.parametrize("boundary", ["cradle-to-grave", "gate-to-grave", "gate-to-gate"])
@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_cited_whatever_its_boundary(service: str, boundary: str) -> None:
    lorry = replace(GATE, boundary=boundary, service=service)
    assert found(GATE, StageLine("raw-material", lorry)) == []
    assert found(GRAVE, StageLine("raw-material", lorry), StageLine("end-of-life")) == []


@pytest.mark.parametrize(
    ("cited", "weight"),
    [
        (GRAVE, Weight.BROKEN),
        (replace(GRAVE, role="attested"), Weight.BROKEN),
        (replace(GRAVE, role="factor"), Weight.UNSAID),
        (replace(FACTOR, boundary="gate-to-grave"), Weight.UNSAID),
        (replace(FACTOR, boundary="gate-to-gate"), Weight.BROKEN),
        (replace(GRAVE, unit="ton kilometer"), None),
        (replace(GRAVE, unit="passenger kilometer", role="factor"), None),
        # a road has that length, and a lorry drives it
        (replace(GRAVE, unit="kilometer", role="factor"), Weight.UNSAID),
        (replace(GRAVE, unit="kilometer", role="factor", service="transport"), None),
        (replace(GRAVE, unit="kilowatt hour", role="factor"), None),
        (replace(GRAVE, unit="kilowatt hour"), Weight.BROKEN),  # a battery is declared per kWh too
        (GATE, None),
    ],
)
def test_what_is_no_service_ends_at_the_gate(cited: Terms, weight: Weight | None) -> None:
    line = StageLine("raw-material", cited)
    assert weights(GATE, line) == ([] if weight is None else [weight])


def test_a_part_s_grave_within_a_grave_is_counted_twice() -> None:
    grave = StageLine("end-of-life")
    (one,) = found(GRAVE, StageLine("raw-material", GRAVE), grave)
    assert (one.weight, one.lines) == (Weight.BROKEN, (0, 1))
    assert one.what == "brings its own end of life, and line 1 counts one more"
    assert weights(GRAVE, StageLine("raw-material", GRAVE)) == []


@pytest.mark.parametrize(
    ("stage", "cited", "beside", "weight"),
    [
        ("raw-material", GRAVE, "use", Weight.NOTICE),
        ("use", GRAVE, "end-of-life", Weight.NOTICE),
        ("raw-material", replace(GRAVE, role="factor"), "end-of-life", Weight.UNSAID),
        ("raw-material", GATE, "end-of-life", None),
        ("raw-material", GRAVE, "manufacturing", None),
    ],
)
def test_other_lives_within_a_life_are_reported(
    stage: str, cited: Terms, beside: str, weight: Weight | None
) -> None:
    lines = (StageLine(stage, cited), StageLine(beside))
    assert weights(GRAVE, *lines) == ([] if weight is None else [weight])


def test_a_stage_that_only_the_cells_show() -> None:
    (one,) = found(GATE, OWN, stages=("manufacturing", "use"))
    assert (one.weight, one.lines) == (Weight.BROKEN, ())
    assert found(GRAVE, OWN, stages=("use",)) == []
    assert len(found(GATE, StageLine("use"), stages=("use",))) == 1


cited_terms = st.none() | st.builds(
    replace,
    st.just(GATE),
    boundary=st.sampled_from(["cradle-to-gate", "cradle-to-grave", "gate-to-gate"]),
    role=st.sampled_from(["product", "factor", "attested"]),
    service=st.none() | st.sampled_from(SERVICES),
    unit=st.sampled_from(["kilogram", "kilometer", "ton kilometer", "kilowatt hour"]),
)
stage_lines = st.builds(StageLine, st.sampled_from(STAGES), cited_terms)


@given(st.lists(stage_lines, max_size=6), stage_lines)
def test_a_line_more_heals_nothing(lines: list[StageLine], more: StageLine) -> None:
    """What is broken stays so whatever stands beside it: no line lends another its boundary."""
    for own in (GATE, GRAVE):
        before = {one.lines[0] for one in found(own, *lines) if one.weight is Weight.BROKEN}
        after = {one.lines[0] for one in found(own, *lines, more) if one.weight is Weight.BROKEN}
        assert before <= after


@given(st.lists(stage_lines, max_size=6))
def test_every_finding_names_its_line_and_what_to_do(lines: list[StageLine]) -> None:
    for own in (GATE, GRAVE):
        for one in found(own, *lines):
            assert one.remedy
            assert set(one.lines) <= set(range(len(lines)))
            assert one.lines


@pytest.mark.parametrize("term", ["recycling", "avoided", "disposal"])
def test_a_term_of_the_end_of_life_is_beyond_the_gate_whatever_its_stage(term: str) -> None:
    (one,) = found(GATE, OWN._replace(term=term))
    assert one.what == f"is a term of the end of life ({term}), which lies beyond cradle-to-gate"
    assert (one.member, one.lines) == ("circular", (0,))
    assert found(GRAVE, OWN._replace(term=term)) == []


def test_cells_of_recycling_leave_the_law_unsaid() -> None:
    (one,) = found(GATE, OWN, stages=("manufacturing", "recycling"))
    assert one.weight is Weight.UNSAID
    assert found(GRAVE, OWN, stages=("recycling",)) == []


_NEITHER = "the stages use, end-of-life and recycling, and it is stated cradle-to-grave"


def test_a_product_to_the_grave_without_use_or_end_is_reported() -> None:
    (one,) = found(GRAVE, OWN, StageLine("distribution"), whole=True)
    assert (one.weight, one.lines, one.member) == (Weight.NOTICE, (), "boundary")
    assert one.what == f"no line is of {_NEITHER}"
    assert one.remedy
    assert found(GRAVE, OWN) == []  # nothing says that there are no more lines
    assert found(GATE, OWN, whole=True) == []


@pytest.mark.parametrize(
    "line",
    [
        *(StageLine(stage) for stage in ("use", "end-of-life", "recycling")),
        OWN._replace(term="disposal"),
        StageLine("raw-material", GRAVE),
        StageLine("raw-material", replace(GRAVE, role="factor")),
    ],
)
def test_one_line_of_what_comes_after_the_making_is_enough(line: StageLine) -> None:
    """So is a part that brings its own grave, or may bring one."""
    what = [one.what for one in found(GRAVE, OWN, line, whole=True)]
    assert not any(_NEITHER in one for one in what)


@pytest.mark.parametrize(
    "line",
    [
        StageLine("raw-material", GATE),
        StageLine("raw-material", replace(GRAVE, service="waste-treatment")),
        StageLine("raw-material", replace(FACTOR, unit="ton kilometer")),
        StageLine("raw-material", replace(GRAVE, basis="direct-only"), emission=True),
        OWN._replace(term="virgin"),
    ],
)
def test_a_service_s_own_grave_is_not_the_product_s(line: StageLine) -> None:
    assert weights(GRAVE, OWN, line, whole=True) == [Weight.NOTICE]


@pytest.mark.parametrize(
    "own",
    [
        replace(GRAVE, service="transport"),
        replace(GRAVE, unit="ton kilometer"),
        replace(GRAVE, role="factor"),
    ],
)
def test_a_service_has_no_use_and_a_factor_does_not_say(own: Terms) -> None:
    assert found(own, OWN, whole=True) == []


def test_cells_decide_where_lines_are_hidden() -> None:
    (one,) = found(GRAVE, OWN, stages=("manufacturing",))
    assert (one.weight, one.what) == (Weight.NOTICE, f"cells has none of {_NEITHER}")
    assert found(GRAVE, OWN, stages=("manufacturing", "end-of-life")) == []
