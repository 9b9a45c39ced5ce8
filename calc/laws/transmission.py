"""Law 8, electricity: transmission losses are added to exactly the electricity that lacks them.

By amount: losses of 3 kWh need 3 kWh that leave them out, whatever stands beside them. Losses and
electricity may be counted by distance too (electric vehicles); each kind of unit is by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.laws.finding import Finding, Weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rootprint.calc.compatibility import Terms

_REMEDY = (
    "leave the losses out, or cite electricity with includesTransmission false for as much of it"
)


@dataclass(frozen=True)
class PowerLine:
    """A line's amount in the base unit of its kind; ``cited`` is None where it cites nothing.

    ``fuel`` says that the amount is by a calorific value; ``electricity`` that the line says it is
    electricity.
    """

    dimension: str
    amount: Fraction
    cited: Terms | None = None
    fuel: bool = False
    electricity: bool = False


LEFT_OUT: Final = "takes electricity without its transmission losses, and no line counts them all"
_COUNT: Final = (
    "cite a factor of losses for as much of it, or electricity with includesTransmission true"
)


@dataclass
class _Sums:
    losses: list[int] = field(default_factory=list)
    without: list[int] = field(default_factory=list)
    lost: Fraction = Fraction(0)
    lacking: Fraction = Fraction(0)
    unsaid: Fraction = Fraction(0)


def check_transmission(
    rule: Mapping[str, Any], lines: Mapping[int, PowerLine]
) -> Iterator[Finding]:
    """Yield where lines of losses are more or less than the electricity that leaves them out.

    Less is a notice: who is supplied by a line of its own has none.
    ``lines`` are all lines of an inventory: with some unknown, what the losses belong to is too.
    """
    kinds: dict[str, _Sums] = {}
    for number, line in lines.items():
        _add(rule, kinds.setdefault(line.dimension, _Sums()), number, line)
    for sums in kinds.values():
        if sums.lost < sums.lacking:
            yield Finding(Weight.NOTICE, LEFT_OUT, _COUNT, tuple(sums.without))
        if sums.lost <= sums.lacking:
            continue
        more = sums.losses[1:]
        beside = f", with line {', '.join(map(str, more))}" if more else ""
        if sums.lost > sums.lacking + sums.unsaid:
            what = f"adds transmission losses to more electricity than lacks them{beside}"
            yield Finding(Weight.BROKEN, what, _REMEDY, tuple(sums.losses))
        else:
            what = f"adds transmission losses to electricity that may have them{beside}"
            yield Finding(Weight.UNSAID, what, _REMEDY, tuple(sums.losses))


def _add(rule: Mapping[str, Any], sums: _Sums, number: int, line: PowerLine) -> None:
    cited = line.cited
    if cited is not None and rule["transmissionClassification"] in cited.classifications:
        sums.losses.append(number)
        sums.lost += line.amount
    elif line.fuel:
        return
    elif cited is not None and cited.includes_transmission is not None:
        if not cited.includes_transmission:
            sums.without.append(number)
            sums.lacking += line.amount
    elif line.electricity or (
        cited is not None and cited.role != "factor" and cited.unit == "kilowatt hour"
    ):
        sums.unsaid += line.amount
