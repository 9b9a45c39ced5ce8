"""What a statement can't hold of a partner's JSON: characters, and gaps in lists.

A text with half of a surrogate pair has no UTF-8, and Unicode 14.0 is what every verifier compares
texts by. A list with ``null`` in it has no item there and one place too many. Neither is corrected
silently: what is attested is what was received.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.schema.rules import UNICODE
from rootprint.ledger.core.spelling import unassigned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rootprint.ledger.core.canonical import Json

MAX_NAMED: Final = 8
_WIDEST: Final = 64


def why_not_holdable(members: Json) -> list[tuple[str, str]]:
    """Return (path, what is wrong) of at most eight values, in the file's order.

    >>> why_not_holdable({"productIds": ["urn:example:1", None]})
    [('productIds[1]', 'is null, and a list has no gaps')]
    """
    return list(islice(_faults(members, ""), MAX_NAMED))


def _faults(value: Json, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield from _text(value, path)
    elif isinstance(value, dict):
        for name, one in value.items():
            inner = f"{path}.{_shown(name)}".lstrip(".")
            yield from _text(name, inner)
            yield from _faults(one, inner)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            inner = f"{path}[{number}]"
            if one is None:
                yield inner, "is null, and a list has no gaps"
            yield from _faults(one, inner)


def _text(text: str, path: str) -> Iterator[tuple[str, str]]:
    place = unassigned(text)
    if place is not None:
        code = f"U+{ord(text[place]):04X}"
        yield path, f"has {code} as character {place + 1}, which is none of Unicode {UNICODE}"


def _shown(name: str) -> str:
    """Return a member's name as it can be printed anywhere."""
    return name[:_WIDEST].encode("ascii", "backslashreplace").decode()
