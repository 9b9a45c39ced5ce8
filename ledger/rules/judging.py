"""Judging a draft by a compiled pack: every rule gives one finding, whether it is kept or not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.rules.finding import Finding, Rule, State
from rootprint.ledger.rules.form import check_test
from rootprint.ledger.rules.logic import compile_test
from rootprint.ledger.rules.nodes import Node
from rootprint.ledger.rules.paths import Scope
from rootprint.ledger.rules.reading import Ahead
from rootprint.ledger.rules.values import is_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

IN_FORCE: Final = "pack-in-force"
_NOTHING: Final[Mapping[str, Mapping[str, Any]]] = {}


@dataclass(frozen=True, slots=True)
class CompiledPack:
    """A pack with all that it inherits, its tests compiled: what drafts are judged by.

    ``name`` is its id, version and status for people; ``adopted`` is False for a draft.
    ``tests`` are those of ``rules`` as its document has them; ``by_role`` holds the rules that are
    for each role, the role None being for every other; ``ahead`` reads what they read.
    """

    name: str
    adopted: bool
    valid_from: str
    valid_until: str | None
    rules: tuple[Rule, ...]
    tests: tuple[Mapping[str, Any], ...]
    by_role: Mapping[str | None, tuple[Rule, ...]]
    ahead: Ahead

    def rules_for(self, scope: Scope) -> tuple[Rule, ...]:
        """Return the rules that are for the role of what is judged."""
        return self.by_role[self.role(scope)]

    def role(self, scope: Scope) -> str | None:
        """Return the role of what is judged, None for any that no rule names."""
        role = scope.subject.get("role")  # what a draft says may be anything
        return role if isinstance(role, str) and role in self.by_role else None

    def states(self, scope: Scope) -> list[State]:
        """Return what the rules for its role come to, each judged once for all packs of a scope."""
        self.ahead.read(scope)
        known, found = scope.states, []
        for rule in self.rules_for(scope):
            state = known.get(id(rule.test))
            if state is None:
                state = known[id(rule.test)] = rule.test.state(scope)
            found.append(state)
        return found

    def standing(self, at: str) -> tuple[State, str]:
        """Return whether it is in force at a time (RFC 3339, UTC), and that in words."""
        if not is_time(at) or at < self.valid_from:
            return State.FAILED, f"{self.name}, is in force from {self.valid_from}, asked at {at}"
        if self.valid_until is not None and at >= self.valid_until:
            return State.FAILED, f"{self.name}, expired at {self.valid_until}, asked at {at}"
        if not self.adopted:
            return State.FAILED, f"{self.name}: it is not adopted yet"
        return State.PASSED, f"{self.name}, in force"


def compile_pack(
    pack: Mapping[str, Any], rule: Callable[[Mapping[str, Any]], Rule] | None = None
) -> CompiledPack:
    """Compile a pack document that holds ``rules`` with all it inherits (``Library.effective``).

    ``rule`` compiles one of them, anew unless said otherwise. Raises RuleError for a test that
    can't be judged.
    """
    rules = tuple(map(rule or compile_rule, pack["rules"]))
    tests = tuple(one["test"] for one in pack["rules"])
    return CompiledPack(
        f"{pack['id']} version {pack['version']}, {pack['status']}",
        pack["status"] != "draft",
        pack["validFrom"],
        pack.get("validUntil"),
        rules,
        tests,
        {
            role: tuple(one for one in rules if not one.roles or role in one.roles)
            for role in (None, *{role for one in rules for role in one.roles})
        },
        Ahead(tests),
    )


def judge(
    pack: CompiledPack,
    draft: Mapping[str, Any],
    *,
    cited: Mapping[str, Mapping[str, Any]] = _NOTHING,
    at: str,
) -> list[Finding]:
    """Return one finding per rule of ``pack`` that is for the draft's role.

    ``draft`` is what compose returns, ``cited`` maps the digests of cited statements to their
    subjects, and ``at`` is the time that the pack must be in force at (RFC 3339, UTC). The first
    finding is about the pack itself.
    """
    scope = Scope(draft, cited)
    rules = zip(pack.rules_for(scope), pack.states(scope), strict=True)
    return [
        _pack_itself(pack, scope, at),
        *(Finding(rule, state, scope) for rule, state in rules),
    ]


def broken(findings: Iterable[Finding], *severities: str) -> list[Finding]:
    """Return the findings that failed, of these severities (of any, if none is named)."""
    return [
        finding
        for finding in findings
        if finding.state is State.FAILED and (not severities or finding.severity in severities)
    ]


def compile_rule(rule: Mapping[str, Any]) -> Rule:
    """Compile one rule of a pack document; raises RuleError."""
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


def _pack_itself(pack: CompiledPack, scope: Scope, at: str) -> Finding:
    state, found = pack.standing(at)
    test = Node(lambda _scope: state, lambda _scope: found, lambda _scope: state)
    return Finding(replace(_ITSELF, test=test), state, scope)


_ITSELF: Final = Rule(
    id=IN_FORCE,
    severity="warning",
    clause="the rule pack itself",
    remedy="take the version that is in force at that time",
    unverified=False,
    roles=frozenset(),
    test=Node(lambda _scope: State.PASSED, lambda _scope: "in force", lambda _scope: State.PASSED),
)
