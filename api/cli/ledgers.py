"""``init``, ``serve``: a ledger and its operator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rootprint.api.cli.accounts import remote_account, signed_remotely
from rootprint.api.cli.failing import Misused, needs
from rootprint.api.cli.options import Did, formatted, opened
from rootprint.ledger.verify import MAX_CONFIRMATIONS

if TYPE_CHECKING:
    from rootprint.api.cli.session import Session


@click.command()
@click.option("--origin", required=True, help="The log's name, such as ledger.example/log.")
@click.option("--authority", required=True, type=Did(), help="The authority's DID.")
@click.option("--authority-name", required=True, help="Its legal name, as its record says it.")
@click.option("--authority-country", required=True, help="ISO 3166-1 alpha-2.")
@click.option(
    "--rpc",
    multiple=True,
    metavar="URL",
    help="An EVM JSON-RPC endpoint, the preferred one first; by default the embedded test chain.",
)
@click.option(
    "--confirmations",
    type=click.IntRange(0, MAX_CONFIRMATIONS),
    help="With --rpc: how many blocks must follow one before it counts as final.",
)
@click.option(
    "--finalized", is_flag=True, help="With --rpc: anchors wait until the chain calls them final."
)
@signed_remotely("--operator-signer", "--operator-address")
@click.option(
    "--store",
    metavar="URL",
    help="postgresql://USER@HOST/DATABASE for the store, without a password; by default a file.",
)
@formatted
@click.pass_obj
def init(
    session: Session,
    origin: str,
    authority: str,
    authority_name: str,
    authority_country: str,
    rpc: tuple[str, ...],
    confirmations: int | None,
    operator_signer: str | None,
    operator_address: str | None,
    store: str | None,
    *,
    finalized: bool,
) -> None:
    """Make a ledger: separate keys, contracts, an empty log.

    Registrar, operator, log and authority get keys apart. Stopped midway, the same command goes
    on with the keys it made. With --operator-signer the operator's key is never on this machine.
    """
    from rootprint.api.service import Founding, found  # noqa: PLC0415 - only who makes one needs the store

    needs(
        {"--finalized": finalized or None},
        asked=bool(rpc),
        of="a chain behind --rpc",
        remedy="leave it out: each block of the embedded chain is final",
    )
    if (not rpc) != (confirmations is None):
        message = "--rpc and --confirmations come together"
        raise Misused(
            message, remedy="say after how many blocks that chain takes nothing back; 0 trusts all"
        )
    operator = remote_account(
        operator_signer, operator_address, "--operator-signer", "--operator-address"
    )
    founding = Founding(
        origin,
        authority,
        authority_name,
        authority_country,
        rpc or None,
        confirmations or 0,
        finalized,
        operator,
        store,
    )
    with found(
        session.home, founding, passphrase=session.passphrase, insecure=session.insecure
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
    """Serve the HTTP API and the verifier's page."""
    if session.serve is None:
        message = "this command line was put together without the HTTP API"
        raise Misused(message)

    def ready(url: str) -> None:
        session.say(f"serving {url} · the verifier is at {url}/verifier/ · Ctrl-C stops")

    with opened(session) as workspace:
        session.serve(workspace, host, port, ready)
