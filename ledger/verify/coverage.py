"""The report's coverages: how the gross was checked, on what data, who assured it, whose standing.

Attributed where the walk ends (``accounting``). A recomputed line that ends in a factor counts as
recomputed; what no check 8 recomputed, hidden or not, as assured or only signed; a published
figure as unsigned. Nothing is capped, and nothing is a share of the net.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from rootprint.calc.coverage import partition
from rootprint.ledger.figures import rising, takes, takes_by_rank
from rootprint.ledger.verify.accounting import accounts_of
from rootprint.ledger.verify.checks import assurance
from rootprint.ledger.verify.lapsed import by_body, by_standing, off_by_standing
from rootprint.ledger.verify.policy import ASSURANCE
from rootprint.ledger.verify.values import Assurance, Body, Coverage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rootprint.ledger.figures import Account
    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Node
    from rootprint.ledger.verify.values import NoLonger

CHECKED = ("recomputed", "assured", "signed", "unsigned")


def coverage(subject: Node, nodes: Mapping[bytes, Node], gone: NoLonger) -> Coverage | None:
    """Return the partitions in percent; ``gone`` is who is no longer admitted.

    Only for a walk on which nothing failed: what contradicts itself has no shares. None where the
    subject can't be read, its gross is zero ("not applicable"), or its amounts are such that no
    double holds what they come to.
    """
    accounts = accounts_of(subject, nodes)
    times = takes(accounts)
    checked, primary = _by_check(accounts, times), _primary(accounts)
    levels, taken = _by_level(accounts, nodes), _taken_off(accounts, times)
    total = rising(checked.values())
    if not (accounts and total and all(map(isfinite, (total, primary, *taken.values())))):
        return None
    weights = {
        "checked": checked,
        "data": {"primary": primary, "secondary": total - primary},
        "assurance": levels,
        "bodies": by_body(accounts, nodes, gone, levels),
        "standing": by_standing(accounts, nodes),
    }
    off = off_by_standing(accounts, nodes)
    if not all(isfinite(one) for part in (*weights.values(), off) for one in part.values()):
        return None
    parts = {name: partition(part) for name, part in weights.items()}
    found = {name: part for name, part in parts.items() if part is not None}
    if len(found) < len(parts):
        return None
    return Coverage.of_shares(partition(taken), partition(off), **found)


def assured(subject: Node, nodes: Iterable[Node], context: Context) -> Assurance:
    """Return who assured what: the subject's level, how many footprints, and by which bodies.

    Where the trust file names accreditors, one of them accredited each body that counts, or the
    trust file names the body itself (check 9); else accreditation is not checked.
    """
    trust = context.trust
    footprints = [node for node in nodes if node.is_footprint]
    reached = [node for node in footprints if node.assured]
    bodies = {statement.issuer for node in reached for statement in node.assured}
    return Assurance(
        level=assurance.level(subject),
        assured=len(reached),
        footprints=len(footprints),
        bodies=tuple(
            Body(did, did in trust.auditors, checked=bool(trust.accreditors))
            for did in sorted(bodies)
        ),
    )


def _taken_off(accounts: Sequence[Account], taken: Sequence[float]) -> dict[str, float]:
    """Return |removals and credits| in the subject's total by how they were checked.

    A credit by a footprint is parted as the gross of that footprint is: it is worth no more.
    """
    terms: dict[str, list[float]] = {name: [] for name in CHECKED}
    below = _checked_below(accounts)
    for account, times in zip(accounts, taken, strict=True):
        for off in account.taken_off:
            parts = {} if off.displaced is None else below[off.displaced]
            whole = rising(parts.values())
            if not whole:
                terms[off.checked].append(times * off.share)
                continue
            for name, part in parts.items():
                terms[name].append(times * off.share * (part / whole))
    return {name: rising(values) for name, values in terms.items()}


def _checked_below(accounts: Sequence[Account]) -> list[dict[str, float]]:
    """Return the gross of each per declared amount, by how it was checked; inputs come first."""
    found: list[dict[str, float]] = []
    if not any(off.displaced is not None for one in accounts for off in one.taken_off):
        return found
    for account in accounts:
        terms: dict[str, list[float]] = {name: [] for name in CHECKED}
        for end in account.ends:
            terms[end.checked].append(end.share)
        for edge in account.edges:
            for name, part in found[edge.cited].items():
                terms[name].append(edge.scale * part)
        found.append({name: rising(values) for name, values in terms.items()})
    return found


def _by_check(accounts: Sequence[Account], taken: Sequence[float]) -> dict[str, float]:
    """Return |contribution| to the subject's total by how it was checked."""
    terms: dict[str, list[float]] = {name: [] for name in CHECKED}
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


def _by_level(accounts: Sequence[Account], nodes: Mapping[bytes, Node]) -> dict[str, float]:
    """Return |contribution| by the highest level of assurance of a statement on its path."""
    ranks = [ASSURANCE.index(assurance.level(nodes[one.digest])) for one in accounts]
    terms: list[list[float]] = [[] for _ in ASSURANCE]
    taken = takes_by_rank(accounts, ranks, len(ASSURANCE))
    for account, by_rank in zip(accounts, taken, strict=True):
        for rank, times in enumerate(by_rank):
            terms[rank] += [times * end.share for end in account.ends]
    return {name: rising(values) for name, values in zip(ASSURANCE, terms, strict=True)}
