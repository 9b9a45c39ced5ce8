"""Changing bytes the way an attacker would: by what they mean first, by their bits after.

One number seeds a change, so that a finding is repeated by seed and number. A change of structure
opens what it finds (JSON, base64url parts between dots and tildes, lines of text, ZIP members),
changes something inside and closes it again, so that the readers' later steps are reached too.
"""

from __future__ import annotations

import base64
import copy
import io
import json
import re
import warnings
import zipfile
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

MAX_BYTES: Final = 1 << 20
_ZIP: Final = b"PK\x03\x04"
_WORD = re.compile(rb"[A-Za-z0-9+/_=-]{4,}")
# What readers stumble over: empty, long, nearly right, right elsewhere.
TEXTS: Final = (
    "", " ", "0", "-0", "-0.0", "00", "1e5", "1E400", "NaN", "Infinity", "0.", ".5", "+1", "1_0",
    "9" * 34, "9" * 35, "0." + "0" * 33 + "1", "1" * 5000, "١٢٣", "１", "\u00b2", "é", "e\u0301",
    "\u2028", "\ufeff", "\x00", "\ud7ff", "\U0010ffff", "did:web:x.example", "urn:x-y:z",
    "kilogram",
    "2026-01-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z", "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z", "2026-01-01T00:00:60Z", "sha256:" + "0" * 64, "sha256:" + "F" * 64,
    "0x", "0x" + "0" * 40, "0x" + "f" * 64, "...", "_sd", "~", ".", "A" * 43, "A" * 22, "=", "AA==",
    "AR5", "AR6", "CO2", "true", "null", "__proto__", "constructor", "%s", "{}", "a" * 70_000,
)  # fmt: skip
VALUES: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 1, 2**53 - 1, 2**53, -(2**53), 2**64, 10**40, 0.5, 1e300, -0.0,
    [], {}, [[]], [{}], {"": ""}, {"...": ""}, {"...": "A" * 43}, [None] * 70, {"a": {"a": {}}},
)  # fmt: skip
BYTES: Final = (
    b"\x00", b"\xff", b"\x7f", b"\x80", b"\xc0", b"\xb8", b"\xf8", b"\xbf\xff\xff\xff\xff",
    b"\xff\xff\xff\xff\xff\xff\xff\xff\xff", b"\n", b"\n\n", b"\r\n", b'"', b"'", b"\\", b"\\ud800",
    b"[", b"]", b"{", b"}", b",", b":", b"~", b".", b"=", b"\xe2\x80\x94 ", b"\xef\xbb\xbf",
    b"\xed\xa0\x80", b"&a ", b"*a", b"<<: ", b"!!python/object:x ", b"- ", b"? ", b"--- ", b"%",
    b"#", b"\t", b";", b"1e999", b"-0", b"<!DOCTYPE x>",
)  # fmt: skip
DEEP: Final = 40


def mutate(data: bytes, random: Random) -> bytes:
    """Return other bytes made from ``data``: one change or, more rarely, up to four."""
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        try:
            data = _once(data, random)
        except (ValueError, RecursionError):
            data = _bytes(data, random)
    return data[:MAX_BYTES]


def _once(data: bytes, random: Random) -> bytes:
    kinds: list[Callable[[bytes, Random], bytes]] = [_bytes, _texts, _base64]
    if data[:1] in {b"{", b"["}:
        kinds += [_json] * 6
    if b"~" in data[-1:] or data.count(b".") == 2:
        kinds += [_sdjwt] * 8
    if data.startswith(_ZIP):
        kinds += [_zip] * 4
    if data.count(b"\n") > 1:
        kinds += [_lines] * 3
    return random.choice(kinds)(data, random)


def _bytes(data: bytes, random: Random) -> bytes:
    """Flip, put in, leave out, repeat, cut, or move some bytes."""
    at, end = sorted((random.randint(0, len(data)), random.randint(0, len(data))))
    some = random.choice((random.choice(BYTES), random.randbytes(random.randint(1, 8))))
    short = data[at : at + random.randint(1, 8)]
    return random.choice(
        (
            data[:at] + some + data[at + 1 :],
            data[:at] + some + data[at:],
            data[:at] + data[at + len(short) :],
            data[:at] + short * random.choice((2, 3, 50, 2000)) + data[at:],
            data[:at],
            data[at:],
            data[:at] + data[end:],
            data[:at] + data[at:end] * 2 + data[end:],
            data[:at] + bytes(byte ^ 1 << random.randint(0, 7) for byte in data[at : at + 1])
            + data[at + 1 :],
        )
    )  # fmt: skip


def _texts(data: bytes, random: Random) -> bytes:
    """Put one of the hostile texts in the place of a word."""
    words = list(re.finditer(rb"[^\s\"',:;{}\[\]~]+", data[:65536]))
    if not words:
        return random.choice(TEXTS).encode()
    word = random.choice(words)
    return data[: word.start()] + random.choice(TEXTS).encode() + data[word.end() :]


def _lines(data: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    at, other = random.randrange(len(lines)), random.randrange(len(lines))
    change = random.randrange(4)
    if change == 0:
        lines[at : at + 1] = [lines[at]] * random.choice((2, 3, 70))
    elif change == 1:
        del lines[at]
    elif change == 2:
        lines[at], lines[other] = lines[other], lines[at]
    else:
        lines[at] = _bytes(lines[at], random)
    return b"\n".join(lines)


def _base64(data: bytes, random: Random) -> bytes:
    """Change what a base64 word stands for, or only its spelling."""
    words = list(_WORD.finditer(data[:65536]))
    if not words:
        return _bytes(data, random)
    word = random.choice(words)
    found, url = word[0], b"-" in word[0] or b"_" in word[0]
    if random.random() < 0.3:
        changed = random.choice((found + b"=", found[:-1], found + b"A", found.swapcase()))
    else:
        plain = base64.urlsafe_b64decode(found + b"==") if url else base64.b64decode(found + b"==")
        inner = _bytes(plain, random)
        changed = base64.urlsafe_b64encode(inner) if url else base64.b64encode(inner)
    return data[: word.start()] + changed + data[word.end() :]


def _json(data: bytes, random: Random) -> bytes:
    value = json.loads(data)
    return json_bytes(changed_json(value, random), spaced=random.random() < 0.03)


def json_bytes(value: Any, *, spaced: bool = False) -> bytes:
    """Write a value as RFC 8785 would, where it is one that RFC 8785 knows."""
    separators = None if spaced else (",", ":")
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=separators)
    return text.encode(errors="surrogatepass")


def changed_json(value: Any, random: Random) -> Any:
    """Return the value with one place of it changed: another value, text, name, or gone."""
    value = copy.deepcopy(value)
    places = list(_places(value))
    if not places:
        return random.choice(VALUES)
    holder, at = random.choice(places)
    change = random.randrange(9)
    if change == 0:
        del holder[at]
    elif change in {1, 2}:
        _multiply(holder, at, random)
    elif change == 3:
        for _ in range(random.choice((1, 3, DEEP))):
            holder[at] = random.choice(([holder[at]], {"a": holder[at]}))
    elif change == 4:
        other, place = random.choice(places)
        holder[at] = copy.deepcopy(other[place])
    elif change in {5, 6} and isinstance(holder[at], str):
        holder[at] = _text(holder[at], random)
    else:
        holder[at] = copy.deepcopy(random.choice((*VALUES, *TEXTS)))
    return value


def _multiply(holder: Any, at: Any, random: Random) -> None:
    """Repeat an item, or change the order of all; give a member a second, odd name."""
    if isinstance(holder, dict):
        holder[random.choice(TEXTS)] = holder[at]
    elif random.random() < 0.5:
        holder[at:at] = [copy.deepcopy(holder[at])] * random.choice((1, 2, 64, 300))
    else:
        random.shuffle(holder)


def _text(text: str, random: Random) -> str:
    at = random.randint(0, len(text))
    put = random.choice(("", "0", "-", ".", "é", "\u0661", " ", "\n", "A", "=", text))
    return text[:at] + put + text[at + random.randint(0, 2) :]


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield (holder, key) of every place below ``value``."""
    if not isinstance(value, (dict, list)):
        return
    for at, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, at
        yield from _places(inner)


def _sdjwt(data: bytes, random: Random) -> bytes:
    """Change header, payload or a disclosure as JSON, or the order and number of disclosures."""
    jwt, *disclosures = data.split(b"~")
    parts = jwt.split(b".")
    change = random.randrange(6)
    if change < 3 and len(parts) == 3:
        at = random.choice((0, 1, 1, 1, 1, 1))
        parts[at] = _inside(parts[at], random)
    elif change < 5 and len(disclosures) > 1:
        at = random.randrange(len(disclosures) - 1)
        disclosures[at] = _inside(disclosures[at], random)
    elif len(disclosures) > 1:
        at = random.randrange(len(disclosures) - 1)
        disclosures[at:at] = [disclosures[at]] * random.choice((1, 2, 4096))
        random.shuffle(disclosures)
    return b"~".join([b".".join(parts), *disclosures])


def _inside(encoded: bytes, random: Random) -> bytes:
    plain = base64.urlsafe_b64decode(encoded + b"==")
    return base64.urlsafe_b64encode(_json(plain, random)).rstrip(b"=")


def _zip(data: bytes, random: Random) -> bytes:
    """Change one member of a ZIP, or what the directory says of it."""
    held = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a member that stands twice is a change, too
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
                names = old.namelist()
                chosen = random.choice(names)
                for name in names:
                    inner = old.read(name)
                    how = random.choice((zipfile.ZIP_DEFLATED,) * 6 + (zipfile.ZIP_LZMA, 12))
                    if name == chosen:
                        inner = random.choice((_bytes, _texts, _xml))(inner, random)
                    new.writestr(name, inner, how if name == chosen else zipfile.ZIP_DEFLATED)
        except Exception as error:  # whatever a broken ZIP makes of it
            raise ValueError from error
    return held.getvalue()


def _xml(data: bytes, random: Random) -> bytes:
    """Repeat or leave out an element, or change an attribute."""
    tags = list(re.finditer(rb"<[^>]*>", data[:65536]))
    if not tags:
        return data
    tag = random.choice(tags)
    put = random.choice((b"", tag[0] * 2, tag[0] * 300, re.sub(rb'"[^"]*"', b'"-1"', tag[0])))
    return data[: tag.start()] + put + data[tag.end() :]
