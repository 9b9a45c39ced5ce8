"""``org`` and ``key``: who may sign what, and when; each change is a transaction on the chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from api.cli.options import formatted, opened
from api.workspace import REGISTRAR
from ledger.core.encoding import b64url_bytes, digest_text, time_seconds, time_text
from ledger.core.errors import Refused
from ledger.core.standing import ROLE_NAMES
from ledger.intake import unanchored
from ledger.registry import (
    Registry,
    add_key,
    report_compromise,
    retire_key,
    role_bits,
)
from ledger.registry import (
    admit as admit_call,
)
from ledger.registry import (
    expel as expel_call,
)
from ledger.registry import (
    suspend as suspend_call,
)

if TYPE_CHECKING:
    from api.cli.group import Session
    from api.workspace import Workspace


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        message = "write --number REGISTER=NUMBER"
        raise click.BadParameter(message)
    return name, value


def _refuse_unanchored(workspace: Workspace, did: str, kid: str | None, *, go_on: bool) -> None:
    """List what would lose its validity, and stop unless a second word was said."""
    waiting = unanchored(workspace.home, did, kid)
    if waiting and not go_on:
        listed = ", ".join(digest_text(digest) for digest in waiting[:8])
        message = f"{len(waiting)} statements of {did} are not anchored yet: {listed}"
        raise Refused(message, remedy="anchor first, or say --unanchored-too")


_unanchored = click.option(
    "--unanchored-too",
    is_flag=True,
    help="Go on although statements are not anchored yet, and will then not count.",
)


@click.group()
def org() -> None:
    """Organisations: admit, suspend, expel, show."""


@org.command()
@click.argument("name")
@click.option("--did", required=True, help="The organisation's DID, such as did:web:maker.example.")
@click.option("--legal-name", required=True)
@click.option("--country", required=True, help="ISO 3166-1 alpha-2.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(list(ROLE_NAMES)))
@click.option("--number", "numbers", multiple=True, metavar="REGISTER=NUMBER", help="USCC, LEI …")
@formatted
@click.pass_obj
def admit(
    session: Session,
    name: str,
    did: str,
    legal_name: str,
    country: str,
    roles: tuple[str, ...],
    numbers: tuple[str, ...],
) -> None:
    """Make keys for a new organisation NAME, admit it and add its signing key, in one block."""
    pairs = dict(_pair(item) for item in numbers)
    with opened(session) as workspace:
        calls = workspace.organisation_calls(
            name,
            did,
            legal_name=legal_name,
            country=country,
            roles=role_bits(list(roles)),
            numbers=pairs,
        )
        workspace.send(list(calls))
        kid = workspace.signing_key(name).public.kid
    value = {"did": did, "kid": kid, "roles": list(roles)}
    session.give(value, f"admitted {did} as {', '.join(roles)}, key {kid}")


@org.command()
@click.argument("did")
@_unanchored
@formatted
@click.pass_obj
def suspend(session: Session, did: str, *, unanchored_too: bool) -> None:
    """Suspend an organisation from the next block on."""
    with opened(session) as workspace:
        _refuse_unanchored(workspace, did, None, go_on=unanchored_too)
        workspace.send(
            [(workspace.keys.account(REGISTRAR), suspend_call(workspace.contracts, did))]
        )
    session.give({"did": did, "status": "suspended"}, f"suspended {did}")


@org.command()
@click.argument("did")
@_unanchored
@formatted
@click.pass_obj
def expel(session: Session, did: str, *, unanchored_too: bool) -> None:
    """Expel an organisation for good."""
    with opened(session) as workspace:
        _refuse_unanchored(workspace, did, None, go_on=unanchored_too)
        workspace.send([(workspace.keys.account(REGISTRAR), expel_call(workspace.contracts, did))])
    session.give({"did": did, "status": "expelled"}, f"expelled {did}")


@org.command()
@click.argument("did")
@formatted
@click.pass_obj
def readmit(session: Session, did: str) -> None:
    """Admit a suspended organisation again, with the record and the roles it had."""
    with opened(session) as workspace:
        organisation = Registry(workspace.home.reader()).organisation(did)
        if not organisation.rows:
            message = f"{did} was never admitted"
            raise Refused(message, remedy="admit it with: rootprint org admit")
        last = organisation.rows[-1]
        call = admit_call(workspace.contracts, did, organisation.account, last.record, last.roles)
        workspace.send([(workspace.keys.account(REGISTRAR), call)])
    session.give({"did": did, "status": "admitted"}, f"admitted {did} again")


@org.command()
@click.argument("did")
@formatted
@click.pass_obj
def show(session: Session, did: str) -> None:
    """Show what the chain holds of an organisation."""
    with opened(session) as workspace:
        organisation = Registry(workspace.home.reader()).organisation(did)
    rows = [
        {"since": time_text(row.time), "status": row.status.name.lower(), "roles": int(row.roles)}
        for row in organisation.rows
    ]
    text = "\n".join(f"{row['since']}  {row['status']}" for row in rows)
    session.give({"did": did, "rows": rows}, text or f"{did} was never admitted")


@click.group()
def key() -> None:
    """An organisation's signing keys: add, retire, report as compromised."""


@key.command()
@click.argument("name")
@click.argument("did")
@click.option("--as", "new", required=True, help="The new key's own short name.")
@formatted
@click.pass_obj
def add(session: Session, name: str, did: str, new: str) -> None:
    """Make another signing key and add it with the account of organisation NAME."""
    with opened(session) as workspace:
        signing = workspace.new_signing_key(new)
        call = add_key(workspace.contracts, did, signing.thumbprint)
        workspace.send([(workspace.keys.account(name), call)])
    session.give({"did": did, "kid": signing.kid}, f"added key {signing.kid} to {did}")


@key.command()
@click.argument("name")
@click.argument("did")
@_unanchored
@formatted
@click.pass_obj
def retire(session: Session, name: str, did: str, *, unanchored_too: bool) -> None:
    """Retire the signing key of organisation NAME from the next block on."""
    with opened(session) as workspace:
        signing = workspace.signing_key(name).public
        _refuse_unanchored(workspace, did, signing.kid, go_on=unanchored_too)
        call = retire_key(workspace.contracts, did, signing.thumbprint)
        workspace.send([(workspace.keys.account(name), call)])
    session.give({"did": did, "kid": signing.kid}, f"retired key {signing.kid} of {did}")


@key.command()
@click.argument("name")
@click.argument("did")
@click.argument("kid")
@click.option("--since", required=True, metavar="TIME", help="From when on no signature counts.")
@formatted
@click.pass_obj
def compromised(session: Session, name: str, did: str, kid: str, since: str) -> None:
    """Report a key as compromised since a time; later only an earlier time can be given."""
    seconds = time_seconds(since, what="--since")
    with opened(session) as workspace:
        call = report_compromise(workspace.contracts, did, b64url_bytes(kid, what="kid"), seconds)
        workspace.send([(workspace.keys.account(name), call)])
    session.give({"did": did, "kid": kid, "since": since}, f"key {kid} compromised since {since}")
