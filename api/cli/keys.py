"""``key``: an organisation's signing keys in time; its own account writes each change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import click

from rootprint.api.cli.affecting import affected_lines, resting_on
from rootprint.api.cli.asking import ask, unasked
from rootprint.api.cli.options import InputFile, Time, formatted, opened, read_input
from rootprint.api.cli.organisations import Whose, did_of
from rootprint.api.cli.relaying import act, relayed
from rootprint.api.cli.unanchored import refuse_unanchored, unanchored_too
from rootprint.ledger.core.chain import LAST_TIME
from rootprint.ledger.core.encoding import b64url_bytes, digest_text, sha256, time_text
from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.registry import back_date_compromise, report_compromise, retire_key

if TYPE_CHECKING:
    from pathlib import Path

    from rootprint.api.cli.session import Session
    from rootprint.api.service import Holder, Workspace


_DASHED: Final = re.compile("-[A-Za-z0-9_-]{42}")


class KidLast(click.Command):
    """A command whose last argument is a key's id: base64url, which one in 64 begins with a dash.

    No option is that long, so such a word is the id and not an option.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, with a dashed id behind ``--`` unless the user wrote that."""
        dashed = [] if "--" in args else [one for one in args if _DASHED.fullmatch(one)]
        if dashed:
            args = [*(one for one in args if one not in dashed), "--", *dashed]
        return super().parse_args(ctx, args)


@click.group()
def key() -> None:
    """Signing keys: add, retire, compromised, back-date."""


@key.command()
@click.argument("name")
@click.argument("did", required=False)
@click.option("--as", "new", required=True, help="The new key's own short name.")
@relayed
@formatted
@click.pass_obj
def add(session: Session, /, name: str, did: str | None, new: str, **relay: Any) -> None:
    """Make another signing key for organisation NAME, and add it with NAME's account."""
    with opened(session) as workspace:
        holder = holder_of(workspace, name, did)
        workspace.keys.account(holder.account)  # before a key is made that could not be added
        if not workspace.registry().organisation(holder.did).rows:
            message = f"{holder.did} was never admitted"
            raise NotFound(message, remedy="the registrar admits it: rootprint org admit")
        signing, adding = workspace.further_key(name, new)
        value = {"did": holder.did, "name": new, "kid": signing.kid}
        said = f"added key {signing.kid} to {holder.did}, used with --as {new}"
        act(session, workspace, holder, adding, value, said, **relay)


@key.command()
@click.argument("name")
@click.argument("did", required=False)
@unanchored_too
@relayed
@formatted
@click.pass_obj
def retire(session: Session, /, name: str, did: str | None, *, go_on: bool, **relay: Any) -> None:
    """Retire the signing key NAME from the next block on."""
    with opened(session) as workspace:
        holder = holder_of(workspace, name, did)
        signing = workspace.signing_key(name).public
        refuse_unanchored(workspace, holder.did, signing.kid, go_on=go_on)
        call = retire_key(workspace.contracts, holder.did, signing.thumbprint)
        value = {"did": holder.did, "name": name, "kid": signing.kid}
        said = f"retired key {signing.kid} of {holder.did}"
        act(session, workspace, holder, call, value, said, **relay)


@key.command(cls=KidLast)
@click.argument("name")
@click.argument("did", required=False)
@click.argument("kid", required=False)
@click.option("--since", required=True, type=Time(), help="From when on no signature counts.")
@relayed
@formatted
@click.pass_obj
def compromised(
    session: Session, /, name: str, did: str | None, kid: str | None, since: int, **relay: Any
) -> None:
    """Report key NAME (or KID, if its file is gone) as compromised since a time.

    Later only an earlier time can be given.
    """
    if kid is None and did is not None and not did.startswith("did:"):
        did, kid = None, did
    with opened(session) as workspace:
        holder = holder_of(workspace, name, did)
        kid = kid or workspace.signing_key(name).public.kid
        call = report_compromise(workspace.contracts, holder.did, _thumbprint(kid), since)
        value = {"did": holder.did, "kid": kid, "since": time_text(since)}
        said = f"key {kid} of {holder.did} compromised since {time_text(since)}"
        act(session, workspace, holder, call, value, said, **relay)


@key.command(cls=KidLast, name="back-date")
@click.argument("who", type=Whose(), metavar="NAME_OR_DID")
@click.argument("kid")
@click.option("--since", required=True, type=Time(), help="From when on no signature counts.")
@click.option(
    "--decision",
    required=True,
    type=InputFile,
    metavar="FILE",
    help="The signed decision that gives the reasons; its SHA-256 goes to the chain.",
)
@unasked
@formatted
@click.pass_obj
def back_date(
    session: Session,
    who: str,
    kid: str,
    since: int,
    decision: Path,
    *,
    yes: bool,
) -> None:
    """Registrar: date the compromise of another's key KID back, to its adding at most.

    For what the organisation itself can't any more: it dates 90 days back.
    """
    with opened(session) as workspace:
        did = did_of(workspace, who)
        thumbprint, reasons = _thumbprint(kid), sha256(read_input(decision))
        view = resting_on(session, workspace, did, (since, LAST_TIME), kid)
        ask(
            session,
            f"key {kid} of {did} is to count as compromised since {time_text(since)}; "
            "what was anchored from then on with it fails, with all that rests on it",
            *affected_lines(view),
            yes=yes,
            why="others' footprints would fail",
        )
        call = back_date_compromise(workspace.contracts, did, thumbprint, since, reasons)
        workspace.send([(workspace.registrar(), call)])
    value = {"did": did, "kid": kid, "since": time_text(since),
             "decision": digest_text(reasons), "affected": view}  # fmt: skip
    session.give(value, f"key {kid} of {did} compromised since {time_text(since)}")


def holder_of(workspace: Workspace, name: str, did: str | None) -> Holder:
    """Return whose key this is; raises NotFound, or Refused if it is not ``did``'s."""
    holder = workspace.holders.get(name)
    if did is not None and holder.did != did:
        message = f"the key {name!r} here is {holder.did}'s, not {did}'s"
        raise Refused(message, remedy="leave the DID out, or name a key of that organisation")
    return holder


def _thumbprint(kid: str) -> bytes:
    thumbprint = b64url_bytes(kid, what=f"the key id {kid[:64]!r}")
    if len(thumbprint) != 32:  # noqa: PLR2004 - SHA-256
        message = f"the key id {kid[:64]!r} is not a thumbprint of 32 bytes"
        raise Refused(message, remedy="it stands in the header of each statement as kid")
    return thumbprint
