"""Figures and words of the signed content, signed again: what only checks 7 to 9 can tell."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import names
from rootprint.ledger.core.schema.components import COMPONENTS
from rootprint.ledger.core.schema.kinds import SUBJECTS
from rootprint.ledger.core.schema.line import ALLOCATION_METHODS
from rootprint.ledger.core.schema.rules import is_decimal
from rootprint.ledger.core.tables import tables
from tests.agreement.jsontext import NUMBER, STRING, WORD, Token
from tests.agreement.kinds.registry import kind
from tests.agreement.kinds.rewriting import changed, pick, quoted, signed
from tests.agreement.making import Making, Nothing
from tests.mutations.changes import json_changes
from tests.support.world import AUDITOR, AUTHORITY, PUBLISHER, SUPPLIER

if TYPE_CHECKING:
    from random import Random

VOCABULARIES: tuple[tuple[str, ...], ...] = (
    names.STAGES,
    COMPONENTS,
    names.REGIONS,
    (*names.DECLARED_UNITS, "kilometer", "US dollar of 2022", "gram", "kg", "tonne", "mile"),
    ("cradle-to-gate", "cradle-to-grave", "gate-to-gate", "gate-to-grave"),
    ("life-cycle", "direct-only"),
    ("product", "factor", "attested", "calculation-model", "programme"),
    (*names.GWP_SETS, names.UNSTATED, "AR3"),
    tuple(tables().gwp) if isinstance(tables().gwp, dict) else (),
    ("CO2", "CH4_fossil", "CH4_non_fossil", "N2O", "SF6", "CO2_uptake", "CO2_captured", "CH4",
     "CO2_biogenic", "CO2_technological_removal"),
    ("limited", "reasonable"),
    ("positive", "adverse"),
    ("withdrawn", "superseded"),
    ("lognormal", "normal", "uniform", "triangular"),
    (*ALLOCATION_METHODS, "waste"),
    ("grid", "contract", "own", "residual"),
    ("dry", "wet", "net", "gross", *names.STATES),
    (*names.SERVICES, "freight"),
    ("retrospective", "prospective"),
    ("electricity", "heat", "hydrogen"),
    (SUPPLIER, PUBLISHER, AUDITOR, AUTHORITY),
    tuple(SUBJECTS),
    ("2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z",
     "2015-01-01T00:00:00Z", "2019-01-01T00:00:00Z", "2023-06-01T00:00:00Z",
     "2026-09-21T14:13:20Z"),
)  # fmt: skip


@kind("another figure, signed", 3)
def _figure(making: Making) -> None:
    signed(making, making.chance.choice(("payload", "disclosure", "disclosure")), _nudged)


def _nudged(text: str, chance: Random) -> str:
    token = pick(
        text,
        chance,
        lambda token, now: (
            token.kind in {NUMBER, WORD} or (token.kind == STRING and is_decimal(json.loads(now)))
        ),
    )
    now = token.of(text)
    if token.kind == WORD:
        return token.put(text, {"true": "false", "false": "true"}.get(now, "true"))
    if token.kind == NUMBER:
        return token.put(text, str(int(now) + chance.choice((-1, 1, 2, 9, 20))))
    return changed(text, token.put(text, quoted(_other(json.loads(now), chance))))


def _other(decimal: str, chance: Random) -> str:
    """Return a decimal near it, far from it, or the same one in another spelling."""
    value = Decimal(decimal)
    places = -int(value.as_tuple().exponent)
    unit = Decimal(1).scaleb(-places)
    forms = (
        value + unit, value - unit, value * 10, value / 10, -value, value * Decimal("1.001"),
        value * Decimal("1.0004"), value + 50 * unit, Decimal(0), value * Decimal("0.999"),
    )  # fmt: skip
    text = f"{chance.choice(forms):f}"
    padded = f"{decimal}0" if "." in decimal else f"{decimal}.0"
    return chance.choice((text, text, text, padded, decimal.rstrip("0").rstrip(".") or "0"))


@kind("another word, signed", 3)
def _word(making: Making) -> None:
    signed(making, making.chance.choice(("payload", "disclosure", "disclosure")), _reworded)


def _reworded(text: str, chance: Random) -> str:
    def wanted(token: Token, now: str) -> bool:
        return token.kind in {STRING, "name"} and any(now[1:-1] in words for words in VOCABULARIES)

    token = pick(text, chance, wanted)
    now = token.of(text)[1:-1]
    words = chance.choice([words for words in VOCABULARIES if now in words])
    return _sorted(changed(text, token.put(text, quoted(chance.choice(words)))))


@kind("another structure, signed", 2)
def _structure(making: Making) -> None:
    """Any path of the signed JSON changed as tests/mutations changes it, signed again."""

    def rewrite(text: str, chance: Random) -> str:
        value = json.loads(text)
        change = chance.choice(list(json_changes(value)))
        try:
            return changed(text, encode(change.to(value)).decode())
        except Refused as error:
            raise Nothing from error

    signed(making, making.chance.choice(("payload", "payload", "disclosure")), rewrite)


def _sorted(text: str) -> str:
    """Write the JSON canonically: what was changed may be a member's name."""
    value: Any = json.loads(text)
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
