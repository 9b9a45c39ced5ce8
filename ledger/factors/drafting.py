"""Factor tables: what a reader makes of somebody's publication, and what it refuses.

A draft is a factor's ``credentialSubject`` (statement.md); who publishes it adds its own name and
validity and signs it like any other statement. Nothing of a table is dropped silently: what is not
a draft is a problem, with its row, its column and what to do, and both are counted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import yaml

from rootprint.calc.rounding import decimal_text
from rootprint.ledger.core.encoding import time_seconds
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import rules
from rootprint.ledger.core.schema.components import AIRCRAFT, FOSSIL, MEMO
from rootprint.ledger.core.schema.names import HEAT
from rootprint.ledger.core.tables import tables
from rootprint.ledger.factors.gwp import are_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from rootprint.ledger.factors.units import Declared

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100


@dataclass(frozen=True)
class Source:
    """A publication: ``id`` goes into the factors' URNs, the rest into their open members."""

    id: str
    publication: str
    licence: str


@dataclass(frozen=True)
class Problem:
    """Why a row is no factor. ``reason`` is a stable word to count by; rows count from 1.

    ``cell`` is its address in a workbook, empty in a CSV.
    """

    where: str
    row: int
    column: str
    reason: str
    message: str
    remedy: str
    cell: str = ""

    def __str__(self) -> str:
        cell = f" ({self.cell})" if self.cell else ""
        place = f"{self.where}, row {self.row}, column {self.column}{cell}"
        return f"{place}: {self.message} — {self.remedy}"


class Unfit(Exception):
    """Why a row is no factor: ``reported`` is its column, reason, message and remedy."""

    def __init__(self, column: str, reason: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.reported = (column, reason, message, remedy)


@dataclass(frozen=True)
class Draft:
    """A factor as its table has it: the row it stands in and its ``credentialSubject``."""

    row: int
    subject: Mapping[str, Any]


@dataclass(frozen=True)
class FactorTable:
    """What was read: ``rows`` of data, drafts and problems in the table's order.

    ``digest`` is SHA-256 of the bytes that were read; a row may be part of a factor (a gas of it),
    so drafts and problems together need not be as many as the rows. ``findings`` are of rows that
    are drafts: what somebody should look at before signing.
    """

    source: Source
    digest: str
    rows: int
    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...]
    findings: tuple[Problem, ...] = ()

    @property
    def reasons(self) -> dict[str, int]:
        """How many were refused, by reason, the most frequent first."""
        return dict(Counter(problem.reason for problem in self.problems).most_common())

    @property
    def summary(self) -> str:
        """One line: rows read, factors made, refused and why."""
        why = ", ".join(f"{count} {reason}" for reason, count in self.reasons.items())
        refused = f"{len(self.problems)} refused" + (f" ({why})" if why else "")
        look = f", {len(self.findings)} to look at" if self.findings else ""
        made = f"{self.rows} rows read, {len(self.drafts)} factors"
        return f"{self.source.id}: {made}, {refused}{look}"


@dataclass(frozen=True)
class Row:
    """One factor of a table, read and understood: what a draft is made of.

    ``value`` is kg CO2e per ``declared``; ``gases`` kg of each gas per ``declared`` (given only
    if they are the whole value); ``component`` is the one that the value belongs to, a memo flow
    among them; ``geography`` is one member of pcf. ``aircraft`` is what of the value an aircraft
    emits; ``service`` is a word of the schema where the row is of a service.
    """

    number: int
    id: str
    name: str
    description: str
    value: Decimal
    declared: Declared
    year: int
    geography: Mapping[str, str]
    boundary: str
    basis: str
    gwp_set: str
    component: str = FOSSIL
    gases: Mapping[str, Decimal] | None = None
    includes_transmission: bool | None = None
    is_transmission: bool = False
    calorific_value: str | None = None
    is_heat: bool = False
    aircraft: Decimal | None = None
    service: str | None = None


def draft(row: Row, source: Source) -> Draft:
    """Return the factor draft of a row."""
    value = decimal_text(row.value)
    components = {FOSSIL: "0", row.component: value}
    if row.aircraft is not None:
        components[AIRCRAFT] = decimal_text(row.aircraft)
    subject: dict[str, Any] = {
        "role": "factor",
        "productIds": [f"urn:rootprint:factor:{source.id}:{row.id}"],
        "productNameCompany": row.name,
        "productDescription": row.description,
        "boundary": row.boundary,
        "basis": row.basis,
        "reference": f"{source.publication}, row {row.id}",
        "licence": source.licence,
        "pcf": {
            "declaredUnitOfMeasurement": row.declared.unit,
            "declaredUnitAmount": row.declared.amount,
            "referencePeriodStart": f"{row.year}-01-01T00:00:00Z",
            "referencePeriodEnd": f"{row.year + 1}-01-01T00:00:00Z",
            **row.geography,
            **components,
            # Biogenic CO2 stands beside the total, and is added to the including one alone.
            "pcfExcludingBiogenicUptake": "0" if row.component in MEMO else value,
            "pcfIncludingBiogenicUptake": value,
            "primaryDataShare": "0",
        },
        "characterizationSets": [{"set": row.gwp_set, "share": "100"}],
    }
    if row.service is not None:
        subject["service"] = row.service
    if row.includes_transmission is not None:
        subject["includesTransmission"] = row.includes_transmission
    if row.is_transmission:
        subject["productClassifications"] = [tables().rule["transmissionClassification"]]
    elif row.is_heat:
        subject["productClassifications"] = [HEAT]
    if row.calorific_value is not None:
        subject["quantity"] = {"calorificValue": row.calorific_value}
    if row.gases and are_whole(row.gases, row.component, row.value, row.gwp_set):
        subject["gases"] = {name: decimal_text(mass) for name, mass in row.gases.items()}
    return Draft(row.number, subject)


def inventory_text(draft: Draft, *, issuer: str, valid_from: str, valid_until: str) -> str:
    """Return the draft as an inventory file (YAML), with who publishes it and for how long.

    The file is read by ``rootprint compose`` like one written by hand. Raises Refused unless the
    times are RFC 3339 in UTC, in this order, and ``issuer`` is text.
    """
    rules.text(issuer, "issuer")
    if time_seconds(valid_from, what="validFrom") >= time_seconds(valid_until, what="validUntil"):
        message = "validUntil is not later than validFrom"
        raise Refused(message)
    head = {
        "kind": "FootprintStatement",
        "issuer": issuer,
        "validFrom": valid_from,
        "validUntil": valid_until,
    }
    return yaml.safe_dump({**head, **draft.subject}, allow_unicode=True, sort_keys=False, width=100)
