"""Two worlds that differ only in what a maker hides, each as the folders of two ledgers.

Both come of one ledger: the same organisations, keys, factors and steps. In each the maker
publishes a part: the signed totals, components, shares and numbers of slots are the same, and what
its lines take, how much, of which gases, how surely, of how large a production and by which
documents differs. ``kept`` is the folder of whoever holds what the part discloses; ``bare`` is one
whose log has the same statements, and which was given only what is signed of them.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.schema.hidden import FOOTPRINT_HIDDEN
from tests.cli.running import Cli
from tests.cli.story import AUDITOR, FACTORS, INIT, MAKER, OEM, factor_file, product_file
from tests.leaks.masked import opened
from tests.leaks.recipes import CERTIFICATE, NUMBER, RECIPES, REGISTRY, Recipe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

PEOPLE: Final = (
    ("factors", FACTORS, "factor-publisher"),
    ("maker", MAKER, "supplier"),
    ("oem", OEM, "supplier"),
    ("auditor", AUDITOR, "auditor"),
    ("registry", "did:web:registry.example", "registry"),
)
_MADE: Final = ("--from", "2025-01-01T00:00:00Z", "--until", "2026-01-01T00:00:00Z")
# What the part rests on, in the order of the log; all of it is in both folders.
RECORDS: Final = ("wind", "kiln", "whole", "pool")


@dataclass(frozen=True)
class World:
    """One recipe's folders, the digests by name and the files that an outsider was given."""

    name: str
    folder: Path
    kept: Cli
    bare: Cli
    names: dict[str, str]
    blocks: dict[str, str]

    @property
    def recipe(self) -> Recipe:
        """What the maker hides here."""
        return RECIPES[self.name]

    def file(self, name: str) -> Path:
        """Return a file that an outsider was given, or writes."""
        return self.folder / name

    def copy(self, folder: Path) -> World:
        """Return the same in a folder of its own, to be changed."""
        shutil.copytree(self.folder, folder)
        kept, bare = _user(folder / "kept"), _user(folder / "bare")
        return World(self.name, folder, kept, bare, dict(self.names), self.blocks)


def make(folder: Path) -> dict[str, World]:
    """Make both worlds below ``folder``; the OEM composed a car of each part in ``bare``."""
    base = _user(folder / "base")
    base.done("--insecure-plain-keys", *INIT)
    for name, did, role in PEOPLE:
        base.done(
            "--insecure-plain-keys", "org", "admit", name, "--did", did, "--legal-name",
            f"Example {name.title()} (fictional)", "--country", "CN", "--role", role,
            "--number", f"LEI={name}-1",
        )  # fmt: skip
    names = {}
    for name, value in (("fuel", "2.5"), ("coal", "2")):
        shown = (
            f"gases: {{CO2: '{value}'}}\nuncertainty: {{distribution: lognormal, statedValue:"
            f" '{value}', geometricStandardDeviation: '1.05'}}\n"
        )
        draft = composed(base, factor_file(name, FACTORS, value) + shown)
        names[name] = published(base, signed(base, draft, "factors"))
    names["retired"] = _recorded(
        base, "retire", "registry", "--registry", REGISTRY, "--beneficiary", MAKER, "--attribute",
        "electricity", "--market", "CN", "--amount", "40000", "MWh", "--certificates",
        CERTIFICATE, CERTIFICATE,
    )  # fmt: skip
    base.done("anchor")
    return {name: _world(folder / name, name, base, names) for name in RECIPES}


def _world(folder: Path, name: str, base: Cli, names: Mapping[str, str]) -> World:
    kept, bare = _user(folder / "kept"), _user(folder / "bare")
    world = World(name, folder, kept, bare, dict(names), {})
    for one in (kept, bare):
        shutil.copytree(base.home, one.home)
    _publish_part(world)
    kept.done("anchor")  # law 5 of a variant is for what is anchored
    for word, of in (("word", "part"), ("word_of_whole", "whole")):
        world.names[word] = _assured(kept, world.names[of])
    for given in (*RECORDS, "part", "word", "word_of_whole"):
        text = kept.done("present", world.names[given]).out
        world.file(f"{given}.sdjwt").write_text(text)
        published(bare, text)
    car = composed(bare, product_file("car", OEM, {"part": "3", "fuel": "0.4"}), **world.names)
    car_text = signed(bare, in_given_slots(car), "oem")
    world.file("car.sdjwt").write_text(car_text)
    world.names["car"] = published(bare, car_text)
    for one in (kept, bare):
        one.done("anchor")
    for what, cli, less in (("part", kept, ("--hide", world.names["part"])), ("car", bare, ())):
        made = cli.done("evidence", "export", world.names[what], *less, "--out",
                        world.file(f"{what}.json"), "--format", "json")  # fmt: skip
        world.blocks[what] = made.json["block"]
        cli.done("evidence", "trust", world.names[what], "--out", world.file(f"{what}.trust.json"))
    return world


def _publish_part(world: World) -> None:
    """Let the maker publish the part and all that it rests on, in ``kept``."""
    kept, names, recipe = world.kept, world.names, world.recipe
    names["wind"] = _recorded(
        kept, "claim", "maker", "--retirement", names["retired"], "--amount", "35000", "MWh"
    )
    kiln = _made(kept, "process", recipe.part(), names)
    for number, row in enumerate(kiln["credentialSubject"]["allocation"]):
        row["row"] = number  # which row the part's is stands in the open
    names["kiln"] = published(kept, signed(kept, kiln))
    names["whole"] = published(kept, signed(kept, composed(kept, recipe.whole())))
    alone = composed(kept, recipe.part(), **names)["credentialSubject"]["pcf"]
    assert Decimal(alone["pcfExcludingBiogenicUptake"]) == Decimal(NUMBER)
    names["pool"] = published(kept, signed(kept, _made(kept, "pool", recipe.pool(), names)))
    names["part"] = published(kept, signed(kept, composed(kept, recipe.part("pool"), **names)))


def _assured(cli: Cli, digest: str) -> str:
    """Let the auditor conclude on what it sees there."""
    return cli.done(
        "assure", digest, "--as", "auditor", "--standard", "ISO 14064-3:2019", "--level",
        "limited", "--includes-inventory", "--outcome", "positive", "--examined",
        "meter readings", "--accreditation", "Example body", "17", "--format", "json",
    ).json["digest"]  # fmt: skip


def _recorded(cli: Cli, kind: str, key: str, *members: str) -> str:
    """Sign, publish and name a record of a registry's or a claimant's."""
    return cli.done(kind, "--as", key, *members, *_MADE, "--format", "json").json["digest"]


def _user(home: Path) -> Cli:
    return Cli(home, passphrase=None)


def composed(cli: Cli, text: str, **inputs: str) -> dict[str, Any]:
    """Compose a file of what is logged there."""
    return _made(cli, "compose", text, inputs)


def _made(cli: Cli, command: str, text: str, inputs: Mapping[str, str]) -> dict[str, Any]:
    """Make a draft of a file there, and name what the file names."""
    named = set(re.findall(r"\b(?:input|record|claim|base|pool): (\w+)", text))
    given = [f"--input={name}={digest}" for name, digest in inputs.items() if name in named]
    draft: dict[str, Any] = json.loads(cli.done(command, "-", *given, stdin=text).out)
    return draft


def in_given_slots(draft: dict[str, Any]) -> dict[str, Any]:
    """Let each line say its slot: drawn at random it would differ from run to run."""
    for number, line in enumerate(draft["credentialSubject"]["inventory"]):
        line["line"] = number
    return draft


def in_the_open(draft: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a footprint's draft will be open to all."""
    subject = draft["credentialSubject"]
    shown = {name: one for name, one in subject.items() if name not in FOOTPRINT_HIDDEN}
    return {**draft, "credentialSubject": shown}


def signed(cli: Cli, draft: Mapping[str, Any], key: str = "maker") -> str:
    """Sign a draft there."""
    return cli.done("sign", "-", "--as", key, stdin=json.dumps(draft)).out


def published(cli: Cli, text: str) -> str:
    """Publish a signed statement there; return its digest."""
    answer = cli.done("publish", "-", "--format", "json", stdin=text)
    digest: str = answer.json["receipts"][0]["digest"]
    return digest


def tell_nothing(texts: Iterable[str]) -> None:
    """Assert that no text of a recipe stands in these, encoded or not."""
    words = opened("\n".join(texts))
    assert not [text for recipe in RECIPES.values() for text in recipe.told() if text in words]
