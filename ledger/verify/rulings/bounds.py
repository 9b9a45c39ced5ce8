"""What check 8 asks of removals and capture (law 3): evidence in kilograms, not in words."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rootprint.calc.amounts import Amounts
from rootprint.calc.columns import CAPTURE, TAKEN_OFF, removed
from rootprint.calc.lines import scale
from rootprint.calc.removals import captured, generated, stores_less
from rootprint.calc.rounding import decimal_text, half_up
from rootprint.ledger import figures
from rootprint.ledger.core.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.calc.lines import Line
    from rootprint.ledger.core.statement import Statement

_NOTHING: Final = Fraction(0)


def removal_fault(value: Mapping[str, Any], exact: Mapping[str, Fraction]) -> str | None:
    """Return what is wrong with what a line removes, None if nothing is.

    ``value`` is the line as it is signed. Raises UnitNotConvertible for a mass in no unit of mass.
    """
    stored = _stored(value) or _NOTHING
    verb = stores_less(exact, stored) if _own(value) else None
    return None if verb is None else f"{verb} more CO2 than it shows to be stored"


class SharedEvidence(NamedTuple):
    """Lines, by index, that take more from one evidence of removals than it shows.

    ``taken`` is what they remove together, ``shown`` what the evidence shows to be stored, in kg.
    """

    lines: tuple[int, ...]
    taken: Fraction
    shown: Fraction

    @property
    def why(self) -> str:
        """What is wrong, in words."""
        named = ", ".join(map(str, self.lines))
        return f"lines {named} remove more CO2 than their one evidence shows to be stored"


def evidence_fault(
    written: Mapping[int, Mapping[str, Any]], exact: Mapping[int, Mapping[str, Fraction]]
) -> SharedEvidence | None:
    """Return the first evidence that serves several lines for more than it shows, None if none.

    It shows the largest mass that a line gives as stored by it. ``exact`` are lines' results.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for index in exact:
        if "removal" in written[index] and _own(written[index]):
            groups[fold(written[index]["removal"]["evidence"])].append(index)
    for lines in groups.values():
        shown = [mass for index in lines if (mass := _stored(written[index])) is not None]
        taken = sum((removed(exact[index]) for index in lines), start=removed({}))
        if len(lines) > 1 and shown and taken > max(shown):
            return SharedEvidence(tuple(lines), taken, max(shown))
    return None


def _own(value: Mapping[str, Any]) -> bool:
    return "gas" in value["source"] or "published" in value["source"]


def _stored(value: Mapping[str, Any]) -> Fraction | None:
    if "removal" not in value or "stored" not in value["removal"]:
        return None
    stored = value["removal"]["stored"]
    factor = figures.unit_table().factor(stored["unit"], "kilogram")
    return figures.exact(stored["value"]) * factor


class Captured(NamedTuple):
    """CO2 (kg) of all own lines: what is captured, and the most that they can generate.

    ``shown`` is what of that is generated for certain: factors of own emissions that show no gases
    are left out of it.
    """

    captured: Fraction
    generated: Fraction
    shown: Fraction


def capture(
    written: Sequence[Mapping[str, Any]],
    lines: Sequence[Line],
    exact: Sequence[Mapping[str, Fraction]],
    cited: Sequence[Statement | None],
) -> Captured:
    """Return what a statement's lines capture and generate; the four are of all of them."""
    own: dict[int, Fraction | None] = {}
    for place, value in enumerate(written):
        if "balance" in value["source"]:
            own[place] = None
        elif "emission" in value["source"]:
            own[place] = _co2_of_gases(lines[place], cited[place])
    certain = {
        place: Fraction(0) if most is None and "emission" in written[place]["source"] else most
        for place, most in own.items()
    }
    return Captured(
        captured(lines, exact), generated(lines, exact, own), generated(lines, exact, certain)
    )


def _co2_of_gases(line: Line, cited: Statement | None) -> Fraction | None:
    gases = None if cited is None else figures.disclosed_gases(cited)
    if gases is None:
        return None
    mass = gases.get("CO2", Fraction(0)) + gases.get("CO2_biogenic", Fraction(0))
    return scale(line, figures.unit_table()) * mass


def capture_notice(found: Captured) -> tuple[str, ...]:
    """Return a notice where capture rests on own emissions whose factor shows no gases."""
    if found.captured <= found.shown:
        return ()
    both = f"{six(found.captured)} kg of CO2 are captured, and {six(found.shown)} kg are shown"
    return (f"law 3: {both} to be generated: factors of the other emissions show no gases",)


def used_notice(subject: Mapping[str, Any], components: Mapping[str, Fraction]) -> tuple[str, ...]:
    """Return a notice where captured CO2 is taken off and captured CO2 is in the product as well.

    What is used in the product is not stored (PACT V3 states them apart), and
    no figure says that they are two.
    """
    if "ccuCarbonContent" not in subject["pcf"] or not components.get(CAPTURE):
        return ()
    used, stored = figures.exact(subject["pcf"]["ccuCarbonContent"]), -components[CAPTURE]
    if not used:
        return ()
    both = f"{six(stored)} kg of CO2 captured and stored, and {six(used)} kg of carbon of CO2"
    return (f"law 3: it states {both} captured and used: that they are two is its issuer's word",)


def takes_off(components: Mapping[str, Fraction]) -> bool:
    """Whether a footprint states anything in the columns of removals or credits."""
    return bool(Amounts.of(components).sum(TAKEN_OFF))  # of one sign, so none hides another


def six(value: Fraction) -> str:
    """Write kilograms for people, with six decimal places."""
    return decimal_text(half_up(value, 6))
