"""``log show``, ``hand-over``, ``accept``, ``freeze``, ``open``, ``name-successor``, ``follow``.

Who operates a log, and what becomes of one that is stuck or captured. Each change is a transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from rootprint.api.cli.accounts import Account, address_named
from rootprint.api.cli.asking import ask, unasked
from rootprint.api.cli.failing import Misused
from rootprint.api.cli.logs import log
from rootprint.api.cli.options import BlockHash, InputFile, formatted, opened, read_input
from rootprint.ledger.anchor import (
    accept_operator,
    drop_freeze,
    freeze_log,
    log_state,
    name_successor,
    open_log,
    propose_freeze,
    propose_operator,
    require_extension,
)
from rootprint.ledger.chain import address_of
from rootprint.ledger.core.chain import log_id as id_of
from rootprint.ledger.core.encoding import digest_text, hex_text, sha256, time_text
from rootprint.ledger.core.errors import NotAuthorised, NotFound
from rootprint.ledger.registry import Call
from rootprint.ledger.verify import counted

if TYPE_CHECKING:
    from pathlib import Path

    from rootprint.api.cli.session import Session
    from rootprint.api.service import Workspace
    from rootprint.ledger.anchor import LogState
    from rootprint.ledger.chain import Account as Holder

_which: Final = click.option(
    "--log", "which", type=BlockHash(), metavar="ID", help="Another log than this ledger's."
)


@log.command()
@_which
@formatted
@click.pass_obj
def show(session: Session, which: bytes | None) -> None:
    """Show what the chain holds of the log: operator, rows, whether it is frozen, its successor."""
    with opened(session) as workspace:
        found_id = _id(workspace, which)
        found = _state(workspace, found_id)
        sizes = _anchored(workspace, found_id, found)
        before = workspace.home.history() if which is None else None
    value = {
        "logId": hex_text(found_id),
        "operator": hex_text(found.operator),
        "invited": hex_text(found.invited) if any(found.invited) else None,
        "rows": found.rows,
        "anchored": sizes,
        "freezeFrom": time_text(found.freeze_not_before) if found.freeze_not_before else None,
        "frozenAt": time_text(found.frozen_at) if found.frozen_at else None,
        "successor": hex_text(found.successor) if any(found.successor) else None,
        "successorFrom": found.successor_from if any(found.successor) else None,
    }
    lines = _lines(value)
    if before is not None and len(before.parts) > 1:
        lines.append(f"it goes on from the log that trust files name: {before.said()}")
    session.give(value, *lines)


@log.command(name="hand-over")
@click.option("--to", "account", type=Account(), help="The next operator: its address or name.")
@click.option("--take-back", is_flag=True, help="No account is invited any more.")
@unasked
@formatted
@click.pass_obj
def hand_over(session: Session, account: str | None, *, take_back: bool, yes: bool) -> None:
    """Invite an account to operate this ledger's log; nothing changes until it accepts."""
    if (account is None) == (not take_back):
        message = "it is not said once whether an account is invited, or none any more"
        raise Misused(message, remedy="give --to ACCOUNT, or --take-back")
    with opened(session) as workspace:
        holder, mine = workspace.operator(), workspace.log_id
        invited = None if account is None else address_named(workspace, account)
        if invited is not None:
            ask(session, *_passing(mine, address_of(holder), invited), yes=yes,
                why="whoever holds that account could anchor in place of the operator")  # fmt: skip
        _send(workspace, holder, propose_operator(_registry(workspace), mine, invited))
    shown = None if invited is None else hex_text(invited)
    said = f"{shown} is invited to operate the log, and accepts with: rootprint log accept"
    session.give({"invited": shown}, said if shown else "no account is invited to operate the log")


@log.command()
@click.option("--account", "name", required=True, help="The short name of the invited account.")
@unasked
@formatted
@click.pass_obj
def accept(session: Session, name: str, *, yes: bool) -> None:
    """Operate this ledger's log from now on, with the account that was invited."""
    with opened(session) as workspace:
        holder, mine = workspace.keys.account(name), workspace.log_id
        found, account = _state(workspace, mine), address_of(holder)
        if found.operator != account:  # else an earlier attempt got as far as that
            if found.invited != account:
                message = f"{hex_text(account)} is not invited to operate the log"
                raise NotAuthorised(message, remedy="the operator invites it: log hand-over")
            ask(session, *_passing(mine, found.operator, account), yes=yes)
            _send(workspace, holder, accept_operator(_registry(workspace), mine))
        workspace.change(operatorAccount=name)
    value = {"operator": hex_text(account), "before": hex_text(found.operator)}
    session.give(value, f"{hex_text(account)} operates the log from now on")


@log.command()
@click.option("--account", "name", required=True, help="The short name of its operator's account.")
@unasked
@formatted
@click.pass_obj
def follow(session: Session, name: str, *, yes: bool) -> None:
    """Anchor from now on in the log that goes on from this ledger's frozen one.

    The registrar has named it, and the account operates it. Trust files stay as they are.
    """
    with opened(session) as workspace:
        account, history = address_of(workspace.keys.account(name)), workspace.home.history()
        if len(history.parts) == 1:
            message = f"no log goes on from {hex_text(history.current.log_id)}"
            raise NotFound(message, remedy="the registrar names it: rootprint log name-successor")
        mine, row = history.current.log_id, history.last()
        operator = _state(workspace, mine).operator
        if operator != account:
            message = f"{hex_text(operator)} operates log {hex_text(mine)}, not {hex_text(account)}"
            raise NotAuthorised(message, remedy="give its operator's account")
        logged = workspace.home.log
        newest = logged.checkpoint().checkpoint if logged.size else None
        require_extension(logged, row, newest)
        anchored = 0 if row is None else row.size
        ask(session, history.said(), _waiting(mine, account, logged.size - anchored), yes=yes)
        workspace.change(operatorAccount=name)
    value = {"logId": hex_text(mine), "operator": hex_text(account), "anchored": anchored}
    said = f"this ledger anchors in log {hex_text(mine)} from now on; trust files stay as they are"
    session.give(value, said)


@log.command()
@_which
@click.option(
    "--decision",
    type=InputFile,
    metavar="FILE",
    help="Announce it, with the signed decision; its SHA-256 goes to the chain.",
)
@click.option("--finish", is_flag=True, help="Freeze it, seven days after it was announced.")
@click.option("--drop", is_flag=True, help="Take the announcement back.")
@unasked
@formatted
@click.pass_obj
def freeze(
    session: Session,
    which: bytes | None,
    decision: Path | None,
    *,
    finish: bool,
    drop: bool,
    yes: bool,
) -> None:
    """Registrar: freeze a log that is stuck or captured: announced first, then seven days.

    What is anchored stands, with its times. Nothing is anchored in it any more, for good.
    """
    if [decision is not None, finish, drop].count(True) != 1:
        message = "it is not said once whether to announce, to finish or to drop it"
        raise Misused(message, remedy="give --decision FILE, or --finish, or --drop")
    with opened(session) as workspace:
        mine, registry, holder = _id(workspace, which), _registry(workspace), workspace.registrar()
        found, reasons = _state(workspace, mine), b""
        if drop:
            _send(workspace, holder, drop_freeze(registry, mine))
        elif decision is not None:
            reasons = sha256(read_input(decision))
            ask(session, *_ending(workspace, mine, found), yes=yes,
                why="the log's end would be announced")  # fmt: skip
            _send(workspace, holder, propose_freeze(registry, mine, reasons))
        else:
            ask(session, *_ending(workspace, mine, found), yes=yes)
            _send(workspace, holder, freeze_log(registry, mine))
        found = _state(workspace, mine)
    value: dict[str, Any] = {
        "logId": hex_text(mine),
        "freezeFrom": time_text(found.freeze_not_before) if found.freeze_not_before else None,
        "frozenAt": time_text(found.frozen_at) if found.frozen_at else None,
    }
    if reasons:
        value["decision"] = digest_text(reasons)
        said = f"it can be frozen from {value['freezeFrom']} on: rootprint log freeze --finish"
    elif drop:
        said = "it is not to be frozen any more"
    else:
        said = f"frozen at {value['frozenAt']}; what goes on from it: rootprint log name-successor"
    session.give(value, f"log {hex_text(mine)}: {said}")


@log.command(name="open")
@click.option("--account", "name", required=True, help="The short name of its operator's account.")
@formatted
@click.pass_obj
def open_(session: Session, name: str) -> None:
    """Open a further log with this ledger's log key, operated by another account.

    It can go on from a frozen one, once the registrar names it: log name-successor.
    """
    with opened(session) as workspace:
        holder, vkey = workspace.keys.account(name), workspace.settings.vkey
        _send(workspace, holder, open_log(_registry(workspace), vkey))
        account = address_of(holder)
    opened_id = hex_text(id_of(account, vkey))
    value = {"logId": opened_id, "operator": hex_text(account)}
    session.give(value, f"opened log {opened_id}, operated by {hex_text(account)}")


@log.command(name="name-successor")
@_which
@click.option("--successor", required=True, type=BlockHash(), metavar="ID", help="Its log id.")
@click.option(
    "--row",
    required=True,
    type=click.IntRange(0),
    help="The last row that is believed, from 0: the successor's first.",
)
@unasked
@formatted
@click.pass_obj
def name_next(
    session: Session, which: bytes | None, successor: bytes, row: int, *, yes: bool
) -> None:
    """Registrar: name the log that goes on from a frozen one; once, and for good."""
    with opened(session) as workspace:
        mine, holder = _id(workspace, which), workspace.registrar()
        found, following = _state(workspace, mine), _state(workspace, successor)
        ask(
            session,
            f"log {hex_text(successor)}, operated by {hex_text(following.operator)}, is to go on "
            f"from row {row} of log {hex_text(mine)}, which has {counted(found.rows, 'row')}",
            "the row becomes its first, with a new time; the rows of the frozen log keep theirs",
            yes=yes,
        )
        _send(workspace, holder, name_successor(_registry(workspace), mine, row, successor))
    value = {"logId": hex_text(mine), "successor": hex_text(successor), "successorFrom": row}
    session.give(value, f"log {hex_text(successor)} goes on from row {row} of {hex_text(mine)}")


def _id(workspace: Workspace, which: bytes | None) -> bytes:
    return workspace.log_id if which is None else which


def _registry(workspace: Workspace) -> bytes:
    return workspace.contracts.checkpoint_registry


def _state(workspace: Workspace, log_id: bytes) -> LogState:
    found = log_state(workspace.chain, _registry(workspace), log_id)
    if not found.opened:
        message = f"log {hex_text(log_id)} was never opened"
        raise NotFound(message, remedy="see this ledger's: rootprint log show")
    return found


def _send(workspace: Workspace, holder: Holder, call: tuple[bytes, bytes]) -> None:
    workspace.send([(holder, Call(*call))])


def _anchored(workspace: Workspace, log_id: bytes, found: LogState) -> int:
    """Return how many entries are anchored."""
    if not found.rows:
        return 0
    return workspace.home.reader().checkpoint_size(log_id, found.rows - 1)


def _waiting(log_id: bytes, account: bytes, waiting: int) -> str:
    return (
        f"this ledger is to anchor in log {hex_text(log_id)} as {hex_text(account)}: entries that"
        f" wait for it: {waiting}"
    )


def _passing(log_id: bytes, before: bytes, after: bytes) -> list[str]:
    return [
        f"{hex_text(after)} is to operate log {hex_text(log_id)}, in place of {hex_text(before)}",
        "from its acceptance on it alone anchors; the log's id, key and rows stay as they are",
    ]


def _ending(workspace: Workspace, log_id: bytes, found: LogState) -> list[str]:
    """Return in words what freezing a log ends, with what was logged here and not anchored."""
    anchored = _anchored(workspace, log_id, found)
    rows = f"{counted(found.rows, 'row')}, entries anchored: {anchored}"
    lines = [
        f"log {hex_text(log_id)}, operated by {hex_text(found.operator)}, is to be frozen: {rows}",
        "what is anchored stands, with its times; nothing is anchored in it after that, for good",
    ]
    logged = workspace.home.log.size if log_id == workspace.log_id else 0
    if logged > anchored:
        waiting = f"entries logged here and not anchored: {logged - anchored}"
        lines.append(f"{waiting}; what is not anchored by then will never count in it")
    return lines


def _lines(value: dict[str, Any]) -> list[str]:
    lines = [
        f"log {value['logId']}, operated by {value['operator']}",
        f"{counted(value['rows'], 'row')}, entries anchored: {value['anchored']}",
    ]
    if value["invited"]:
        lines.append(f"{value['invited']} is invited to operate it: rootprint log accept")
    if value["frozenAt"]:
        lines.append(f"frozen at {value['frozenAt']}: nothing is anchored in it any more")
    elif value["freezeFrom"]:
        lines.append(f"announced to be frozen from {value['freezeFrom']} on")
    if value["successor"]:
        lines.append(f"log {value['successor']} goes on from row {value['successorFrom']}")
    return lines
