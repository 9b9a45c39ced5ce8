"""Judging a draft by a pack: every rule gives one finding, whether it is kept or not.

Logic is three-valued and a little more: what can't be looked at is "not checked" and spreads, and
a rule about something that the draft does not have is "not applicable".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from rootprint.ledger.rules.finding import (
    Finding,
    Outcome,
    State,
    failed,
    not_applicable,
    not_checked,
    passed,
)
from rootprint.ledger.rules.form import check_test
from rootprint.ledger.rules.operators import COMPARISONS
from rootprint.ledger.rules.paths import Scope, is_time

IN_FORCE: Final = "pack-in-force"
UNVERIFIED: Final = "unverified: its clause or number could not be confirmed"
_SHOWN_LINES: Final = 3
_NOTHING: Final[Mapping[str, Mapping[str, Any]]] = {}


def judge(
    pack: Mapping[str, Any],
    draft: Mapping[str, Any],
    *,
    cited: Mapping[str, Mapping[str, Any]] = _NOTHING,
    at: str,
) -> list[Finding]:
    """Return one finding per rule of ``pack`` that speaks of the draft's role.

    ``pack`` holds ``rules`` with all that it inherits (``ledger.rules`` makes it so), ``draft``
    is what compose returns, ``cited`` maps the digests of cited statements to their subjects, and
    ``at`` is the time that the pack must be in force at (RFC 3339, UTC). The first finding is
    about the pack itself. Raises RuleError for a test that can't be judged.
    """
    scope = Scope(draft, cited)
    role = scope.subject.get("role")
    findings = [_pack_itself(pack, at)]
    for rule in pack["rules"]:
        check_test(rule["test"], f"rule {rule['id']}")
        if role in rule.get("roles", (role,)):
            findings.append(_finding(rule, _judge(rule["test"], scope)))
    return findings


def broken(findings: Iterable[Finding], *severities: str) -> list[Finding]:
    """Return the findings that failed, of these severities (of any, if none is named)."""
    return [
        finding
        for finding in findings
        if finding.state is State.FAILED and (not severities or finding.severity in severities)
    ]


def _pack_itself(pack: Mapping[str, Any], at: str) -> Finding:
    name = f"{pack['id']} version {pack['version']}, {pack['status']}"
    outcome = passed(f"{name}, in force")
    if not is_time(at) or at < pack["validFrom"]:
        outcome = failed(f"{name}, is in force from {pack['validFrom']}, asked at {at}")
    elif "validUntil" in pack and at >= pack["validUntil"]:
        outcome = failed(f"{name}, expired at {pack['validUntil']}, asked at {at}")
    elif pack["status"] == "draft":
        outcome = failed(f"{name}: nobody has adopted it yet")
    is_broken = outcome.state is State.FAILED
    return Finding(
        id=IN_FORCE,
        state=outcome.state,
        severity="warning",
        clause="the rule pack itself",
        found=outcome.found,
        remedy="take the version that is in force at that time" if is_broken else "",
        unverified=False,
    )


def _finding(rule: Mapping[str, Any], outcome: Outcome) -> Finding:
    unverified = not rule["verified"]
    severity, found = rule["severity"], outcome.found
    if unverified:
        # Nobody is held to a number that nobody could confirm.
        severity = "warning" if severity == "error" else severity
        found = f"{found} ({UNVERIFIED})"
    return Finding(
        id=rule["id"],
        state=outcome.state,
        severity=severity,
        clause=rule["clause"],
        found=found,
        remedy=rule["remedy"] if outcome.state in {State.FAILED, State.NOT_CHECKED} else "",
        unverified=unverified,
    )


def _judge(test: Mapping[str, Any], scope: Scope) -> Outcome:
    comparison = COMPARISONS.get(test["op"])
    if comparison is None:
        return _COMBINATIONS[test["op"]](test, scope)
    if scope.cited_unknown and _asks_cited(test):
        return not_checked("what the line cites is not at hand")
    return comparison(test, scope)


def _asks_cited(test: Mapping[str, Any]) -> bool:
    paths = [test.get(name) for name in ("path", "other", "after")]
    paths += [*test.get("paths", ()), *test.get("terms", ())]
    return any(str(path).startswith("cited.") for path in paths)


def _all(test: Mapping[str, Any], scope: Scope) -> Outcome:
    outcomes = [_judge(part, scope) for part in test["tests"]]
    worst = _worst(outcomes)
    return not_applicable(outcomes[0].found) if worst is None else worst


def _any(test: Mapping[str, Any], scope: Scope) -> Outcome:
    outcomes = [_judge(part, scope) for part in test["tests"]]
    for state in (State.PASSED, State.NOT_CHECKED):
        for outcome in outcomes:
            if outcome.state is state:
                return outcome
    failures = [outcome.found for outcome in outcomes if outcome.state is State.FAILED]
    return failed("; ".join(failures)) if failures else not_applicable(outcomes[0].found)


def _not(test: Mapping[str, Any], scope: Scope) -> Outcome:
    outcome = _judge(test["test"], scope)
    turned = {State.PASSED: State.FAILED, State.FAILED: State.PASSED}
    return Outcome(turned.get(outcome.state, outcome.state), outcome.found)


def _when(test: Mapping[str, Any], scope: Scope) -> Outcome:
    condition = _judge(test["if"], scope)
    if condition.state is State.PASSED:
        return _judge(test["then"], scope)
    if condition.state is State.NOT_CHECKED:
        return condition
    return not_applicable(condition.found)


def _every_line(test: Mapping[str, Any], scope: Scope) -> Outcome:
    if (missing := _no_lines(scope)) is not None:
        return missing
    outcomes = []
    for place, line in _lines(scope):
        condition = _judge(test["where"], line) if "where" in test else passed(place)
        if condition.state is State.NOT_CHECKED:
            outcomes.append(not_checked(f"{place}: {condition.found}"))
        elif condition.state is State.PASSED:
            outcome = _judge(test["test"], line)
            outcomes.append(Outcome(outcome.state, f"{place}: {outcome.found}"))
    worst = _worst(outcomes)
    if worst is None:
        return not_applicable("no line that it speaks of")
    if worst.state is not State.PASSED:
        return worst
    return passed(f"{sum(o.state is State.PASSED for o in outcomes)} lines keep it")


def _some_line(test: Mapping[str, Any], scope: Scope) -> Outcome:
    if (missing := _no_lines(scope)) is not None:
        return missing
    outcomes = [
        Outcome(outcome.state, f"{place}: {outcome.found}")
        for place, line in _lines(scope)
        for outcome in [_judge(test["test"], line)]
    ]
    for state in (State.PASSED, State.NOT_CHECKED):
        for outcome in outcomes:
            if outcome.state is state:
                return outcome
    return failed(f"none of {len(outcomes)} lines is such a one")


def _no_lines(scope: Scope) -> Outcome | None:
    lines = scope.subject.get("inventory")
    if not isinstance(lines, list) or not lines:
        return not_applicable("it has no inventory")
    if any(not isinstance(line, Mapping) or "..." in line for line in lines):
        return not_checked("its inventory is hidden")
    return None


def _lines(scope: Scope) -> Iterator[tuple[str, Scope]]:
    for number, line in enumerate(scope.subject["inventory"]):
        yield f"line {number + 1} ({line.get('description', 'undescribed')})", scope.at(line)


def _worst(outcomes: list[Outcome]) -> Outcome | None:
    """Return what a conjunction comes to: a failure, else what is unknown, else that it holds."""
    for state in (State.FAILED, State.NOT_CHECKED, State.PASSED):
        found = [outcome.found for outcome in outcomes if outcome.state is state]
        if found:
            more = f"; and {len(found) - _SHOWN_LINES} more" if len(found) > _SHOWN_LINES else ""
            return Outcome(state, "; ".join(found[:_SHOWN_LINES]) + more)
    return None


_COMBINATIONS: Final[Mapping[str, Callable[[Mapping[str, Any], Scope], Outcome]]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "when": _when,
    "every_line": _every_line,
    "some_line": _some_line,
}
