"""The places where JSON or text stands, so that each odd spelling is tried at each of them.

A ``Rewrite`` takes a text of canonical JSON and returns another text; it raises Nothing where it
finds nothing to change. What is signed is signed again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.agreement.jsontext import Token, tokens
from tests.agreement.making import Json, Making, Nothing, Setting
from tests.conformance.casebook import with_notes

if TYPE_CHECKING:
    from random import Random

    from tests.agreement.stage import Parts

Rewrite = Callable[[str, "Random"], str]
Choose = Callable[[Token, str], bool]


def anywhere(making: Making, rewrite: Rewrite) -> None:
    """Rewrite the evidence, the trust file, or a header, payload or disclosure signed again."""
    place = making.chance.choices(
        ("payload", "disclosure", "header", "evidence", "trust"), (5, 4, 1, 3, 2)
    )[0]
    making.did.append(f"in a {place}")
    if place in {"evidence", "trust"}:
        later = making.later()
        making.text(place, lambda text: a_line(text, rewrite, later()))
    else:
        signed(making, place, rewrite)


def a_line(text: str, rewrite: Rewrite, chance: Random) -> str:
    """Rewrite one line of an evidence file; a trust file has one."""
    lines = text.split("\n")
    number = chance.randrange(len(lines))
    lines[number] = rewrite(lines[number], chance)
    return "\n".join(lines)


def signed(making: Making, place: str, rewrite: Rewrite) -> None:
    """Rewrite the ``header``, the ``payload`` or a ``disclosure`` of one statement."""
    later = making.later()

    def hook(parts: Parts) -> None:
        chance = later()
        if place == "disclosure":
            if not parts.disclosures:
                raise Nothing
            number = chance.randrange(len(parts.disclosures))
            parts.disclose(number, rewrite(parts.disclosures[number], chance))
        elif place == "payload":
            parts.payload = rewrite(parts.payload, chance)
        else:
            parts.header = rewrite(parts.header, chance)

    making.signing(hook)


def note_line(making: Making, starts: tuple[str, ...], rewrite: Rewrite) -> None:
    """Rewrite one of a checkpoint's lines that begin with one of ``starts``, or its ``size``."""
    later = making.later()

    def hook(file: Json, _setting: Setting) -> None:
        chance = later()
        notes = file["proofs"]["checkpoints"]
        if not notes:
            raise Nothing
        place = chance.randrange(len(notes))
        lines = notes[place].split("\n")
        found = [
            number
            for number, line in enumerate(lines[:-1])
            if any(line.startswith(start) for start in starts) or ("size" in starts and number == 1)
        ]
        if not found:
            raise Nothing
        number = chance.choice(found)
        lines[number] = rewrite(lines[number], chance)
        notes[place] = "\n".join(lines)

    making.file(hook)


def proven(file: Json, least: int = 1) -> list[Json]:
    """Return the file's statements with a place in the log; raises Nothing if they are fewer."""
    items = [one for one in file["statements"] if "checkpoint" in one]
    if len(items) < least:
        raise Nothing
    return items


def note_of(file: Json, item: Json) -> str:
    """Return the checkpoint that a statement is shown under; raises Nothing without one."""
    notes = file["proofs"]["checkpoints"]
    if not item["checkpoint"] < len(notes):
        raise Nothing
    return str(notes[item["checkpoint"]])


def show_under(file: Json, item: Json, note: str) -> None:
    """Show a statement under another checkpoint."""
    with_notes(file, lambda line, old: note if line is item else old)


def pick(text: str, chance: Random, wanted: Choose) -> Token:
    """Return one of the tokens of a JSON text that are wanted; raises Nothing if there is none.

    One of a random path is taken first, so that long lists do not drown the rest.
    """
    found = [token for token in tokens(text) if wanted(token, token.of(text))]
    if not found:
        raise Nothing
    shapes = sorted({_shape(token) for token in found})
    shape = chance.choice(shapes)
    return chance.choice([token for token in found if _shape(token) == shape])


def _shape(token: Token) -> str:
    return "/".join("[]" if isinstance(step, int) else step for step in token.path)


def quoted(text: str) -> str:
    """Write a string as canonical JSON does."""
    return json.dumps(text, ensure_ascii=False)


def changed(old: str, new: str) -> str:
    """Return ``new``; raises Nothing if it is the old text."""
    if old == new:
        raise Nothing
    return new
