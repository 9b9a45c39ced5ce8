"""What may change nothing but what is known: so that verified answers are compared too."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from tests.agreement.kinds.registry import kind
from tests.agreement.kinds.rewriting import note_of, proven, show_under
from tests.agreement.making import Json, Making, Nothing, Setting
from tests.agreement.scenes import cosignature, witness

if TYPE_CHECKING:
    from random import Random


@kind("benign", 2)
def _as_it_is(making: Making) -> None:
    """Figures of its own, and nothing changed but when the file was made."""
    making.file(lambda file, _: file.update(made="2026-10-01T00:00:00Z"))


@kind("benign", 2)
def _fewer(making: Making) -> None:
    """Fewer disclosures, or the same ones in another order."""
    later = making.later()

    def hook(file: Json, _setting: Setting) -> None:
        chance = later()
        items = [one for one in file["statements"] if one["disclosures"]]
        if not items:
            raise Nothing
        item = chance.choice(items)
        most = len(item["disclosures"])
        kept = chance.sample(item["disclosures"], chance.choice((most, most, most - 1, 0)))
        item["disclosures"] = kept

    making.file(hook)


@kind("benign", 2)
def _unknown_lines(making: Making) -> None:
    """Signature lines of unknown keys."""
    later = making.later()

    def hook(file: Json, _setting: Setting) -> None:
        chance = later()
        item = chance.choice(proven(file))
        show_under(file, item, _adorned(note_of(file, item), chance))

    making.file(hook)


def _adorned(note: str, chance: Random) -> str:
    name = chance.choice(("nobody.example", "b\u00fccher.example", "a+b", "\U0001f600"))
    line = base64.b64encode(bytes(range(chance.choice((4, 5, 68, 76, 200))))).decode()
    if chance.random() < 0.5:
        note = f"{note}\u2014 {name} {line}\n"
    if chance.random() < 0.5:
        note += cosignature(*witness(7), note)
    return note


@kind("benign")
def _another_reading(making: Making) -> None:
    """The trust file is written prettily, says more ways to see the chain, or asks later."""
    later = making.later()

    def hook(trust: Json, _setting: Setting) -> None:
        chance = later()
        name, value = chance.choice(
            (
                ("chainFile", "chain.json"),
                ("rpc", "http://127.0.0.1:1"),
                ("auditors", ["did:web:another-auditor.example"]),
                ("asOf", "2027-06-01T00:00:00Z"),
            )
        )
        trust[name] = value

    making.trust(hook)


@kind("benign")
def _whole(making: Making) -> None:
    """Everything that the world holds; what nothing needs fails the file."""

    def world(setting: Setting) -> None:
        setting.whole = True

    making.world(world)
