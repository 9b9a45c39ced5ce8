"""Lines of the Circular Footprint Formula: what each takes, and what those of a material share.

Composing and check 8 both ask this (law 1). Materials are compared by their folded names.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.allocation import plain_decimal
from rootprint.calc.circular import (
    AT_THE_GATE,
    AVOIDED,
    QUALITIES,
    SHARES,
    VIRGIN,
    Circular,
)
from rootprint.calc.laws import Finding, Weight
from rootprint.calc.rounding import decimal_text
from rootprint.calc.sharing import SUBSTITUTION
from rootprint.ledger.core.spelling import fold
from rootprint.ledger.figures.signed import exact, unit_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Lines = Mapping[int, Mapping[str, Any]]

_MEMBER: Final = "circular"
_ONE: Final = (
    "give all terms of a material its one mass and its parameters; what is another material has a"
    " name of its own"
)
_ONCE: Final = "state each term once, of the material's whole mass, or name the other material"
_RECYCLING: Final = "recycling"
_PRIMARY: Final = (VIRGIN, AVOIDED)


def formula_amount(value: Mapping[str, Any]) -> str | None:
    """Return the amount that a line's ``circular`` gives, in the amount's unit; None without one.

    As plain as an allocated amount: exact where at most 34 digits say it, else 15 digits. Raises
    UnitNotConvertible for a mass of another kind than the amount, CalculationError for parameters
    that the formula does not have.
    """
    given = value.get(_MEMBER)
    if given is None:
        return None
    mass = given["mass"]
    taken = exact(mass["value"]) * unit_table().factor(mass["unit"], value["amount"]["unit"])
    coefficient = Circular.of(given).coefficient(given["term"])
    return decimal_text(plain_decimal(taken * coefficient))


def have_materials(lines: Lines) -> bool:
    """Whether any of these lines is a term of the formula: the laws of materials ask of no other.

    >>> have_materials({1: {"stage": "manufacturing"}})
    False
    """
    return any(_MEMBER in line for line in lines.values())


def material_findings(lines: Lines) -> Iterator[Finding]:
    """Yield what lines of one material have apart, the first of each; and what two materials have.

    ``lines`` are all open ones by number, whatever is hidden or missing beside them. Broken: two
    parameters or masses of one material, one term twice, or a credit for recycling that is no term
    beside one that is. A notice: another footprint credited than made; two materials of one primary
    material's footprint with different A, as A belongs to a material (Commission Recommendation
    (EU) 2021/2279, annex I, 4.4.8.2).
    """
    materials = _materials(lines)
    for numbers in materials.values():
        first, *others = numbers
        for place, number in enumerate(others, start=1):
            given, of = lines[number][_MEMBER], lines[first][_MEMBER]
            differing = _differing(of, given)
            terms = [lines[one][_MEMBER]["term"] for one in numbers[:place]]
            if differing is not None:
                what = f"has another {differing} of {_named(given)} than line {first}"
                yield Finding(Weight.BROKEN, what, _ONE, (number, first), _MEMBER)
                break
            if given["term"] in terms:
                before = numbers[terms.index(given["term"])]
                what = f"is the term {given['term']} of {_named(given)}, and so is line {before}"
                yield Finding(Weight.BROKEN, what, _ONCE, (number, before), _MEMBER)
                break
    yield from _beside(lines)
    yield from _split(lines, materials)
    yield from _replaced(lines, materials)


def term_findings(lines: Lines, boundary: str) -> Iterator[Finding]:
    """Yield the terms that materials lack; ``lines`` are all that the inventory has.

    Broken: a term of which the formula takes something, and that no line is (calc.circular). A
    notice: a credit for a material that a part brings, whose A and R1 are in another statement.
    """
    grave = boundary.endswith("-to-grave")
    for numbers in _materials(lines).values():
        given = lines[numbers[0]][_MEMBER]
        stated = {lines[one][_MEMBER]["term"] for one in numbers}
        missing = Circular.of(given).missing(stated, grave=grave)
        if missing:
            what = f"is of {_named(given)}, which lacks its term {missing[0]}"
            remedy = f"state every term of which the formula takes some: {', '.join(missing)}"
            yield Finding(Weight.BROKEN, what, remedy, (numbers[0],), _MEMBER)
        elif AVOIDED in stated and not AT_THE_GATE & stated:
            number = next(one for one in numbers if lines[one][_MEMBER]["term"] == AVOIDED)
            what = (
                f"credits the recycling of {_named(given)}, which no line makes: A and R1 of the"
                " part that brings it were not compared"
            )
            remedy = "take A and R1 by which its maker stated it"
            yield Finding(Weight.NOTICE, what, remedy, (number,), _MEMBER)


def _beside(lines: Lines) -> Iterator[Finding]:
    """Find recycling that is credited by the formula and once more beside it."""
    avoided = [n for n, one in lines.items() if one.get(_MEMBER, {}).get("term") == AVOIDED]
    for number, line in lines.items():
        credit = line.get("allocation", {}).get("method") == SUBSTITUTION
        if avoided and credit and _MEMBER not in line and line["stage"] == _RECYCLING:
            what = f"is a credit for recycling beside that of the formula in line {avoided[0]}"
            remedy = "state every material that is recycled by the formula, and no credit beside"
            yield Finding(Weight.BROKEN, what, remedy, (number, avoided[0]), "allocation")
            return


def _replaced(lines: Lines, materials: Mapping[str, list[int]]) -> Iterator[Finding]:
    """Say of a material that its recycling is credited by another footprint than it is made of."""
    for numbers in materials.values():
        by_term = {lines[number][_MEMBER]["term"]: number for number in numbers}
        if VIRGIN not in by_term or AVOIDED not in by_term:
            continue
        made, credited = by_term[VIRGIN], by_term[AVOIDED]
        if _source(lines[made]) != _source(lines[credited]):
            of = _named(lines[made][_MEMBER])
            what = (
                f"credits the recycling of {of} by another footprint than line {made} makes it of"
            )
            remedy = "cite one footprint of the primary material in both"
            yield Finding(Weight.NOTICE, what, remedy, (credited,), "source")


def _split(lines: Lines, materials: Mapping[str, list[int]]) -> Iterator[Finding]:
    """Say of a material that is made of, or replaces, what another is, and differs from it in A."""
    first: dict[tuple[str, ...], int] = {}
    for numbers in materials.values():
        taken = (_source(lines[one]) for one in numbers if _is_primary(lines[one]))
        for source in filter(None, taken):
            before = first.setdefault(source, numbers[0])
            one, other = lines[before][_MEMBER], lines[numbers[0]][_MEMBER]
            if exact(one["A"]) != exact(other["A"]):
                what = (
                    f"is of {_named(other)}, of one primary material with {_named(one)}: A differs"
                )
                remedy = "take the material's A, or say under interpretation why it has two"
                yield Finding(Weight.NOTICE, what, remedy, (numbers[0],), _MEMBER)
                break


def _materials(lines: Lines) -> dict[str, list[int]]:
    """Return the numbers of the lines of each material, by its folded name."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, line in lines.items():
        if _MEMBER in line:
            found[fold(line[_MEMBER]["material"])].append(number)
    return found


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> str | None:
    for name in (*SHARES, *QUALITIES):
        if exact(one[name]) != exact(other[name]):
            return name
    masses = one["mass"], other["mass"]
    same = masses[0]["unit"] == masses[1]["unit"]
    return None if same and len({exact(mass["value"]) for mass in masses}) == 1 else "mass"


def _is_primary(line: Mapping[str, Any]) -> bool:
    return line[_MEMBER]["term"] in _PRIMARY


def _source(line: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what tells a cited or published footprint from others; nothing of another source."""
    source = line["source"]
    names = ("statement",) if "statement" in source else ("published", "per", "reference")
    return tuple(source[name] for name in names if name in source)


def _named(given: Mapping[str, Any]) -> str:
    return f"material {given['material']}"
