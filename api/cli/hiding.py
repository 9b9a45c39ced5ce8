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
_ALGORITHM: Final = "sha256"


@dataclass(frozen=True)
class Hidden:
    """A statement, and the place to hide; None hides all."""

    digest: bytes
    place: str | None = None


def split_place(written: str) -> tuple[str, str | None]:
    """Return the statement's name and the place of ``NAME:PLACE``; without a place None.

    A name may have colons of its own, as a digest and a product id have. Raises Refused for a place
    that can't be hidden.
    """
    name, colon, place = written.rpartition(":")
    if not colon or name == _ALGORITHM:
        return written, None
    if place.partition("[")[0] in NAMES:
        return name, place
    if name.startswith("urn:"):
        return written, None
    message = f"{place!r} can't be hidden"
    raise Refused(message, remedy=f"name the statement, or after a colon one of {', '.join(NAMES)}")


class HiddenPlace(click.ParamType[Hidden]):
    """A statement hides all that it can, ``STATEMENT:PLACE`` one place of it.

    It is named as ``of`` reads it: by its digest, or where there is a ledger in any other way.
    """

    def __init__(self, of: click.ParamType[bytes]) -> None:
        self.name = f"{of.name}[:place]"
        self._of = of

    def convert(self, value: Any, param: Any, ctx: Any) -> Hidden:
        """Return digest and place."""
        if isinstance(value, Hidden):
            return value
        try:
            name, place = split_place(value)
        except Refused as error:
            return self.fail(f"{error}: {error.remedy}", param, ctx)
        return Hidden(self._of.convert(name, param, ctx), place)


def kept(
    asked: Iterable[Hidden], statement: Callable[[bytes], str | None]
) -> dict[bytes, set[str]]:
    """Return, for each statement of which something is hidden, the places that stay open.

    A hidden inventory hides how many lines it has too, and a hidden line the activity of the
    process record that it is a share of. A variant of which no line stays open, or not how much was
    made, hides the rows of its pool, whatever other variants of that pool show; one of which any
    line is hidden hides all of the pool's base number, which is made of the same. Raises NotFound
    for a statement or place that is not available: hiding what is not there would look like
    success.
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
    waiting = list(keep)
    for digest in waiting:
        waiting += _hide_pool(digest, keep, statement)
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


def _hide_pool(
    digest: bytes, keep: dict[bytes, set[str]], statement: Callable[[bytes], str | None]
) -> list[bytes]:
    """Hide of a variant's pool and its base number what would show what the variant hides.

    The rows say how much was made of the variant, and the base number is of the same product: its
    lines are the variant's but for what was given to one and not to the others. Returns the base
    number if it was hidden here.
    """
    text = statement(digest)
    found = None if text is None else parse_statement(text)
    if found is None or found.kind != FOOTPRINT or "pool" not in found.subject.get("variant", {}):
        return []
    pool = digest_bytes(found.subject["variant"]["pool"])
    record = statement(pool)
    if record is None:
        return []
    lines = {place for place in places(found) if place.startswith("inventory[")}
    if not lines & keep[digest] or "producedAmount[0]" not in keep[digest]:
        keep[pool] = set()
    base = digest_bytes(parse_statement(record).subject["base"])
    if (lines and lines <= keep[digest]) or statement(base) is None or keep.get(base) == set():
        return []
    keep[base] = set()
    return [base]


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
