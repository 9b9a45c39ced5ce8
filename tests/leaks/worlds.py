"""Two worlds that differ only in what a maker hides, each as the folders of two ledgers.

Both come of one ledger: the same organisations, keys, factors and steps. In each the maker
publishes a part: the signed totals, components, shares and numbers of slots are the same, and what
its lines take, how much, of which gases, how surely, of how large a production and by which
documents differs. ``kept`` is the folder of whoever holds what the part discloses; ``bare`` is one
whose log has the same statements, and which was given only what is signed of them.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.schema.hidden import FOOTPRINT_HIDDEN
from tests.cli.running import Cli
from tests.cli.story import AUDITOR, FACTORS, INIT, MAKER, OEM, factor_file, product_file
from tests.leaks.masked import opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

PEOPLE: Final = (
    ("factors", FACTORS, "factor-publisher"),
    ("maker", MAKER, "supplier"),
    ("oem", OEM, "supplier"),
    ("auditor", AUDITOR, "auditor"),
)
_TAKEN, _EMITTED = (
    f"  - {{{{stage: {stage}, description: {{what}}, amount: {{{{value: '{{amount}}', unit: kg}}}},"
    f" source: {{{{{source}}}}}, primary: true, uncertainty: {{{{distribution: lognormal,"
    " statedValue: '{amount}', geometricStandardDeviation: '{gsd}'}}}}\n"
    for stage, source in (
        ("raw-material", "input: {source}"),
        ("manufacturing", "gas: {source}, set: AR6"),
    )
)


@dataclass(frozen=True)
class Recipe:
    """What a maker hides: its lines, what it produced and by which document."""

    lines: tuple[tuple[str, str, str, str, str], ...]  # form, what, amount, source, deviation
    produced: str
    document: str

    def text(self) -> str:
        """Return the part's inventory file."""
        lines = "".join(
            form.format(what=what, amount=amount, source=source, gsd=gsd)
            for form, what, amount, source, gsd in self.lines
        )
        return (
            product_file("part", MAKER, {})
            + lines
            + f"producedAmount: {{value: '{self.produced}', unit: kg}}\n"
            + f"evidence:\n  - {{digest: 'sha256:{self.document * 32}', type: meter-reading}}\n"
        )

    def told(self) -> tuple[str, ...]:
        """Return texts that stand in no answer to whoever may not read the recipe."""
        lines = [text for _, what, amount, _, gsd in self.lines for text in (what, amount, gsd)]
        return (*lines, self.produced, self.document * 32)


# 5 kg CO2e of what is taken and 1.5 of the stack, each way.
RECIPES: Final = {
    "one": Recipe(
        (
            (_TAKEN, "cathode paste of mill seven", "2.000000011", "fuel", "1.1171"),
            (_EMITTED, "stack of hall nine", "1.499999972500000", "CO2", "1.0931"),
        ),
        "91357",
        "a1",
    ),
    "other": Recipe(
        (
            (_TAKEN, "binder of the western yard", "1.000000013", "coal", "1.3713"),
            (_TAKEN, "solvent of the eastern yard", "1.1999999896", "fuel", "1.2917"),
            (_EMITTED, "roof vent of the kiln", "0.307999997", "CO2", "1.4419"),
            (_EMITTED, "flare of the kiln", "0.0400000001", "CH4_fossil", "2.2171"),
            (_EMITTED, "boiler of the annex", "0.00000002", "CO2", "1.0213"),
        ),
        "24680246",
        "b2",
    ),
}


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
    base.done("anchor")
    return {name: _world(folder / name, name, base, names) for name in RECIPES}


def _world(folder: Path, name: str, base: Cli, names: Mapping[str, str]) -> World:
    kept, bare = _user(folder / "kept"), _user(folder / "bare")
    world = World(name, folder, kept, bare, dict(names), {})
    for one in (kept, bare):
        shutil.copytree(base.home, one.home)
    draft = composed(kept, world.recipe.text(), **names)
    world.names["part"] = published(kept, signed(kept, draft, "maker"))
    world.names["word"] = kept.done(
        "assure", world.names["part"], "--as", "auditor", "--standard", "ISO 14064-3:2019",
        "--level", "limited", "--includes-inventory", "--outcome", "positive", "--examined",
        "meter readings", "--accreditation", "Example body", "17", "--format", "json",
    ).json["digest"]  # fmt: skip
    for given in ("part", "word"):
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


def _user(home: Path) -> Cli:
    return Cli(home, passphrase=None)


def composed(cli: Cli, text: str, **inputs: str) -> dict[str, Any]:
    """Compose a file of what is logged there."""
    given = [
        f"--input={name}={digest}" for name, digest in inputs.items() if f"input: {name}" in text
    ]
    draft: dict[str, Any] = json.loads(cli.done("compose", "-", *given, stdin=text).out)
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


def signed(cli: Cli, draft: Mapping[str, Any], key: str) -> str:
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
