"""The operator that compares two sums of products: members judged together, in exact numbers."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.rules.finding import Outcome, State, failed, not_checked, passed, saying
from rootprint.ledger.rules.nodes import Judging, Node, reading
from rootprint.ledger.rules.paths import Path, Scope, path_of
from rootprint.ledger.rules.values import EXACT, decimal, places, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_ZERO: Final = Decimal(0)
_SHOWN_PLACES: Final = 18
_RELATIONS: Final[Mapping[str, tuple[Callable[[Decimal, Decimal], bool], int, str]]] = {
    # How the difference left - right is compared with what is allowed, times this sign.
    "at_most": (operator.le, 1, "more than"),
    "at_least": (operator.ge, -1, "less than"),
    "less_than": (operator.lt, 0, "not less than"),
    "more_than": (operator.gt, 0, "not more than"),
    "equal": (lambda gap, allowed: abs(gap) <= allowed, 1, "not"),
}
RELATIONS: Final = tuple(_RELATIONS)
STRICT: Final = tuple(name for name, (_, sign, _) in _RELATIONS.items() if sign == 0)


class _Fault(Exception):
    """A value that is missing or no number, or a line that can't be judged."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


@dataclass(frozen=True, slots=True)
class _Term:
    """``coefficient`` (times the common denominator) × the sums at ``paths``, once or per line."""

    coefficient: Decimal
    paths: tuple[Path, ...]
    absent: Decimal | None
    lines: Node | None


def coefficient(text: str) -> Fraction:
    """Read ``-0.5`` or ``-44/12``."""
    above, _, below = text.partition("/")
    return Fraction(above) / Fraction(below or 1)


def compare(test: Mapping[str, Any], compile_test: Callable[[Any], Node]) -> Judging:
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
    named = tuple(" + ".join(map(_named, side)) for side in sides)

    def judge(scope: Scope) -> Outcome:
        for path in paths:
            path.values(scope)  # what is hidden prevails over what is absent
        finest: list[int] = []
        try:
            ours, theirs = _side(left, scope, finest), _side(right, scope, None)
        except _Fault as fault:
            return fault.outcome
        allowed = EXACT.add(absolute, EXACT.multiply(relative, abs(theirs)))
        if units and finest:
            last = EXACT.multiply(units, Decimal((0, (1,), -min(finest))))
            allowed = EXACT.add(allowed, last)
        kept = holds(EXACT.subtract(ours, theirs), allowed * sign)
        if kept:
            return passed(_kept, named[0], ours, common)
        return failed(_broken, named, (ours, theirs), common, word)

    return reading(paths, judge)


def _term(term: Mapping[str, Any], common: int, compile_test: Callable[[Any], Node]) -> _Term:
    factor = coefficient(term.get("times", "1")) * common
    return _Term(
        Decimal(factor.numerator),
        tuple(map(path_of, term.get("of", ()))),
        Decimal(term["absent"]) if "absent" in term else None,
        compile_test(term["lines"]) if "lines" in term else None,
    )


def _side(terms: Sequence[_Term], scope: Scope, finest: list[int] | None) -> Decimal:
    total = _ZERO
    for term in terms:
        for at in (scope,) if term.lines is None else _chosen(term.lines, term.paths, scope):
            total = EXACT.add(total, _product(term, at, finest))
    return total


def _chosen(where: Node, paths: Sequence[Path], scope: Scope) -> list[Scope]:
    """Return the lines that a term speaks of; raises _Fault where one can't be judged."""
    chosen = []
    for line in scope.lines:
        outcome = where.outcome(line)
        if outcome.state is State.NOT_CHECKED:
            raise _Fault(outcome)
        if outcome.state is State.PASSED:
            if line.uncited and any(path.asks_cited for path in paths):
                raise _Fault(not_checked(saying("what a line cites is not available")))
            chosen.append(line)
    return chosen


def _product(term: _Term, scope: Scope, finest: list[int] | None) -> Decimal:
    product = term.coefficient
    for path in term.paths:
        values = path.values(scope)
        if not values and term.absent is None:
            raise _Fault(failed(_absent, path.text))
        number = _ZERO if values or term.absent is None else term.absent
        for value in values:
            read = decimal(value)
            if read is None:
                raise _Fault(failed(_no_decimal, path.text))
            number = EXACT.add(number, read)
            if finest is not None:
                finest.append(places(read))
        product = EXACT.multiply(product, number)
    return product


def _absent(path: str) -> str:
    return f"{path} is absent"


def _no_decimal(path: str) -> str:
    return f"{path} is not a plain decimal in a text"


def _named(term: Mapping[str, Any]) -> str:
    parts = [*([term["times"]] if "times" in term else []), *term.get("of", ())]
    each = " of lines" if "lines" in term else ""
    return " × ".join(parts or ["1"]) + each


def _number(value: Decimal, common: int) -> str:
    exact = Fraction(value) / common
    if 10**_SHOWN_PLACES % exact.denominator == 0:
        return plain(Decimal(exact.numerator) / Decimal(exact.denominator))
    return f"{float(exact):.6g}"


def _kept(name: str, value: Decimal, common: int) -> str:
    return f"{name} is {_number(value, common)}"


def _broken(names: Sequence[str], values: Sequence[Decimal], common: int, word: str) -> str:
    ours, theirs = (_number(value, common) for value in values)
    return f"{names[0]} is {ours}, {word} {theirs} ({names[1]})"
