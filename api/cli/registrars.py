"""``registrar``: who admits, suspends and expels; the rights pass in two steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rootprint.api.cli.accounts import Account, address_named
from rootprint.api.cli.asking import ask, unasked
from rootprint.api.cli.failing import Misused
from rootprint.api.cli.options import formatted, opened
from rootprint.ledger.chain import address_of
from rootprint.ledger.core.encoding import hex_text
from rootprint.ledger.core.errors import NotAuthorised
from rootprint.ledger.registry import accept_registrar, propose_registrar, registrars

if TYPE_CHECKING:
    from rootprint.api.cli.session import Session

_TRUST = "trust files name the registrar: those handed out before are to be made anew"


@click.group()
def registrar() -> None:
    """The registrar's rights: show, hand over, accept."""


@registrar.command()
@formatted
@click.pass_obj
def show(session: Session) -> None:
    """Show the registrar's account on the chain, and the one that it invited."""
    with opened(session) as workspace:
        present, invited = registrars(workspace.chain, workspace.contracts)
        known = workspace.settings.registrar
    value = {"registrar": hex_text(present), "invited": invited and hex_text(invited),
             "ofThisLedger": known}  # fmt: skip
    lines = [f"the registrar is {hex_text(present)}"]
    if invited:
        lines.append(f"{hex_text(invited)} is invited: rootprint registrar accept")
    if known != hex_text(present):
        lines.append(f"this ledger still names {known}: rootprint registrar follow")
    session.give(value, *lines)


@registrar.command(name="hand-over")
@click.option("--to", "account", type=Account(), help="The next registrar: its address or name.")
@click.option("--take-back", is_flag=True, help="No account is invited any more.")
@unasked
@formatted
@click.pass_obj
def hand_over(session: Session, account: str | None, *, take_back: bool, yes: bool) -> None:
    """Invite an account to be the registrar; nothing changes until it accepts."""
    if (account is None) == (not take_back):
        message = "it is not said once whether an account is invited, or none any more"
        raise Misused(message, remedy="give --to ACCOUNT, or --take-back")
    with opened(session) as workspace:
        secret = workspace.registrar()
        invited = None if account is None else address_named(workspace, account)
        if invited is not None:
            ask(session, *_passing(address_of(secret), invited), yes=yes,
                why="whoever holds that account could become the registrar")  # fmt: skip
        workspace.send([(secret, propose_registrar(workspace.contracts, invited))])
    shown = None if invited is None else hex_text(invited)
    said = f"{shown} is invited to be the registrar, and accepts with: rootprint registrar accept"
    session.give({"invited": shown}, said if shown else "no account is invited to be the registrar")


@registrar.command()
@click.option("--account", "name", required=True, help="The short name of the invited account.")
@unasked
@formatted
@click.pass_obj
def accept(session: Session, name: str, *, yes: bool) -> None:
    """Become the registrar, with the account that was invited."""
    with opened(session) as workspace:
        secret = workspace.keys.account(name)
        mine, (present, invited) = (
            address_of(secret),
            registrars(workspace.chain, workspace.contracts),
        )
        if present != mine:  # else an earlier attempt got as far as that
            if invited != mine:
                message = f"{hex_text(mine)} is not invited to be the registrar"
                raise NotAuthorised(message, remedy="the registrar invites it: registrar hand-over")
            ask(session, *_passing(present, mine), yes=yes)
            workspace.send([(secret, accept_registrar(workspace.contracts))])
        workspace.change(registrar=hex_text(mine), registrarAccount=name)
    value = {"registrar": hex_text(mine), "before": hex_text(present)}
    session.give(value, f"the registrar is {hex_text(mine)} from now on; {_TRUST}")


@registrar.command()
@click.argument("address", type=Account())
@formatted
@click.pass_obj
def follow(session: Session, address: str) -> None:
    """Have this ledger name the registrar's new ADDRESS, which you learnt from the registrar.

    For a ledger whose registrar handed over elsewhere. It is compared with the chain's.
    """
    with opened(session) as workspace:
        present, _ = registrars(workspace.chain, workspace.contracts)
        given = address_named(workspace, address)
        if given != present:
            message = f"the registrar is {hex_text(present)} on the chain, not {hex_text(given)}"
            raise NotAuthorised(message, remedy="ask the registrar which account it has")
        workspace.change(registrar=hex_text(present))
    session.give({"registrar": hex_text(present)},
                 f"this ledger's registrar is {hex_text(present)}; {_TRUST}")  # fmt: skip


def _passing(before: bytes, after: bytes) -> list[str]:
    return [
        f"{hex_text(after)} is to be the registrar, in place of {hex_text(before)}",
        (
            "from its acceptance on it alone admits, suspends, expels, recovers accounts and "
            "freezes logs"
        ),
        _TRUST,
    ]
