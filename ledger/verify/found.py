"""What checks find beside their state: what later checks build on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.keys import PublicKey
    from rootprint.ledger.core.logproof import LogProof
    from rootprint.ledger.core.standing import Lapse
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.conformed import Conformity


class Found(NamedTuple):
    """What a check found beside its state; each member is one check's. None: it did not get there.

    1 finds ``statement`` and ``key``, 3 ``proof`` and ``index``, 4 ``row`` and ``t``, 2 what a
    record declares and since when the issuer is no longer admitted (``lapse``), 5 whether it was
    ``ended`` or ``superseded`` and which other records retire (``retired_too``, digests as text) or
    allocate (``allocated_by``) the same, 8 the lines it ``recomputed``, 9 the assurances that count
    (``assured``), 10 each pack's (``conformity``).
    """

    statement: Statement | None = None
    key: PublicKey | None = None
    proof: LogProof | None = None
    index: int | None = None  # type: ignore[assignment] # no place in a tuple is asked for
    row: int | None = None
    t: int | None = None
    legal_name: str | None = None
    registered: frozenset[tuple[str, str]] | None = None
    group: str | None = None
    lapse: Lapse | None = None
    ended: bool | None = None
    superseded: bool | None = None
    retired_too: tuple[str, ...] | None = None
    allocated_by: bytes | None = None
    recomputed: frozenset[int] | None = None
    conformity: tuple[Conformity, ...] | None = None
    assured: tuple[Statement, ...] | None = None


NOTHING_FOUND: Final = Found()
# Which check finds which of them: a node takes nothing from another.
FOUND_BY: Final[Mapping[int, tuple[str, ...]]] = {
    1: ("statement", "key"),
    2: ("legal_name", "registered", "group", "lapse"),
    3: ("proof", "index"),
    4: ("row", "t"),
    5: ("ended", "superseded", "retired_too", "allocated_by"),
    6: (),
    7: (),
    8: ("recomputed",),
    9: ("assured",),
    10: ("conformity",),
}
