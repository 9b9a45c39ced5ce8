"""Check 10, conformity: the rule pack that a footprint names, and the base pack, are run on it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.rules import BASE_PACK, Panel, as_draft
from rootprint.ledger.verify.conformed import Conformity
from rootprint.ledger.verify.found import Found
from rootprint.ledger.verify.report import (
    Check,
    counted,
    failed,
    not_applicable,
    not_checked,
    passed,
    with_found,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.rules import Outcome, Pack, Scope
    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Node

NUMBER = 10


def check(node: Node, nodes: Mapping[bytes, Node], context: Context) -> Check:
    """Run the packs on what is open of this node.

    A rule of severity error fails it where it is broken, and leaves it not checked where it looks
    at what is hidden; what else is broken stands in the report.
    """
    if node.statement is not None and not node.is_footprint:
        return not_applicable(NUMBER, "no rule pack applies to this kind")
    statement = node.readable
    if statement is None:
        return not_checked(NUMBER, "the statement could not be read")
    try:
        return _conforming(nodes, context).check(statement)
    except (NotFound, Refused) as error:
        return not_checked(NUMBER, f"a rule pack can't be run: {error}")


def why_not_held(
    pack: str, node: Node, nodes: Mapping[bytes, Node], context: Context
) -> str | None:
    """Return why a pack (an id, or a digest) is not seen to hold for this node; None if it is.

    Whatever the footprint names, and whoever assured it: what is hidden is not seen to hold.
    """
    statement = node.readable
    if statement is None or not node.is_footprint:
        return "the subject is no footprint that could be read"
    try:
        one = _conforming(nodes, context).run(statement, pack)
    except (NotFound, Refused):
        return "this verifier does not hold it"
    for first in one.errors[:1]:
        return f"{first.id} is broken: {first.message}"
    return _why_unseen([one])


def _conforming(nodes: Mapping[bytes, Node], context: Context) -> _Conforming:
    """Return what judges by packs in this verification, made once."""
    found: _Conforming = context.once(_Conforming, lambda: _Conforming(nodes, context))
    return found


class _Conforming:
    """The rule packs of one verification, and what they come to of its footprints.

    ``nodes`` are all statements that were read: a line is judged with what it cites of them.
    """

    def __init__(self, nodes: Mapping[bytes, Node], context: Context) -> None:
        self._context = context
        self._cited = {
            digest_text(digest): node.statement.subject
            for digest, node in nodes.items()
            if node.statement is not None and node.is_footprint
        }
        self._panels: dict[tuple[str, ...], Panel] = {}
        self._asked: dict[tuple[str | None, str], _Asked] = {}

    def run(self, statement: Statement, pack: str) -> Conformity:
        """Return what one pack comes to; raises NotFound or Refused where it is not held."""
        at = _at(statement)
        found = self._context.packs.get(pack, at)
        panel = self._panel([found])
        scope, outcome = panel.judge(as_draft(statement))
        standings = [one.standing(at)[1] for one in panel.packs]
        return _made([found], standings, outcome, scope)[0]

    def check(self, statement: Statement) -> Check:
        """Return the check of a footprint; raises NotFound or Refused for packs that can't run."""
        named, at = _named(statement), _at(statement)
        base = self._context.packs.get(BASE_PACK, at)
        asked = self._asked.get((named, base.digest))
        if asked is None:
            asked = self._asked[named, base.digest] = self._asked_of(named, base)
        scope, outcome = asked.panel.judge(as_draft(statement))
        standings = tuple([one.standing(at)[1] for one in asked.panel.packs])
        # Of statements that are alike the same is said, once.
        check: Check | None = outcome.made.get((standings, asked.known))
        if check is None:
            run = _made(asked.packs, standings, outcome, scope)
            check = with_found(_judged(run, known=asked.known), Found(conformity=run))
            if outcome.same_words:
                outcome.made[standings, asked.known] = check
        return check

    def _asked_of(self, named: str | None, base: Pack) -> _Asked:
        """Return the named pack where it is held, then the base pack that had begun by then."""
        packs = self._context.packs
        known = named is None or self._context.holds_rule(named)
        alone = named is None or named == base.digest or not packs.holds(named)
        held = [base] if alone else [packs.get(str(named)), base]
        return _Asked(held, self._panel(held), known)

    def _panel(self, packs: Sequence[Pack]) -> Panel:
        digests = tuple(pack.digest for pack in packs)
        if digests not in self._panels:
            compiled = [self._context.packs.compiled(digest) for digest in digests]
            self._panels[digests] = Panel(compiled, self._cited)
        return self._panels[digests]


class _Asked(NamedTuple):
    """The packs of a statement, what judges by them, and whether the rule that it names is held."""

    packs: Sequence[Pack]
    panel: Panel
    known: bool


def _made(
    packs: Sequence[Pack], standings: Sequence[str], outcome: Outcome, scope: Scope
) -> tuple[Conformity, ...]:
    return tuple(map(partial(Conformity.of, scope), packs, standings, outcome.tallies))


def _named(statement: Statement) -> str | None:
    rule: Mapping[str, str] = statement.subject.get("computedWith", {}).get("rule", {})
    return rule.get("digest")


def _at(statement: Statement) -> str:
    return str(statement.envelope.payload["validFrom"])


def _judged(run: Sequence[Conformity], *, known: bool) -> Check:
    held, asked = sum(one.held for one in run), sum(one.asked for one in run)
    compared = (f"{counted(asked, 'rule')} of {_listed(run)}", f"{held} held")
    errors = [(one, finding) for one in run for finding in one.errors]
    if errors:
        pack, first = errors[0]
        others = {finding.id for _, finding in errors} - {first.id}
        more = f"; and breaks {len(others)} more" if others else ""
        found = f"breaks {first.id} of {pack.name}: {first.message}{more}"
        return failed(NUMBER, found, compared)
    if not known:
        return not_checked(NUMBER, "its rule is not one that this verifier holds")
    unseen = _why_unseen(run)
    if unseen is not None:
        return not_checked(NUMBER, unseen)
    words = "; ".join(f"{one.name}: {one.held} of {counted(one.asked, 'rule')} held" for one in run)
    return passed(NUMBER, words, compared)


def _why_unseen(run: Sequence[Conformity]) -> str | None:
    unseen = [finding for one in run for finding in one.unseen]
    if not unseen:
        return None
    count = counted(len({finding.id for finding in unseen}), "rule")
    return f"{count} can't be checked: {unseen[0].message}"


def _listed(run: Sequence[Conformity]) -> str:
    return " and ".join(one.name for one in run)
