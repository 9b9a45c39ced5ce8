"""Answers made comparable: what differs by chance, as digests do, is replaced by what it is of.

Nothing else is. What is only encoded is decoded first, so that nothing hides in base64; what is
sorted by digest is sorted by what it says.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import TYPE_CHECKING, Final

from rootprint.calc.errors import RootprintError
from rootprint.ledger.core.canonical import decode
from rootprint.ledger.evidence import Evidence
from rootprint.ledger.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.leaks.worlds import World

SHORT: Final = 12  # how many digits of a digest the command line prints
_STATEMENT: Final = re.compile(
    r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+~(?:[A-Za-z0-9_-]+~)*"
)
_ENCODED: Final = re.compile(r"[A-Za-z0-9_-]{24,}")
# In this order: the first that fits names what is masked.
_CHANCE: Final = tuple(
    (re.compile(pattern), f"<{name}>")
    for pattern, name in (
        (r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|\+00:00)?", "time"),
        (r"\b\d+ s (?=before)", "seconds "),
        (r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "id"),
        (r"sha256:[0-9a-f]{6,64}\b", "digest"),
        (r"\b0x[0-9a-f]{16,}", "hash"),
        (r"[A-Za-z0-9+/_-]{40,}={0,2}", "bytes"),
        (r"\b[0-9a-f]{32,}\b", "hash"),
        # A proof of the chain's state is longer or shorter by the digests that it is of.
        (r"\b\d+ bytes|(?<=\"bytes\": )\d+", "size"),
    )
)


def masked(text: str, world: World, logged: Mapping[str, str]) -> str:
    """Return what an answer says, whichever of the two worlds it was given in.

    ``logged`` gives the name of what has a digest (64 hexadecimal digits), as ``entries`` does.
    """
    return without_chance(opened(text).replace(str(world.folder), "<folder>"), logged)


def without_chance(text: str, logged: Mapping[str, str]) -> str:
    """Return a text with what is there by chance replaced by what it is of."""
    for digest, name in logged.items():
        text = text.replace(digest, name).replace(digest[:SHORT], f"{name}:{SHORT}")
    for pattern, name in _CHANCE:
        text = pattern.sub(name, text)
    return text


def opened(text: str) -> str:
    """Return a text in which all that is JSON in base64url stands as JSON, without salts.

    Disclosures are in the order of what they say: a store has them by digest.
    """
    whole = _STATEMENT.sub(lambda found: _statement(found[0]), text)
    return _ENCODED.sub(lambda found: _decoded(found[0]), whole)


def _statement(text: str) -> str:
    jwt, *disclosures = text.split("~")
    return "~".join((jwt, *sorted(map(_decoded, disclosures))))


def _decoded(encoded: str) -> str:
    try:
        value = decode(
            base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)), what="encoded"
        )
    except (RootprintError, binascii.Error, ValueError):
        return encoded
    if isinstance(value, list):
        value = value[1:]  # a disclosure's salt is chance
    return json.dumps(value, sort_keys=True) if isinstance(value, list | dict) else encoded


def entries(folder: Path) -> dict[str, str]:
    """Return the names of the statements that a ledger's folder has: their places in the log."""
    return {digest.hex(): f"<entry {index}>" for index, digest, _ in _logged(folder)}


def stored(folder: Path) -> str:
    """Return every statement that a ledger's folder has, with what is kept of its disclosures."""
    return "\n".join(text for _, _, text in _logged(folder))


def shown(file: Path, logged: Mapping[str, str]) -> str:
    """Return what an evidence file shows, in the order of the log and not of digests."""
    held = Evidence.load(file)
    statements = sorted((logged[digest.hex()], text) for digest, text in held.statements.items())
    proofs = sorted(
        (logged[digest.hex()], place.index, place.checkpoint)
        for digest, place in held.places.items()
    )
    records = sorted(record.decode() for record in held.records.values())
    return "\n".join(map(str, (*statements, *proofs, *records, *sorted(held.keys))))


def _logged(folder: Path) -> list[tuple[int, bytes, str]]:
    store = Store.open(folder / "ledger.sqlite")
    try:
        with store.read() as tx:
            return [
                (index, digest, tx.statements.get(digest).text)
                for index, _, digest, _ in tx.statements.logged()
            ]
    finally:
        store.close()
