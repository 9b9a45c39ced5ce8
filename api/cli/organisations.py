"""``org``: who may sign what, and when; each change is a transaction on the chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from rootprint.api.cli.options import Did, formatted, opened
from rootprint.ledger.core.encoding import digest_text, hex_text, time_text
from rootprint.ledger.core.errors import NotFound
from rootprint.ledger.core.standing import ROLE_NAMES, Role, reason_name
from rootprint.ledger.registry import invited_account, read_record, role_bits

if TYPE_CHECKING:
    from rootprint.api.cli.session import Session
    from rootprint.api.service import Workspace
    from rootprint.ledger.core.standing import AccreditationRow, OrganisationRow
    from rootprint.ledger.registry import Invited, Organisation


class Whose(Did):
    """A lower-case DID, or the short name of an organisation whose keys are here."""

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        """Return it as it is; which names are here only the ledger's folder can tell."""
        return super().convert(value, param, ctx) if value.startswith("did:") else str(value)


@click.group()
def org() -> None:
    """Organisations: admit, suspend, hand over, recover, show."""


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
@click.option(
    "--group", type=Did(), help="The head of its group, within which no body is independent."
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
    group: str | None,
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
            group=group,
        )
        workspace.send(calls)
        kid = workspace.signing_key(name).public.kid
    value = {"did": did, "name": name, "kid": kid, "roles": list(roles)}
    session.give(value, f"admitted {did} as {', '.join(roles)}, key {kid}")


@org.command()
@click.argument("did", type=Whose(), metavar="NAME_OR_DID")
@formatted
@click.pass_obj
def show(session: Session, did: str) -> None:
    """Show what the chain holds of an organisation, and the name its record gives it."""
    with opened(session) as workspace:
        did = did_of(workspace, did)
        organisation = known(workspace, did)
        legal_name, country = _named(workspace, organisation.rows[-1].record)
        decisions = workspace.registry().decisions(did)
        accreditations = [_accredited(row) for row in workspace.registry().accreditations(did)]
        pending = invited_account(workspace.chain, workspace.contracts, did)
    rows = [
        {
            "since": time_text(row.time),
            "status": row.status.name.lower(),
            **_why(row, decision),
            "roles": [name for name, role in ROLE_NAMES.items() if Role(row.roles) & role],
        }
        for row, decision in zip(organisation.rows, decisions, strict=True)
    ]
    value: dict[str, Any] = {
        "did": did,
        "legalName": legal_name,
        "country": country,
        "account": hex_text(organisation.account),
        "invited": _invited(pending),
        "rows": rows,
        "accreditations": accreditations,
    }
    lines = [
        f"{row['since']}  {row['status']:<9}  {', '.join([*row['roles'], *_said(row)])}"
        for row in rows
    ]
    lines += [
        f"{row['from']}  accredited until {row['until']}, {row['record']}"
        + ("" if row["ended"] is None else f", ended {row['ended']}")
        for row in accreditations
    ]
    lines += [
        f"{one['from']}  {one['account']} may take its account over"
        + (", by recovery" if one["recovery"] else "")
        for one in [value["invited"]]
        if one
    ]
    session.give(value, f"{legal_name or 'record not here'}, {did}", *lines)


def _invited(pending: Invited | None) -> dict[str, Any] | None:
    if pending is None:
        return None
    since, account = time_text(pending.not_before), hex_text(pending.account)
    return {"account": account, "from": since, "recovery": pending.recovery}


def _accredited(row: AccreditationRow) -> dict[str, Any]:
    return {
        "record": digest_text(row.scope),
        "from": time_text(row.valid_from),
        "until": time_text(row.valid_until),
        "ended": time_text(row.ended) if row.ended else None,
    }


def _why(row: OrganisationRow, decision: bytes) -> dict[str, Any]:
    """Return a row's reason, window and decision, each if it has one."""
    found: dict[str, Any] = {}
    if row.reason:
        found["reason"] = reason_name(row.reason)
    if row.window_until:
        found["window"] = [time_text(row.window_from), time_text(row.window_until)]
    if any(decision):
        found["decision"] = digest_text(decision)
    return found


def _said(row: dict[str, Any]) -> list[str]:
    window = "..".join(row.get("window", ()))
    return [one for one in (row.get("reason", ""), window) if one]


def did_of(workspace: Workspace, who: str) -> str:
    """Return the DID that was given, or that of the keys with this short name here."""
    return who if who.startswith("did:") else workspace.holders.get(who).did


def known(workspace: Workspace, did: str) -> Organisation:
    """Return what the chain holds of an organisation; raise NotFound if it was never admitted."""
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
