"""A variant pool's draft, from a small file: a base number, its variants, what was made of each.

The remainder is not asked for: it is what the variants leave of the base number and of what was
produced under it (law 5). A maker composes base and variants first, and signs the variants last.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.allocation import plain_decimal
from rootprint.calc.errors import RootprintError
from rootprint.calc.laws import left_by, why_not_one_pool
from rootprint.calc.rounding import decimal_text
from rootprint.ledger import figures
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.schema import names, rules
from rootprint.ledger.core.schema.hidden import VARIANT_CODE
from rootprint.ledger.core.schema.kinds import FOOTPRINT, POOL
from rootprint.ledger.intake.citing import cited_record
from rootprint.ledger.intake.inventory.collect import collect
from rootprint.ledger.intake.inventory.problems import FileProblems
from rootprint.ledger.intake.inventory.urns import small
from rootprint.ledger.intake.inventory.yamlfile import read_yaml_inventory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake.inventory import Problem
    from rootprint.ledger.intake.inventory.problems import Faults
    from rootprint.ledger.intake.resolving import Resolve

_VARIANT: Final = rules.Members(
    {
        "code": VARIANT_CODE,
        "volume": rules.positive,
        "value": rules.decimal,
    },
    {},
)
_FILE: Final = rules.Members(
    {
        "kind": rules.one_of(POOL),
        "issuer": rules.text,
        "validFrom": rules.time,
        "validUntil": rules.time,
        "base": rules.text,
        "reason": rules.one_of(*names.VARIANT_REASONS),
        "variants": rules.array(_VARIANT, most=rules.MAX_SLOTS - 1),
    },
    {"product": rules.urn, "unit": rules.text},
)
_MADE: Final = "producedAmount"
_STATE: Final = "state it in the base's inventory, publish that anew and supersede this one"
_COMPARE: Final = "compare volumes and values with the composed drafts"


@dataclass(frozen=True)
class PoolFile:
    """A pool as its maker writes it, well-formed and not yet compared with its base number.

    ``issuer`` is a DID or a short name, ``base`` the name of the base number (``--input
    NAME=sha256:…``), ``reason`` why there are variants, ``codes`` theirs in the file's order.
    """

    members: Mapping[str, Any]
    faults: Faults

    @property
    def issuer(self) -> str:
        """Whose pool it is."""
        return str(self.members["issuer"])

    @property
    def base(self) -> str:
        """What the base number is called."""
        return str(self.members["base"])

    @property
    def reason(self) -> str:
        """Why there are variants."""
        return str(self.members["reason"])

    @property
    def codes(self) -> tuple[str, ...]:
        """The variants' codes."""
        return tuple(one["code"] for one in self.members["variants"])


def read_pool(data: bytes, *, where: str) -> PoolFile:
    """Read a pool's file (YAML), which ``where`` names.

    Raises TooLarge for what is too long, FileProblems with all that is wrong in it.
    """
    document = read_yaml_inventory(data, where=where)
    members: dict[str, Any] = dict(document.members)
    if "product" in members:
        members["product"] = small(members["product"])
    collect(_FILE, members, (), document.faults)
    document.faults.settle(FileProblems)
    return PoolFile(members, document.faults)


def pool_draft(
    pool: PoolFile,
    issuer: str,
    resolve: Resolve,
    tell: Callable[[Problem], None] = lambda _finding: None,
) -> dict[str, Any]:
    """Return the draft of a variant pool for ``ledger.core.seal.seal``.

    ``resolve`` gives the signed statement behind the base's name; ``tell`` is called with each
    finding. Raises FileProblems with what is wrong, and what ``resolve`` raises.
    """
    faults, members = pool.faults, pool.members
    base = cited_record(pool.base, resolve, FOOTPRINT)
    made = _produced(base, issuer, faults)
    product = members.get("product", base.subject["productIds"][0])
    if product not in base.subject["productIds"]:
        faults.add(("product",), "is none of the base's productIds", "name one of them")
    unit = _unit(members.get("unit", made["unit"]), base, made, faults)
    rows = [
        {"variant": one["code"], "volume": one["volume"], "value": one["value"]}
        for one in members["variants"]
    ]
    rows.append(_remainder(rows, base, (unit, made), faults))
    why = why_not_one_pool(figures.pool_rows(rows), figures.base_number(base.subject))
    if why is not None:
        faults.add(("variants",), f"are not the base number apart: {why}", _COMPARE)
    faults.settle(FileProblems)
    for finding in faults.findings:
        tell(finding)
    return {
        "type": POOL,
        "issuer": issuer,
        "validFrom": members["validFrom"],
        "validUntil": members["validUntil"],
        "credentialSubject": {
            "product": product,
            "base": digest_text(base.digest),
            "unit": unit,
            "rows": rows,
        },
    }


def _produced(base: Statement, issuer: str, faults: Faults) -> Mapping[str, str]:
    """Return how much was produced under the base number, which a pool parts."""
    path = ("base",)
    if base.issuer != issuer:
        faults.add(path, f"is a footprint of {base.issuer}", "name one of your own")
    if "variant" in base.subject:
        faults.add(path, "is a variant itself", "name the number that variants are parted from")
    made: Mapping[str, str] | None = base.opened.single(_MADE)
    if made is None:
        faults.add(path, "does not show how much was produced (producedAmount)", _STATE)
    faults.settle(FileProblems)
    return made or {}


def _unit(given: str, base: Statement, made: Mapping[str, str], faults: Faults) -> str:
    """Return the full name of the unit of volumes."""
    units, unit = figures.unit_table(), given
    try:
        unit = units.named(given)
        units.factor(unit, made["unit"])
        units.factor(unit, base.subject["pcf"]["declaredUnitOfMeasurement"])
    except RootprintError as error:
        faults.add(("unit",), f"is not usable: {error.args[0]}", error.remedy)
    faults.settle(FileProblems)
    return unit


def _remainder(
    rows: list[dict[str, str]],
    base: Statement,
    produced: tuple[str, Mapping[str, str]],
    faults: Faults,
) -> dict[str, str]:
    """Return the row of what the variants leave; its number is the only one that adds up."""
    unit, made = produced
    parted = figures.pool_rows(rows)
    given = sum((one.volume for one in parted), Fraction(0))
    whole = Fraction(figures.volume_in(figures.exact(made["value"]), made["unit"], unit))
    volume = plain_decimal(whole - given)
    total = given + Fraction(volume)
    if volume < 0:
        what = f"have more than {decimal_text(plain_decimal(whole))} {unit}, which were produced"
        faults.add(("variants",), what, "give of each what was made in the reference period")
    elif Fraction(figures.volume_in(total, unit, made["unit"])) != figures.exact(made["value"]):
        faults.add(("unit",), "can't say exactly what was produced", f"use {made['unit']}")
    faults.settle(FileProblems)
    if not volume:
        return {"volume": "0", "value": "0"}
    number = figures.base_number(base.subject)
    left = left_by(parted, number, total)
    if left < 0 <= number.total:
        faults.find(("variants",), "leave less than nothing of the base number", _COMPARE)
    return {"volume": decimal_text(volume), "value": decimal_text(left)}
