"""The operator that compares two sums of products: members judged together, in exact numbers."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from math import lcm
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.columns import GROSS
from rootprint.calc.rounding import MAX_ROUNDING_SHARE
from rootprint.ledger.rules.finding import State
from rootprint.ledger.rules.nodes import Node, reading, why_unseen
from rootprint.ledger.rules.paths import Path, Scope, Unseen, path_of
from rootprint.ledger.rules.values import EXACT, decimal, places_of, shown_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.rules.nodes import Judging

_ZERO: Final = Decimal(0)
_ONE: Final = Decimal(1)
_ROUNDING_SHARE: Final = EXACT.divide(
    Decimal(MAX_ROUNDING_SHARE.numerator), Decimal(MAX_ROUNDING_SHARE.denominator)
)
_EMITTED: Final = tuple(path_of(f"subject.pcf.{name}") for name in GROSS)
_RELATIONS: Final[Mapping[str, tuple[Callable[[Decimal, Decimal], bool], int, str]]] = {
    # How the difference left - right is compared with what is allowed, times this sign.
    "at_most": (operator.le, 1, "more than"),
    "at_least": (operator.ge, -1, "less than"),
    "less_than": (operator.lt, 0, "not less than"),
    "more_than": (operator.gt, 0, "not more than"),
    "equal": (lambda gap, allowed: abs(gap) <= allowed, 1, "not"),
}
Sides = tuple[Sequence["_Term"], Sequence["_Term"]]
RELATIONS: Final = tuple(_RELATIONS)
STRICT: Final = tuple(name for name, (_, sign, _) in _RELATIONS.items() if sign == 0)


class _Fault(Exception):
    """A value that is missing or no number, or a line that can't be judged; how to say so."""

    def __init__(self, state: State, say: Callable[[], str]) -> None:
        super().__init__()
        self.state, self.say = state, say


@dataclass(frozen=True, slots=True)
class _Term:
    """``coefficient`` (times the common denominator) × the sums at ``paths``, once or per line."""

    coefficient: Decimal
    paths: tuple[Path, ...]
    absent: Decimal | None
    lines: Node | None

    def is_none(self, scope: Scope) -> bool:
        """Whether it adds nothing, since the one member it reads is not there."""
        absent = self.lines is None and len(self.paths) == 1 and self.absent == _ZERO
        return absent and not self.paths[0].values(scope)


def coefficient(text: str) -> Fraction:
    """Read ``-0.5`` or ``-44/12``."""
    above, _, below = text.partition("/")
    return Fraction(above) / Fraction(below or 1)


def compare(test: Mapping[str, Any], compile_test: Callable[[Any], Node]) -> Node:
    """Return what compares ``left`` with ``right`` as ``is`` says, within ``tolerance``."""
    holds, sign, word = _RELATIONS[test["is"]]
    sides = (test["left"], test["right"])
    common = lcm(
        *(coefficient(term.get("times", "1")).denominator for side in sides for term in side)
    )
    left, right = (tuple(_term(term, common, compile_test) for term in side) for side in sides)
    paths = [path for term in (*left, *right) for path in term.paths if term.lines is None]
    tolerance = test.get("tolerance", {})
    absolute = Decimal(tolerance.get("absolute", "0")) * common
    relative = Decimal(tolerance.get("relative", "0"))
    units = Decimal(tolerance.get("lastPlaces", "0")) * common
    strictly = not tolerance  # as most compare
    named = tuple(" + ".join(map(_named, side)) for side in sides)

    def judged(scope: Scope, sides: Sides = (left, right)) -> tuple[bool, Decimal, Decimal]:
        """Return whether it holds, and both sides times the common denominator."""
        finest: list[int] = []
        ours = _side(sides[0], scope, finest if units else None)
        theirs = _side(sides[1], scope, None)
        if strictly:
            return holds(EXACT.subtract(ours, theirs), _ZERO), ours, theirs
        allowed = EXACT.add(absolute, EXACT.multiply(relative, abs(theirs)))
        if units and finest and not holds(EXACT.subtract(ours, theirs), allowed * sign):
            last = EXACT.multiply(units, Decimal((0, (1,), -min(finest))))
            allowed = EXACT.add(allowed, min(last, _most_rounding(scope, (ours, theirs), common)))
        return holds(EXACT.subtract(ours, theirs), allowed * sign), ours, theirs

    def state(scope: Scope, sides: Sides = (left, right)) -> State:
        try:
            return State.PASSED if judged(scope, sides)[0] else State.FAILED
        except _Fault as fault:
            # What is hidden prevails over what is absent.
            return State.NOT_CHECKED if why_unseen(paths, scope) else fault.state
        except Unseen:
            return State.NOT_CHECKED

    def say(scope: Scope) -> str:
        try:
            kept, ours, theirs = judged(scope)
        except _Fault as fault:
            return fault.say()
        except Unseen as unseen:  # of a line
            return str(unseen)
        found = f"{named[0]} is {_number(ours, common)}"
        return found if kept else f"{found}, {word} {_number(theirs, common)} ({named[1]})"

    return reading(paths, state, say, known=partial(_known, paths, (left, right), state))


def _known(
    paths: Sequence[Path], sides: Sides, state: Callable[..., State], scope: Scope
) -> State | Judging:
    """Leave out what is absent from all that are alike, and adds nothing."""
    if why_unseen(paths, scope):
        return State.NOT_CHECKED
    left, right = (tuple(one for one in side if not one.is_none(scope)) for side in sides)
    return partial(state, sides=(left, right))


def _term(term: Mapping[str, Any], common: int, compile_test: Callable[[Any], Node]) -> _Term:
    factor = coefficient(term.get("times", "1")) * common
    return _Term(
        _ONE if factor == 1 else Decimal(factor.numerator),
        tuple(map(path_of, term.get("of", ()))),
        Decimal(term["absent"]) if "absent" in term else None,
        compile_test(term["lines"]) if "lines" in term else None,
    )


def _side(terms: Sequence[_Term], scope: Scope, finest: list[int] | None) -> Decimal:
    if len(terms) == 1 and terms[0].lines is None:
        return _product(terms[0], scope, finest)
    total = _ZERO
    for term in terms:
        for at in (scope,) if term.lines is None else _chosen(term.lines, term.paths, scope):
            total = EXACT.add(total, _product(term, at, finest))
    return total


def _chosen(where: Node, paths: Sequence[Path], scope: Scope) -> list[Scope]:
    """Return the lines that a term is about; raises _Fault where one can't be judged."""
    chosen = []
    for line in scope.lines:
        state = where.state(line)
        if state is State.NOT_CHECKED:
            raise _Fault(state, partial(where.say, line))
        if state is State.PASSED:
            if line.uncited and any(path.asks_cited for path in paths):
                raise _Fault(State.NOT_CHECKED, lambda: "what a line cites is not available")
            chosen.append(line)
    return chosen


def _product(term: _Term, scope: Scope, finest: list[int] | None) -> Decimal:
    product = term.coefficient
    for path in term.paths:
        values = scope.seen.get(path)
        if values is None:
            values = path.read(scope)
        if not values:
            if term.absent is None:
                raise _Fault(State.FAILED, partial(_absent, path.text))
            number = term.absent
        elif len(values) == 1:
            number = _read(values[0], path, finest)
        else:
            number = _ZERO
            for value in values:
                number = EXACT.add(number, _read(value, path, finest))
        product = number if product is _ONE else EXACT.multiply(product, number)
    return product


def _read(value: Any, path: Path, finest: list[int] | None) -> Decimal:
    read = decimal(value)
    if read is None:
        raise _Fault(State.FAILED, partial(_no_decimal, path.text))
    if finest is not None and read:
        finest.append(places_of(value))
    return read


def _most_rounding(scope: Scope, sides: Sequence[Decimal], common: int) -> Decimal:
    """Return what last places may come to: how many are written is the issuer's choice.

    Rounding may move a total by 0.1 % of the gross, and as much of the larger side is allowed, as
    ``calc.uptake.most_held`` allows it.
    """
    read = [decimal(value) for path in _EMITTED for value in path.values(scope)]
    gross = _ZERO
    for number in read:
        gross = gross if number is None else EXACT.add(gross, number)
    whole = EXACT.add(EXACT.multiply(abs(gross), Decimal(common)), max(map(abs, sides)))
    return EXACT.multiply(_ROUNDING_SHARE, whole)


def _absent(path: str) -> str:
    return f"{path} is absent"


def _no_decimal(path: str) -> str:
    return f"{path} is not a plain decimal in a text"


def _named(term: Mapping[str, Any]) -> str:
    parts = [*([term["times"]] if "times" in term else []), *term.get("of", ())]
    each = " of lines" if "lines" in term else ""
    return " × ".join(parts or ["1"]) + each


def _number(value: Decimal, common: int) -> str:
    return shown_number(Fraction(value) / common)
