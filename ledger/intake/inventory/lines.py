"""Activity lines: their closed list of members, and the shorthands that expand to a signed line.

What a statement's line says is ledger.core.schema.line's; here are the few words with which a
person says it: ``transport`` (mass and distance apart) and ``defaultFor`` (a default that stands in
for data not given). ``pedigree`` becomes a spread when the line is composed, since only then its
amount is known.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.allocation import plain_decimal
from rootprint.calc.errors import CalculationError
from rootprint.calc.rounding import decimal_text
from rootprint.calc.uncertainty import from_pedigree, spread
from rootprint.ledger import figures
from rootprint.ledger.core.schema import parts, rules
from rootprint.ledger.core.schema.components import NEGATIVE
from rootprint.ledger.core.schema.line import LINE, SOURCES, SUBSTITUTED
from rootprint.ledger.core.schema.names import STAGES
from rootprint.ledger.core.schema.rules import mapping, members, one_of, text
from rootprint.ledger.core.tables import tables
from rootprint.ledger.intake.inventory.closest import closest
from rootprint.ledger.intake.inventory.collect import collect
from rootprint.ledger.intake.inventory.credits import DISPLACED, credited
from rootprint.ledger.intake.inventory.gases import nearest_gas
from rootprint.ledger.intake.inventory.masses import named_masses

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.intake.inventory.problems import Faults, Path

_AMOUNT: Final = members({"value": rules.positive, "unit": text})
_CITING: Final = {
    "input": members({"input": text}),
    "emission": members({"emission": one_of("CO2e"), "factor": text}),
}
_SOURCES: Final = {
    **_CITING,
    **{name: SOURCES[name] for name in ("gas", "published", "balance", "landUseChange")},
}
_anything: rules.Rule = lambda _value, _path: None  # noqa: E731 - judged on its own, below
_RULE: Final = rules.Members(
    {"stage": one_of(*STAGES), "description": text, "source": _anything, "primary": rules.boolean},
    {
        "amount": parts.line_amount,
        "transport": members({"mass": _AMOUNT, "distance": _AMOUNT}),
        "electricity": LINE.known["electricity"],
        "defaultFor": text,
        "output": text,
        "pedigree": members(
            {
                "version": text,
                "basic": text,
                "scores": mapping(text, rules.integer(1, 5)),
            },
            {"group": text},
        ),
        **{
            name: LINE.known[name]
            for name in ("quality", "uncertainty", "allocation", "evidence", "removal", "circular")
        },
        # The claim is named like an input; the signed line has its digest.
        "certificate": members(
            {"registry": text, "id": text, "MWh": rules.positive}, {"claim": text}
        ),
    },
)
_SHORTHANDS: Final = {"transport", "defaultFor"}
_PUBLISHED_BY: Final = "name the publication, its table and row: a bare figure can't be followed"
CO2_APART: Final = "leave the stream out, and state what is captured with its removal"
_NO_OFFSET: Final = "an offset or credit has no place in a footprint: leave such a line out"
_OFFSETS: Final = re.compile("offset|credit|compensat", re.IGNORECASE)


def read_line(value: Any, path: Path, faults: Faults) -> dict[str, Any] | None:
    """Return a line with its shorthands expanded, its amount still as given.

    None if not even its source can be read. Where anything is wrong with it, ``faults`` has it, and
    only the source is to be relied on. ``output``, which is not part of a signed line, stays for
    the process to read.
    """
    value = credited(value, path, faults)
    collect(_RULE, value, path, faults, absent=("source",))
    if not isinstance(value, dict):
        return None
    _check_source(value.get("source"), (*path, "source"), faults)
    _check_amount(value, path, faults)
    line = {name: member for name, member in value.items() if name not in _SHORTHANDS}
    if "transport" in value and not faults.within((*path, "transport")):
        line["amount"] = _transport(value["transport"], (*path, "transport"), faults)
    # Each is judged where its own parts are sound, whatever else is wrong with the line.
    if "amount" in line and not faults.within((*path, "amount")):
        _check_electricity(value, line, path, faults)
        sound = not faults.within((*path, "source"))
        if sound or (isinstance(value.get("source"), dict) and "gas" in value["source"]):
            _check_units(line, path, faults)
        _check_spread(line, path, faults)
    if "defaultFor" in value and not faults.within((*path, "source")):
        _default(value, line, path, faults)
    return None if faults.within((*path, "source")) else line


def _check_spread(line: dict[str, Any], path: Path, faults: Faults) -> None:
    """A spread is of the amount that it stands beside, and is stated once."""
    if "pedigree" in line and not faults.within((*path, "pedigree")):
        if "uncertainty" in line:
            faults.add((*path, "pedigree"), "stands beside uncertainty", "keep one of the two")
            return
        _check_pedigree(line["pedigree"], (*path, "pedigree"), faults)
    if "uncertainty" in line and not faults.within((*path, "uncertainty")):
        amount = Fraction(line["amount"]["value"])
        member = line["uncertainty"]
        check_spread(lambda: spread(member, stated=amount), (*path, "uncertainty"), faults)


def _check_pedigree(pedigree: dict[str, Any], path: Path, faults: Faults) -> None:
    """Note each name that the table does not have where it stands; then what is missing."""
    table = tables().pedigree
    for name, known in (("version", table["versions"]), ("basic", table["basic"])):
        if pedigree[name] not in known:
            remedy = closest(pedigree[name], known, f"use one of {', '.join(sorted(known))}")
            faults.add((*path, name), "is not in the pedigree table", remedy)
    if faults.within(path):
        return
    version, basic, scores = (pedigree[name] for name in ("version", "basic", "scores"))
    for indicator in scores.keys() - table["versions"][version].keys():
        indicators = sorted(table["versions"][version])
        remedy = closest(indicator, indicators, f"use one of {', '.join(indicators)}")
        faults.add((*path, "scores", indicator), "is not in the pedigree table", remedy)
    if not faults.within(path):
        check_spread(lambda: from_pedigree(table, version, basic, scores), path, faults)


def check_spread(read: Callable[[], object], path: Path, faults: Faults) -> None:
    """Note what a spread contradicts."""
    try:
        read()
    except CalculationError as error:
        faults.add(path, f"can't be: {error.args[0]}", error.remedy)


def _check_source(source: Any, path: Path, faults: Faults) -> None:
    if source is None:
        faults.add(path, "is missing", f"give one of {', '.join(_SOURCES)}")
        return
    kinds = [name for name in _SOURCES if isinstance(source, dict) and name in source]
    if len(kinds) != 1:
        what = f"is not exactly one of {', '.join(_SOURCES)}"
        faults.add(path, what, _one_source(source, kinds))
        return
    if kinds == ["published"] and not source.get("reference"):
        faults.add((*path, "reference"), "is missing", _PUBLISHED_BY)
    collect(_SOURCES[kinds[0]], source, path, faults)
    if kinds == ["gas"]:
        _check_gas(source, path, faults)


def _one_source(source: Any, kinds: list[str]) -> str:
    """Return what to do about a source that says none, or several: never to drop an emission."""
    if not isinstance(source, dict):
        return "write it as a group, such as {gas: CO2, set: AR6}"
    if kinds:
        return f"it says {' and '.join(kinds)}: keep one, and give the other a line of its own"
    if any(_OFFSETS.search(name) for name in source):
        return _NO_OFFSET
    near = (closest(name, _SOURCES, "") for name in source)
    return next(filter(None, near), "say what the amount is multiplied with")


def _check_gas(source: dict[str, Any], path: Path, faults: Faults) -> None:
    gas, known = source["gas"], tables().gwp["component"]
    if not isinstance(gas, str) or gas in known:
        return
    faults.add((*path, "gas"), "has no GWP in the table", nearest_gas(gas))


def _check_amount(value: dict[str, Any], path: Path, faults: Faults) -> None:
    given = [name for name in ("amount", "transport") if name in value]
    if len(given) != 1:
        what = "is missing" if not given else "stands beside transport"
        faults.add((*path, "amount"), what, "give an amount, or transport's mass and distance")


def _transport(value: dict[str, Any], path: Path, faults: Faults) -> dict[str, str]:
    """Return t·km: mass × distance, exactly."""
    mass, distance = value["mass"], value["distance"]
    tonnes = _factor(mass["unit"], "tonne", (*path, "mass", "unit"), faults)
    kilometres = _factor(distance["unit"], "kilometer", (*path, "distance", "unit"), faults)
    work = Fraction(mass["value"]) * (tonnes or 0) * Fraction(distance["value"]) * (kilometres or 0)
    return {"value": decimal_text(plain_decimal(work)), "unit": "ton kilometer"}


def _check_electricity(
    value: dict[str, Any], line: dict[str, Any], path: Path, faults: Faults
) -> None:
    if faults.within((*path, "electricity")):
        return
    kind, certified = value.get("electricity"), "certificate" in value
    if kind == "contract" and not certified:
        remedy = "name its certificate (registry, id, MWh), or take the grid's factor"
        faults.add((*path, "electricity"), "is a contract without certificate", remedy)
    if kind in {"grid", "own", "residual"} and certified:
        remedy = "say contract, or leave the certificate out"
        faults.add((*path, "certificate"), f"stands on electricity of kind {kind}", remedy)
    if kind is not None:
        _factor(line["amount"]["unit"], "kilowatt hour", (*path, "amount", "unit"), faults)


def _check_units(line: dict[str, Any], path: Path, faults: Faults) -> None:
    unit, source = line["amount"]["unit"], line["source"]
    at = (*path, "amount", "unit")
    if "gas" in source:
        _factor(unit, "kilogram", at, faults)
    elif source.keys() & figures.COUNTED.keys():
        _factor(unit, figures.COUNTED[next(iter(source))], at, faults)
        _check_carbon(source, (*path, "source"), faults)
    elif "published" in source:
        if _factor(source["per"], source["per"], (*path, "source", "per"), faults) is not None:
            _factor(unit, source["per"], at, faults)
        else:
            _factor(unit, unit, at, faults)
        _check_sign(line, path, faults)
    else:
        _factor(unit, unit, at, faults)


def _check_carbon(source: dict[str, Any], path: Path, faults: Faults) -> None:
    """Each stream is a mass, none of it is CO2, no more carbon comes out than in, no land gains."""
    for number, one in enumerate(source.get("balance", ())):
        at = (*path, "balance", number, "mass", "unit")
        _factor(one["mass"]["unit"], "kilogram", at, faults)
    if not faults.within(path):
        hidden = figures.hidden_co2(source)
        if hidden is not None:
            faults.add((*path, "balance", hidden[0]), hidden[1], CO2_APART)
            return
        units = figures.unit_table()
        kind = next(iter(source))
        check_spread(
            lambda: figures.carbon_source(named_masses(source), units), (*path, kind), faults
        )


def _check_sign(line: dict[str, Any], path: Path, faults: Faults) -> None:
    source = line["source"]
    credited = line.get("allocation", {}).get("method") == SUBSTITUTED
    if source["published"].startswith("-") and (credited or source["component"] not in NEGATIVE):
        remedy = (
            DISPLACED if credited else f"only uptake, removals and capture may be; {_NO_OFFSET}"
        )
        faults.add((*path, "source", "published"), "is negative", remedy)


def _default(value: dict[str, Any], line: dict[str, Any], path: Path, faults: Faults) -> None:
    """A default is a footprint that somebody else published, and says that it is one."""
    if "gas" in value["source"]:
        remedy = "cite a factor or a published figure as default"
        faults.add((*path, "defaultFor"), "stands on a measured gas", remedy)
    if value.get("primary") is True:
        faults.add((*path, "primary"), "is true for a default", "say false")
    line["description"] = f"{value.get('description')} (default for: {value['defaultFor']})"
    faults.find(
        (*path, "defaultFor"), "stands in for data that is missing", "ask for it, then replace it"
    )


def _factor(unit: str, into: str, path: Path, faults: Faults) -> Fraction | None:
    units = figures.unit_table()
    try:
        return units.factor(units.named(unit), units.named(into))
    except CalculationError as error:
        faults.add(path, f"is not usable: {error.args[0]}", error.remedy)
        return None
