"""Judging a draft by a compiled pack: every rule gives one finding, whether it is kept or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.rules.finding import Finding, Rule, failed, passed, saying
from rootprint.ledger.rules.finding import State as _State
from rootprint.ledger.rules.form import check_test
from rootprint.ledger.rules.logic import compile_test
from rootprint.ledger.rules.nodes import Node
from rootprint.ledger.rules.paths import Scope
from rootprint.ledger.rules.values import is_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

IN_FORCE: Final = "pack-in-force"
_NOTHING: Final[Mapping[str, Mapping[str, Any]]] = {}


@dataclass(frozen=True, slots=True)
class CompiledPack:
    """A pack with all that it inherits, its tests compiled: what drafts are judged by.

    ``name`` is its id, version and status for people; ``adopted`` is False for a draft.
    """

    name: str
    adopted: bool
    valid_from: str
    valid_until: str | None
    rules: tuple[Rule, ...]


def compile_pack(pack: Mapping[str, Any]) -> CompiledPack:
    """Compile a pack document that holds ``rules`` with all it inherits (``Library.effective``).

    Raises RuleError for a test that can't be judged.
    """
    return CompiledPack(
        f"{pack['id']} version {pack['version']}, {pack['status']}",
        pack["status"] != "draft",
        pack["validFrom"],
        pack.get("validUntil"),
        tuple(map(_rule, pack["rules"])),
    )


def judge(
    pack: CompiledPack,
    draft: Mapping[str, Any],
    *,
    cited: Mapping[str, Mapping[str, Any]] = _NOTHING,
    at: str,
) -> list[Finding]:
    """Return one finding per rule of ``pack`` that speaks of the draft's role.

    ``draft`` is what compose returns, ``cited`` maps the digests of cited statements to their
    subjects, and ``at`` is the time that the pack must be in force at (RFC 3339, UTC). The first
    finding is about the pack itself.
    """
    scope = Scope(draft, cited)
    role = scope.subject.get("role")
    return [
        _pack_itself(pack, at),
        *(
            Finding(rule, rule.test.outcome(scope))
            for rule in pack.rules
            if not rule.roles or role in rule.roles
        ),
    ]


def broken(findings: Iterable[Finding], *severities: str) -> list[Finding]:
    """Return the findings that failed, of these severities (of any, if none is named)."""
    return [
        finding
        for finding in findings
        if finding.state is _State.FAILED and (not severities or finding.severity in severities)
    ]


def _rule(rule: Mapping[str, Any]) -> Rule:
    check_test(rule["test"], f"rule {rule['id']}")
    unverified = not rule["verified"]
    severity = "warning" if unverified and rule["severity"] == "error" else rule["severity"]
    return Rule(
        id=rule["id"],
        severity=severity,
        clause=rule["clause"],
        remedy=rule["remedy"],
        unverified=unverified,
        roles=frozenset(rule.get("roles", ())),
        test=compile_test(rule["test"]),
    )


def _pack_itself(pack: CompiledPack, at: str) -> Finding:
    outcome = passed(saying(f"{pack.name}, in force"))
    if not is_time(at) or at < pack.valid_from:
        outcome = failed(saying(f"{pack.name}, is in force from {pack.valid_from}, asked at {at}"))
    elif pack.valid_until is not None and at >= pack.valid_until:
        outcome = failed(saying(f"{pack.name}, expired at {pack.valid_until}, asked at {at}"))
    elif not pack.adopted:
        outcome = failed(saying(f"{pack.name}: it is not adopted yet"))
    return Finding(_ITSELF, outcome)


_ITSELF: Final = Rule(
    id=IN_FORCE,
    severity="warning",
    clause="the rule pack itself",
    remedy="take the version that is in force at that time",
    unverified=False,
    roles=frozenset(),
    test=Node(IN_FORCE, lambda _scope: passed(saying("in force"))),
)
