"""What a policy requires of an answer and the answer does not have: one line for each.

Each begins with the member's name. Nothing here fails anything: an unmet requirement leaves the
report incomplete. Shares are compared as they are printed, and no part that is there is printed as
0.00 (``calc.coverage``), so a bound of 0 takes nothing.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Final

from rootprint.calc.rounding import decimal_text, half_up
from rootprint.ledger.core.encoding import time_seconds
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.verify.checks import assurance, conformity
from rootprint.ledger.verify.policy import ALL, ARITHMETIC, ASSURANCE, NOTHING
from rootprint.ledger.verify.values import LAPSED, NOT_SEEN, SIGNED, UNSIGNED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Node
    from rootprint.ledger.verify.policy import Policy
    from rootprint.ledger.verify.values import Coverage, Total

_NO_SHARES: Final = "there is no gross to take shares of"
_OFF: Final = "removals and credits"


def of_shares(policy: Policy, coverage: Coverage | None) -> Iterator[str]:
    """Yield what the coverage lacks; of an answer in which something failed this is not asked."""
    recomputing = policy.arithmetic == ARITHMETIC[0]
    most = NOTHING if recomputing else policy.most_unsigned
    if coverage is None:
        yield from _of_no_shares(policy, most)
        return
    yield from _of_checked(coverage, most, recomputing=recomputing)
    least = policy.least_primary
    if coverage.primary < Decimal(least):
        yield (
            f"leastPrimary: {percent(coverage.primary)} of the gross is primary data,"
            f" {percent(least)} is the least"
        )
    yield from _of_standing(coverage, policy.most_no_longer_admitted)


def _of_no_shares(policy: Policy, most: str) -> Iterator[str]:
    """Yield what can't be met where there is no gross; ``most`` is how much may be unsigned."""
    least, lapsed = policy.least_primary, policy.most_no_longer_admitted
    if policy.arithmetic == ARITHMETIC[0]:
        yield f"arithmetic: {_NO_SHARES}, and recomputed is required"
    elif Decimal(most) < Decimal(ALL):
        yield f"mostUnsigned: {_NO_SHARES}, {percent(most)} is the most"
    if Decimal(least):
        yield f"leastPrimary: {_NO_SHARES}, {percent(least)} is the least"
    if Decimal(lapsed) < Decimal(ALL):
        yield f"mostNoLongerAdmitted: {_NO_SHARES}, {percent(lapsed)} is the most"


def _of_checked(coverage: Coverage, most: str, *, recomputing: bool) -> Iterator[str]:
    """Yield how the gross, and what is taken off it, was not checked as is required.

    A net rests on both: what is taken off by a figure that no one signed would make it anything.
    """
    parts = [("the gross", coverage.checked)]
    if coverage.taken_off is not None:
        parts.append((_OFF, coverage.taken_off))
    for what, checked in parts:
        if recomputing and checked[SIGNED]:
            signed = percent(checked[SIGNED])
            yield f"arithmetic: {signed} of {what} is only signed, recomputed is required"
    why = " where recomputed is required" if recomputing else ""
    for what, checked in parts:
        if checked[UNSIGNED] > Decimal(most):
            unsigned = percent(checked[UNSIGNED])
            bound = f"{percent(most)} is the most{why}"
            yield f"mostUnsigned: {unsigned} of {what} is unsigned, {bound}"


def _of_standing(coverage: Coverage, lapsed: str) -> Iterator[str]:
    """Yield where more than ``lapsed`` percent rests on whom nothing shows to be admitted."""
    gone, unseen = coverage.standing[LAPSED], coverage.standing[NOT_SEEN]
    if coverage.not_known_admitted > Decimal(lapsed):
        yield (
            f"mostNoLongerAdmitted: {percent(gone)} of the gross rests on issuers no longer"
            f" admitted, {percent(unseen)} on issuers that are not seen,"
            f" {percent(lapsed)} is the most"
        )
    if coverage.off_not_known_admitted > Decimal(lapsed):
        yield (
            f"mostNoLongerAdmitted: {percent(coverage.off_not_known_admitted)} of {_OFF} rests on"
            f" issuers no longer admitted or not seen, {percent(lapsed)} is the most"
        )
    if coverage.bodies[LAPSED] > Decimal(lapsed):
        yield (
            f"mostNoLongerAdmitted: {percent(coverage.bodies[LAPSED])} of the gross is assured by"
            f" bodies no longer admitted, {percent(lapsed)} is the most"
        )


def of_walk(subject: Node, nodes: Mapping[bytes, Node], context: Context) -> Iterator[str]:
    """Yield what is left out, not assured, not fresh or not judged."""
    policy = context.policy
    yield from _exempted(nodes, policy)
    level = assurance.level(subject)
    if ASSURANCE.index(level) < ASSURANCE.index(policy.assurance):
        yield f"assurance: {policy.assurance} is required, the subject has {level}"
    yield from _old(subject, context)
    for pack in policy.rules:
        why = conformity.why_not_held(pack, subject, nodes, context)
        if why is not None:
            yield f"rules: {pack} must hold, and {why}"


def of_total(policy: Policy, total: Total | None) -> Iterator[str]:
    """Yield what more is taken off the gross than may be, exactly as signed."""
    if total is None:
        return
    gross = Fraction(total.gross)
    removals = ("mostRemovals", "removed or captured", policy.most_removals,
                total.removals + total.captured)  # fmt: skip
    credited = ("mostCredits", "credited", policy.most_credits, total.credits)
    for member, how, most, taken in (removals, credited):
        if most is None or not taken:
            continue
        if gross <= 0:
            yield f"{member}: the gross is not above zero and something is {how}"
            continue
        share = Fraction(ceil(-10_000 * Fraction(taken) / gross), 100)  # no trace is nothing
        if share > Fraction(most):
            shown = percent(decimal_text(half_up(share, 2)))
            yield f"{member}: {shown} of the gross is {how}, {percent(most)} is the most"


def _exempted(nodes: Mapping[bytes, Node], policy: Policy) -> Iterator[str]:
    """Yield the footprint that says it leaves out most, if that is too much.

    Each says it of itself and in the open; what they come to together can't be computed, for what
    was left out has no whole. What is behind hidden lines is not seen, and meets no bound.
    """
    most, where, hidden = Decimal(policy.most_exempted), None, False
    for node in nodes.values():
        if node.counts and node.statement is not None and node.is_footprint:
            read = node.readable
            hidden |= read is not None and has_inventory(read) and not read.opened.complete
            stated = node.statement.subject["pcf"].get("exemptedEmissionsPercent")
            if stated is not None and Decimal(stated) > most:
                most, where = Decimal(stated), node
    if where is not None:
        yield (
            f"mostExempted: {' > '.join(where.path)} leaves out {percent(most)},"
            f" {percent(policy.most_exempted)} is the most"
        )
    elif hidden and most < Decimal(ALL):
        yield (
            "mostExempted: lines are hidden, and what the footprints behind them leave out is not"
            f" seen, {percent(policy.most_exempted)} is the most"
        )


def _old(subject: Node, context: Context) -> Iterator[str]:
    policy, now = context.policy, context.as_of
    seen = now - context.block.time
    if policy.oldest_status is not None and seen > policy.oldest_status:
        yield (
            f"oldestStatus: the chain was seen {seen} s before the time asked,"
            f" {policy.oldest_status} s is the most"
        )
    if policy.oldest_period is None:
        return
    if subject.statement is None or not subject.is_footprint:
        yield "oldestPeriod: the subject has no reference period"
        return
    end = time_seconds(subject.statement.subject["pcf"]["referencePeriodEnd"], what="period")
    if now - end > policy.oldest_period:
        yield (
            f"oldestPeriod: the reference period ended {now - end} s before the time asked,"
            f" {policy.oldest_period} s is the most"
        )


def percent(share: Decimal | str) -> str:
    """Return a share in words: 12.30 as ``12.3 %``.

    >>> percent("12.30"), percent(Decimal("0.00")), percent("100")
    ('12.3 %', '0 %', '100 %')
    """
    text = str(share)
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} %"
