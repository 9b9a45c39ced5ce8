"""``withdraw``, ``supersede``, ``assure``: statements about statements.

Each signs, logs, and writes the row on chain that belongs to it.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

import click

from api.cli.options import Digest, formatted, opened
from ledger.core.chain import StatusState
from ledger.core.encoding import digest_text, time_text
from ledger.core.schema.kinds import ASSURANCE, STATUS
from ledger.core.seal import seal
from ledger.intake import publish
from ledger.registry import set_status

if TYPE_CHECKING:
    from api.cli.group import Session
    from api.workspace import Workspace

_YEAR: Final = 365 * 24 * 3600
_who = (
    click.argument("digest", type=Digest()),
    click.option("--as", "name", required=True, help="The organisation whose keys are here."),
    click.option("--did", required=True, help="Its DID."),
)


def _said(command: Any) -> Any:
    for decorate in reversed(_who):
        command = decorate(command)
    return command


@click.command()
@_said
@click.option("--reason", required=True)
@formatted
@click.pass_obj
def withdraw(session: Session, digest: bytes, name: str, did: str, reason: str) -> None:
    """Withdraw the statement with this DIGEST: from the next block on nobody can rely on it."""
    subject = {"statement": digest_text(digest), "state": "withdrawn", "reason": reason}
    _status(session, digest, name, did, subject, StatusState.WITHDRAWN)


@click.command()
@_said
@click.option("--by", "successor", required=True, type=Digest(), help="The new statement.")
@click.option("--reason", required=True)
@formatted
@click.pass_obj
def supersede(
    session: Session, digest: bytes, name: str, did: str, successor: bytes, reason: str
) -> None:
    """Say that a newer statement takes the place of the one with this DIGEST."""
    subject = {
        "statement": digest_text(digest),
        "state": "superseded",
        "supersededBy": digest_text(successor),
        "reason": reason,
    }
    _status(session, digest, name, did, subject, StatusState.SUPERSEDED)


@click.command()
@_said
@click.option("--standard", required=True, help="Such as ISO 14064-3:2019.")
@click.option("--level", type=click.Choice(["limited", "reasonable"]), required=True)
@click.option(
    "--coverage",
    type=click.Choice(["product", "calculation-model", "programme"]),
    default="product",
)
@click.option("--includes-inventory", is_flag=True, help="The hidden lines were seen as well.")
@click.option("--materiality", default="5", show_default=True, help="In percent.")
@click.option("--outcome", type=click.Choice(["positive", "adverse"]), required=True)
@click.option("--examined", multiple=True, required=True)
@click.option("--days", default=365, show_default=True, help="How long the conclusion holds.")
@formatted
@click.pass_obj
def assure(
    session: Session,
    digest: bytes,
    name: str,
    did: str,
    standard: str,
    level: str,
    coverage: str,
    materiality: str,
    outcome: str,
    examined: tuple[str, ...],
    days: int,
    *,
    includes_inventory: bool,
) -> None:
    """Sign and log an auditor's conclusion on the statement with this DIGEST."""
    subject = {
        "statement": digest_text(digest),
        "standard": standard,
        "level": level,
        "coverage": coverage,
        "includesInventory": includes_inventory,
        "materialityPercent": materiality,
        "outcome": outcome,
        "examined": list(examined),
    }
    with opened(session) as workspace:
        own = _publish(workspace, name, did, ASSURANCE, subject, days * 24 * 3600)
        if outcome == "adverse":
            _write_row(workspace, name, did, digest, StatusState.ADVERSE, own)
    session.give({"digest": digest_text(own)}, f"assured: {digest_text(own)}")


def _status(
    session: Session,
    digest: bytes,
    name: str,
    did: str,
    subject: dict[str, str],
    state: StatusState,
) -> None:
    with opened(session) as workspace:
        own = _publish(workspace, name, did, STATUS, subject, 10 * _YEAR)
        _write_row(workspace, name, did, digest, state, own)
    session.give(
        {"digest": digest_text(own), "state": state.name.lower()},
        f"{state.name.lower()} {digest_text(digest)} by {digest_text(own)}",
    )


def _publish(
    workspace: Workspace, name: str, did: str, kind: str, subject: dict[str, Any], seconds: int
) -> bytes:
    now = int(time.time())
    draft = {
        "type": kind,
        "issuer": did,
        "validFrom": time_text(now),
        "validUntil": time_text(now + seconds),
        "credentialSubject": subject,
    }
    statement = seal(draft, workspace.signing_key(name), workspace.settings.origin)
    publish(workspace.home, workspace.log(), [statement.text])
    return statement.digest


def _write_row(
    workspace: Workspace, name: str, did: str, digest: bytes, state: StatusState, own: bytes
) -> None:
    call = set_status(workspace.contracts, did, digest, state, own)
    workspace.send([(workspace.keys.account(name), call)])
