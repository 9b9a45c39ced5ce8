"""Odd spellings of JSON and of texts, each tried wherever JSON stands."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

from tests.agreement.jsontext import MEMBER, NAME, OBJECT, STRING, VALUES
from tests.agreement.kinds.registry import kind
from tests.agreement.kinds.rewriting import anywhere, changed, note_line, pick, quoted
from tests.agreement.making import Making, Nothing

if TYPE_CHECKING:
    from random import Random

_TIME = re.compile(r'"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"')
_ALIKE = {
    "a": "\u0430", "c": "\u0441", "e": "\u0435", "i": "\u0456", "o": "\u043e", "p": "\u0440",
    "s": "\u0455", "x": "\u0445", "d": "\u0501", ":": "\ua789", ".": "\u2024", "-": "\u2010",
    "/": "\u2215", "m": "\uff4d", "l": "\u217c", "K": "\u212a", "A": "\u0391",
}  # fmt: skip
_HIDDEN = ("\u200b", "\u00ad", "\u200d", "\ufeff", "\u2060", "\u202e", "\u0301", "\x7f", "\x00")
SPACES = (
    "", " ", "\t", "\n", "\u00a0", "\u0085", "\ufeff", "\u001c", "\u001f", "\u200b", "\u180e",
    "\u2028", "\u3000", "\u000b",
)  # fmt: skip


# Re-encoded.


@kind("re-encoded JSON", 3)
def _encoded(making: Making) -> None:
    anywhere(making, _spelt)


def _spelt(text: str, chance: Random) -> str:
    way = chance.choice((_spaced, _reordered, _escaped, _upper_hex, _padded, _around, _pretty))
    return changed(text, way(text, chance))


def _spaced(text: str, chance: Random) -> str:
    token = pick(text, chance, lambda token, _: token.kind in {*VALUES, NAME})
    place = chance.choice((token.start, token.end))
    return text[:place] + chance.choice((" ", "\n", "\t", "\r\n", "\u00a0", "\x0c")) + text[place:]


def _reordered(text: str, chance: Random) -> str:
    token = pick(text, chance, lambda token, now: token.kind == OBJECT and "," in now)
    members = list(json.loads(token.of(text)).items())
    chance.shuffle(members)
    new = json.dumps(dict(members), ensure_ascii=False, separators=(",", ":"))
    return token.put(text, new)


def _escaped(text: str, chance: Random) -> str:
    token = pick(text, chance, lambda token, now: token.kind in {STRING, NAME} and len(now) > 2)
    now = token.of(text)
    place = chance.randrange(1, len(now) - 1)
    if "\\" in now:
        raise Nothing
    hexadecimal = f"{ord(now[place]):04x}" if ord(now[place]) < 0x10000 else "003f"
    written = {"/": "\\/"}.get(now[place], f"\\u{hexadecimal}")
    return token.put(text, now[:place] + written + now[place + 1 :])


def _upper_hex(text: str, chance: Random) -> str:
    hexadecimal = re.compile(r'"(0x|sha256:|urn:uuid:)?[0-9a-f-]*[a-f][0-9a-f-]*"')
    token = pick(text, chance, lambda t, now: t.kind == STRING and bool(hexadecimal.fullmatch(now)))
    head, colon, tail = token.of(text).rpartition(":" if ":" in token.of(text) else "x")
    return token.put(text, head + colon + tail.upper())


def _padded(text: str, chance: Random) -> str:
    """Pad base64, use its other alphabet, or set its last bits."""
    base64 = re.compile(r'"[A-Za-z0-9_+/-]{16,}={0,2}"')
    token = pick(
        text, chance, lambda token, now: token.kind == STRING and bool(base64.fullmatch(now))
    )
    now = token.of(text)[1:-1]
    turned = now.translate(str.maketrans("-_+/", "+/-_"))
    last = now.rstrip("=")
    nudged = last[:-1] + chr(ord(last[-1]) + 1) + now[len(last) :]
    return token.put(text, f'"{chance.choice((now + "=", now + "==", turned, nudged, last))}"')


def _around(text: str, chance: Random) -> str:
    before = chance.choice(("", "\ufeff", " ", "\n", "//\n"))
    after = chance.choice(("\n", " ", "\x00", ",", "{}", "\u2028", text[-1], "#"))
    return before + text + after if chance.random() < 0.8 else before.join(("", text))


def _pretty(text: str, chance: Random) -> str:
    indent = chance.choice((None, 1, 2))
    return json.dumps(json.loads(text), indent=indent, ensure_ascii=chance.random() < 0.5)


# Members twice.


@kind("duplicate members")
def _twice(making: Making) -> None:
    anywhere(making, _doubled)


def _doubled(text: str, chance: Random) -> str:
    token = pick(text, chance, lambda token, _: token.kind == MEMBER)
    member = token.of(text)
    name = member[: member.index(":", member.index('"', 1))]
    other = chance.choice((member, f"{name}:null", f'{name}:"other"', f"{name}:0"))
    pair = chance.choice((f"{member},{other}", f"{other},{member}"))
    return token.put(text, pair)


# Halves of surrogate pairs.


@kind("lone surrogates")
def _surrogates(making: Making) -> None:
    anywhere(making, _halved)


def _halved(text: str, chance: Random) -> str:
    token = pick(text, chance, lambda token, _: token.kind in {STRING, NAME})
    now = token.of(text)
    place = chance.randrange(1, len(now))
    raw = ("\ud800", "\udfff", "\udc00\ud800", "\ud83d\ude00")
    escaped = ("\\ud800", "\\udfff", "\\uD83D", "\\udc00\\ud800", "\\ud83d\\ude00", "\\ud83dx")
    return token.put(text, now[:place] + chance.choice(raw + escaped) + now[place:])


# Texts that look like others, or like nothing.


@kind("unicode look-alikes", 3)
def _alike(making: Making) -> None:
    anywhere(making, _lookalike)


@kind("unicode look-alikes")
def _alike_in_a_proof(making: Making) -> None:
    note_line(making, ("", "\u2014"), _other_letters)


def _lookalike(text: str, chance: Random) -> str:
    names = re.compile(r'"(did:|urn:|log\.|witness\.|https:)[^"]*"')
    only_names = chance.random() < 0.5
    token = pick(
        text,
        chance,
        lambda token, now: (
            token.kind in {STRING, NAME}
            and len(now) < 300
            and (not only_names or bool(names.fullmatch(now)))
        ),
    )
    now = json.loads(token.of(text))
    return token.put(text, quoted(_other_letters(now, chance)))


def _other_letters(now: str, chance: Random) -> str:
    place = chance.randrange(len(now) + 1)
    ways = [now[:place] + chance.choice(_HIDDEN) + now[place:], now.upper(), now.title()]
    ways += [now + " ", "\u00a0" + now, now + "\n", unicodedata.normalize("NFD", "\u00e9" + now)]
    ways += [now.replace(old, new, 1) for old, new in _ALIKE.items() if old in now]
    return changed(now, chance.choice(ways))


@kind("white space and empty texts")
def _blank(making: Making) -> None:
    def rewrite(text: str, chance: Random) -> str:
        token = pick(text, chance, lambda token, _: token.kind == STRING)
        space = "".join(chance.choice(SPACES) for _ in range(chance.randrange(1, 3)))
        return changed(text, token.put(text, quoted(space)))

    anywhere(making, rewrite)


@kind("odd times")
def _times(making: Making) -> None:
    def rewrite(text: str, chance: Random) -> str:
        token = pick(text, chance, lambda t, now: t.kind == STRING and bool(_TIME.fullmatch(now)))
        odd = (
            "2026-02-29T00:00:00Z", "2024-02-29T00:00:00Z", "2026-01-01T24:00:00Z",
            "2026-06-30T23:59:60Z", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z", "2026-01-01T00:00:00z", "2026-01-01t00:00:00Z",
            "2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00.0Z", "2026-01-01 00:00:00Z",
            "2026-13-01T00:00:00Z", "2026-04-31T00:00:00Z", "2026-01-00T00:00:00Z",
            "1969-12-31T23:59:59Z", "1900-02-29T00:00:00Z", "2100-02-29T00:00:00Z",
            "2026-01-01T00:60:00Z", "2026-01-01T00:00Z", "20260101T000000Z",
            "02026-01-01T00:00:00Z",
            "2026-W01-1T00:00:00Z", "2026-001T00:00:00Z", "2026-09-21T14:13:20Z",
        )  # fmt: skip
        return token.put(text, quoted(chance.choice(odd)))

    anywhere(making, rewrite)
