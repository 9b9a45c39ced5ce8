"""Swapped, truncated, duplicated: members, statements, disclosures, trie nodes, lines of proofs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import sha256
from rootprint.ledger.core.keys import PublicKey
from rootprint.ledger.core.sdjwt import join, split
from tests.agreement.kinds.registry import kind
from tests.agreement.making import Json, Making, Nothing, Setting
from tests.mutations.changes import replaced

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
            lines = item.get("proof", "").split("\n")
            item["proof"] = "\n".join(change(lines, random))
            return
        jwt, disclosures = split(item["sdJwt"])
        if place == "jwt":
            jwt = ".".join(change(jwt.split("."), random))
        else:
            disclosures = tuple(change(list(disclosures), random))
        item["sdJwt"] = join(jwt, disclosures)

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
    """Exchange a part of one statement with another's: proof, row, JWT part, a disclosure."""
    later = making.later()

    def hook(file: Json, _setting: Setting) -> None:
        chance = later()
        if len(file["statements"]) < 2:
            raise Nothing
        one, two = chance.sample(file["statements"], 2)
        part = chance.choice(("proof", "row", "sdJwt", "disclosures", "disclosure", "signature"))
        if part in {"proof", "row", "sdJwt"}:
            if part not in one or part not in two:
                raise Nothing
            one[part], two[part] = two[part], one[part]
            return
        (jwt, mine), (other, theirs) = split(one["sdJwt"]), split(two["sdJwt"])
        if part == "signature":
            jwt = f"{jwt.rpartition('.')[0]}.{other.rpartition('.')[2]}"
        elif part == "disclosures":
            mine, theirs = theirs, mine
        elif theirs:
            mine = (*mine[:-1], chance.choice(theirs))
        one["sdJwt"], two["sdJwt"] = join(jwt, mine), join(other, theirs)

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
            file["statements"] = sorted(
                [*file["statements"], {"sdJwt": extra.text}], key=_statement_digest
            )

    making.file(hook)


def _thumbprint(jwk: Json) -> str:
    return PublicKey.from_jwk(jwk).kid


def _content(record: Json) -> bytes:
    return sha256(encode(record))


def _statement_digest(item: Json) -> bytes:
    return sha256(split(item["sdJwt"])[0].encode())
