"""The evidence file's container: one member of gzip (RFC 1952) that holds lines of canonical JSON.

A line is read, judged and let go before the next one is, so a file of many statements is never in
memory as one tree. What the container holds is bounded while it is inflated.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.errors import NotReadable, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_OPENED: Final = 512 * 1024 * 1024
MAX_HEAD: Final = 256 * 1024 * 1024
MAX_LINE: Final = 8 * 1024 * 1024
GZIP: Final = b"\x1f\x8b"
AGAIN: Final = "ask for the file as it was sent"
RESTORE: Final = "read it with: rootprint evidence restore FILE --out NEW"
# Deflate, no flags, no time. How hard was compressed, and on what system, says nothing (2 bytes).
_PLAIN: Final = GZIP + b"\x08\x00" + bytes(4)
_HEADER_BYTES, _TRAILER_BYTES = 10, 8
_RAW, _ANY_HEADER = -15, 31
_PIECE, _OPENED_PIECE = 1 << 16, 1 << 20
_BROKEN: Final = (
    "it is not one whole member of gzip: it was cut or changed, or something follows it"
)


def pack(lines: Iterable[bytes]) -> bytes:
    """Return lines, which have no end of line yet, as a file: the same bytes for the same lines."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, _RAW)
    parts, check, length = [_PLAIN + b"\x02\xff"], 0, 0
    for line in lines:
        content = line + b"\n"
        check, length = zlib.crc32(content, check), length + len(content)
        parts.append(deflate.compress(content))
    parts.append(deflate.flush())
    parts.append(check.to_bytes(4, "little") + (length & 0xFFFFFFFF).to_bytes(4, "little"))
    return b"".join(parts)


class Opening:
    """One reading of a file that begins as gzip does.

    Its methods raise NotReadable where it is no whole member, TooLarge beyond a limit.
    """

    def __init__(self, data: bytes, *, any_header: bool = False) -> None:
        """Take the bytes; with ``any_header`` names, times and comments in it are read over."""
        if len(data) < _HEADER_BYTES + _TRAILER_BYTES:
            raise NotReadable(_BROKEN, remedy=AGAIN)
        if not any_header and not data.startswith(_PLAIN):
            message = "another program packed it again: its gzip header has a name, a time or more"
            raise NotReadable(message, remedy=RESTORE)
        self._pieces = _inflated(data, any_header=any_header)

    def lines(self) -> Iterator[bytes]:
        """Yield each line without its end: the first of MAX_HEAD bytes at most, then MAX_LINE."""
        held = _Line(MAX_HEAD)
        for piece in self._pieces:
            first, *rest = piece.split(b"\n")
            held.add(first)
            for more in rest:
                yield held.whole()
                held = _Line(MAX_LINE)
                held.add(more)
        if held.length:
            message = "its last line has no end"
            raise NotReadable(message, remedy=AGAIN)

    def content(self, most: int) -> bytes:
        """Return all that it holds, whatever that is; of more than ``most`` bytes a part."""
        parts, length = [], 0
        for piece in self._pieces:
            parts.append(piece)
            length += len(piece)
            if length > most:
                break
        return b"".join(parts)

    def finish(self) -> None:
        """Read to the end, and let go of it: what is broken further on is so before all else."""
        for _ in self._pieces:
            pass


class _Line:
    """The parts of a line that goes on from piece to piece."""

    def __init__(self, most: int) -> None:
        self._most, self.length = most, 0
        self._parts: list[bytes] = []

    def add(self, part: bytes) -> None:
        self.length += len(part)
        if self.length > self._most:
            message = f"a line of the evidence file is longer than {self._most} bytes"
            raise TooLarge(message)
        self._parts.append(part)

    def whole(self) -> bytes:
        return b"".join(self._parts)


def _inflated(data: bytes, *, any_header: bool) -> Iterator[bytes]:
    """Yield what a file holds in pieces of 1 MiB at most; at its end, its check sum was true."""
    inflate = zlib.decompressobj(_ANY_HEADER if any_header else _RAW)
    view, fed = memoryview(data), 0 if any_header else _HEADER_BYTES
    check = length = 0
    while not inflate.eof and fed < len(data):
        waiting: bytes | memoryview = view[fed : fed + _PIECE]
        fed += len(waiting)
        while waiting and not inflate.eof:
            try:
                piece = inflate.decompress(waiting, _OPENED_PIECE)
            except zlib.error as error:
                raise NotReadable(_BROKEN, remedy=AGAIN) from error
            waiting = inflate.unconsumed_tail
            length += len(piece)
            if length > MAX_OPENED:
                message = f"the evidence file is longer than {MAX_OPENED} bytes when it is unpacked"
                raise TooLarge(message)
            check = zlib.crc32(piece, check)
            yield piece
    after = data[fed - len(inflate.unused_data) :] if inflate.eof else None
    sums = check.to_bytes(4, "little") + (length & 0xFFFFFFFF).to_bytes(4, "little")
    if after != (b"" if any_header else sums):
        raise NotReadable(_BROKEN, remedy=AGAIN)
