"""What running one rule pack on one footprint came to: counts, and the rules that it breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from rootprint.ledger.rules import SEVERITIES, Finding, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.rules import Pack, Rule, Scope, Tally

MOST_SHOWN: Final = 300  # characters of a message: what was found may quote a long text
ERROR: Final = SEVERITIES[0]


class Broken(NamedTuple):
    """A rule that is broken, or that can't be checked; what was found, or why not."""

    id: str
    severity: str
    message: str

    @property
    def is_error(self) -> bool:
        """Whether it fails the check, or could."""
        return self.severity == ERROR

    def json(self) -> dict[str, str]:
        """Return the report's JSON of it."""
        return {"id": self.id, "severity": self.severity, "message": self.message}


class Conformity(NamedTuple):
    """One pack on one footprint.

    ``standing`` says whether the pack was in force when the statement's validity begins. Counted
    are the rules for its role. ``unseen`` are those of severity error that look at what is hidden
    or not available: not checkable, and never held.
    """

    pack: Pack
    standing: str
    held: int
    broken: tuple[Broken, ...]
    unseen: tuple[Broken, ...]
    not_checkable: int
    not_applicable: int

    @classmethod
    def of(cls, scope: Scope, pack: Pack, standing: str, tally: Tally) -> Self:
        """Say what was found of what ``scope`` has."""
        return cls(
            pack,
            standing,
            tally.held,
            _said(tally.broken, State.FAILED, scope),
            _said([one for one in tally.unseen if one.severity == ERROR], State.NOT_CHECKED, scope),
            len(tally.unseen),
            tally.not_applicable,
        )

    @property
    def name(self) -> str:
        """Id and version, for people."""
        return f"{self.pack.id} {self.pack.version}"

    @property
    def errors(self) -> Sequence[Broken]:
        """The broken rules of severity error: they fail the check."""
        return [one for one in self.broken if one.is_error]

    @property
    def asked(self) -> int:
        """How many rules have something to say of this footprint."""
        return self.held + len(self.broken) + self.not_checkable

    def json(self) -> dict[str, Any]:
        """Return the report's JSON of it."""
        broken = [one.severity for one in self.broken]
        return {
            "id": self.pack.id,
            "version": self.pack.version,
            "publisher": self.pack.publisher,
            "digest": self.pack.digest,
            "standing": self.standing,
            "held": self.held,
            "broken": {severity: broken.count(severity) for severity in SEVERITIES},
            "notCheckable": self.not_checkable,
            "notApplicable": self.not_applicable,
            "findings": [one.json() for one in self.broken],
        }


def _said(rules: Sequence[Rule], state: State, scope: Scope) -> tuple[Broken, ...]:
    """Return rules that came to a state, with what was found; text is made of these only."""
    return tuple(
        Broken(rule.id, rule.severity, shortened(Finding(rule, state, scope).found))
        for rule in rules
    )


def shortened(text: str) -> str:
    """Return as much of a message as is shown."""
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]} …"
