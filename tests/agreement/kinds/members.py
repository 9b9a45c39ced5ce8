"""Swapped, truncated, duplicated: members, statements, disclosures, trie nodes, lines of proofs."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import b64url, sha256
from rootprint.ledger.core.keys import PublicKey
from tests.agreement.kinds.registry import kind
from tests.agreement.kinds.rewriting import note_of, proven, show_under
from tests.agreement.making import Json, Making, Nothing, Setting
from tests.mutations.changes import replaced
from tests.support.evidence_file import decoded, digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from tests.agreement.jsontext import Path
    from tests.agreement.stage import Parts

Sequence = list[Any]


def _swap(items: Sequence, chance: Random) -> Sequence:
    if len(items) < 2:
        raise Nothing
    one, two = chance.sample(range(len(items)), 2)
    new = list(items)
    new[one], new[two] = new[two], new[one]
    return new


def _cut(items: Sequence, chance: Random) -> Sequence:
    if not items:
        raise Nothing
    return chance.choice((items[:-1], items[1:], items[: len(items) // 2]))


def _drop(items: Sequence, chance: Random) -> Sequence:
    if not items:
        raise Nothing
    place = chance.randrange(len(items))
    return items[:place] + items[place + 1 :]


def _double(items: Sequence, chance: Random) -> Sequence:
    if not items:
        raise Nothing
    place, to = chance.randrange(len(items)), chance.randrange(len(items) + 1)
    to = place if chance.random() < 0.5 else to
    return [*items[:to], items[place], *items[to:]]


def _sequences(making: Making, change: Callable[[Sequence, Random], Sequence]) -> None:
    """Change one of the sequences that evidence is made of."""
    chance, later = making.chance, making.later()
    place = chance.choice(
        ("array", "array", "disclosures", "disclosures", "proof", "proof", "jwt", "slots", "signed")
    )
    making.did.append(f"of {place}")
    if place in {"slots", "signed"}:
        _signed(making, change, disclosures=place == "signed")
        return

    def hook(file: Json, _setting: Setting) -> None:
        random = later()
        if place == "array":
            path = random.choice(sorted(_arrays(file), key=str))
            new = replaced(file, path, lambda items: change(list(items), random))
            file.clear()
            file.update(new)
            return
        item = random.choice(file["statements"])
        if place == "proof":
            if random.random() < 0.5:
                file["proofs"]["nodes"] = change(file["proofs"]["nodes"], random)
                return
            item = random.choice(proven(file))
            lines = note_of(file, item).split("\n")
            show_under(file, item, "\n".join(change(lines, random)))
        elif place == "jwt":
            names = ("header", "payload", "signature")
            parts = change([item.pop(name) for name in names], random)
            item.update(zip(names, parts, strict=False))
        else:
            item["disclosures"] = change(item["disclosures"], random)

    making.file(hook)


def _arrays(value: Any, path: Path = ()) -> Iterator[Path]:
    if isinstance(value, list):
        if value:
            yield path
        for number, item in enumerate(value):
            yield from _arrays(item, (*path, number))
    elif isinstance(value, dict):
        for name, member in value.items():
            yield from _arrays(member, (*path, name))


def _signed(
    making: Making, change: Callable[[Sequence, Random], Sequence], *, disclosures: bool
) -> None:
    """Change an array inside a payload, or which disclosures come with it; sign again."""
    later = making.later()

    def hook(parts: Parts) -> None:
        random = later()
        if disclosures:
            parts.disclosures = change(parts.disclosures, random)
            return
        value = json.loads(parts.payload)
        path = random.choice(sorted(_arrays(value), key=str))
        value = replaced(value, path, lambda items: change(list(items), random))
        parts.payload = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    making.signing(hook)


@kind("swapped", 2)
def _swapped(making: Making) -> None:
    _sequences(making, _swap)


@kind("swapped", 2)
def _between(making: Making) -> None:
    """Exchange a part of one statement with another's: place, row, JWT part, a disclosure."""
    later = making.later()

    def hook(file: Json, _setting: Setting) -> None:
        chance = later()
        if len(file["statements"]) < 2:
            raise Nothing
        one, two = chance.sample(file["statements"], 2)
        part = chance.choice(
            ("index", "checkpoint", "row", "header", "payload", "disclosures", "disclosure", "copy")
        )
        if part == "copy":
            one["signature"] = two["signature"]
        elif part == "disclosure":
            if two["disclosures"]:
                one["disclosures"] = [*one["disclosures"][:-1], chance.choice(two["disclosures"])]
        elif part not in one or part not in two:
            raise Nothing
        else:
            one[part], two[part] = two[part], one[part]

    making.file(hook)


@kind("swapped")
def _signed_pair(making: Making) -> None:
    """Exchange two disclosed values behind their slots, or two members' values; sign again."""
    later = making.later()

    def hook(parts: Parts) -> None:
        chance = later()
        if len(parts.disclosures) < 2:
            raise Nothing
        one, two = chance.sample(range(len(parts.disclosures)), 2)
        first, second = parts.disclosures[one], parts.disclosures[two]
        parts.disclose(one, f"{first[:25]}{second[25:]}")
        if chance.random() < 0.7:
            parts.disclose(two, f"{second[:25]}{first[25:]}")

    making.signing(hook)


@kind("truncated", 2)
def _truncated(making: Making) -> None:
    _sequences(making, making.chance.choice((_cut, _drop)))


@kind("truncated")
def _short(making: Making) -> None:
    """Cut a text of the file, or the file itself, or leave out a member."""
    later = making.later()

    def cut(text: str) -> str:
        chance = later()
        if chance.random() < 0.5:
            return text[: chance.randrange(len(text))]
        return text[: -chance.randrange(1, 4)]

    def hook(file: Json, _setting: Setting) -> None:
        chance = later()
        holder = chance.choice([file, *file["statements"], *file["keys"], *file["records"]])
        name = chance.choice(sorted(holder))
        if isinstance(holder[name], str) and chance.random() < 0.6:
            holder[name] = cut(holder[name])
        else:
            del holder[name]

    if making.chance.random() < 0.2:
        making.text(making.chance.choice(("evidence", "trust")), cut)
    else:
        making.file(hook)


@kind("duplicated", 2)
def _duplicated(making: Making) -> None:
    _sequences(making, _double)


@kind("duplicated")
def _unneeded(making: Making) -> None:
    """Add what the world holds and the walk does not ask for, at the place it belongs."""
    later = making.later()

    def hook(file: Json, setting: Setting) -> None:
        chance, stage = later(), setting.stage
        what = chance.choice(("keys", "records", "statements"))
        if what == "keys":
            key = stage.keys[chance.choice(sorted(stage.keys))].public
            held: Any = {kid["x"]: kid for kid in [*file["keys"], key.jwk()]}
            file["keys"] = sorted(held.values(), key=_thumbprint)
        elif what == "records":
            names = {"country": "CN", "did": "did:web:more.example", "legalName": "More"}
            file["records"] = sorted([*file["records"], names], key=_content)
        else:
            extra = stage.sign(stage.factor("extra"))
            envelope = extra.envelope
            more = {
                "header": envelope.header,
                "payload": envelope.payload,
                "signature": b64url(envelope.signature),
                "disclosures": decoded(extra.disclosures),
            }
            file["statements"] = sorted([*file["statements"], more], key=digest_of)

    making.file(hook)


def _thumbprint(jwk: Json) -> str:
    return PublicKey.from_jwk(jwk).kid


def _content(record: Json) -> bytes:
    return sha256(encode(record))


@kind("packed otherwise", 2)
def _packed(making: Making) -> None:
    """Bytes of the file as it is packed are turned, left out, put in or cut off."""
    later = making.later()

    def change(data: bytes) -> bytes:
        chance = later()
        place = chance.randrange(len(data)) if chance.random() < 0.5 else chance.randrange(20)
        place = chance.choice((place, len(data) - 1 - place))
        byte = bytes([chance.randrange(256)])
        raw = zlib.compressobj(chance.randrange(10), zlib.DEFLATED, -15)
        try:
            content = zlib.decompress(data[10:-8], -15)
        except zlib.error:  # a change of this kind before cut it
            content = data
        again = raw.compress(content) + raw.flush()
        return chance.choice(
            (
                data[:place] + byte + data[place + 1 :],
                data[:place] + data[place + 1 :],
                data[:place] + byte + data[place:],
                data[:place],
                data + byte,
                data + data,
                data[:8] + bytes(chance.randrange(256) for _ in range(2)) + again + data[-8:],
                gzip.compress(content, mtime=chance.choice((0, 1))),
                content,
                data[:10] + again[:-1] + data[-8:],
                data[:10] + again + byte + data[-8:],
                data[:3] + bytes([chance.randrange(256)]) + data[4:],
            )
        )

    making.packed(change)
