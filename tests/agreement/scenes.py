"""The scenes that are mutated: small worlds that verify, with figures drawn anew each time."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from rootprint.ledger.core.chain import StatusState
from rootprint.ledger.core.checkpoint import NoteKey
from rootprint.ledger.core.encoding import sha256
from rootprint.ledger.core.merkle import consistency_proof, inclusion_proof
from rootprint.ledger.core.standing import Role
from tests.agreement.making import Json, Play, Setting
from tests.conformance.casebook import with_notes
from tests.support.evidence_file import digest_of, with_nodes
from tests.support.world import PUBLISHER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from rootprint.ledger.core.statement import Statement
    from tests.agreement.stage import Stage

MASS = ("kilogram", "gram", "tonne", "pound", "kg", "mg", "short ton")
COSIGNED_AT = 1_790_000_000
_STORED = {"value": "1000000000", "unit": "tonne"}


@dataclass(frozen=True)
class Scene:
    """A scene by name, and how many statements it publishes."""

    name: str
    statements: int
    play: Play


SCENES: dict[str, Scene] = {}


def scene(name: str, statements: int) -> Callable[[Play], Play]:
    """Enter the decorated function as a scene."""

    def enter(play: Play) -> Play:
        SCENES[name] = Scene(name, statements, play)
        return play

    return enter


def amount(chance: Random) -> str:
    """Draw a decimal from 0.001 to 9999 with up to six places."""
    whole = str(chance.randrange(10 ** chance.randrange(1, 5)))
    places = chance.choice((0, 0, 1, 2, 3, 6))
    fraction = "".join(chance.choice("0123456789") for _ in range(places))
    text = f"{whole}.{fraction}" if fraction else whole
    return text if text.strip("0.") else "0.001"


def gas(stage: Stage, chance: Random, **more: Any) -> Json:
    """Return a line of a measured gas."""
    name = chance.choice(("CO2", "CH4_fossil", "CH4_non_fossil", "N2O", "SF6", "CO2_aircraft"))
    given = {"stage": chance.choice(("raw-material", "manufacturing", "distribution"))}
    quantity = {"value": amount(chance), "unit": chance.choice(MASS)}
    source = {"gas": name, "set": "AR6"}
    return stage.gas(**{"amount": quantity, "source": source, **given, **more})


def takes(stage: Stage, chance: Random, cited: Statement, **more: Any) -> Json:
    """Return a line that takes an amount of a statement."""
    line = stage.line(cited, amount(chance), chance.choice(MASS))
    return {**line, "primary": chance.random() < 0.7, **more}


def published(stage: Stage, chance: Random, component: str = "fossilGhgEmissions") -> Json:
    """Return a line of a published figure."""
    below = "Uptake" in component or "Removals" in component
    source = {
        "published": f"{'-' if below else ''}{amount(chance)}",
        "per": chance.choice(MASS),
        "component": component,
        "reference": "An example, table 1",
    }
    return {**gas(stage, chance), "source": source, "primary": False}


def freed(uptake: Json) -> Json:
    """Return the line by which an uptake is set free again: a product holds no more."""
    source = uptake["source"]
    value = source["published"].removeprefix("-")
    return {
        **uptake,
        "source": {**source, "published": value, "component": "biogenicCO2Emissions"},
    }


def removes(line: Json) -> Json:
    """Return a line of a removal with what it must show."""
    shown = {"method": "mineralisation", "evidence": "a report", "stored": _STORED}
    return {**line, "removal": shown}


def fuel(stage: Stage, chance: Random, name: str = "fuel", **changes: Any) -> Statement:
    """Publish a factor of a figure drawn."""
    figure = amount(chance)
    totals = ("fossilGhgEmissions", "pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake")
    return stage.fuel(name, **{"pcf": dict.fromkeys(totals, figure), **changes})


def seen(chance: Random, setting: Setting) -> Setting:
    """Draw how the verifier sees the chain: by asking, by the file's proof, or by either."""
    setting.proven = chance.random() < 0.4
    setting.with_chain = not setting.proven or chance.random() < 0.2
    return setting


@scene("one statement", 1)
def _one(stage: Stage, chance: Random) -> Setting:
    lines = [gas(stage, chance) for _ in range(chance.randrange(1, 4))]
    subject = stage.part("part", lines) if chance.random() < 0.7 else fuel(stage, chance)
    stage.anchor()
    return seen(chance, Setting(stage, subject))


@scene("a pair", 2)
def _pair(stage: Stage, chance: Random) -> Setting:
    factor = fuel(stage, chance)
    subject = stage.part("module", [takes(stage, chance, factor), gas(stage, chance)])
    stage.anchor()
    return seen(chance, Setting(stage, subject))


@scene("four levels with every kind of line", 5)
def _levels(stage: Stage, chance: Random) -> Setting:
    coal, heat = fuel(stage, chance, "coal"), stage.direct()
    grid = stage.publish(stage.mix("grid", [takes(stage, chance, coal, primary=False)]))
    own = {"emission": "CO2e", "factor": heat.digest.hex()}
    part = stage.part(
        "part",
        [
            takes(stage, chance, grid),
            {**takes(stage, chance, heat), "source": own},
            gas(stage, chance),
        ],
    )
    subject = stage.part("module", [takes(stage, chance, part), published(stage, chance)])
    stage.anchor()
    return seen(chance, Setting(stage, subject))


@scene("a hidden inventory that was assured", 4)
def _hidden(stage: Stage, chance: Random) -> Setting:
    hidden = stage.part("hidden-part", [gas(stage, chance), gas(stage, chance)])
    open_ = stage.part("open-part", [gas(stage, chance)])
    subject = stage.part(
        "module", [takes(stage, chance, hidden), takes(stage, chance, open_), gas(stage, chance)]
    )
    stage.publish(stage.assurance(hidden, level=chance.choice(("limited", "reasonable"))))
    stage.anchor()
    first = next(iter(hidden.opened.lines))
    keep = chance.choice((set(), {"cells"}, {"inventoryShape", f"inventory[{first}]"}))
    return seen(chance, Setting(stage, subject, {hidden.digest: keep}))


@scene("shares between two hundredths of a percent", 4)
def _even(stage: Stage, chance: Random) -> Setting:
    """Everyday amounts whose shares are even halves of the last digit shown."""
    tenths, of_gas, of_paper = chance.choice((3, 7, 9)), _whole(chance, 2), _whole(chance, 1)
    most = 20_000 - tenths * sum(of_paper)
    measured = chance.randrange(tenths * sum(of_gas) + 1 | 1, most, 2)
    part = stage.part("part", [*_carbon(stage, of_gas), *_carbon(stage, of_paper, stated=True)])
    rest, other = Decimal(measured - tenths * sum(of_gas)) / 10, Decimal(most - measured) / 10
    lines = [stage.line(part, f"0.{tenths}", "kilogram"), *_carbon(stage, [rest])]
    module = stage.part("module", [*lines, *_carbon(stage, [other], stated=True)])
    subject = stage.part("device", [stage.line(module, amount(chance), "kilogram")])
    stage.publish(stage.assurance(chance.choice((part, module))))
    stage.anchor()
    return seen(chance, Setting(stage, subject))


def _whole(chance: Random, count: int) -> list[int]:
    return [chance.randrange(1, 500) for _ in range(count)]


def _carbon(
    stage: Stage, kilograms: Sequence[Decimal | int], *, stated: bool = False
) -> list[Json]:
    """Return a line of each mass of CO2, measured or published."""
    figure = {
        "published": "1",
        "per": "kilogram",
        "component": "fossilGhgEmissions",
        "reference": "An example, table 1",
    }
    source = figure if stated else {"gas": "CO2", "set": "AR6"}
    more: Json = {"source": source, "primary": not stated}
    return [
        stage.gas(amount={"value": f"{Decimal(mass):f}", "unit": "kilogram"}, **more)
        for mass in kilograms
    ]


@scene("several anchors", 4)
def _rows(stage: Stage, chance: Random) -> Setting:
    coal = fuel(stage, chance, "coal")
    stage.anchor()
    oil = fuel(stage, chance, "oil")
    stage.anchor()
    part = stage.part("part", [takes(stage, chance, coal), takes(stage, chance, oil)])
    subject = stage.part("module", [takes(stage, chance, part), takes(stage, chance, coal)])
    stage.anchor()
    setting = seen(chance, Setting(stage, subject))
    if chance.random() < 0.5:
        setting.adorn.append(lambda file: _tie(file, setting, part))
    return setting


@scene("a successor", 3)
def _successor(stage: Stage, chance: Random) -> Setting:
    coal = fuel(stage, chance, "coal")
    stage.anchor()
    part = stage.part("part", [takes(stage, chance, coal)])
    if chance.random() < 0.5:
        stage.anchor()  # a row of the frozen log that the successor does not take on
    frozen, following = stage.log_id, sha256(b"successor")
    stage.chain.freeze(frozen)
    stage.chain.open_log(following)
    stage.chain.mine()
    stage.chain.name_successor(frozen, 0, following)
    stage.chain.mine()
    subject = stage.part("module", [takes(stage, chance, part), takes(stage, chance, coal)])
    point = stage.checkpoint().checkpoint
    stage.chain.anchor(following, point.size, point.root)
    stage.anchored.append(point.size)
    stage.chain.mine()
    return seen(chance, Setting(stage, subject))


def _tie(file: Json, setting: Setting, statement: Statement) -> None:
    """Show a statement under a checkpoint of three entries; four were anchored."""
    stage = setting.stage
    if stage.indices.get(statement.digest, 3) >= 3:
        return
    with_notes(
        file,
        lambda line, note: (
            stage.checkpoint(3).text if digest_of(line) == statement.digest else note
        ),
    )
    more: dict[tuple[int, int], bytes] = {}

    def noted(level: int, index: int) -> bytes:
        more[level, index] = stage.node(level, index)
        return more[level, index]

    consistency_proof(3, 4, noted)
    inclusion_proof(stage.indices[statement.digest], 3, noted)
    with_nodes(file, more)


@scene("a witness policy", 2)
def _witnessed(stage: Stage, chance: Random) -> Setting:
    factor = fuel(stage, chance)
    subject = stage.part("module", [takes(stage, chance, factor), gas(stage, chance)])
    stage.anchor()
    witnesses = [witness(number) for number in range(3)]
    threshold = chance.randrange(1, 3)

    def cosign(file: Json) -> None:
        signing = witnesses[:2]
        with_notes(
            file, lambda _line, note: note + "".join(cosignature(*one, note) for one in signing)
        )

    policy = {"threshold": threshold, "witnesses": [key.vkey for key, _ in witnesses]}
    return seen(chance, Setting(stage, subject, trust={"witnessPolicy": policy}, adorn=[cosign]))


def witness(number: int) -> tuple[NoteKey, Ed25519PrivateKey]:
    """Make a witness."""
    native = Ed25519PrivateKey.generate()
    public = native.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return NoteKey(f"witness.example/{number}", public, 0x04), native


def cosignature(key: NoteKey, native: Ed25519PrivateKey, note: str, time: int = COSIGNED_AT) -> str:
    """Return a witness's signature line under a checkpoint."""
    body = note.partition("\n\n")[0] + "\n"
    signature = native.sign(f"cosignature/v1\ntime {time}\n{body}".encode())
    data = key.key_id + time.to_bytes(8) + signature
    return f"\u2014 {key.name} {base64.b64encode(data).decode()}\n"


@scene("ratings, spreads, removals and two GWP sets", 3)
def _analysed(stage: Stage, chance: Random) -> Setting:
    spread = {
        "distribution": "lognormal",
        "statedValue": "10",
        "geometricStandardDeviation": _deviation(chance),
    }
    factor = fuel(stage, chance, uncertainty=spread)
    uptake = published(stage, chance, "biogenicCO2Uptake")
    part = stage.part(
        "part",
        [
            _rated(chance, gas(stage, chance)),
            _rated(chance, removes(published(stage, chance, "technologicalCO2Removals"))),
            _rated(chance, uptake),
            freed(uptake),
            _rated(chance, published(stage, chance)),
        ],
        pcf={"biogenicCarbonContent": "0"},
    )
    old = {**gas(stage, chance), "source": {"gas": "CH4_fossil", "set": "AR5"}}
    subject = stage.part(
        "module",
        [_spread(chance, line) for line in (takes(stage, chance, factor), old)]
        + [takes(stage, chance, part)],
        pcf={"ipccCharacterizationFactors": ["AR5", "AR6"], "biogenicCarbonContent": "0"},
    )
    stage.anchor()
    return seen(chance, Setting(stage, subject))


def _rated(chance: Random, line: Json) -> Json:
    names = ("technologicalDQR", "geographicalDQR", "temporalDQR")
    return {**line, "quality": {name: str(chance.randrange(1, 6)) for name in names}}


def _spread(chance: Random, line: Json) -> Json:
    value = line["amount"]["value"]
    if chance.random() < 0.5:
        stated: Json = {
            "distribution": "lognormal",
            "geometricStandardDeviation": _deviation(chance),
        }
    else:
        part = Decimal(value) / chance.choice((4, 10, 32))
        bounds = {"lower": f"{Decimal(value) - part:f}", "upper": f"{Decimal(value) + part:f}"}
        shape = chance.choice(("normal", "uniform", "triangular"))
        percent = chance.choice(("95", "90", "68.27"))
        stated = {"distribution": shape, "interval": {**bounds, "percent": percent}}
    return {**line, "uncertainty": {"statedValue": value, **stated}}


def _deviation(chance: Random) -> str:
    return f"1.{chance.randrange(1, 99):02}"


@scene("gases all the way down", 3)
def _gases(stage: Stage, chance: Random) -> Setting:
    metal = stage.part("metal", [gas(stage, chance), gas(stage, chance)])
    part = stage.part("part", [takes(stage, chance, metal), gas(stage, chance)])
    subject = stage.part("module", [takes(stage, chance, part), takes(stage, chance, metal)])
    stage.anchor()
    return seen(chance, Setting(stage, subject))


@scene("an input superseded after it was cited", 3)
def _superseded(stage: Stage, chance: Random) -> Setting:
    old = fuel(stage, chance, "old")
    subject = stage.part("module", [takes(stage, chance, old), gas(stage, chance)])
    stage.anchor()
    words = {
        "state": "superseded",
        "reason": "A newer figure.",
        "supersededBy": "sha256:" + 32 * "5a",
    }
    said = stage.publish(stage.about("StatusStatement", old, **words))
    stage.chain.set_status(PUBLISHER, old.digest, StatusState.SUPERSEDED, said.digest)
    stage.admit("did:web:other.example", Role.SUPPLIER | Role.FACTOR_PUBLISHER)
    stage.anchor()
    return seen(chance, Setting(stage, subject))
