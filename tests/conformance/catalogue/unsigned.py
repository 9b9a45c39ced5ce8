"""What was published or attested: its maker signed nothing, whether it adds or takes off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.conformance.casebook import Files, Scene, case, incomplete, verified
from tests.support.statements import attested
from tests.support.world import SUPPLIER
from tests.support.wrong_columns import CREDIT, figure
from tests.verify.chains import gas, published

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement


TOTALS: Final = ("pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake")


def _published() -> Files:
    """2.98 kg measured by the maker and 1 kg by a published figure, which is 25.13 %."""
    scene = Scene()
    module = scene.part(lines=[gas("100"), published("1")])
    scene.anchor()
    return scene.files(module)


@case(verified(notices=1))
def as_much_by_makers_of_published_figures_as_the_policy_takes() -> Files:
    """Who made what a published figure stands for is not seen: 25.13 % of the gross."""
    return _published().requiring(mostNoLongerAdmitted="25.13")


@case(incomplete(None))
def more_by_makers_of_published_figures_than_the_policy_takes_fail() -> Files:
    """A hundredth of a per cent more than the policy takes."""
    return _published().requiring(mostNoLongerAdmitted="25.12")


def _received() -> tuple[Scene, Statement]:
    scene = Scene()
    part = scene.publish(attested(SUPPLIER))
    return scene, part


@case(incomplete(None))
def an_attested_figure_where_every_issuer_must_be_admitted_fail() -> Files:
    """Its receiver is admitted and signed it; its maker did not, and is not seen."""
    scene, part = _received()
    scene.anchor()
    return scene.files(part).requiring(mostNoLongerAdmitted="0")


@case(incomplete(None))
def an_attested_part_where_every_issuer_must_be_admitted_fail() -> Files:
    """What a product takes of an attested figure rests on a maker that is not seen."""
    scene, part = _received()
    module = scene.part("module", [scene.line(part, "1", "kilogram"), gas("1000")])
    scene.anchor()
    return scene.files(module).requiring(mostNoLongerAdmitted="0")


# Removals and credits, of which the shares of the gross say nothing.


def _credited() -> Files:
    """All of the gross is recomputed, and nearly all of it credited by a published figure."""
    scene = Scene()
    lines = [gas("100"), figure("2.9", **CREDIT)]
    module = scene.part("module", lines, boundary="cradle-to-grave")
    scene.anchor()
    return scene.files(module)


@case(incomplete(None))
def a_credit_by_a_published_figure_where_all_must_be_recomputed_fail() -> Files:
    """The net rests on what nobody signed, whatever was recomputed of the gross."""
    return _credited().requiring(arithmetic="recomputed")


@case(incomplete(None))
def more_credited_by_published_figures_than_may_be_unsigned_fail() -> Files:
    """Nothing of the gross is unsigned, and all that is taken off it is."""
    return _credited().requiring(mostUnsigned="99.99")


@case(incomplete(None))
def a_credit_by_a_published_figure_where_every_issuer_must_be_admitted_fail() -> Files:
    """Who makes what is displaced is not seen."""
    return _credited().requiring(mostNoLongerAdmitted="50")


@case(incomplete(None))
def a_removal_on_a_publishers_word_where_all_must_be_recomputed_fail() -> Files:
    """What a factor takes off is its publisher's word: only signed."""
    scene = Scene()
    off = {"landManagementBiogenicCO2Removals": "-1"}
    wood = scene.fuel("wood", pcf={**off, **dict.fromkeys(TOTALS, "1.5")})
    module = scene.part("module", [gas("100"), scene.line(wood, "2", "kilogram")])
    scene.anchor()
    return scene.files(module).requiring(arithmetic="recomputed")
