"""``account``: accounts on the chain, made here and shown with what they act for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from rootprint.api.cli.failing import Misused
from rootprint.api.cli.options import formatted, opened
from rootprint.ledger.chain import RemoteAccount, address_of
from rootprint.ledger.core.chain import ADDRESS_BYTES
from rootprint.ledger.core.encoding import hex_bytes, hex_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.registry import registrars

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.api.cli.session import Session
    from rootprint.api.service import Workspace


class Account(click.ParamType[str]):
    """``0x`` and 40 hexadecimal digits, or the short name of an account whose key is here."""

    name = "account"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        """Return it in lower case; which names are here only the ledger's folder can tell."""
        text = str(value)
        if text[:2].lower() != "0x":
            return text
        try:
            address = hex_bytes(text.lower(), ADDRESS_BYTES, what=repr(text))
        except Refused as error:
            return self.fail(str(error), param, ctx)
        if not any(address):
            self.fail(f"{text} is the account of no one", param, ctx)
        return hex_text(address)


def signed_remotely(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the two options that name a remote signer and the account that it signs for."""
    url, address = names

    def added(command: Callable[..., Any]) -> Callable[..., Any]:
        which = click.option(
            address, type=Account(), metavar="0x…", help=f"With {url}: the account's address."
        )
        where = click.option(
            url,
            metavar="URL",
            help="The remote signer that holds the key, by JSON-RPC.",
        )
        return where(which(command))

    return added


def remote_account(url: str | None, address: str | None, *names: str) -> RemoteAccount | None:
    """Return what the two options name, or None where neither is given."""
    if url is None and address is None:
        return None
    if url is None or address is None or not address.startswith("0x"):
        message = f"{names[0]} and {names[1]} come together"
        raise Misused(message, remedy=f"give {names[0]} URL {names[1]} 0x…, the account's address")
    return RemoteAccount(hex_bytes(address, ADDRESS_BYTES, what="the account"), url)


@click.group()
def account() -> None:
    """Accounts on the chain: new, show, relay."""


@account.command()
@click.argument("name")
@signed_remotely("--signer", "--address")
@formatted
@click.pass_obj
def new(session: Session, name: str, signer: str | None, address: str | None) -> None:
    """Make an account's key under a short NAME, and print its address.

    With --signer and --address no key is made: the remote signer at that URL holds it, such as
    Web3Signer or Clef, and signs what this account sends. It acts for nobody until it is invited
    and accepts: org accept, registrar accept, log accept.
    """
    remote = remote_account(signer, address, "--signer", "--address")
    with opened(session) as workspace:
        address = hex_text(workspace.new_account(name, remote))
    session.give({"name": name, "account": address}, f"{name}: {address}")


@account.command()
@click.argument("name", type=Account(), metavar="NAME_OR_ADDRESS")
@formatted
@click.pass_obj
def show(session: Session, name: str) -> None:
    """Show an account's address, and what it acts for on the chain."""
    with opened(session) as workspace:
        address = address_named(workspace, name)
        rights = _rights(workspace, address)
    value = {"account": hex_text(address), "rights": rights}
    session.give(value, hex_text(address), *(rights or ["acts for nobody known here"]))


def address_named(workspace: Workspace, who: str) -> bytes:
    """Return the 20 bytes of an address that was given, or of an account whose key is here."""
    if who.startswith("0x"):
        return hex_bytes(who, ADDRESS_BYTES, what="the account")
    return address_of(workspace.keys.account(who))


def _rights(workspace: Workspace, address: bytes) -> list[str]:
    registry = workspace.registry()
    dids = sorted({workspace.settings.authority} | workspace.holders.dids())
    found = [f"acts for {did}" for did in dids if registry.organisation(did).account == address]
    present, invited = registrars(workspace.chain, workspace.contracts)
    if present == address:
        found.append("is the registrar")
    if invited == address:
        found.append("is invited to be the registrar")
    return found
