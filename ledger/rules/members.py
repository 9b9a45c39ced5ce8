"""Members that stand twice in one JSON object: plain parsers keep the last, others the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    Pairs = list[tuple[str, Any]]


def each_once(where: str) -> Callable[[Pairs], dict[str, Any]]:
    """Return an ``object_pairs_hook`` for ``json.loads``; it raises Refused with the member."""

    def once(pairs: Pairs) -> dict[str, Any]:
        members: dict[str, Any] = {}
        for name, value in pairs:
            if name in members:
                message = f"{where} has the member {name[:64]!r} twice in one object"
                raise Refused(message, remedy="leave one of the two")
            members[name] = value
        return members

    return once
