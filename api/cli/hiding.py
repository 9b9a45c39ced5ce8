"""What a holder hides of a statement: all that can be hidden, or one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import click

from rootprint.ledger.core.encoding import digest_bytes, digest_text
from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.core.schema.hidden import NAMES, SHAPES
from rootprint.ledger.core.schema.kinds import FOOTPRINT
from rootprint.ledger.core.seal import places
from rootprint.ledger.core.statement import parse_statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_SHOWN: Final = 12


@dataclass(frozen=True)
class Hidden:
    """A statement, and the place to hide; None hides all."""

    digest: bytes
    place: str | None = None


class HiddenPlace(click.ParamType[Hidden]):
    """``sha256:…`` hides all of a statement, ``sha256:…:PLACE`` one place of it."""

    name = "digest[:place]"

    def convert(self, value: Any, param: Any, ctx: Any) -> Hidden:
        """Return digest and place."""
        if isinstance(value, Hidden):
            return value
        algorithm, digest, place = (*value.split(":", 2), "", "")[:3]
        try:
            found = digest_bytes(f"{algorithm}:{digest}", what=repr(value))
        except Refused as error:
            return self.fail(str(error), param, ctx)
        if place and place.partition("[")[0] not in NAMES:
            return self.fail(f"{place!r} can't be hidden: {', '.join(NAMES)}", param, ctx)
        return Hidden(found, place or None)


def kept(
    asked: Iterable[Hidden], statement: Callable[[bytes], str | None]
) -> dict[bytes, set[str]]:
    """Return, for each statement of which something is hidden, the places that stay open.

    A hidden inventory hides how many lines it has too, and a hidden line the activity of the
    process record that it is a share of. Raises NotFound for a statement or place that is not
    available: hiding what is not there would look like success.
    """
    keep: dict[bytes, set[str]] = {}
    for one in asked:
        if one.digest not in keep:
            text = statement(one.digest)
            if text is None:
                raise NotFound(f"{digest_text(one.digest)} is not here, so nothing to hide")
            keep[one.digest] = places(parse_statement(text))
        hidden = {
            place
            for place in keep[one.digest]
            if one.place in {None, place, place.partition("[")[0]}
        }
        if one.place is not None and not hidden:
            message = f"nothing of {one.place} of {digest_text(one.digest)} is open here"
            raise NotFound(message, remedy=_open(keep[one.digest]))
        if one.place in SHAPES:
            hidden.add(f"{SHAPES[one.place]}[0]")
        keep[one.digest] -= hidden
    for digest in list(keep):
        _hide_record(digest, keep, statement)
    return keep


def _hide_record(
    digest: bytes, keep: dict[bytes, set[str]], statement: Callable[[bytes], str | None]
) -> None:
    """Hide of a footprint's process record what would show its hidden lines.

    An activity has a line's source and, before it is shared out, its amount. Where no line stays
    open, nothing of the record does. That holds for the other co-products' statements too: they
    cite the same record.
    """
    lines, record = _process_of(statement(digest))
    if record is None or (text := statement(record)) is None:
        return
    shown = {n for n in lines if f"inventory[{n}]" in keep[digest]}
    activities = {n: line.get("allocation", {}).get("activity") for n, line in lines.items()}
    kept_ = {activities[n] for n in shown}
    hidden = {f"activities[{activities[n]}]" for n in lines if activities[n] not in kept_}
    if record not in keep:
        keep[record] = places(parse_statement(text))
    keep[record] -= hidden if shown else set(keep[record])


def _process_of(text: str | None) -> tuple[dict[int, Any], bytes | None]:
    """Return a footprint's open lines and the digest of its process record, if it cites one."""
    if text is None:
        return {}, None
    found = parse_statement(text)
    cited = found.subject.get("process") if found.kind == FOOTPRINT else None
    return found.opened.lines, None if cited is None else digest_bytes(cited["record"])


def _open(held: set[str]) -> str:
    """Return the places that can still be hidden, the first of them if they are many."""
    named = sorted(held, key=_in_order)
    more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
    said = f"{', '.join(named[:_SHOWN])}{more}" if named else "nothing"
    return f"open of it here: {said}"


def _in_order(place: str) -> tuple[int, int]:
    name, _, index = place.rstrip("]").partition("[")
    return NAMES.index(name), int(index)
