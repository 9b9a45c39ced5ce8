"""``account``: accounts on the chain, made here and shown with what they act for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from rootprint.api.cli.options import formatted, opened
from rootprint.ledger.chain import address_of
from rootprint.ledger.core.chain import ADDRESS_BYTES
from rootprint.ledger.core.encoding import hex_bytes, hex_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.registry import registrars

if TYPE_CHECKING:
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


@click.group()
def account() -> None:
    """Accounts on the chain: new, show, relay."""


@account.command()
@click.argument("name")
@formatted
@click.pass_obj
def new(session: Session, name: str) -> None:
    """Make an account's key under a short NAME, and print its address.

    It acts for nobody until it is invited and accepts: org accept, registrar accept, log accept.
    """
    with opened(session) as workspace:
        address = hex_text(address_of(workspace.new_account(name)))
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
