"""How a number has to be written, said of the way in which one is written that can't be read."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

# Members that count percent, and those that are a share of one.
PERCENTS: Final = frozenset(
    {"exemptedEmissionsPercent", "primaryDataShare", "share", "percent", "biogenicShare"}
    | {"expandedUncertaintyPercent", "materialityPercent"}
)
SHARES: Final = frozenset({"yield", "A", "R1", "R2", "R3", "qualityIn", "qualityOut", "carbon"})

_MOST_DIGITS: Final = 34
_NUMBER: Final = "write a number there, such as 0.75"
_WAYS: Final = (
    (r"[0-9.]+[eE][-+]?[0-9]+", "write it out without an exponent, with all its digits"),
    (r".*[0-9]\s*[十百千万亿][十百千万亿]?\s*[^\W0-9_]*",
     "write it with all its digits: 1.05万 is 10500, and a unit has a member of its own"),
    (r".*[0-9].*,.*|,.*", "write the decimal point as a point, and no thousands separator"),
    (r".*[0-9]['\u2019][0-9].*", "leave the thousands separator out"),
    (r"[\u2212\u2013\u2014].*[0-9].*", "write the minus sign as a hyphen: -"),
    (r"\+[0-9.]+", "leave the plus sign out"),
    (r".*[0-9]\s+[0-9].*", "leave the blanks in it out"),
    (r"-?0+(\.0*)?", "write 0"),
    (r"-?0[0-9].*", "leave out the zeros before it"),
    (r"-?\.[0-9]+", "write 0 before the point"),
    (r"-?[0-9]+\.", "leave the point out, or write digits after it"),
    (r"[<>~\u2248\u2264\u2265\u7ea6].*[0-9].*", "write the one figure that is meant"),
    (r".*[0-9]\s*[^\W0-9_].*|.*[0-9]\s*[\u20ac$\u00a5].*",
     "write the number alone: a unit has a member of its own"),
)  # fmt: skip


def decimal_hint(text: str, name: str) -> str:
    """Return how to write a number that is no plain decimal, as the member of that name.

    >>> decimal_hint("12,5", "value")
    'write the decimal point as a point, and no thousands separator'
    """
    text = text.strip()
    if text.endswith(("%", "\uff05")):
        return _percentage(name)
    if not text.isascii() and normalize("NFKC", text).isascii() and any(map(str.isdigit, text)):
        return "write it in half-width characters, without blanks: 0 to 9 and a point"
    if sum(map(str.isdigit, text)) > _MOST_DIGITS:
        return f"round it to at most {_MOST_DIGITS} digits"
    for pattern, remedy in _WAYS:
        if re.fullmatch(pattern, text[:256], re.DOTALL):
            return remedy
    return _NUMBER


def _percentage(name: str) -> str:
    if name in PERCENTS:
        return "leave the sign % out"
    if name in SHARES:
        return "write it as a share of one: 0.95 for 95 %"
    return "it is a percentage: write the number itself, such as 0.75"
