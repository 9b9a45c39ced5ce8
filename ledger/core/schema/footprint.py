"""FootprintStatement's ``credentialSubject``: the closed member list of version 2.

What a product, a factor and an attested figure must say differ; everything else is the same kind.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.encoding import b64url_bytes
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import names, parts, pcf, rules, service
from rootprint.ledger.core.schema.components import WHOLES
from rootprint.ledger.core.schema.hidden import FOOTPRINT_HIDDEN, VARIANT_CODE, open_form
from rootprint.ledger.core.schema.rules import array, boolean, members, one_of, text

if TYPE_CHECKING:
    from rootprint.ledger.core.canonical import Json

MIN_LINE_DIGITS: Final = 9
MAX_LINE_DIGITS: Final = 30
ROLES: Final = ("product", "factor", "attested")
_GATES: Final = ("cradle-to-gate", "cradle-to-grave")
_BOUNDARIES: Final = (*_GATES, "gate-to-gate", "gate-to-grave")


def _bytes(size: int) -> rules.Rule:
    def rule(value: Json, path: str) -> None:
        if not isinstance(value, str) or len(b64url_bytes(value, what=path)) != size:
            rules.refuse(path, f"{size} bytes in base64url")

    return rule


_computed_with = members(
    {
        "rule": parts.pack,
        "tables": rules.digest,
        "lineDigits": rules.integer(MIN_LINE_DIGITS, MAX_LINE_DIGITS),
        "digits": rules.integer(3, 30),
        "tool": text,
    },
    {"model": rules.digest, "matrix": rules.digest},
)
_variant = members(
    {
        "reason": one_of(*names.VARIANT_REASONS),
        "code": VARIANT_CODE,
    },
    {"pool": rules.digest},
)
_interpretation = members(
    {},
    {
        "conclusions": text,
        "sensitivity": array(text, most=64),
        "limitations": array(text, most=64),
        "valueChoices": array(text, most=64),
    },
)
_process = members({"record": rules.digest, "row": rules.integer(0, rules.MAX_SLOTS - 1)})
_partner = members(
    {
        "name": text,
        "productIds": array(text, most=64, unique=True),
        "document": rules.digest,
        "receivedAt": rules.time,
        "specVersion": text,
    }
)
_inventory = {name: open_form(FOOTPRINT_HIDDEN, name) for name in ("inventory", "inventoryShape")}
_common = {
    "productIds": array(rules.urn, most=64, unique=True),
    "productNameCompany": text,
    "characterizationSets": array(
        members({"set": one_of(*names.GWP_SETS, names.UNSTATED), "share": rules.percent}), most=8
    ),
}
_of_any = {
    "productClassifications": array(rules.urn, most=64, unique=True),
    "precedingStatements": array(rules.digest, most=64, unique=True),
    "extensions": array(
        members(
            {"specVersion": text, "dataSchema": text, "data": lambda _value, _path: None},
            {"documentation": text},
        ),
        most=16,
    ),
    "service": one_of(*names.SERVICES),
    "sites": array(rules.urn, most=64, unique=True),
    "outlook": one_of("retrospective", "prospective"),
    "variant": _variant,
    "functionalUnit": parts.functional_unit,
    "chainOfCustody": parts.custody,
    "interpretation": _interpretation,
    "quantity": parts.quantity,
    # The output and the proof of ECVRF-P256-SHA256-TAI (RFC 9381 section 5.5).
    "pseudonym": members({"value": _bytes(32), "proof": _bytes(81)}),
    "evidence": open_form(FOOTPRINT_HIDDEN, "evidence"),
    "uncertainty": open_form(FOOTPRINT_HIDDEN, "uncertainty"),
    "gases": open_form(FOOTPRINT_HIDDEN, "gases"),
}
_computed = {
    "process": _process,
    "cells": open_form(FOOTPRINT_HIDDEN, "cells"),
    "outputUncertainty": open_form(FOOTPRINT_HIDDEN, "outputUncertainty"),
    "producedAmount": open_form(FOOTPRINT_HIDDEN, "producedAmount"),
}
_product = members(
    {
        **_common,
        **_inventory,
        "role": one_of("product"),
        "productDescription": text,
        "boundary": one_of(*_GATES),
        "basis": one_of("life-cycle"),
        "pcf": pcf.PRODUCT,
        "computedWith": _computed_with,
        "cells": _computed["cells"],
    },
    {**_of_any, **_computed, "reference": text, "licence": text},
)
_factor = members(
    {
        **_common,
        "role": one_of("factor"),
        "boundary": one_of(*_BOUNDARIES),
        "basis": one_of("life-cycle", "direct-only"),
        "reference": text,
        "licence": text,
        "pcf": pcf.FACTOR,
    },
    {
        **_of_any,
        **_computed,
        **_inventory,
        "productDescription": text,
        "includesTransmission": boolean,
        "computedWith": _computed_with,
    },
)
_attested = members(
    {
        **_common,
        "role": one_of("attested"),
        "productDescription": text,
        "boundary": one_of(*_GATES),
        "basis": one_of("life-cycle"),
        "partner": _partner,
        "pcf": pcf.ATTESTED,
    },
    {**_of_any, "includesTransmission": boolean, "reference": text, "licence": text},
)
_LISTS = dict(zip(ROLES, (_product, _factor, _attested), strict=True))


def rule_of(role: Json) -> rules.Rule | None:
    """Return the member list of a role, None for a role that does not exist."""
    return _LISTS.get(role) if isinstance(role, str) else None


def subject(value: Json, path: str) -> None:
    """Check a FootprintStatement's subject; raises Refused with the path of the first fault."""
    role = value.get("role") if isinstance(value, dict) else None
    rule = rule_of(role)
    if rule is None:
        rules.refuse(f"{path}.role", "product, factor or attested")
    rule(value, path)
    together(value, path)


def together(value: dict[str, Json], path: str) -> None:
    """Check what no member can tell alone, of a subject whose members keep their rules."""
    if value["role"] == "factor":
        _factor_together(value, path)
    for rest in TOGETHER:
        rest(value, path)


def _map(value: Any, name: str) -> dict[str, Any]:
    """Return a member that is a JSON object; nothing of one that is absent or faulty itself."""
    given = value.get(name)
    return given if isinstance(given, dict) else {}


def _texts(given: Any) -> list[str]:
    """Return a list of texts; nothing of what is no list of texts alone."""
    alone = isinstance(given, list) and all(isinstance(one, str) for one in given)
    return given if alone else []


def _sets(value: Any) -> list[str]:
    """Return the GWP sets that ``characterizationSets`` names, as far as it is in form."""
    given = value.get("characterizationSets")
    items = given if isinstance(given, list) else []
    return _texts([item.get("set") if isinstance(item, dict) else None for item in items])


def _one_geography(value: Json, path: str) -> None:
    group = value.get("pcf")
    if isinstance(group, dict) and sum(name in group for name in pcf.GEOGRAPHY) != 1:
        rules.refuse(f"{path}.pcf", f"with exactly one of {', '.join(pcf.GEOGRAPHY)}")


def _period_in_order(value: Json, path: str) -> None:
    group = _map(value, "pcf")
    period = _texts([group.get("referencePeriodStart"), group.get("referencePeriodEnd")])
    if period != sorted(period):
        rules.refuse(f"{path}.pcf.referencePeriodEnd", "at or after the reference period's start")


def _each_set_once(value: Json, path: str) -> None:
    sets = _sets(value)
    if len(set(sets)) != len(sets):
        rules.refuse(f"{path}.characterizationSets", "naming each set once")


def _sets_are_named(value: Json, path: str) -> None:
    """PACT's own attribute names every report that the footprint rests on, so no mix is silent."""
    member = "ipccCharacterizationFactors"
    given = _map(value, "pcf").get(member)
    reports = {names.REPORT_OF[name] for name in _sets(value) if name in names.REPORT_OF}
    left_out = sorted(reports - set(_texts(given)))
    if left_out and _texts(given) == given:
        message = (
            f"{path}.pcf.{member} leaves out {', '.join(left_out)}, on which characterizationSets"
            " says that it rests"
        )
        raise Refused(message, remedy="name every report, or bring all lines to one GWP set")


def _transmission_is_said(value: Json, path: str) -> None:
    """Electricity says whether transmission is in it; a fuel and heat are no electricity."""
    fuel = "calorificValue" in _map(value, "quantity")
    said = "includesTransmission" in value
    if fuel and said:
        message = f"{path} says includesTransmission of a quantity by its calorific value"
        raise Refused(message, remedy="leave it out: it is a word about electricity, and no fuel's")
    unit = _map(value, "pcf").get("declaredUnitOfMeasurement")
    heat = names.HEAT in _texts(value.get("productClassifications"))
    per_kwh = unit == "kilowatt hour" and value.get("basis") == "life-cycle"
    if value.get("role") == "factor" and per_kwh and not (said or fuel or heat):
        rules.refuse(
            path,
            "complete: a factor per kilowatt hour says includesTransmission, or of a fuel"
            f" quantity.calorificValue, or of heat the classification {names.HEAT}",
        )


def _no_part_beyond_its_whole(value: Json, path: str) -> None:
    group = _map(value, "pcf")
    for part, whole in WHOLES.items():
        if part not in group:
            continue
        # The first of a whole is only absent where that is a fault itself; another absent one is 0.
        texts = [group[part], group.get(whole[0]), *(group[n] for n in whole[1:] if n in group)]
        if not all(map(rules.is_decimal, texts)):
            continue
        most = sum(map(Fraction, texts[1:]), Fraction(0))
        if Fraction(texts[0]) > most:
            message = f"{path}.pcf.{part} is more than {' + '.join(whole)}, of which it is a part"
            raise Refused(message, remedy="a part is counted in its whole too: correct one of them")


# What no member can tell alone. A faulty file is asked too, for all its faults at once: of a member
# that is absent or not in form nothing is said here, as its own rule says it.
TOGETHER: Final = (
    _one_geography,
    _period_in_order,
    _each_set_once,
    _sets_are_named,
    _transmission_is_said,
    _no_part_beyond_its_whole,
    service.fits_its_kind,
)
_COME_TOGETHER: Final = ("inventory", "inventoryShape", "cells", "computedWith")


def _factor_together(value: dict[str, Json], path: str) -> None:
    there = value.keys() & set(_COME_TOGETHER)
    if there and len(there) != len(_COME_TOGETHER):
        rules.refuse(path, f"complete: {', '.join(_COME_TOGETHER)} come together")
    if value["pcf"]["primaryDataShare"] != "0":
        rules.refuse(f"{path}.pcf.primaryDataShare", '"0", as a factor is secondary data')
