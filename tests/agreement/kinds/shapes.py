"""Values of another shape: nested, too long, too many, of another type, other members."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.agreement.jsontext import ITEM, NAME, NUMBER, OBJECT, STRING, VALUES, WORD
from tests.agreement.kinds.registry import kind
from tests.agreement.kinds.rewriting import anywhere, changed, pick, quoted

if TYPE_CHECKING:
    from random import Random

    from tests.agreement.making import Making


@kind("deep nesting")
def _nested(making: Making) -> None:
    anywhere(making, _buried)


def _buried(text: str, chance: Random) -> str:
    token = pick(text, chance, lambda token, _: token.kind in VALUES)
    deep = chance.choice((1, 8, 12, 13, 14, 15, 16, 17, 127, 1023, 1024, 5000, 100_000))
    opening, closing = chance.choice((("[", "]"), ('{"a":', "}")))
    now = token.of(text)
    inside = chance.choice((now, "1", "null", ""))
    end = closing * (deep if chance.random() < 0.8 else deep - 1)
    return token.put(text, opening * deep + inside + end)


@kind("sizes at a limit")
def _long(making: Making) -> None:
    def rewrite(text: str, chance: Random) -> str:
        token = pick(text, chance, lambda token, _: token.kind in {STRING, NAME})
        letter = chance.choice(("a", "\u00e9", "\u4e00", "\U0001f600"))
        bytes_ = chance.choice((255, 256, 65535, 65536, 65537, 65540, 131072, 1 << 20))
        head = json.loads(token.of(text)) if chance.random() < 0.5 else ""
        filled = head + letter * ((bytes_ - len(head.encode())) // len(letter.encode()))
        return token.put(text, quoted(filled))

    anywhere(making, rewrite)


@kind("sizes at a limit")
def _many(making: Making) -> None:
    def rewrite(text: str, chance: Random) -> str:
        token = pick(text, chance, lambda token, _: token.kind == ITEM)
        copies = chance.choice((7, 63, 64, 255, 256, 4095, 4096))
        return token.put(text, ",".join([token.of(text)] * (copies + 1)))

    anywhere(making, rewrite)


@kind("another type of value")
def _typed(making: Making) -> None:
    def rewrite(text: str, chance: Random) -> str:
        token = pick(text, chance, lambda token, _: token.kind in VALUES)
        forms = ("null", "true", "false", "0", "1", '""', '"x"', "[]", "{}", "[null]", '{"a":1}')
        more = (
            f"[{token.of(text)}]",
            f'"{token.of(text)}"' if token.kind in {NUMBER, WORD} else "2",
        )
        return changed(text, token.put(text, chance.choice(forms + more)))

    anywhere(making, rewrite)


@kind("another member")
def _member(making: Making) -> None:
    def rewrite(text: str, chance: Random) -> str:
        if chance.random() < 0.5:
            token = pick(text, chance, lambda token, _: token.kind == NAME)
            names = (
                "__proto__",
                "constructor",
                "toString",
                "",
                "hasOwnProperty",
                "\u00e9",
                "length",
            )
            return token.put(text, quoted(chance.choice(names)))
        token = pick(text, chance, lambda token, _: token.kind == OBJECT)
        value = json.loads(token.of(text))
        value[chance.choice(("__proto__", "constructor", "unknown", "toString", "length"))] = (
            chance.choice((1, None, {}, "x"))
        )
        new = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return token.put(text, new)

    anywhere(making, rewrite)
