"""What changes in this ledger if a footprint does, or no longer stands: upwards, in log order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.analysis import Affected, Downstream, Limits, affected, changes
from rootprint.ledger.core.canonical import decode
from rootprint.ledger.core.chain import organisation_id
from rootprint.ledger.core.errors import NotFound
from rootprint.ledger.core.schema.kinds import FOOTPRINT
from rootprint.ledger.core.statusrows import state_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake.home import Home


def changes_downstream(
    home: Home,
    digest: bytes,
    value: Callable[[Fraction], Fraction],
    limits: Limits = Limits(),  # noqa: B008 - frozen
    *,
    progress: Callable[[int], None] = lambda _count: None,
) -> dict[str, Any]:
    """Return what changes over all statements of this ledger that rest on ``digest``, as JSON.

    ``value`` makes the new total of the stated one, both kg CO2e per declared amount;
    ``progress`` is called with how many statements were read. Raises NotFound, Refused for no
    footprint, CalculationError for the value that is stated. Cost: each later footprint is read
    once.
    """
    with home.store.read() as tx:
        found = Downstream(tx.statements.get(digest))
        since = home.log.index_of(digest)
        later = [
            other
            for index, _, other, row in tx.statements.logged()
            if index > since and row is not None and row.kind == FOOTPRINT
        ]
        for count, other in enumerate(later, 1):
            found.take(tx.statements.get(other))
            progress(count)
    return changes(found, value(found.stated), limits, _Directory(home).said)


def affected_downstream(
    home: Home,
    start: Callable[[Statement], bool],
    *,
    progress: Callable[[int], None] = lambda _count: None,
) -> dict[str, Any]:
    """Return whose footprints rest on the logged statements that ``start`` says, as JSON.

    ``progress`` is called with how many statements were read. Cost: each logged statement is read
    once.
    """
    found = Affected(start)
    with home.store.read() as tx:
        held = [digest for _, _, digest, row in tx.statements.logged() if row is not None]
        for count, digest in enumerate(held, 1):
            found.take(tx.statements.get(digest))
            progress(count)
    return affected(found, _Directory(home).said)


class _Directory:
    """Whose a statement is and whether it stands, read once for each organisation."""

    def __init__(self, home: Home) -> None:
        self._home, self._reader = home, home.reader()
        self._names: dict[str, str] = {}

    def said(self, statement: Statement) -> dict[str, Any]:
        """Return organisation (legal name, else DID) and state, ``none`` for what stands."""
        did = statement.issuer
        if did not in self._names:
            self._names[did] = self._name(did)
        state = state_of(self._reader, statement.digest, did, self._home.trust.authority)
        return {
            "organisation": {"id": did, "name": self._names[did]},
            "state": state.name.lower(),
        }

    def _name(self, did: str) -> str:
        rows = self._reader.organisation_rows(organisation_id(did))
        try:
            with self._home.store.read() as tx:
                data = tx.directory.record(rows[-1].record) if rows else b"{}"
        except NotFound:
            return did
        content = decode(data, what="organisation record")
        return str(content.get("legalName", did)) if isinstance(content, dict) else did
