"""How the text of a file is encoded: UTF-8, UTF-16, or GB18030 as Chinese programs save CSV.

UTF-8 and a byte order mark are certain. GB18030 is a guess, since other encodings have the same
bytes: it is made only for text that is Chinese by its characters, and said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

UTF8_AGAIN: Final = "save it as CSV UTF-8"
GB18030: Final = "GB18030 (GBK)"
UTF8: Final = "UTF-8"
_UTF16: Final = "UTF-16"
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LETTERS: Final = 8
_SAMPLE: Final = 4096
# Of the characters of a Chinese text at least such shares are of GB 2312, of the first quarter of
# its common ones (b to h, by their sound) and of the last (q to z). Korean, Cyrillic and Greek have
# the same bytes and none of one of the two; Western European texts and Big5 few of all.
_COMMON: Final = 0.9
_SOME: Final = 0.1
_EARLY: Final = range(0xB0, 0xC0)
_LATE: Final = range(0xC9, 0xD8)
_KANA: Final = (0xA4, 0xA5)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, without a mark; ``guessed`` names an encoding that the bytes do not prove.

    Where none fits, ``text`` is None and ``line`` the first that does not fit ``encoding``: the one
    that the file was read in, as people call it. ``marked`` says if a byte order mark names it.
    """

    text: str | None
    guessed: str = ""
    line: int = 0
    encoding: str = UTF8
    marked: bool = False


def decoded(data: bytes) -> Decoded:
    """Return the text of a file.

    >>> decoded("数量".encode("gb18030") * 2).text
    '数量数量'
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return replace(_strict(data[len(mark) :], name), marked=True)
    wide = _without_mark(data)
    if wide:
        return _strict(data, wide)
    found = _strict(data, "utf-8")
    if found.text is None and b"\0" not in data:
        chinese = _chinese(data)
        if chinese is not None:
            return Decoded(chinese, GB18030, encoding=GB18030)
    return found


def _strict(data: bytes, name: str) -> Decoded:
    encoding = UTF8 if name == "utf-8" else _UTF16
    try:
        return Decoded(data.decode(name), encoding=encoding)
    except UnicodeDecodeError as error:
        return Decoded(None, line=data.count(b"\n", 0, error.start) + 1, encoding=encoding)


def _without_mark(data: bytes) -> str:
    """Return which UTF-16 it is by the zero bytes of its first letters; empty where it is none."""
    first = data[:_LETTERS]
    if len(first) < _LETTERS or len(data) % 2:
        return ""
    even, odd = first[::2], first[1::2]
    if not any(odd) and all(even):
        return "utf-16-le"
    return "utf-16-be" if not any(even) and all(odd) else ""


def _chinese(data: bytes) -> str | None:
    """Return the text if it is Chinese in GB18030, by the characters that it would have."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    sample = [char for char in text if not char.isascii()][:_SAMPLE]
    pairs = [char.encode("gb2312", errors="ignore") for char in sample]
    leads = [pair[0] for pair in pairs if pair and pair[0] not in _KANA]
    shares = [sum(lead in some for lead in leads) for some in (_EARLY, _LATE)]
    enough = min(shares) > 0 and min(shares) >= _SOME * len(leads)
    return text if enough and len(leads) >= _COMMON * len(sample) else None
