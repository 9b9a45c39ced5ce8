"""``--sign-only`` and ``account relay``: an account signs what another sends and pays for."""

from __future__ import annotations

import time
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

import click

from rootprint.api.cli.accounts import account
from rootprint.api.cli.asking import ask, unasked
from rootprint.api.cli.failing import needs
from rootprint.api.cli.options import (
    STDIO,
    InputFile,
    OutputFile,
    Time,
    formatted,
    opened,
    read_input,
    write_output,
)
from rootprint.ledger.chain import address_of
from rootprint.ledger.core.encoding import hex_text, time_text
from rootprint.ledger.core.errors import NotAuthorised, Refused
from rootprint.ledger.registry import SIGNED_ACTS, address_for, nonce_of, read_act, sign_act

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rootprint.api.cli.session import Session
    from rootprint.api.service import Holder, Workspace
    from rootprint.ledger.registry import Call, SignedAct

_WEEK: Final = 7 * 86_400
_ANEW: Final = "have it signed anew with --sign-only"


def relayed(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options with which an act is signed for a relay; ``act`` takes them."""
    until = click.option(
        "--until", type=Time(), help="Until when the signed act counts; seven days if not said."
    )
    only = click.option(
        "--sign-only",
        type=OutputFile,
        metavar="FILE",
        help="Sign the act into FILE; whoever has ether sends it: account relay.",
    )

    @wraps(command)
    def checked(*given: Any, **options: Any) -> Any:
        """Refuse what is said in vain before anything is made or logged."""
        needs({"--until": options["until"]}, asked=options["sign_only"] is not None,
              of="a signed act", remedy="add --sign-only FILE, or leave --until out")  # fmt: skip
        return command(*given, **options)

    return only(until(checked))


def act(
    session: Session,
    workspace: Workspace,
    holder: Holder,
    call: Call,
    value: dict[str, Any],
    said: str,
    *,
    sign_only: Path | None,
    until: int | None,
) -> None:
    """Send a call with the holder's account and answer, or sign it into a file for a relay."""
    secret = workspace.keys.account(holder.account)
    if sign_only is None:
        workspace.send([(secret, call)])
        session.give(value, said)
        return
    deadline = int(time.time()) + _WEEK if until is None else until
    signed = sign_act(workspace.chain, workspace.contracts, call, secret, deadline)
    write_output(sign_only, signed.to_json())
    if sign_only == STDIO:
        return
    answer = {**value, "signedAct": str(sign_only), "until": time_text(deadline)}
    session.give(
        answer,
        f"nothing was sent: {sign_only} is signed, and counts until {time_text(deadline)}",
        f"whoever has ether sends it: rootprint account relay {sign_only} --account NAME",
        f"then it is so: {said}",
    )


@account.command()
@click.argument("file", type=InputFile)
@click.option("--account", "name", required=True, help="The short name of the account that pays.")
@unasked
@formatted
@click.pass_obj
def relay(session: Session, file: Path, name: str, *, yes: bool) -> None:
    """Send an act that an organisation's account signed with --sign-only.

    The account that sends it pays, and has no right of its own.
    """
    signed = read_act(read_input(file))
    whose = hex_text(signed.organisation)
    with opened(session) as workspace:
        _require_due(workspace, signed)
        secret = workspace.keys.account(name)
        ask(
            session,
            f"{signed.act} of organisation {whose}, signed by its account "
            f"{hex_text(signed.signer())}",
            *(f"  {member}: {value}" for member, value in signed.said().items()),
            f"{hex_text(address_of(secret))} ({name}) sends it and pays; it counts once",
            yes=yes,
        )
        workspace.send([(secret, signed.call())])
    value = {"act": signed.act, "organisation": whose, "signedBy": hex_text(signed.signer()),
             "sentBy": hex_text(address_of(secret))}  # fmt: skip
    session.give(value, f"sent {signed.act} of organisation {whose}, signed by its account")


def _require_due(workspace: Workspace, signed: SignedAct) -> None:
    """Raise, in words, for an act that the contract would refuse or could misread."""
    here = (workspace.chain.chain_id, address_for(workspace.contracts, signed.act))
    if here != (signed.chain_id, signed.contract):
        message = (
            f"the act is for contract {hex_text(signed.contract)} on chain {signed.chain_id}, "
            f"and this ledger has {hex_text(here[1])} on chain {here[0]}"
        )
        raise Refused(message, remedy="send it from a ledger on that chain")
    account_ = workspace.home.reader().account(signed.organisation)
    if signed.signer() != account_:
        message = f"{hex_text(account_)} acts for the organisation, and did not sign this act"
        raise NotAuthorised(message, remedy=f"{_ANEW}, by the account that acts for it")
    contract = SIGNED_ACTS[signed.act].contract
    due = nonce_of(workspace.chain, contract, signed.contract, signed.organisation)
    if signed.nonce != due:
        message = f"the act has nonce {signed.nonce}, and the organisation's next one has {due}"
        why = "was sent already, or another went before it" if signed.nonce < due else "is not due"
        raise Refused(f"{message}: it {why}", remedy=_ANEW)
