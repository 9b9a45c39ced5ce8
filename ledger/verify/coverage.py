"""The report's coverages: how the gross was checked, on what data it rests, what is taken off.

Attributed where the walk ends (``accounting``). A recomputed line that ends in a factor counts as
recomputed; what no check 8 recomputed, hidden or not, as assured or only signed; a published
figure as unsigned.
"""

from __future__ import annotations

from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING

from rootprint.calc.coverage import partition, percent
from rootprint.calc.rounding import half_up
from rootprint.ledger.figures import rising, takes
from rootprint.ledger.verify.accounting import accounts_of
from rootprint.ledger.verify.checks import assurance
from rootprint.ledger.verify.policy import ASSURANCE
from rootprint.ledger.verify.values import Coverage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.ledger.figures import Account
    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Node

CHECKED = ("recomputed", "assured", "signed", "unsigned")


def coverage(
    subject: Node, nodes: Mapping[bytes, Node], context: Context
) -> tuple[Coverage | None, int]:
    """Return the partitions in percent, and the percentage of the total that is assured.

    Only for a walk on which nothing failed: what contradicts itself has no shares. None where the
    subject can't be read, its total is zero ("not applicable"), or its amounts are such that no
    double holds what they come to.
    """
    accounts = accounts_of(subject, nodes, context)
    checked, primary = _by_check(accounts), _primary(accounts)
    total, assured = rising(checked.values()), _assured(accounts, nodes, context)
    if not (accounts and total and all(map(isfinite, (total, primary, assured)))):
        return None, 0
    by_check = partition(checked)
    by_data = partition({"primary": primary, "secondary": total - primary})
    if by_check is None or by_data is None:
        return None, 0
    stated = accounts[-1].total
    whole = half_up(Fraction(percent(abs(assured), abs(stated))), 0) if stated else 0
    taken = _taken_off(accounts)
    if not all(map(isfinite, taken.values())):
        return None, 0
    return Coverage.of_shares(by_check, by_data, partition(taken)), min(100, int(whole))


def _taken_off(accounts: Sequence[Account]) -> dict[str, float]:
    """Return |removals and credits| in the subject's total by how they were checked."""
    terms: dict[str, list[float]] = {name: [] for name in CHECKED}
    taken = takes(accounts, lambda _citing, _edge: True)
    for account, times in zip(accounts, taken, strict=True):
        for checked, weight in account.taken_off:
            terms[checked].append(times * weight)
    return {name: rising(values) for name, values in terms.items()}


def _by_check(accounts: Sequence[Account]) -> dict[str, float]:
    """Return |contribution| to the subject's total by how it was checked."""
    terms: dict[str, list[float]] = {name: [] for name in CHECKED}
    taken = takes(accounts, lambda _citing, _edge: True)
    for account, times in zip(accounts, taken, strict=True):
        for end in account.ends:
            terms[end.checked].append(times * end.share)
    return {name: rising(values) for name, values in terms.items()}


def _primary(accounts: Sequence[Account]) -> float:
    """Return |contribution| that primary activity data leads down to."""
    taken = takes(accounts, lambda _citing, edge: edge.primary)
    return rising(
        times * end.primary
        for account, times in zip(accounts, taken, strict=True)
        for end in account.ends
    )


def _assured(accounts: Sequence[Account], nodes: Mapping[bytes, Node], context: Context) -> float:
    """Return what assured statements bring, in kg CO2e; what stands below one counts with it."""
    levels = {id(one): assurance.level(nodes[one.digest], context) for one in accounts}
    assured = {name for name, level in levels.items() if level != ASSURANCE[0]}
    taken = takes(accounts, lambda citing, _edge: id(citing) not in assured)
    return rising(
        times * account.total
        for account, times in zip(accounts, taken, strict=True)
        if id(account) in assured
    )
