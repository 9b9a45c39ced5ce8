"""``org``: who may sign what, and when; each change is a transaction on the chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from rootprint.api.cli.options import Did, formatted, opened
from rootprint.api.cli.unanchored import refuse_unanchored, unanchored_too
from rootprint.api.service import REGISTRAR
from rootprint.ledger.core.encoding import hex_text, time_text
from rootprint.ledger.core.errors import NotFound
from rootprint.ledger.core.standing import ROLE_NAMES, Role
from rootprint.ledger.registry import admit as admit_call
from rootprint.ledger.registry import expel as expel_call
from rootprint.ledger.registry import read_record, role_bits
from rootprint.ledger.registry import suspend as suspend_call

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.api.cli.session import Session
    from rootprint.api.service import Workspace
    from rootprint.ledger.core.chain import Contracts
    from rootprint.ledger.registry import Call, Organisation


class _Whose(Did):
    """A lower-case DID, or the short name of an organisation whose keys are here."""

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        """Return it as it is; which names are here only the ledger's folder can tell."""
        return super().convert(value, param, ctx) if value.startswith("did:") else str(value)


@click.group()
def org() -> None:
    """Organisations: admit, suspend, readmit, expel, show."""


def _numbers(_ctx: Any, _param: Any, values: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for value in values:
        name, equals, number = value.partition("=")
        if not (name and equals and number):
            message = f"{value!r} is not REGISTER=NUMBER, such as LEI=5493000IBP32UQZ0KL24"
            raise click.BadParameter(message)
        pairs[name] = number
    return pairs


@org.command()
@click.argument("name")
@click.option("--did", required=True, type=Did(), help="Such as did:web:maker.example.")
@click.option("--legal-name", required=True)
@click.option("--country", required=True, help="ISO 3166-1 alpha-2.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(list(ROLE_NAMES)))
@click.option(
    "--number",
    "numbers",
    multiple=True,
    callback=_numbers,
    metavar="REGISTER=NUMBER",
    help="Its number in a register: USCC, LEI …",
)
@formatted
@click.pass_obj
def admit(
    session: Session,
    name: str,
    did: str,
    legal_name: str,
    country: str,
    roles: tuple[str, ...],
    numbers: dict[str, str],
) -> None:
    """Make keys for a new organisation NAME, admit it and add its signing key, in one block."""
    with opened(session) as workspace:
        calls = workspace.organisation_calls(
            name,
            did,
            legal_name=legal_name,
            country=country,
            roles=role_bits(list(roles)),
            numbers=numbers,
        )
        workspace.send(calls)
        kid = workspace.signing_key(name).public.kid
    value = {"did": did, "name": name, "kid": kid, "roles": list(roles)}
    session.give(value, f"admitted {did} as {', '.join(roles)}, key {kid}")


@org.command()
@click.argument("did", type=_Whose(), metavar="NAME_OR_DID")
@unanchored_too
@formatted
@click.pass_obj
def suspend(session: Session, did: str, *, go_on: bool) -> None:
    """Suspend an organisation from the next block on."""
    _end(session, did, suspend_call, "suspended", go_on=go_on)


@org.command()
@click.argument("did", type=_Whose(), metavar="NAME_OR_DID")
@unanchored_too
@formatted
@click.pass_obj
def expel(session: Session, did: str, *, go_on: bool) -> None:
    """Expel an organisation for good."""
    _end(session, did, expel_call, "expelled", go_on=go_on)


def _end(
    session: Session,
    did: str,
    calling: Callable[[Contracts, str], Call],
    word: str,
    *,
    go_on: bool,
) -> None:
    """Take an organisation's admission away, after telling what would lose its validity."""
    with opened(session) as workspace:
        did = _did(workspace, did)
        _known(workspace, did)
        refuse_unanchored(workspace, did, None, go_on=go_on)
        call = calling(workspace.contracts, did)
        workspace.send([(workspace.keys.account(REGISTRAR), call)])
    session.give({"did": did, "status": word}, f"{word} {did}")


@org.command()
@click.argument("did", type=_Whose(), metavar="NAME_OR_DID")
@formatted
@click.pass_obj
def readmit(session: Session, did: str) -> None:
    """Admit a suspended organisation again, with the record and the roles it had."""
    with opened(session) as workspace:
        did = _did(workspace, did)
        organisation = _known(workspace, did)
        last = organisation.rows[-1]
        call = admit_call(workspace.contracts, did, organisation.account, last.record, last.roles)
        workspace.send([(workspace.keys.account(REGISTRAR), call)])
    session.give({"did": did, "status": "admitted"}, f"admitted {did} again")


@org.command()
@click.argument("did", type=_Whose(), metavar="NAME_OR_DID")
@formatted
@click.pass_obj
def show(session: Session, did: str) -> None:
    """Show what the chain holds of an organisation, and the name its record gives it."""
    with opened(session) as workspace:
        did = _did(workspace, did)
        organisation = _known(workspace, did)
        legal_name, country = _named(workspace, organisation.rows[-1].record)
    rows = [
        {
            "since": time_text(row.time),
            "status": row.status.name.lower(),
            "roles": [name for name, role in ROLE_NAMES.items() if Role(row.roles) & role],
        }
        for row in organisation.rows
    ]
    value = {
        "did": did,
        "legalName": legal_name,
        "country": country,
        "account": hex_text(organisation.account),
        "rows": rows,
    }
    lines = [f"{row['since']}  {row['status']:<9}  {', '.join(row['roles'])}" for row in rows]
    session.give(value, "\n".join([f"{legal_name or 'record not here'}, {did}", *lines]))


def _did(workspace: Workspace, who: str) -> str:
    """Return the DID that was given, or that of the keys with this short name here."""
    return who if who.startswith("did:") else workspace.holders.get(who).did


def _known(workspace: Workspace, did: str) -> Organisation:
    organisation = workspace.registry().organisation(did)
    if not organisation.rows:
        message = f"{did} was never admitted"
        raise NotFound(message, remedy="the registrar admits it: rootprint org admit")
    return organisation


def _named(workspace: Workspace, record: bytes) -> tuple[str | None, str | None]:
    """Return legal name and country where the record is kept; the chain has its digest only."""
    with workspace.store.read() as tx:
        try:
            found = read_record(tx.directory.record(record))
        except NotFound:
            return None, None
    return found.legal_name, found.country
