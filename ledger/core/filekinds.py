"""What kind of file it is by its first bytes, for those who were given another than they read."""

from __future__ import annotations

import re
from typing import Final

# The words are said after the file's name: "a.bin is a PDF".
FIRST_BYTES: Final = (
    (b"%PDF-", "is a PDF"),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
    (b"GIF8", "is a picture"),
    (b"Rar!", "is a RAR archive"),
    (b"7z\xbc\xaf", "is a 7z archive"),
    (b"\x1f\x8b", "is packed by gzip"),
    (b"{\\rtf", "is a text document (RTF)"),
    (b"PK\x03\x04", "is a ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "is a file of an old Office program"),
    (b"\xff\xfe", "is text in UTF-16"),
    (b"\xfe\xff", "is text in UTF-16"),
)
PACKED: Final = frozenset(
    {"is a RAR archive", "is a 7z archive", "is packed by gzip", "is a ZIP archive"}
)
_MARKUP: Final = re.compile(rb"\A(?:\xef\xbb\xbf)?[ \t\r\n]*<")


def kind_of(data: bytes) -> str | None:
    """Return what a file is that no JSON can be, in words after its name; None for any other.

    >>> kind_of(b"%PDF-1.7")
    'is a PDF'
    """
    if not data:
        return "is empty: it has 0 bytes"
    for first, what in FIRST_BYTES:
        if data.startswith(first):
            return what
    return "is a web page or other XML" if _MARKUP.match(data[:256]) else None
