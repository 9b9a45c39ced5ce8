"""RLP, read strictly: the one encoding of each item, or nothing (Yellow Paper, appendix B)."""

from __future__ import annotations

from typing import Final, TypeAlias

from rootprint.ledger.core.errors import Refused

# An item is bytes or a list of items; lists are tuples here, so that they can't change.
Rlp: TypeAlias = "bytes | tuple[Rlp, ...]"

# A trie's node holds at most four lists one in the other, a header one.
MAX_DEPTH: Final = 8
_BYTES, _LIST = 0x80, 0xC0
_SHORT = 55  # the longest length that stands in the first byte itself
_MAX_LENGTH_BYTES = 4


def decode(data: bytes) -> Rlp:
    """Return the one item that ``data`` encodes.

    Raises Refused if bytes are left over or missing, a length or a single byte is not written
    in its shortest form, or lists nest deeper than ``MAX_DEPTH``.
    """
    item, end = _item(data, 0, len(data), MAX_DEPTH)
    if end != len(data):
        raise _refused("bytes follow the item", end)
    return item


def _item(data: bytes, at: int, end: int, depth: int) -> tuple[Rlp, int]:
    """Return the item at ``at`` and where it stops, which is ``end`` at most."""
    if at >= end:
        raise _refused("an item is missing", at)
    first = data[at]
    if first < _BYTES:
        return data[at : at + 1], at + 1
    kind = _LIST if first >= _LIST else _BYTES
    start, stop = _payload(data, at, first - kind)
    if stop > end:
        raise _refused("an item is longer than what holds it", at)
    if kind == _LIST:
        return _members(data, start, stop, depth), stop
    if stop - start == 1 and data[start] < _BYTES:
        raise _refused("a byte below 0x80 stands for itself", at)
    return data[start:stop], stop


def _members(data: bytes, at: int, end: int, depth: int) -> tuple[Rlp, ...]:
    if not depth:
        raise _refused(f"lists nest deeper than {MAX_DEPTH}", at)
    members = []
    while at < end:
        member, at = _item(data, at, end, depth - 1)
        members.append(member)
    return tuple(members)


def _payload(data: bytes, at: int, length: int) -> tuple[int, int]:
    """Return where the payload of the item at ``at`` starts and stops."""
    start = at + 1
    if length <= _SHORT:
        return start, start + length
    written = data[start : start + length - _SHORT]
    if len(written) > _MAX_LENGTH_BYTES or len(written) != length - _SHORT:
        raise _refused(f"a length has more than {_MAX_LENGTH_BYTES} bytes or is cut", at)
    length = int.from_bytes(written)
    if not written[0] or length <= _SHORT:
        raise _refused("a length is not in its shortest form", at)
    start += len(written)
    return start, start + length


def _refused(what: str, at: int) -> Refused:
    return Refused(f"this is no canonical RLP: {what} (byte {at})")
