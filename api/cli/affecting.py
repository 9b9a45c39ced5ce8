"""Who is affected if a statement, or all of an organisation, no longer stands: in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.api.cli.terminal import plain
from rootprint.ledger.intake import affected_downstream, first_anchored_of
from rootprint.ledger.verify import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rootprint.api.cli.session import Session
    from rootprint.api.service import Workspace
    from rootprint.ledger.core.statement import Statement


def resting_on(
    session: Session,
    workspace: Workspace,
    did: str,
    reach: tuple[int, int],
    kid: str | None = None,
) -> dict[str, Any]:
    """Return whose footprints rest on what an organisation signed, with one key if it is named.

    Of a window [from, until), in Unix seconds, on what was anchored in it; (0, 0) is all.
    """
    home = workspace.home
    with home.store.read() as tx:
        digests = tx.statements.by_issuer(did)
    chosen = set(digests)
    if any(reach):
        places = {home.log.index_of(digest): digest for digest in digests}
        rows = first_anchored_of(home, places)
        times = {places[index]: row[1].time for index, row in rows.items() if row is not None}
        chosen = {digest for digest, t in times.items() if reach[0] <= t < reach[1]}

    def start(statement: Statement) -> bool:
        return statement.digest in chosen and kid in {None, statement.kid}

    with session.counting("statements read") as progress:
        return affected_downstream(home, start, progress=progress)


def affected_lines(view: Mapping[str, Any]) -> Iterator[str]:
    """Yield the view in words: whose footprints rest on it, by how much, and what is not seen."""
    view = plain(view)
    rows = view["affected"]
    if not rows:
        yield "No footprint of this ledger's folder is seen to rest on it"
    else:
        verb = "rests" if len(rows) == 1 else "rest"
        whose = counted(len(view["holders"]), "organisation")
        yield f"{counted(len(rows), 'footprint')} of {whose} {verb} on it; of the gross of each:"
    for row in rows:
        per = f"{row['declaredUnitAmount']} {row['declaredUnitOfMeasurement']}"
        share = "" if row["percent"] is None else f" ({row['percent']} %)"
        least = "" if row["whole"] else "at least "
        yield (
            f"  {least}{row['kgCO2e']} {view['unit']} per {per}{share}"
            f"  {row['product']} | {row['organisation']['name']} | {row['statement']}"
        )
    if view["assured"]:
        said = len(view["assured"])
        yield f"{said} {'footprint was' if said == 1 else 'footprints were'} assured by it"
    if view["hidden"]:
        yield f"Of {view['hidden']} more nothing can be said: they rest on what is hidden here"
