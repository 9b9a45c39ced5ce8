"""What of a verified number rests on somebody who is no longer admitted as of the block asked.

It stands: the issuer was admitted when its statement was anchored. How much it is, and whose, a
reader must see (docs/verifying-walk.md, 7.13 and 9.9).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.standing import Role
from rootprint.ledger.figures import rising, takes_by_rank
from rootprint.ledger.verify.checks import assurance
from rootprint.ledger.verify.policy import ASSURANCE
from rootprint.ledger.verify.values import ADMITTED, LAPSED, NO_BODY, NOT_SEEN, UNSIGNED, NoLonger

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rootprint.ledger.figures import Account, End, Off
    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Node

CLASSES = (ADMITTED, NOT_SEEN, LAPSED)  # by rising harm
_ISSUER = 2
_LEVELS = 2 * len(ASSURANCE) - 1


def no_longer_admitted(nodes: Iterable[Node], context: Context) -> NoLonger:
    """Return whose admission ended, of the statements reached by citation and of their bodies."""
    issuers, bodies = {}, {}
    for node in nodes:
        if node.statement is not None and node.about is None and node.lapse is not None:
            issuers[node.statement.issuer] = node.lapse
        for one in node.assured:
            lapse = context.lapse(one.issuer, Role.AUDITOR)
            if lapse is not None:
                bodies[one.issuer] = lapse
    return NoLonger(issuers, bodies)


def by_standing(accounts: Sequence[Account], nodes: Mapping[bytes, Node]) -> dict[str, float]:
    """Return |contribution| by whether an issuer on its path is no longer admitted, or not seen.

    Whoever hides a line hides the issuer behind it, and whoever leaves out a record its issuer; a
    figure that is published or attested has a maker who signed nothing: nothing says that these are
    admitted.
    """
    ends = [[(end.share, int(_unseen(end))) for end in account.ends] for account in accounts]
    return _by_class(accounts, _ranks(accounts, nodes), ends)


def off_by_standing(accounts: Sequence[Account], nodes: Mapping[bytes, Node]) -> dict[str, float]:
    """Return |removals and credits| as ``by_standing`` does the gross.

    A credit rests on all that the footprint rests on by which it is given: it counts whole as no
    longer admitted, else as not seen, if anything of that does.
    """
    ranks = _ranks(accounts, nodes)
    below = _worst_below(accounts, ranks)
    offs = [
        [
            (
                off.share,
                max(int(_unseen(off)), 0 if off.displaced is None else below[off.displaced]),
            )
            for off in account.taken_off
        ]
        for account in accounts
    ]
    return _by_class(accounts, ranks, offs)


def by_body(
    accounts: Sequence[Account],
    nodes: Mapping[bytes, Node],
    gone: NoLonger,
    levels: Mapping[str, float],
) -> dict[str, float]:
    """Return |contribution| by whose the highest level of assurance on its path is.

    A level counts as that of a body which is admitted if such bodies alone reach it; on a path it
    goes before the same level of others. ``levels`` are the weights of the levels themselves.
    """
    none, limited, reasonable = (levels[name] for name in ASSURANCE)
    if not gone.bodies:
        return {NO_BODY: none, ADMITTED: limited + reasonable, LAPSED: 0.0}
    ranks = []
    for one in accounts:
        node = nodes[one.digest]
        level = assurance.level(node)
        place = 2 * ASSURANCE.index(level)
        own = not place or assurance.level(node, but=gone.bodies.keys()) == level
        ranks.append(place if own else place - 1)
    none, limited_by, limited, reasonable_by, reasonable = _by_rank(accounts, ranks, _LEVELS)
    return {NO_BODY: none, ADMITTED: limited + reasonable, LAPSED: limited_by + reasonable_by}


def _by_class(
    accounts: Sequence[Account], ranks: Sequence[int], ends: Sequence[Sequence[tuple[float, int]]]
) -> dict[str, float]:
    """Return what ends by the worse of its own class and that of its path."""
    terms: list[list[float]] = [[] for _ in CLASSES]
    taken = takes_by_rank(accounts, ranks, len(CLASSES))
    for own, by_rank in zip(ends, taken, strict=True):
        for share, worst in own:
            for rank, times in enumerate(by_rank):
                terms[max(rank, worst)].append(times * share)
    found = {name: rising(one) for name, one in zip(CLASSES, terms, strict=True)}
    return {name: found[name] for name in (ADMITTED, LAPSED, NOT_SEEN)}


def _ranks(accounts: Sequence[Account], nodes: Mapping[bytes, Node]) -> list[int]:
    return [_rank(nodes[one.digest], nodes) for one in accounts]


def _worst_below(accounts: Sequence[Account], ranks: Sequence[int]) -> list[int]:
    """Return of each, and all below it: 2 if an issuer is no longer admitted, 1 if one is unseen.

    Inputs come first, and so do footprints by which credits are given.
    """
    worst: list[int] = []
    for account, rank in zip(accounts, ranks, strict=True):
        unseen = any(map(_unseen, account.ends)) or any(map(_unseen, account.taken_off))
        cited = [edge.cited for edge in account.edges]
        cited += [one.displaced for one in account.taken_off if one.displaced is not None]
        worst.append(max(rank, int(unseen), *(worst[number] for number in cited)))
    return worst


def _unseen(one: End | Off) -> bool:
    """Whether nobody who is seen to be admitted made what ends there: it is hidden, or unsigned."""
    return one.hidden or one.checked == UNSIGNED


def _by_rank(accounts: Sequence[Account], ranks: Sequence[int], count: int) -> list[float]:
    terms: list[list[float]] = [[] for _ in range(count)]
    for account, by_rank in zip(accounts, takes_by_rank(accounts, ranks, count), strict=True):
        for rank, times in enumerate(by_rank):
            terms[rank] += [times * end.share for end in account.ends]
    return [rising(one) for one in terms]


def _rank(node: Node, nodes: Mapping[bytes, Node]) -> int:
    """Return the worst of its issuer and those of records that it rests on, as a place in CLASSES.

    Who signed a record that is not in the file, or for whom check 2 was not made, is not seen.
    """
    waiting, met, worst = [node.digest], {node.digest}, 0
    while waiting:
        one = nodes.get(waiting.pop())
        if one is None or not one.passed(_ISSUER):
            worst = max(worst, CLASSES.index(NOT_SEEN))
        if one is None:
            continue
        if one.lapse is not None:
            return CLASSES.index(LAPSED)
        for digest in one.records():
            if digest not in met:
                met.add(digest)
                waiting.append(digest)
    return worst
