"""Law 1: one quantity, one number. Cells, components and totals are exact sums, hidden or open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import digest_text
from tests.conformance.casebook import Files, Payload, Scene, case, failed, incomplete, verified
from tests.conformance.catalogue.by_table import enter
from tests.support.wrong_columns import lines_that_vanish

if TYPE_CHECKING:
    from collections.abc import Callable

Subject = dict[str, Any]
Figures = dict[str, str]
_EVERY = [1, 2, 3, 4, 5, 6, 7, 8]
_TOTALS = ("pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake")
_ZERO = dict.fromkeys(
    (
        *("fossilGhgEmissions", "biogenicNonCO2Emissions", "landUseChangeGhgEmissions"),
        *("landManagementBiogenicCO2Emissions", "landManagementBiogenicCO2Removals"),
        *("technologicalCO2Removals", "ccsTechnologicalCO2Capture", "biogenicCO2Uptake"),
    ),
    "0",
)
_HEADLINE = {**_ZERO, **dict.fromkeys(_TOTALS, "0.4")}


def _publication(figures: Figures) -> Scene:
    scene = Scene()

    def change(payload: Payload) -> None:
        payload["credentialSubject"]["pcf"] |= figures

    scene.spoil(scene.factor("grid"), change)
    return scene


def _factor(figures: Figures) -> Files:
    """A factor with these figures, asked about."""
    scene = _publication(figures)
    (factor,) = scene.held.values()
    scene.anchor()
    evidence = scene.whole(factor)
    return scene.files(factor, evidence, expect={"digest": digest_text(factor.digest)})


def _part(
    change: Callable[[Subject], None], keep: set[str] | None, laws: list[int] | None = None
) -> Files:
    """A part of one gas with other open numbers; ``keep`` are the places that stay open."""
    scene = Scene()
    draft = scene.product("part", [scene.gas()])
    change(draft["credentialSubject"])
    part = scene.publish(draft)
    if laws is not None:
        scene.publish(scene.assurance(part, laws=laws))
    scene.anchor()
    return scene.files(part, keep=None if keep is None else {part.digest: keep})


def _plus_a_bit(*names: str) -> Callable[[Subject], None]:
    def change(subject: Subject) -> None:
        for name in names:
            subject["pcf"][name] += "000000000001"

    return change


enter(
    failed(8),
    _factor,
    {
        "a_headline_without_parts_fail": (
            "A factor prints 0.4 kg, and eight parts of nothing, which is what a line multiplies.",
            _HEADLINE,
        ),
        "a_total_that_its_parts_miss_by_the_last_digit_fail": (
            "A factor's parts come to 2.5, its total to a last digit more, and it says no more.",
            {"pcfExcludingBiogenicUptake": "2.51", "pcfIncludingBiogenicUptake": "2.51"},
        ),
        "a_total_with_uptake_that_leaves_the_uptake_out_fail": (
            "A factor's two totals are equal, beside an uptake.",
            {"biogenicCO2Uptake": "-1"},
        ),
        "biogenic_co2_set_free_that_no_total_adds_fail": (
            "A factor sets biogenic CO2 free, and its total with the memo flows leaves that out.",
            {"biogenicCO2Uptake": "-1", "biogenicCO2Emissions": "1",
             "pcfIncludingBiogenicUptake": "1.5"},
        ),
        "a_publications_difference_beyond_rounding_fail": (
            "A difference of 0.11 is more than two figures of one decimal can be rounded by.",
            {"publicationDifference": "0.11", "fossilGhgEmissions": "2.39"},
        ),
        "a_publications_difference_below_its_parts_beyond_rounding_fail": (
            "A printed total is 0.16 below its two parts, of which each is rounded to a tenth.",
            {"publicationDifference": "-0.16", "fossilGhgEmissions": "1.66",
             "landUseChangeGhgEmissions": "1"},
        ),
        "a_publications_difference_widened_by_parts_of_nothing_fail": (
            "Parts of zero were not rounded, and widen what a difference may be by nothing.",
            {**_ZERO, "publicationDifference": "0.14", "fossilGhgEmissions": "2.36"},
        ),
    },
)  # fmt: skip
enter(
    verified(),
    _factor,
    {
        "a_publications_difference_of_a_last_digit": (
            "Three figures of one decimal, of which each may be rounded by half a tenth.",
            {"publicationDifference": "0.1", "fossilGhgEmissions": "1.4",
             "landUseChangeGhgEmissions": "1"},
        ),
        "a_publications_difference_below_its_parts": (
            "A printed total is a tenth below its printed parts.",
            {"publicationDifference": "-0.1", "fossilGhgEmissions": "2.6"},
        ),
        "a_total_in_other_places_than_its_parts": (
            "Decimals are equal whatever zeros they end with.",
            {"pcfExcludingBiogenicUptake": "2.500", "fossilGhgEmissions": "2.50"},
        ),
        "biogenic_co2_in_and_out_stand_apart": (
            "What a plant takes up and what is set free are both stated, and come to nothing.",
            {"biogenicCO2Uptake": "-1.83", "biogenicCO2Emissions": "1.83"},
        ),
    },
)  # fmt: skip


@case(failed(8))
def a_part_of_a_headline_without_parts_fail() -> Files:
    """A product takes a million of a factor of 0.4 kg whose parts are nothing."""
    scene = _publication(_HEADLINE)
    (grid,) = scene.held.values()
    part = scene.part(lines=[scene.line(grid, "1000000", "kilogram"), scene.gas()])
    scene.anchor()
    return scene.files(part, scene.whole(part))


@case(verified())
def a_part_of_a_publication_whose_parts_are_rounded() -> Files:
    """A difference is multiplied as every component is, so the part takes the printed total."""
    scene = _publication({"publicationDifference": "0.1", "fossilGhgEmissions": "2.4"})
    (grid,) = scene.held.values()
    part = scene.part(lines=[scene.line(grid, "1000", "kilogram"), scene.gas()])
    scene.anchor()
    return scene.files(part)


@case(failed(8))
def a_total_off_by_a_trifle_fail() -> Files:
    """Both totals are a trillionth above the components, and the lines are open."""
    return _part(_plus_a_bit(*_TOTALS), None)


@case(failed(8))
def a_total_off_by_a_trifle_over_hidden_lines_fail() -> Files:
    """Both totals are a trillionth above the components, and the lines are hidden."""
    return _part(_plus_a_bit(*_TOTALS), set())


@case(failed(8))
def a_total_off_by_a_trifle_that_was_assured_fail() -> Files:
    """No assurance stands in for two open numbers of one quantity."""
    return _part(_plus_a_bit(*_TOTALS), set(), _EVERY)


@case(failed(8))
def the_total_with_uptake_off_by_a_trifle_that_was_assured_fail() -> Files:
    """The total with uptake is not the other one, and there is no uptake."""
    return _part(_plus_a_bit("pcfIncludingBiogenicUptake"), set(), _EVERY)


def _cells(keep: set[str] | None, laws: list[int] | None = None) -> Files:
    """A module of two stages, of which the cells state half of one."""
    scene = Scene()
    module = scene.publish(lines_that_vanish(scene))
    if laws is not None:
        scene.publish(scene.assurance(module, laws=laws))
    scene.anchor()
    return scene.files(module, keep=None if keep is None else {module.digest: keep})


@case(failed(8))
def cells_that_do_not_add_up_fail() -> Files:
    """The cells of a stage come to less than the component, and everything is open."""
    return _cells(None)


@case(failed(8))
def cells_that_do_not_add_up_beside_hidden_lines_fail() -> Files:
    """The cells come to less than the open component, whatever the hidden lines say."""
    return _cells({"cells"})


@case(failed(8))
def cells_that_do_not_add_up_and_were_assured_fail() -> Files:
    """The cells come to less than the open component; that somebody saw the lines is no answer."""
    return _cells({"cells"}, _EVERY)


@case(incomplete(8))
def cells_that_do_not_add_up_and_are_hidden_fail() -> Files:
    """Lines and cells are hidden, and no independent auditor saw them."""
    return _cells(set())


@case(incomplete(8))
def an_assurance_that_does_not_name_law_1_fail() -> Files:
    """An auditor saw the hidden lines and does not say that they come to the total."""
    return _cells(set(), [2, 3, 4, 5, 6, 7, 8])


@case(verified())
def hidden_cells_that_an_auditor_answers_for() -> Files:
    """Lines and cells are hidden, and an auditor answers for law 1: it is that auditor's word."""
    return _cells(set(), _EVERY)


@case(verified())
def a_large_total_of_few_digits() -> Files:
    """12,345.67 kg with four digits are 12346 in both totals and in the one component."""
    scene = Scene()
    amount = {"value": "12345.67", "unit": "kilogram"}
    source = {"gas": "CO2", "set": "AR6"}
    draft = scene.product("part", [scene.gas(amount=amount, source=source)])
    subject = draft["credentialSubject"]
    subject["computedWith"]["digits"] = 4
    subject["pcf"] |= dict.fromkeys((*_TOTALS, "fossilGhgEmissions"), "12346")
    subject["cells"] = {"manufacturing": {"fossilGhgEmissions": "12346"}}
    part = scene.publish(draft)
    scene.anchor()
    return scene.files(part)


@case(failed(8))
def a_large_total_rounded_to_tens_fail() -> Files:
    """12,345.67 kg as 12350: rounding ends at the last whole kilogram, as everybody's does."""
    scene = Scene()
    amount = {"value": "12345.67", "unit": "kilogram"}
    source = {"gas": "CO2", "set": "AR6"}
    draft = scene.product("part", [scene.gas(amount=amount, source=source)])
    subject = draft["credentialSubject"]
    subject["computedWith"]["digits"] = 4
    subject["pcf"] |= dict.fromkeys((*_TOTALS, "fossilGhgEmissions"), "12350")
    subject["cells"] = {"manufacturing": {"fossilGhgEmissions": "12350"}}
    part = scene.publish(draft)
    scene.anchor()
    return scene.files(part)


@case(verified())
def small_lines_of_a_stage_are_rounded_together() -> Files:
    """A thousand thousandths of a last place come to one: a cell is rounded, and not its lines."""
    scene = Scene()
    tiny = {"value": "0.0004", "unit": "gram"}
    part = scene.part(lines=[scene.gas("1000"), *(scene.gas(amount=tiny) for _ in range(40))])
    scene.anchor()
    return scene.files(part)


enter(
    failed(8),
    _factor,
    {
        "a_publications_difference_of_a_coarse_total_and_fine_parts_fail": (
            "A total of one decimal is rounded by 0.05, and its part of two by 0.005: not by 0.1.",
            {"publicationDifference": "0.06", "fossilGhgEmissions": "2.44"},
        ),
        "a_publications_difference_of_a_fine_total_and_coarse_parts_fail": (
            "A part is no coarser than the total that it is added into.",
            {"pcfExcludingBiogenicUptake": "2.50", "pcfIncludingBiogenicUptake": "2.50",
             "publicationDifference": "0.02", "fossilGhgEmissions": "2.48"},
        ),
        "a_publications_difference_of_half_the_gross_fail": (
            "A printed kilogram over parts of two: rounding to whole ones would allow it.",
            {"pcfExcludingBiogenicUptake": "1", "pcfIncludingBiogenicUptake": "1",
             "publicationDifference": "-1", "fossilGhgEmissions": "2"},
        ),
        "a_publications_difference_below_nothing_fail": (
            "Nothing is printed over parts of half a kilogram, and the whole of them is taken off.",
            {"pcfExcludingBiogenicUptake": "0", "pcfIncludingBiogenicUptake": "0",
             "publicationDifference": "-0.5", "fossilGhgEmissions": "0.5"},
        ),
        "a_publications_difference_of_the_gross_beside_a_removal_fail": (
            "What is removed widens the rounding, and not what may be taken off the gross.",
            {"pcfExcludingBiogenicUptake": "-1", "pcfIncludingBiogenicUptake": "-1",
             "publicationDifference": "-1", "fossilGhgEmissions": "1",
             "landManagementBiogenicCO2Removals": "-1"},
        ),
    },
)  # fmt: skip
enter(
    verified(),
    _factor,
    {
        "a_publications_difference_of_a_coarse_total_and_fine_parts": (
            "A total of one decimal and a part of two are rounded by 0.055 together.",
            {"publicationDifference": "0.05", "fossilGhgEmissions": "2.45"},
        ),
        "a_publications_difference_of_a_twentieth_of_the_gross": (
            "A printed total is 5 % below its printed part, and no more.",
            {"pcfExcludingBiogenicUptake": "1.9", "pcfIncludingBiogenicUptake": "1.9",
             "publicationDifference": "-0.1", "fossilGhgEmissions": "2.0"},
        ),
    },
)  # fmt: skip
