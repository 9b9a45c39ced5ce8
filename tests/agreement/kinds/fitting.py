"""Statements that no longer fit each other, each of them well-formed and signed.

What compose would refuse is signed all the same: another boundary, unit, period, set, product;
a line that cites another statement; an assurance that concludes otherwise.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import digest_text
from tests.agreement.kinds.registry import kind
from tests.agreement.making import Json, Making, Nothing, Setting
from tests.support.world import AUDITOR, PUBLISHER, SUPPLIER

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.agreement.stage import Parts

FAITHLESS = 0.7  # how often what cites the statement does not follow its change
_BOUNDARIES = ("cradle-to-gate", "cradle-to-grave", "gate-to-gate", "gate-to-grave")
_UNITS = ("kilogram", "piece", "liter", "kilowatt hour", "ton kilometer", "kilometer", "hour")
_TIMES = (
    "2014-01-01T00:00:00Z", "2019-12-31T23:59:59Z", "2020-01-01T00:00:00Z", "2022-06-30T00:00:00Z",
    "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2031-01-01T00:00:00Z",
)  # fmt: skip


@kind("statements that do not fit, signed", 3)
def _terms(making: Making) -> None:
    _edited(making, "payload", _other_terms)


@kind("statements that do not fit, signed", 2)
def _lines(making: Making) -> None:
    _edited(making, "disclosure", _other_line)


@kind("statements that do not fit, signed")
def _validity(making: Making) -> None:
    def change(value: Json, chance: Random, _parts: Parts) -> None:
        name = chance.choice(("validFrom", "validUntil"))
        early = ("2026-09-21T14:13:20Z", "2026-09-21T14:13:21Z", "2026-09-21T14:13:22Z")
        value[name] = chance.choice((*early, "2027-01-01T00:00:00Z", "2020-01-01T00:00:00Z"))

    _edited(making, "payload", change)


@kind("another conclusion, signed", 3)
def _assurances(making: Making) -> None:
    """An assurance, where the scene has one, concludes otherwise or is about another statement."""

    def change(value: Json, chance: Random, parts: Parts) -> None:
        about = [digest_text(one.digest) for one in parts.stage.published]
        forms: tuple[tuple[str, Any], ...] = (
            ("outcome", "adverse"),
            ("outcome", "adverse"),
            ("includesInventory", False),
            ("coverage", "programme"),
            ("level", "reasonable"),
            ("statement", chance.choice(about)),
            ("materialityPercent", chance.choice(("100", "100.0", "0", "100.1"))),
        )
        name, new = chance.choice(forms)
        value["credentialSubject"][name] = new

    _of_kind(making, "AssuranceStatement", change)


@kind("another conclusion, signed")
def _status(making: Making) -> None:
    """A status statement, where the scene has one, says another state or names another."""

    def change(value: Json, chance: Random, parts: Parts) -> None:
        subject = value["credentialSubject"]
        way = chance.randrange(3)
        if way == 0:
            subject.update(state="withdrawn")
            subject.pop("supersededBy", None)
        elif way == 1:
            subject["statement"] = digest_text(chance.choice(parts.stage.published).digest)
        else:
            value["issuer"] = chance.choice((AUDITOR, SUPPLIER, PUBLISHER))

    _of_kind(making, "StatusStatement", change)


def _edited(making: Making, place: str, change: Callable[[Json, Random, Parts], None]) -> None:
    """Change the payload, or one disclosed line, as JSON, and sign it again."""
    later = making.later()

    def hook(parts: Parts) -> None:
        chance = later()
        if place == "payload":
            value = json.loads(parts.payload)
            change(value, chance, parts)
            parts.payload = _written(value)
            return
        lines = [place for place, text in enumerate(parts.disclosures) if '"source":' in text]
        if not lines:
            raise Nothing
        number = chance.choice(lines)
        salt, line = json.loads(parts.disclosures[number])
        change(line, chance, parts)
        parts.disclose(number, _written([salt, line]))

    if making.chance.random() < FAITHLESS:
        making.hide()
    making.signing(hook)


def _of_kind(making: Making, name: str, change: Callable[[Json, Random, Parts], None]) -> None:
    """Change every statement of a kind; raises Nothing where the scene has none."""
    later, found = making.later(), [False]

    def hook(parts: Parts) -> None:
        value = json.loads(parts.payload)
        if value["type"][-1] == name:
            found[0] = True
            change(value, later(), parts)
            parts.payload = _written(value)

    def world(_setting: Setting) -> None:
        if not found[0]:
            raise Nothing

    for number in range(making.statements):
        making.signing(hook, number)
    making.world(world)


def _other_terms(value: Json, chance: Random, parts: Parts) -> None:
    subject = value["credentialSubject"]
    if "pcf" not in subject:
        raise Nothing
    if chance.random() < 0.1:
        value["issuer"] = chance.choice((SUPPLIER, PUBLISHER, AUDITOR))
        parts.key = parts.stage.keys[value["issuer"]]
        parts.header = _written({**json.loads(parts.header), "kid": parts.key.public.kid})
        return
    chance.choice((_kind, _unit, _period, _sets, _amount, _tables))(subject, chance)


def _kind(subject: Json, chance: Random) -> None:
    name, values = chance.choice(
        (
            ("boundary", _BOUNDARIES),
            ("basis", ("life-cycle", "direct-only")),
            ("productIds", (["urn:example:other"], ["urn:example:fuel"])),
        )
    )
    subject[name] = chance.choice(values)


def _unit(subject: Json, chance: Random) -> None:
    subject["pcf"]["declaredUnitOfMeasurement"] = chance.choice(_UNITS)
    if subject["role"] == "factor":
        subject["includesTransmission"] = chance.random() < 0.5


def _period(subject: Json, chance: Random) -> None:
    start, end = sorted(chance.sample(_TIMES, 2))
    subject["pcf"].update(referencePeriodStart=start, referencePeriodEnd=end)


def _sets(subject: Json, chance: Random) -> None:
    shares = chance.choice((("100.0000",), ("50.0000", "50.0000"), ("0.0000", "100.0000")))
    names = chance.sample(("AR4", "AR5", "AR5-28", "AR6", "unstated"), len(shares))
    subject["characterizationSets"] = [
        {"set": name, "share": share} for name, share in zip(names, shares, strict=True)
    ]
    if chance.random() < 0.75:  # else most of them are refused where they are read
        subject["pcf"]["ipccCharacterizationFactors"] = ["AR4", "AR5", "AR6"]


def _amount(subject: Json, chance: Random) -> None:
    subject["pcf"]["declaredUnitAmount"] = chance.choice(("2", "0.5", "1.0", "1000"))


def _tables(subject: Json, chance: Random) -> None:
    if "computedWith" not in subject:
        raise Nothing
    other = "sha256:" + "5a" * 32
    if chance.random() < 0.5:
        subject["computedWith"]["rule"] = {"id": "other", "digest": other}
    else:
        subject["computedWith"]["tables"] = other


def _other_line(line: Json, chance: Random, parts: Parts) -> None:
    source = line["source"]
    digests = [digest_text(one.digest) for one in parts.stage.published]
    cites = next((name for name in ("statement", "factor") if name in source), None)
    way = chance.randrange(8)
    if way == 0 and cites and digests:
        source[cites] = chance.choice((*digests, "sha256:" + "5a" * 32))
    elif way == 1 and cites:
        source["issuer"] = chance.choice((SUPPLIER, PUBLISHER))
    elif way == 2 and cites:
        source["productId"] = "urn:example:other"
    elif way == 3 and cites == "statement":
        line["source"] = {**source, "emission": "CO2e", "factor": source["statement"]}
        del line["source"]["statement"]
    elif way == 4 and cites == "factor":
        line["source"] = {**source, "statement": source["factor"]}
        del line["source"]["factor"], line["source"]["emission"]
    elif way == 5:
        line["amount"]["unit"] = chance.choice((*_UNITS, "gram", "pound", "foot", "kg", "Kg"))
    elif way == 6:
        line["primary"] = not line["primary"]
    else:
        line["quality"] = dict.fromkeys(
            ("technologicalDQR", "geographicalDQR", "temporalDQR"), chance.choice("12345")
        )


def _written(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
