"""``chain``: the home chain as this ledger sees it, and the embedded chain under a wrong clock."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from rootprint.api.cli.options import formatted, opened
from rootprint.ledger.core.encoding import hex_text, time_text
from rootprint.ledger.core.errors import Refused

if TYPE_CHECKING:
    from rootprint.api.cli.session import Session
    from rootprint.api.service import Workspace
    from rootprint.ledger.chain import EmbeddedChain, Standing


@click.group()
def chain() -> None:
    """The home chain: show, use, confirm-clock, restamp."""


@chain.command()
@formatted
@click.pass_obj
def show(session: Session) -> None:
    """Show the chain's newest block, its newest final one, and the endpoints.

    An endpoint that is passed over has its reason beside it. Exit code 3 where none can be used.
    """
    with opened(session) as workspace:
        found = workspace.chain.block()
        number, final = workspace.chain.chain_id, workspace.chain.finalized()
        standings = _standings(workspace)
    value = {
        "chainId": number,
        "block": found.number,
        "blockHash": hex_text(found.hash),
        "time": time_text(found.time),
        "finalized": None if final is None else final.number,
        "endpoints": [asdict(one) for one in standings],
    }
    finality = "no finality of its own" if final is None else f"final up to block {final.number}"
    session.give(
        value,
        f"chain {number}: newest block {found.number}, {value['time']}; {finality}",
        *_lines(standings),
    )


@chain.command()
@click.option(
    "--rpc",
    multiple=True,
    required=True,
    metavar="URL",
    help="An EVM JSON-RPC endpoint of the ledger's chain, the preferred one first.",
)
@formatted
@click.pass_obj
def use(session: Session, rpc: tuple[str, ...]) -> None:
    """Take other endpoints of the same chain from now on.

    Each is asked first: for its chain id, whether it is catching up or late, and for the ledger's
    contracts. If one can't be used, nothing is changed.
    """
    with opened(session) as workspace:
        standings = workspace.use_endpoints(rpc)
    session.give({"endpoints": [asdict(one) for one in standings]}, *_lines(standings))


@chain.command(name="confirm-clock")
@formatted
@click.pass_obj
def confirm_clock(session: Session) -> None:
    """Say that this machine's clock is right, after a long pause.

    The embedded chain stamps no block more than 32 days after the newest one until somebody has
    compared the clock with another one and says so.
    """
    with opened(session) as workspace:
        confirmed = time_text(_embedded(workspace).confirm_clock())
    session.give({"confirmed": confirmed}, f"confirmed: it is {confirmed}")


@chain.command()
@formatted
@click.pass_obj
def restamp(session: Session) -> None:
    """Take back blocks that lie in the future; mine their transactions again now.

    For the embedded chain, after its clock was wrong. Nothing that was sent is lost. Evidence and
    trust files that name a block which was taken back are made anew.
    """
    with opened(session) as workspace:
        done = _embedded(workspace).restamp()
    changed = [hex_text(one) for one in done.changed]
    value = {
        "kept": done.kept,
        "blocks": done.blocks,
        "transactions": done.transactions,
        "changed": changed,
    }
    if not done.blocks:
        session.give(value, "no block lies in the future; nothing was changed")
        return
    session.give(
        value,
        f"blocks taken back: {done.blocks}, those after block {done.kept}; "
        f"transactions mined again: {done.transactions}",
        *(f"ended otherwise than before: transaction {one}" for one in changed),
        "run rootprint anchor; make evidence and trust files that name one of these blocks anew",
    )


def _standings(workspace: Workspace) -> tuple[Standing, ...]:
    from rootprint.ledger.chain import RpcEndpoints  # noqa: PLC0415 - verify must not need it

    found = workspace.chain
    return found.standings() if isinstance(found, RpcEndpoints) else ()


def _lines(standings: tuple[Standing, ...]) -> list[str]:
    return [
        f"passed over: {one.name}: {one.fault}" if one.fault else f"{one.name}: block {one.head}"
        for one in standings
    ]


def _embedded(workspace: Workspace) -> EmbeddedChain:
    from rootprint.ledger.chain import EmbeddedChain  # noqa: PLC0415 - verify must not need it

    found = workspace.chain
    if not isinstance(found, EmbeddedChain):
        raise Refused(
            "this ledger's chain is not the embedded one: its clock is that chain's own",
            remedy="see it with: rootprint chain show",
        )
    return found
