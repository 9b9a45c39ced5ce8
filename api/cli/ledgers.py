"""``init``, ``serve``, ``anchor``: a ledger and its operator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from api.cli.options import formatted, opened
from api.workspace import Workspace
from ledger.core.encoding import hex_text

if TYPE_CHECKING:
    from api.cli.group import Session


@click.command()
@click.option("--origin", required=True, help="The log's name, such as ledger.example/log.")
@click.option("--authority", required=True, help="The authority's DID.")
@click.option("--rpc", help="An EVM JSON-RPC endpoint; by default the embedded test chain.")
@formatted
@click.pass_obj
def init(session: Session, origin: str, authority: str, rpc: str | None) -> None:
    """Make a ledger: keys for registrar, operator, log and authority apart; contracts; the log."""
    with Workspace.create(
        session.home,
        origin=origin,
        authority=authority,
        passphrase=session.passphrase,
        insecure=session.insecure,
        rpc=rpc,
    ) as workspace:
        trust = workspace.trust_json()
    session.give(trust, f"made a ledger in {session.home}: log {origin}, id {trust['logId']}")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8420, show_default=True, type=click.IntRange(1, 65535))
@click.pass_obj
def serve(session: Session, host: str, port: int) -> None:
    """Serve the ledger's HTTP door."""
    if session.serve is None:
        message = "this command line was put together without the HTTP door"
        raise click.UsageError(message)
    with opened(session) as workspace:
        session.serve(workspace, host, port)


@click.command()
@formatted
@click.pass_obj
def anchor(session: Session) -> None:
    """Anchor the newest checkpoint on the chain."""
    with opened(session) as workspace:
        outcome = workspace.anchorer().anchor()
    value = {
        "state": str(outcome.state),
        "size": outcome.size,
        "root": hex_text(outcome.root),
        "block": outcome.block,
        "reason": outcome.reason,
    }
    where = "" if outcome.block is None else f" in block {outcome.block}"
    session.give(value, f"{outcome.state}: size {outcome.size}{where} {outcome.reason}".rstrip())
