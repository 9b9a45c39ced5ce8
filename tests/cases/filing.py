"""What the cases of the laws are written with: files as mappings, and what composing says."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.intake import compose_file
from tests.intake.drafts import gas, line, product
from tests.support.processes import composed

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake.drafts import Draft
    from tests.intake.place import Place

File = dict[str, Any]
EXCLUDING, INCLUDING = "pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake"
REMOVAL = {"method": "weighed at the injection well", "evidence": "a report, fictional"}
STORED = {**REMOVAL, "stored": {"value": "1000", "unit": "kg"}}


def cited(name: str, value: str, unit: str = "kg", **more: Any) -> File:
    """A line that takes an input of this name."""
    return line({"input": name}, value, unit, **more)


def published(value: str, per: str = "kg", component: str = "fossilGhgEmissions",
              **more: Any) -> File:  # fmt: skip
    """A line of one of what a printed figure is per, or of ``amount`` of it."""
    source = {"published": value, "per": per, "component": component, "reference": "a table, row 1"}
    return line(source, more.pop("amount", "1"), more.pop("unit", per), **more)


def named(name: str, *lines: File, pcf: File | None = None, **changes: Any) -> File:
    """A product's file with a product id of its own."""
    return product(*lines, pcf=pcf, productIds=[f"urn:example:{name}"], productNameCompany=name,
                   **changes)  # fmt: skip


def draft(file: File, **inputs: Statement) -> Draft:
    """Compose by the base rule pack."""
    return compose_file(json.dumps(file).encode(), inputs)


def told(file: File, **inputs: Statement) -> str:
    """Return what composing found, or why it refused, as one text."""
    try:
        made = draft(file, **inputs)
    except Refused as error:
        return str(error)
    said = [f"{one.member} {one.what}" for one in made.notes]
    return "\n".join([*said, *(f"{one.id} {one.found}" for one in made.broken)])


def refused(file: File, **inputs: Statement) -> str:
    """Return why composing refused."""
    with pytest.raises(Refused) as caught:
        draft(file, **inputs)
    return str(caught.value)


def pcf(file: File, **inputs: Statement) -> dict[str, Any]:
    """Return the footprint's members."""
    found: dict[str, Any] = draft(file, **inputs).content["credentialSubject"]["pcf"]
    return found


def total(file: File, name: str = EXCLUDING, **inputs: Statement) -> Fraction:
    return Fraction(pcf(file, **inputs)[name])


def put(place: Place, file: File, **inputs: Statement) -> Statement:
    """Compose, sign and publish."""
    return place.published(draft(file, **inputs).content)


def factor(place: Place, name: str, value: str, unit: str = "kilogram", **more: Any) -> Statement:
    """Publish a factor of one component, or of the components and totals in ``pcf``."""
    stated = {"fossilGhgEmissions": value, EXCLUDING: value, INCLUDING: value,
              "declaredUnitOfMeasurement": unit, **more.pop("pcf", {})}  # fmt: skip
    if unit == "kilowatt hour":
        more.setdefault("includesTransmission", True)
    said = {member: value for member, value in more.items() if value is not None}
    return place.factor(name, pcf=stated, **said)


def walked(place: Place, subject: Statement) -> Any:
    """Anchor, and return the report as JSON."""
    place.anchor()
    return json.loads(json.dumps(place.walk(subject).json()))


__all__ = [
    "EXCLUDING", "INCLUDING", "REMOVAL", "STORED", "cited", "composed", "draft", "factor", "gas",
    "line", "named", "pcf", "product", "published", "put", "refused", "told", "total", "walked",
]  # fmt: skip
