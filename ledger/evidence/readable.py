"""Whether bytes are an evidence file at all; where they are not, what they are and what to do.

What is cut, saved again or of another kind says nothing of a statement, for or against it. What is
written as evidence is and holds something wrong is another matter: it fails check 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from rootprint.ledger.core.canonical import Json, decode, encode
from rootprint.ledger.core.checkpoint import MAX_NOTE
from rootprint.ledger.core.errors import NotReadable, Refused, TooLarge
from rootprint.ledger.core.filekinds import PACKED, kind_of
from rootprint.ledger.evidence.container import AGAIN, GZIP, RESTORE, Opening, pack
from rootprint.ledger.evidence.lines import LINE_DEPTH
from rootprint.ledger.verify import parse_written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VERSION: Final = 3
SWAPPED: Final = "this looks like a trust file; were the two swapped?"
_OURS: Final = "give the evidence file that belongs to it"
_UNPACK: Final = "unpack it, and give the file inside"
# What else it may be is looked for in files of this length: reading one takes many times it.
MAX_LOOKED_INTO: Final = 32 * 1024 * 1024
_BOM: Final = b"\xef\xbb\xbf"
_SPACE: Final = b" \t\r\n"
_FILE: Final = "evidence file"
_WHAT: Final = f"the {_FILE}"
MAX_HEAD_STRING: Final = 4 * MAX_NOTE  # a checkpoint of as many characters

T = TypeVar("T")


def read_values(data: bytes, check: Callable[[Iterator[Json]], T]) -> T:
    """Return what ``check`` makes of an evidence file's lines: a head, then statements.

    ``check`` raises Refused for values that are none of an evidence file. Raises NotReadable with
    the cause and what to do. What is broken in the container counts before all that it holds.
    """
    if not data.startswith(GZIP):
        raise _unread(data, check)
    opening = Opening(data)
    try:
        return check(_values(opening.lines()))
    except Refused as error:
        opening.finish()
        if isinstance(error, _NotWritten):
            raise _saved_again(data, error, check) from error
        raise


class _NotWritten(Refused):
    """A line that is no canonical JSON."""


def _values(lines: Iterator[bytes]) -> Iterator[Json]:
    """Yield the head, of this version, and then each statement."""
    head = _value(next(lines, b""), MAX_HEAD_STRING)
    yield _head(head)
    for line in lines:
        yield _value(line)


def _value(line: bytes, max_string: int = 0) -> Json:
    try:
        if max_string:
            return decode(line, what=_WHAT, max_string=max_string)
        return decode(line, what=_WHAT, max_depth=LINE_DEPTH)
    except Refused as error:
        raise _NotWritten(*error.args) from error


def restored(data: bytes) -> bytes:
    """Return evidence that a program unpacked, packed again or saved in another layout as a file.

    Only the packing, spaces, line ends, the order of members and how characters are escaped may
    differ. Raises NotReadable where it can't be read so, Refused where a member stands twice.
    """
    return pack(
        encode(value, max_string=MAX_HEAD_STRING, max_depth=LINE_DEPTH) for value in _loosely(data)
    )


def _loosely(data: bytes) -> list[Json]:
    """Return the values of a file in any layout; raises Refused."""
    if data.startswith(GZIP):
        content = Opening(data, any_header=True).content(MAX_LOOKED_INTO)
    else:
        found = kind_of(data)
        if found is not None:
            message = f"it {found}"
            raise NotReadable(message, remedy=_OURS)
        content = data
    if len(content) > MAX_LOOKED_INTO:
        message = f"a file of more than {MAX_LOOKED_INTO} bytes is not restored"
        raise TooLarge(message, remedy=AGAIN)
    content = content.removeprefix(_BOM).strip(_SPACE)
    try:
        return [parse_written(content, _FILE, max_string=MAX_HEAD_STRING)]
    except Refused:
        lines = content.split(b"\n")
        if len(lines) == 1:
            raise
        head = parse_written(lines[0], _FILE, max_string=MAX_HEAD_STRING)
        return [head, *(parse_written(one, _FILE, max_depth=LINE_DEPTH) for one in lines[1:])]


def _unread(data: bytes, check: Callable[[Iterator[Json]], object]) -> NotReadable:
    """Return what to say of bytes that are not packed."""
    found = kind_of(data)
    if found is not None:
        return NotReadable(f"it {found}", remedy=_UNPACK if found in PACKED else _OURS)
    content = data.removeprefix(_BOM).strip(_SPACE)
    if content.startswith(b"ey") and b"~" in content:
        return NotReadable("it is one signed statement, and no evidence file", remedy=_OURS)
    if not content.startswith(b"{"):
        return NotReadable("it is not packed as evidence files are, by gzip", remedy=AGAIN)
    if not content.endswith(b"}"):
        return NotReadable("it ends early: a part of it is missing", remedy=AGAIN)
    return _saved_again(data, Refused("it is not packed by gzip"), check)


def _saved_again(
    data: bytes, error: Refused, check: Callable[[Iterator[Json]], object]
) -> NotReadable:
    """Return what to say of a file that some program wrote again, or that is something else."""
    try:
        values = _loosely(data)
    except Refused:
        what = f"it is not written as evidence files are: {error.args[0]}"
        return NotReadable(what, remedy=AGAIN)
    try:
        _head(values[0])
        check(iter(values))
    except NotReadable as other:
        return other
    except Refused as other:
        what = f"another program saved it, and changed more than its layout: {other.args[0]}"
        return NotReadable(what, remedy=AGAIN)
    what = "another program unpacked it, or saved it in another layout; nothing in it changed"
    return NotReadable(what, remedy=RESTORE)


def _head(value: Json) -> dict[str, Json]:
    """Return the head of this version; raise NotReadable, which says what other JSON looks like."""
    if isinstance(value, dict):
        if "subject" in value and ("proofs" in value or "statements" in value):
            version = value.get("version")
            if type(version) is int and version != VERSION:
                message = f"it is evidence of version {version}, and version {VERSION} is read"
                raise NotReadable(
                    message, remedy="ask for a file of that version, or use its verifier"
                )
            return value
        if {"vkey", "contracts"} <= value.keys():
            raise NotReadable(SWAPPED)
        if "verdict" in value:
            message = "it is a report of a verification, and no evidence file"
            raise NotReadable(message, remedy=_OURS)
    message = "it is JSON, and no evidence file: it has no subject with proofs"
    raise NotReadable(message, remedy=_OURS)
