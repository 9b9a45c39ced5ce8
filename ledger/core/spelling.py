"""One spelling for what people write in several: names, numbers of certificates, GS1 keys.

Two texts that read as one are one where something may exist once. The rule is written out by code
points, so that every verifier folds alike (statement.md, clauses 1.5 to 1.8). What is signed keeps
its own spelling; only comparisons fold.

Unicode's stability policies fix normalization and case pairs of characters from the version that
assigns them on. What a later version assigns folds in one verifier and not in another, so texts of
statements have none of it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from string import digits
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.unicode14 import ASSIGNED

if TYPE_CHECKING:
    from collections.abc import Iterable

# A stem, and the first and last digits that follow it: as many in both.
Span = tuple[str, str, str]

# Categories Cc (but for white space) and Cf of Unicode 14, and what else is shown as nothing:
# selectors, fillers, the joiner U+034F.
_INVISIBLE: Final = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891"
    "\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_WHITE: Final = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_GTIN: Final = re.compile(r"urn:(?:gtin|gs1:gtin|gs1:01):([0-9]{1,14})", re.IGNORECASE | re.ASCII)
_GLN: Final = re.compile(r"urn:(?:gln|gs1:gln|gs1:414):([0-9]{1,13})", re.IGNORECASE | re.ASCII)
_URN: Final = re.compile(r"urn:[^:]*:", re.IGNORECASE | re.ASCII)


def fold(text: str) -> str:
    """Return the form in which names are compared; folding it again changes nothing.

    Invisible characters are removed, then NFKC, lower case, NFKC again, then white space is one
    space and none at the ends. Final sigma is sigma.
    """
    seen = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    lower = unicodedata.normalize("NFKC", seen.lower().replace("\u03c2", "\u03c3"))
    return _WHITE.sub(" ", lower).strip(" ")


def unassigned(text: str) -> int | None:
    """Return the place of the first character that Unicode 14.0 does not assign, None if all are.

    >>> unassigned("Werk " + chr(0xA7CB))
    5
    """
    if text.isascii():
        return None
    bounds = _bounds()
    # Before an assigned code point stand the beginning of its range and all of the ranges before.
    later = (one for one in set(text) if bisect_right(bounds, ord(one)) % 2 == 0)
    return min(map(text.index, later), default=None)


@lru_cache(maxsize=1)
def _bounds() -> list[int]:
    """Return where each range of assigned code points begins and where it has ended, rising."""
    bounds = []
    for listed in ASSIGNED.split():
        first, _, last = listed.partition("-")
        bounds += [int(first, 16), int(last or first, 16) + 1]
    return bounds


def same_urn(urn: str) -> str:
    """Return the one spelling of a URN: GS1 keys in full length, the namespace in lower case."""
    if found := _GTIN.fullmatch(urn):
        return f"urn:gtin:{found[1]:0>14}"
    if found := _GLN.fullmatch(urn):
        return f"urn:gln:{found[1]:0>13}"
    name = _URN.match(urn)
    return urn if name is None else name[0].lower() + urn[name.end() :]


def same_site(site: str) -> str:
    """Return the one spelling in which a site is compared, whatever record or number is of it.

    >>> same_site("urn:example:Site-1") == same_site("URN:example:site-1")
    True
    """
    return fold(same_urn(site))


@lru_cache(maxsize=4096)
def spans(first: str, last: str) -> tuple[Span, ...]:
    """Return the texts of a range: of each span its stem, and its first and last digits.

    A text is a stem and the ASCII digits at its end. Two of one stem and as many digits are a span
    of numbers, if they are in order; any others are each alone.
    """
    (stem, low), (other, high) = _counted(first), _counted(last)
    if (stem, len(low)) == (other, len(high)) and low <= high:
        return ((stem, low, high),)
    return (stem, low, low), (other, high, high)


def in_common(some: Iterable[Span], others: Iterable[Span]) -> bool:
    """Whether two lists of spans have a text in common."""
    groups: dict[tuple[str, int], list[Span]] = {}
    for span in others:
        groups.setdefault((span[0], len(span[1])), []).append(span)
    return any(
        max(low, first) <= min(high, last)
        for stem, low, high in some
        for _, first, last in groups.get((stem, len(low)), ())
    )


def _counted(text: str) -> tuple[str, str]:
    folded = fold(text)
    stem = folded.rstrip(digits)
    return stem, folded[len(stem) :]
