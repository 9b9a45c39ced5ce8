"""``evidence pact`` and ``evidence catena-x``: a product statement in another format's words."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from rootprint.api.cli.options import StatementName, formatted, opened
from rootprint.ledger.core.canonical import decode
from rootprint.ledger.core.chain import StatusState, organisation_id
from rootprint.ledger.core.encoding import digest_bytes, digest_text
from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.core.schema.kinds import FOOTPRINT
from rootprint.ledger.exchange import catena_x, pact, written

if TYPE_CHECKING:
    from rootprint.api.cli.session import Session
    from rootprint.api.service import Workspace
    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.core.statement import Statement


@dataclass(frozen=True)
class _Viewed:
    """What a view is made of; ``preceding`` are those predecessors that are in this ledger."""

    statement: Statement
    record: dict[str, Json]
    status: str
    preceding: list[Statement]


@click.command("pact")
@click.argument("digest", type=StatementName(), metavar="STATEMENT")
@formatted
@click.pass_obj
def pact_view(session: Session, digest: bytes) -> None:
    """Print the PACT V3 footprint of a product STATEMENT (docs/pact.md)."""
    seen = _viewed(session, digest)
    session.give_document(
        pact.footprint(seen.statement, seen.record, status=seen.status, preceding=seen.preceding)
    )


@click.command("catena-x")
@click.argument("digest", type=StatementName(), metavar="STATEMENT")
@formatted
@click.pass_obj
def catena_x_view(session: Session, digest: bytes) -> None:
    """Print the Catena-X PCF of a product STATEMENT (docs/catena-x.md)."""
    seen = _viewed(session, digest)
    session.give_json(written(catena_x.footprint(seen.statement, seen.record, status=seen.status)))


def footprint_of(workspace: Workspace, digest: bytes) -> Statement:
    """Return a footprint statement that is here. Raises Refused for one of another kind."""
    with workspace.store.read() as tx:
        statement = tx.statements.get(digest)
    if statement.kind != FOOTPRINT:
        message = f"{digest_text(digest)} is an {statement.kind}, of no product"
        raise Refused(message, remedy="name the footprint that it is about")
    return statement


def _viewed(session: Session, digest: bytes) -> _Viewed:
    with opened(session) as workspace:
        home = workspace.home
        statement = footprint_of(workspace, digest)
        rows = home.reader().organisation_rows(organisation_id(statement.issuer))
        if not rows:
            message = f"{statement.issuer} was never admitted"
            raise NotFound(message, remedy="the registrar admits it: rootprint org admit")
        preceding = []
        with home.store.read() as tx:
            record = decode(tx.directory.record(rows[-1].record), what="organisation record")
            for named in statement.subject.get("precedingStatements", []):
                with suppress(NotFound):  # a predecessor may be in another log, or not here yet
                    preceding.append(
                        tx.statements.get(digest_bytes(named, what="precedingStatements"))
                    )
        state = home.state_of(statement)
    status = "Active" if state is StatusState.NONE else "Deprecated"
    return _Viewed(statement, record, status, preceding)
