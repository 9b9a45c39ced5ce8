"""``withdraw``, ``supersede``, ``assure``: statements about statements.

Each signs, logs, and writes the row on chain that belongs to it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from rootprint.api.cli.issuing import sign_and_log
from rootprint.api.cli.keys import holder_of
from rootprint.api.cli.options import Did, Digest, InputFile, formatted, opened, signed_text
from rootprint.api.cli.relaying import act, relayed
from rootprint.ledger.core.chain import StatusState, organisation_id
from rootprint.ledger.core.encoding import digest_text, time_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.kinds import ASSURANCE, LAWS, STANDARDS, STATUS
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.intake import assurable_laws
from rootprint.ledger.registry import may_follow, set_status

if TYPE_CHECKING:
    from rootprint.api.cli.session import Session
    from rootprint.api.service import Holder, Workspace

_DAY: Final = 24 * 3600


def _laws(_ctx: Any, _param: Any, value: str | None) -> list[int]:
    """Read a list such as 1,3,7; nothing is an empty one."""
    if value is None:
        return []
    numbers = value.replace(" ", "").split(",")
    if not all(one.isdecimal() and int(one) in LAWS for one in numbers):
        message = f"{value!r} is not a list of laws from {LAWS[0]} to {LAWS[-1]}, such as 1,3,7"
        raise click.BadParameter(message)
    return sorted(set(map(int, numbers)))


_who = (
    click.argument("digest", type=Digest()),
    click.option("--as", "name", required=True, help="The short name of the key that signs."),
    click.option("--did", type=Did(), help="Whose key it is, if that should be compared."),
)


def _said(command: Any) -> Any:
    for decorate in reversed(_who):
        command = decorate(command)
    return command


class _Successor(click.ParamType[bytes | str]):
    """``sha256:…``, or a file with a signed statement."""

    name = "digest|file"

    def convert(self, value: Any, param: Any, ctx: Any) -> bytes | str:
        """Return the digest, or the file's text."""
        if isinstance(value, bytes) or str(value).startswith("sha256:"):
            return Digest().convert(value, param, ctx)
        return signed_text(Path(str(InputFile.convert(value, param, ctx))))


@click.command()
@_said
@click.option("--reason", required=True)
@relayed
@formatted
@click.pass_obj
def withdraw(
    session: Session, /, digest: bytes, name: str, did: str | None, reason: str, **relay: Any
) -> None:
    """Withdraw a statement: it can't be relied on any more.

    That holds from the next block on, also for what cited it before.
    """
    subject = {"statement": digest_text(digest), "state": "withdrawn", "reason": reason}
    _status(session, digest, name, did, subject, StatusState.WITHDRAWN, relay=relay)


@click.command()
@_said
@click.option(
    "--by",
    "successor",
    required=True,
    type=_Successor(),
    help="The new statement: the digest of a logged one, or a file with a signed one. What only"
    " one may hold at a time (a process, a claim) is logged with the old one's end, from a file.",
)
@click.option("--reason", required=True)
@relayed
@formatted
@click.pass_obj
def supersede(
    session: Session,
    /,
    digest: bytes,
    name: str,
    did: str | None,
    successor: bytes | str,
    reason: str,
    **relay: Any,
) -> None:
    """Say that a newer statement takes a statement's place."""
    text = successor if isinstance(successor, str) else None
    newer = successor if isinstance(successor, bytes) else parse_statement(successor).digest
    subject = {
        "statement": digest_text(digest),
        "state": "superseded",
        "supersededBy": digest_text(newer),
        "reason": reason,
    }
    _status(session, digest, name, did, subject, StatusState.SUPERSEDED, text, relay=relay)


@click.command()
@_said
@click.option("--standard", required=True, type=click.Choice(STANDARDS))
@click.option("--level", type=click.Choice(["limited", "reasonable"]), required=True)
@click.option(
    "--coverage",
    type=click.Choice(["product", "calculation-model", "programme"]),
    default="product",
    show_default=True,
)
@click.option("--includes-inventory", is_flag=True, help="The hidden lines were seen as well.")
@click.option("--materiality", default="5", show_default=True, help="In percent.")
@click.option("--outcome", type=click.Choice(["positive", "adverse"]), required=True)
@click.option("--examined", multiple=True, required=True, help="What was looked at; repeatable.")
@click.option("--accreditation", required=True, nargs=2, metavar="BODY NUMBER")
@click.option(
    "--laws",
    callback=_laws,
    metavar="N,…",
    help="The accounting laws that it covers, by number; all that could be checked if left out.",
)
@click.option(
    "--days",
    default=365,
    show_default=True,
    type=click.IntRange(1, 3650),
    help="How long the conclusion holds.",
)
@formatted
@click.pass_obj
def assure(
    session: Session,
    digest: bytes,
    name: str,
    did: str | None,
    standard: str,
    level: str,
    coverage: str,
    materiality: str,
    outcome: str,
    examined: tuple[str, ...],
    accreditation: tuple[str, str],
    laws: list[int],
    days: int,
    *,
    includes_inventory: bool,
) -> None:
    """Sign and log an auditor's conclusion on a statement."""
    subject = {
        "statement": digest_text(digest),
        "standard": standard,
        "level": level,
        "coverage": coverage,
        "includesInventory": includes_inventory,
        "materialityPercent": materiality,
        "outcome": outcome,
        "examined": list(examined),
        "accreditation": {"body": accreditation[0], "number": accreditation[1]},
    }
    with opened(session) as workspace:
        holder = holder_of(workspace, name, did)
        if outcome == "adverse":
            _refuse_again(workspace, holder, digest, StatusState.ADVERSE)
            covered = laws or list(LAWS)
        else:
            covered = assurable_laws(workspace.home, digest, asked=laws)
        subject |= {"laws": covered}
        own = sign_and_log(workspace, name, holder, ASSURANCE, subject, days * _DAY)
        if outcome == "adverse":
            call = set_status(workspace.contracts, holder.did, digest, StatusState.ADVERSE, own)
            workspace.send([(workspace.keys.account(holder.account), call)])
    value = {
        "digest": digest_text(own),
        "statement": digest_text(digest),
        "outcome": outcome,
        "laws": covered,
    }
    covers = f"covering laws {', '.join(str(law) for law in covered)}"
    text = f"concluded {outcome} on {digest_text(digest)} by {digest_text(own)}, {covers}"
    session.give(value, text)


def _status(
    session: Session,
    digest: bytes,
    name: str,
    did: str | None,
    subject: dict[str, str],
    state: StatusState,
    successor: str | None = None,
    *,
    relay: dict[str, Any],
) -> None:
    with opened(session) as workspace:
        holder = holder_of(workspace, name, did)
        _refuse_again(workspace, holder, digest, state)
        before = [] if successor is None else [successor]
        seconds = 10 * 365 * _DAY
        own = sign_and_log(workspace, name, holder, STATUS, subject, seconds, before)
        word = state.name.lower()
        value = {"digest": digest_text(own), "statement": digest_text(digest), "state": word}
        said = f"{word} {digest_text(digest)} by {digest_text(own)}"
        call = set_status(workspace.contracts, holder.did, digest, state, own)
        act(session, workspace, holder, call, value, said, **relay)


def _refuse_again(workspace: Workspace, holder: Holder, digest: bytes, state: StatusState) -> None:
    """Nothing is logged for a row that the contract would refuse."""
    row = workspace.home.reader().status(organisation_id(holder.did), digest)
    if not may_follow(state, row.state):
        message = (
            f"{holder.did} said of {digest_text(digest)} at {time_text(row.time)} that it is "
            f"{row.state.name.lower()}, and that stands"
        )
        raise Refused(message)
