"""``init``, ``serve``, ``anchor``: a ledger and its operator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from api.cli.failing import Misused
from api.cli.options import Did, formatted, opened
from ledger.core.encoding import hex_text

if TYPE_CHECKING:
    from api.cli.session import Session


@click.command()
@click.option("--origin", required=True, help="The log's name, such as ledger.example/log.")
@click.option("--authority", required=True, type=Did(), help="The authority's DID.")
@click.option("--rpc", help="An EVM JSON-RPC endpoint; by default the embedded test chain.")
@formatted
@click.pass_obj
def init(session: Session, origin: str, authority: str, rpc: str | None) -> None:
    """Make a ledger: separate keys, contracts, an empty log.

    Registrar, operator, log and authority get keys apart. Stopped midway, the same command goes
    on with the keys it made.
    """
    from api.workspace import Workspace  # noqa: PLC0415 - only who makes one needs the store

    with Workspace.create(
        session.home,
        origin=origin,
        authority=authority,
        passphrase=session.passphrase,
        insecure=session.insecure,
        rpc=rpc,
    ) as workspace:
        trust = workspace.trust_json()
    if session.insecure and session.passphrase is None:
        session.say(f"the keys in {session.home / 'keys'} are plain files: not for real use")
    session.give(trust, f"made a ledger in {session.home}: log {origin}, id {trust['logId']}")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8420, show_default=True, type=click.IntRange(1, 65535))
@formatted
@click.pass_obj
def serve(session: Session, host: str, port: int) -> None:
    """Serve the ledger's HTTP door."""
    if session.serve is None:
        message = "this command line was put together without the HTTP door"
        raise Misused(message)
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
    why = f": {outcome.reason}" if outcome.reason else ""
    session.give(value, f"{outcome.state}: size {outcome.size}{where}{why}")
