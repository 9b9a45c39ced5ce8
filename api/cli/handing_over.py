"""``org hand-over``, ``accept``, ``recover``, ``object``: which account acts for an organisation.

The account passes in two steps, so that it never goes to an account that no one holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

import rootprint.api.cli.standing  # noqa: F401 - the group's other commands
from rootprint.api.cli.accounts import Account, address_named
from rootprint.api.cli.asking import ask, unasked
from rootprint.api.cli.failing import Misused
from rootprint.api.cli.options import InputFile, formatted, opened, read_input
from rootprint.api.cli.organisations import Whose, did_of, known, org
from rootprint.ledger.chain import address_of
from rootprint.ledger.core.encoding import digest_text, hex_text, sha256, time_text
from rootprint.ledger.core.errors import NotAuthorised, NotFound, Refused
from rootprint.ledger.core.standing import Admission
from rootprint.ledger.registry import (
    accept_account,
    drop_recovery,
    invited_account,
    propose_account,
    start_recovery,
)

if TYPE_CHECKING:
    from pathlib import Path

    from rootprint.api.cli.session import Session
    from rootprint.api.service import Workspace
    from rootprint.ledger.chain import Account as Holder
    from rootprint.ledger.registry import Organisation

_LATER = "the account that is invited accepts: rootprint org accept"


@org.command(name="hand-over")
@click.argument("who", type=Whose(), metavar="NAME_OR_DID")
@click.option("--to", "account", type=Account(), help="The next account: its address or name.")
@click.option("--take-back", is_flag=True, help="End what is pending; no account is invited.")
@unasked
@formatted
@click.pass_obj
def hand_over(
    session: Session, who: str, account: str | None, *, take_back: bool, yes: bool
) -> None:
    """Invite the next account to act for an organisation, with the present one.

    Nothing changes until it accepts; from then on the present account has no right, for good.
    """
    if (account is None) == (not take_back):
        message = "it is not said once whether an account is invited, or none any more"
        raise Misused(message, remedy="give --to ACCOUNT, or --take-back")
    with opened(session) as workspace:
        did = did_of(workspace, who)
        organisation = known(workspace, did)
        holder = acting_for(workspace, organisation)
        invited = None if account is None else address_named(workspace, account)
        if invited is not None:
            _require_may_invite(workspace, organisation)
            ask(
                session,
                *passing(organisation, invited),
                *_ending(workspace, did),
                "it can be taken back until it is accepted: rootprint org hand-over --take-back",
                yes=yes,
                why="whoever holds that account could take the organisation's over",
            )
        workspace.send([(holder, propose_account(workspace.contracts, did, invited))])
    value = {"did": did, "account": hex_text(organisation.account), "invited": _hex(invited)}
    said = f"{_hex(invited)} is invited to act for {did}; {_LATER}"
    session.give(value, said if invited else f"no account is invited to act for {did}")


@org.command()
@click.argument("who", type=Whose(), metavar="NAME_OR_DID")
@click.option("--account", "name", required=True, help="The short name of the invited account.")
@unasked
@formatted
@click.pass_obj
def accept(session: Session, who: str, name: str, *, yes: bool) -> None:
    """Take an organisation's account over, with the account that was invited.

    After a recovery that is possible seven days from its beginning on.
    """
    with opened(session) as workspace:
        did = did_of(workspace, who)
        organisation, holder = known(workspace, did), workspace.keys.account(name)
        mine = address_of(holder)
        if organisation.account != mine:  # else an earlier attempt got as far as that
            since = time_text(_invited_from(workspace, did, mine))
            ask(session, *passing(organisation, mine), f"possible from {since} on", yes=yes)
            workspace.send([(holder, accept_account(workspace.contracts, did))])
        workspace.holders.pass_to(did, name)
    value = {"did": did, "account": hex_text(mine), "before": hex_text(organisation.account)}
    session.give(value, f"{hex_text(mine)} acts for {did} from now on; its keys here use {name}")


@org.command()
@click.argument("who", type=Whose(), metavar="NAME_OR_DID")
@click.option("--to", "account", type=Account(), help="The account that it gets.")
@click.option(
    "--decision",
    type=InputFile,
    metavar="FILE",
    help="The signed decision that gives the reasons; its SHA-256 goes to the chain.",
)
@click.option("--drop", is_flag=True, help="End a recovery that was begun.")
@unasked
@formatted
@click.pass_obj
def recover(
    session: Session,
    who: str,
    account: str | None,
    decision: Path | None,
    *,
    drop: bool,
    yes: bool,
) -> None:
    """Registrar: give an organisation that lost its account another one, after seven days.

    Until then the present account can object, as long as the organisation is admitted. Where an
    account was stolen, suspend the organisation first.
    """
    if drop != (account is None) or drop != (decision is None):
        message = "a recovery is begun with an account and a decision, and dropped without"
        raise Misused(message, remedy="give --to ACCOUNT and --decision FILE, or --drop alone")
    with opened(session) as workspace:
        did = did_of(workspace, who)
        organisation, registrar = known(workspace, did), workspace.registrar()
        if account is None or decision is None:
            workspace.send([(registrar, drop_recovery(workspace.contracts, did))])
            session.give({"did": did, "recovery": None}, f"the recovery of {did} is ended")
            return
        invited, reasons = address_named(workspace, account), sha256(read_input(decision))
        ask(
            session,
            *passing(organisation, invited),
            *_ending(workspace, did),
            *_objecting(organisation),
            yes=yes,
            why="the organisation's account would pass to another",
        )
        call = start_recovery(workspace.contracts, did, invited, reasons)
        workspace.send([(registrar, call)])
        pending = invited_account(workspace.chain, workspace.contracts, did)
    since = "" if pending is None else time_text(pending.not_before)
    value = {"did": did, "invited": hex_text(invited), "from": since,
             "decision": digest_text(reasons)}  # fmt: skip
    session.give(value, f"{hex_text(invited)} may act for {did} from {since} on; {_LATER}")


@org.command(name="object")
@click.argument("who", type=Whose(), metavar="NAME_OR_DID")
@formatted
@click.pass_obj
def object_(session: Session, who: str) -> None:
    """End a recovery with the organisation's present account: it is neither lost nor stolen."""
    with opened(session) as workspace:
        did = did_of(workspace, who)
        holder = acting_for(workspace, known(workspace, did))
        pending = invited_account(workspace.chain, workspace.contracts, did)
        if pending is None or not pending.recovery:
            message = f"no recovery of {did} is under way"
            raise Refused(message, remedy="see what is: rootprint org show")
        workspace.send([(holder, propose_account(workspace.contracts, did, None))])
    session.give({"did": did, "recovery": None}, f"the recovery of {did} is ended by its account")


def acting_for(workspace: Workspace, organisation: Organisation) -> Holder:
    """Return the organisation's account; raise NotAuthorised if it is not here."""
    for name in workspace.holders.accounts_of(organisation.did):
        if workspace.keys.has_account(name):
            holder = workspace.keys.account(name)
            if address_of(holder) == organisation.account:
                return holder
    message = f"{hex_text(organisation.account)} acts for {organisation.did}; its key is not here"
    raise NotAuthorised(message, remedy="the organisation does it, where its account's key is")


def passing(organisation: Organisation, account: bytes) -> list[str]:
    """Return in words what changes when another account acts for an organisation."""
    return [
        (
            f"{hex_text(account)} is to act for {organisation.did}, in place of "
            f"{hex_text(organisation.account)}"
        ),
        (
            "from its acceptance on it alone adds, retires and reports keys, withdraws and "
            "accredits; the present account never acts for any organisation again"
        ),
        "keys and statements stay as they are",
    ]


def _require_may_invite(workspace: Workspace, organisation: Organisation) -> None:
    """Say before anything is asked what the contract would refuse (RecoveryPending)."""
    pending = invited_account(workspace.chain, workspace.contracts, organisation.did)
    admitted = organisation.rows[-1].status is Admission.ADMITTED
    if pending is not None and pending.recovery and not admitted:
        message = f"a recovery of {organisation.did}, which is not admitted, is under way"
        raise Refused(message, remedy="the registrar ends it: rootprint org recover --drop")


def _ending(workspace: Workspace, did: str) -> list[str]:
    """Return in words what is under way and ends when another account is invited."""
    pending = invited_account(workspace.chain, workspace.contracts, did)
    if pending is None:
        return []
    account = hex_text(pending.account)
    if not pending.recovery:
        return [f"that ends the invitation of {account}"]
    since = time_text(pending.not_before)
    return [f"that ends the recovery by which {account} may act from {since} on"]


def _objecting(organisation: Organisation) -> list[str]:
    admitted = organisation.rows[-1].status is Admission.ADMITTED
    return [
        "for seven days the present account can end it: rootprint org object"
        if admitted
        else "the organisation is not admitted, so that its present account can't end it",
        "until the recovery has ended, the present account does nothing else",
    ]


def _invited_from(workspace: Workspace, did: str, account: bytes) -> int:
    """Return from when on the account may accept; raise if it is not the invited one."""
    pending = invited_account(workspace.chain, workspace.contracts, did)
    if pending is None:
        message = f"no account is invited to act for {did}"
        remedy = "its account invites one (org hand-over), or the registrar (org recover)"
        raise NotFound(message, remedy=remedy)
    if pending.account != account:
        message = f"{hex_text(pending.account)} is invited to act for {did}, and no other"
        raise NotAuthorised(message, remedy="name that account with --account")
    return pending.not_before


def _hex(account: bytes | None) -> Any:
    return None if account is None else hex_text(account)
