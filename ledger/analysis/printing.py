"""Numbers as they are printed: parts that add, digit for digit, to what they are parts of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rootprint.calc.rounding import decimal_text, half_up, total_places
from rootprint.calc.shares import apportion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.calc.contributions import Group

K = TypeVar("K")
DIGITS: Final = 6  # of the total, at least, so that a part of a thousandth still shows three
MOST_DIGITS: Final = 12  # groupings are sums of doubles
PERCENT_PLACES: Final = 2
ROUNDING: Final = "rounding"
_WHOLE: Final = Decimal("100.00")


@dataclass(frozen=True)
class Printing:
    """How this footprint's parts are printed: kg CO2e with ``places``, percent of ``gross``."""

    total: Fraction
    gross: float
    places: int

    @classmethod
    def of(cls, text: str, gross: float) -> Printing:
        """Return the printing of a signed total's parts."""
        total = Fraction(text)
        least, most = (
            max(0, total_places(Fraction(gross), digits, 0)) for digits in (DIGITS, MOST_DIGITS)
        )
        return cls(total, gross, min(most, max(least, len(text.partition(".")[2]))))

    @property
    def printed_total(self) -> Decimal:
        """The total with this printing's places."""
        return half_up(self.total, self.places)

    def kilograms(self, parts: Mapping[K, Fraction], whole: Decimal) -> dict[K, Decimal]:
        """Return the parts of ``whole``, adding to it."""
        return apportion(_adjusted(parts, whole, self.places), Fraction(whole), self.places)

    def percent(self, parts: Mapping[K, float], whole: Decimal = _WHOLE) -> dict[K, Decimal]:
        """Return each part's share of Σ |contribution| in percent, adding to ``whole``."""
        exact = {name: 100 * Fraction(part) / Fraction(self.gross) for name, part in parts.items()}
        return apportion(_adjusted(exact, whole, PERCENT_PLACES), Fraction(whole), PERCENT_PLACES)

    def groups(self, groups: Mapping[Any, Group]) -> dict[Any, tuple[str, str]]:
        """Return (kg CO2e, percent) of each group, the heaviest first; both columns add up.

        A group that is only what rounding leaves is dropped where it doesn't show.
        """
        unit = 0.5 / 10**self.places
        kept = {
            name: group for name, group in groups.items() if name != ROUNDING or group.gross >= unit
        }
        values = {name: Fraction(group.value) for name, group in kept.items()}
        kilograms = self.kilograms(values, self.printed_total)
        # Components of opposite signs within one contribution weigh more than their sum does.
        whole = sum(group.gross for group in kept.values())
        percent = Printing(self.total, whole, self.places).percent(
            {name: group.gross for name, group in kept.items()}
        )
        order = sorted(kept, key=lambda name: (-kept[name].gross, str(name)))
        return {name: (decimal_text(kilograms[name]), decimal_text(percent[name]))
                for name in order}  # fmt: skip


def _adjusted(parts: Mapping[K, Fraction], whole: Decimal, places: int) -> dict[K, Fraction]:
    """Let the largest part take what doubles, and a row's rounding above, leave of the whole.

    That is less than a unit of the last place for each part; more is an error that apportion names.
    """
    left = Fraction(whole) - sum(parts.values(), Fraction(0))
    if not parts or abs(left) > Fraction(len(parts) + 1, 10**places):
        return dict(parts)
    largest = max(parts, key=lambda name: abs(parts[name]))
    return {name: part + left if name == largest else part for name, part in parts.items()}
