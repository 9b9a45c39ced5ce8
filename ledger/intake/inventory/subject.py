"""What a file says besides its lines: judged as it will be signed, less what composing computes."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.errors import CalculationError
from rootprint.calc.uncertainty import spread
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import footprint, rules
from rootprint.ledger.core.schema.components import COMPONENTS
from rootprint.ledger.core.schema.hidden import FOOTPRINT_HIDDEN, MAX_EVIDENCE, Listed
from rootprint.ledger.figures import disagreement, single_set
from rootprint.ledger.intake.inventory.collect import collect, collect_one
from rootprint.ledger.intake.inventory.contradictions import check_contradictions
from rootprint.ledger.intake.inventory.lines import check_spread
from rootprint.ledger.intake.vocabulary import nearest_word

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from rootprint.ledger.intake.inventory.problems import Faults, Path

_SLOTS: Final = {"inventory", "inventoryShape"}
_COMPUTED: Final = {*_SLOTS, "characterizationSets", "computedWith", "cells", "gases"}
_COMPUTED_PCF: Final = {
    "pcfExcludingBiogenicUptake",
    "pcfIncludingBiogenicUptake",
    "primaryDataShare",
    "dqi",
    *COMPONENTS,
}
_SETS: Final = "ipccCharacterizationFactors"
_WIDEST: Final = {"boundary": "cradle-to-grave", "basis": "life-cycle"}
_EVER: Final = {
    "referencePeriodStart": "0001-01-01T00:00:00Z",
    "referencePeriodEnd": "9999-12-31T23:59:59Z",
}
_PLAIN: Final = {  # hidden members, as they stand before they are hidden
    name: rules.array(place.opened, most=MAX_EVIDENCE)
    if isinstance(place, Listed)
    else place.opened
    for name, place in FOOTPRINT_HIDDEN.items()
    if name not in _SLOTS
}


def check_subject(
    subject: Mapping[str, Any], faults: Faults, *, beside: Collection[str], composed: bool
) -> None:
    """Add every fault of a file's other members; ``composed`` says that there are lines.

    The members ``beside`` them are judged elsewhere: only their names are known here.
    """
    if composed:
        _check_computed(subject, faults)
    rule = footprint.rule_of(subject.get("role"))
    if not isinstance(rule, rules.Members):
        what = "is not product, factor or attested" if "role" in subject else "is missing"
        near = nearest_word(("role",), subject.get("role"), what)
        remedy = near or "say role: product, or factor for an emission factor"
        faults.add(("role",), what, remedy)
        rule = _of_any_role()
    pcf_rule = rule.known["pcf"]
    absent = _COMPUTED if composed else _SLOTS
    rest = rules.Members(
        {name: one for name, one in rule.required.items() if name not in {*absent, "pcf"}},
        {
            **dict.fromkeys(beside, _any),
            **{n: one for n, one in rule.known.items() if n not in absent},
            **_PLAIN,
            "pcf": _any,
            "variant": _variant(),
        },
    )
    collect(rest, {n: v for n, v in subject.items() if not (composed and n in absent)}, (), faults)
    if "pcf" not in subject:
        faults.add(("pcf",), "is missing", "give declared unit, period and geography")
    else:
        collect(
            pcf_rule, subject["pcf"], ("pcf",), faults, absent=_COMPUTED_PCF if composed else ()
        )
    for together in footprint.TOGETHER:
        collect_one(together, subject, (), faults)
    check_contradictions(subject, faults)
    asked = ("role", "gases", "pcf", "characterizationSets")
    if not composed and not any(faults.within((name,)) for name in asked):
        _check_gases(subject, faults)
        _check_uncertainty(subject, faults)


def widest(subject: Mapping[str, Any]) -> dict[str, Any]:
    """Return what decides whether an input fits, for a file that is faulty and composes nothing.

    Where such a member is faulty itself it is as wide as it may be: nothing is said of an input
    that may be right.
    """
    whole, inner = _both().known, _both("pcf").known
    given = subject.get("pcf")
    pcf = given if isinstance(given, dict) else {}
    period = {name: pcf[name] for name in _EVER if _keeps(rules.time, pcf.get(name))}
    if len(period) < len(_EVER) or list(period.values()) != sorted(period.values()):
        period = dict(_EVER)
    kept = {
        name: subject[name] if _keeps(whole[name], subject.get(name)) else wide
        for name, wide in _WIDEST.items()
    }
    sets = pcf.get(_SETS) if _keeps(inner[_SETS], pcf.get(_SETS)) else []
    return {**kept, "pcf": {**period, _SETS: sets}}


def _keeps(rule: rules.Rule, value: Any) -> bool:
    try:
        rule(value, "")
    except Refused:
        return False
    return True


def _of_any_role() -> rules.Members:
    """Where the role is wrong: ask for what both roles need, and know what either may have."""
    known: dict[str, rules.Rule] = dict.fromkeys(("role", "basis", "boundary"), _any)
    known["pcf"] = _both("pcf")
    both = _both()
    return rules.Members(
        {name: known.get(name, one) for name, one in both.required.items()}, {**both.known, **known}
    )


def _both(member: str | None = None) -> rules.Members:
    product, factor = (
        rule if member is None or not isinstance(rule, rules.Members) else rule.known[member]
        for rule in map(footprint.rule_of, ("product", "factor"))
    )
    if not (isinstance(product, rules.Members) and isinstance(factor, rules.Members)):
        return rules.Members({}, {})
    shared = product.required.keys() & factor.required.keys()
    return rules.Members(
        {name: one for name, one in product.required.items() if name in shared},
        {**product.known, **factor.known},
    )


def _variant() -> rules.Rule:
    """A variant as a file has it, which may name its pool: ``--input NAME=sha256:…``."""
    rule = _both().known["variant"]
    if not isinstance(rule, rules.Members):
        return rule
    return rules.Members(rule.required, {**rule.known, "pool": rules.text})


def _any(_value: Any, _path: str) -> None:
    """Judged on its own."""


def _check_computed(subject: Mapping[str, Any], faults: Faults) -> None:
    """What the lines give can't be given beside them: the two could differ."""
    pcf = subject.get("pcf")
    inner = pcf if isinstance(pcf, dict) else {}
    paths: list[Path] = [(name,) for name in subject if name in _COMPUTED - {"inventory"}]
    paths += [("pcf", name) for name in inner if name in _COMPUTED_PCF]
    for path in paths:
        faults.add(path, "is computed from the lines", "leave it out")


def _check_uncertainty(subject: Mapping[str, Any], faults: Faults) -> None:
    """The spread that a factor gives is of its own total."""
    if "uncertainty" in subject and not faults.within(("uncertainty",)):
        member, total = subject["uncertainty"], subject["pcf"]["pcfExcludingBiogenicUptake"]
        stated = Fraction(total)
        check_spread(lambda: spread(member, stated=stated), ("uncertainty",), faults)


def _check_gases(subject: Mapping[str, Any], faults: Faults) -> None:
    """Kg of gases that a factor gives are its total, in the one set that it names."""
    if "gases" not in subject:
        return
    path, only = ("gases",), single_set(subject)
    if only is None:
        remedy = "name AR5 or AR6 in characterizationSets"
        faults.add(path, "stand beside no single GWP set", remedy)
        return
    gases = {name: Fraction(mass) for name, mass in subject["gases"].items()}
    try:
        name = disagreement(gases, subject["pcf"], only)
    except CalculationError as error:
        faults.add(path, f"can't be characterised: {error.args[0]}", error.remedy)
        return
    if name is not None:
        faults.add(path, f"do not add up to {name} in {only}", "give all gases, or none")
