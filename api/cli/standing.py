"""``org suspend``, ``expel``, ``readmit``, ``accredit``: each a signed record and a row.

Before anything is written it is shown who is affected, and asked whether to go on.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

import click

from rootprint.api.cli.affecting import affected_lines, resting_on
from rootprint.api.cli.asking import ask, unasked
from rootprint.api.cli.failing import Misused
from rootprint.api.cli.issuing import sign_and_log
from rootprint.api.cli.keys import holder_of
from rootprint.api.cli.options import InputFile, Time, formatted, opened, read_input
from rootprint.api.cli.organisations import Whose, did_of, known, org
from rootprint.api.cli.unanchored import refuse_unanchored, unanchored_too
from rootprint.ledger.core.encoding import digest_text, sha256, time_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.kinds import ACCREDITATION, DECISION, STANDARDS
from rootprint.ledger.core.standing import REASONS, Admission
from rootprint.ledger.intake import (
    APPEAL_UPHELD,
    READMITTED,
    decision_subject,
    reaches_back,
)
from rootprint.ledger.registry import accredit as accredit_call
from rootprint.ledger.registry import admit as admit_call
from rootprint.ledger.registry import end_accreditation
from rootprint.ledger.registry import expel as expel_call
from rootprint.ledger.registry import suspend as suspend_call

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rootprint.api.cli.session import Session
    from rootprint.api.service import Workspace
    from rootprint.ledger.registry import Organisation

_ENDING_REASONS: Final = [name for name in REASONS if name != APPEAL_UPHELD]
_CALLS: Final = {Admission.SUSPENDED: suspend_call, Admission.EXPELLED: expel_call}
_USUAL: Final = {Admission.SUSPENDED: "inquiry", Admission.EXPELLED: "ceased"}
_WORDS: Final = {Admission.SUSPENDED: "suspended", Admission.EXPELLED: "expelled"}
_YEARS: Final = 30 * 365 * 86_400


class _Window(click.ParamType[tuple[int, int]]):
    """Two times with .. between them; the second one is not in the window."""

    name = "window"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[int, int]:
        """Return both in Unix seconds."""
        if isinstance(value, tuple):
            return value
        first, dots, last = value.partition("..")
        if not dots:
            self.fail(f"{value!r} is not FROM..UNTIL", param, ctx)
        return Time().convert(first, param, ctx), Time().convert(last, param, ctx)


_deciding: Final = (
    click.option(
        "--decision",
        type=InputFile,
        metavar="FILE",
        help="The text that gives the reasons; the signed record has its SHA-256.",
    ),
    click.option(
        "--as",
        "name",
        default="authority",
        show_default=True,
        help="The short name of the authority's key that signs the decision.",
    ),
)
_ending: Final = (
    click.argument("did", type=Whose(), metavar="NAME_OR_DID"),
    click.option("--reason", type=click.Choice(_ENDING_REASONS), help="Why."),
    click.option(
        "--window",
        type=_Window(),
        metavar="FROM..UNTIL",
        help="In which nothing said counts: for fraud, misissued and captured.",
    ),
    click.option("--from", "since", type=Time(), help="A window from this time until now."),
    *_deciding,
    unasked,
    unanchored_too,
    formatted,
    click.pass_obj,
)


def _given(decorators: tuple[Callable[..., Any], ...]) -> Callable[..., Any]:
    def give(command: Callable[..., None]) -> Any:
        for decorate in reversed(decorators):
            command = decorate(command)
        return command

    return give


@org.command()
@_given(_ending)
def suspend(session: Session, did: str, **given: Any) -> None:
    """Suspend an organisation from the next block on.

    What it signed before stands, unless the reason is fraud, misissued or captured: then what was
    anchored in the window counts for nothing, and what cites it fails.
    """
    _end(session, did, Admission.SUSPENDED, **given)


@org.command()
@_given(_ending)
def expel(session: Session, did: str, **given: Any) -> None:
    """Expel an organisation; only a decision admits it again. Reasons as for suspend."""
    _end(session, did, Admission.EXPELLED, **given)


def _end(
    session: Session,
    did: str,
    status: Admission,
    *,
    reason: str | None,
    window: tuple[int, int] | None,
    since: int | None,
    decision: Path | None,
    name: str,
    yes: bool,
    go_on: bool,
) -> None:
    """Take an organisation's admission away, after showing what would lose its validity."""
    why, word = reason or _USUAL[status], _WORDS[status]
    with opened(session) as workspace:
        did = did_of(workspace, did)
        organisation = known(workspace, did)
        _require_status(organisation, status, again=reaches_back(why))
        reach = _reach(workspace, organisation, why, window, since)
        refuse_unanchored(workspace, did, None, go_on=go_on)
        view = resting_on(session, workspace, did, reach)
        _ask(session, view, f"{did} is to be {word}: {why}", yes=yes, back=reaches_back(why))
        subject = decision_subject(did, status, why, reach, _reasoning(session, decision))
        digest = _decided(workspace, name, subject)
        call = _CALLS[status](workspace.contracts, did, REASONS[why], digest, reach)
        workspace.send([(workspace.registrar(), call)])
    value = {"did": did, "status": word, "reason": why, "decision": digest_text(digest),
             "affected": view}  # fmt: skip
    session.give(value, f"{word} {did}: {why}, by decision {digest_text(digest)}")


@org.command()
@click.argument("did", type=Whose(), metavar="NAME_OR_DID")
@click.option("--appeal", is_flag=True, help="Its appeal was upheld: earlier windows are void.")
@_given((*_deciding, formatted, click.pass_obj))
def readmit(session: Session, did: str, decision: Path | None, name: str, *, appeal: bool) -> None:
    """Admit an organisation again, with the record and the roles it had.

    What is void stays void, unless its appeal was upheld.
    """
    with opened(session) as workspace:
        did = did_of(workspace, did)
        organisation = known(workspace, did)
        _require_status(organisation, Admission.ADMITTED, again=appeal)
        last = organisation.rows[-1]
        why = APPEAL_UPHELD if appeal else READMITTED
        subject = decision_subject(
            did, Admission.ADMITTED, why, (0, 0), _reasoning(session, decision)
        )
        digest = _decided(workspace, name, subject)
        call = admit_call(
            workspace.contracts, did, organisation.account, last.record, last.roles,
            decision=digest, reason=REASONS[APPEAL_UPHELD] if appeal else 0,
        )  # fmt: skip
        workspace.send([(workspace.registrar(), call)])
    value = {"did": did, "status": "admitted", "decision": digest_text(digest)}
    session.give(value, f"admitted {did} again, by decision {digest_text(digest)}")


@org.command()
@click.argument("body", type=Whose(), metavar="NAME_OR_DID")
@click.option("--as", "name", required=True, help="The short name of the accreditor's key.")
@click.option("--standard", required=True, type=click.Choice(STANDARDS))
@click.option(
    "--level", "levels", multiple=True, required=True, type=click.Choice(["limited", "reasonable"])
)
@click.option(
    "--scope",
    multiple=True,
    default=("*",),
    show_default=True,
    help="A product classification, or how its URN begins; * is any product.",
)
@click.option("--from", "since", required=True, type=Time())
@click.option("--until", required=True, type=Time())
@formatted
@click.pass_obj
def accredit(
    session: Session,
    body: str,
    name: str,
    standard: str,
    levels: tuple[str, ...],
    scope: tuple[str, ...],
    since: int,
    until: int,
) -> None:
    """Accredit a body: sign what for, log it, and write the row from TIME until TIME."""
    with opened(session) as workspace:
        holder = holder_of(workspace, name, None)
        did = did_of(workspace, body)
        subject = {
            "body": did,
            "standard": standard,
            "scope": list(dict.fromkeys(scope)),
            "levels": list(dict.fromkeys(levels)),
            "from": time_text(since),
            "until": time_text(until),
        }
        digest = sign_and_log(workspace, name, holder, ACCREDITATION, subject, _YEARS)
        call = accredit_call(workspace.contracts, holder.did, did, digest, (since, until))
        workspace.send([(workspace.keys.account(holder.account), call)])
    value = {"body": did, "accreditor": holder.did, "record": digest_text(digest)}
    session.give(value, f"accredited {did} by {digest_text(digest)}")


@org.command(name="end-accreditation")
@click.argument("body", type=Whose(), metavar="NAME_OR_DID")
@click.option("--as", "name", required=True, help="The short name of the accreditor's key.")
@click.option("--record", required=True, help="The accreditation record's digest.")
@formatted
@click.pass_obj
def end(session: Session, body: str, name: str, record: str) -> None:
    """End an accreditation from the next block on; assurances anchored before stand."""
    with opened(session) as workspace:
        holder = holder_of(workspace, name, None)
        did = did_of(workspace, body)
        rows = workspace.registry().accreditations(did)
        numbers = [n for n, row in enumerate(rows) if digest_text(row.scope) == record]
        if not numbers or rows[numbers[-1]].ended:
            message = f"{did} has no accreditation by {record} that could be ended"
            raise Refused(message, remedy="see them with: rootprint org show")
        call = end_accreditation(workspace.contracts, did, numbers[-1])
        workspace.send([(workspace.keys.account(holder.account), call)])
    session.give({"body": did, "record": record}, f"ended the accreditation of {did} by {record}")


def _require_status(organisation: Organisation, status: Admission, *, again: bool) -> None:
    """Nothing is signed for a row that the contract would refuse.

    ``again``: of one that is expelled a further fraud comes to light, or the appeal of one that was
    admitted again is upheld.
    """
    now = organisation.rows[-1].status
    if status is Admission.SUSPENDED:
        refused = now is not Admission.ADMITTED
    else:
        refused = now is status and not again
    if refused:
        message = f"{organisation.did} is {now.name.lower()} already"
        raise Refused(message, remedy="see its rows with: rootprint org show")


def _reach(
    workspace: Workspace,
    organisation: Organisation,
    reason: str,
    window: tuple[int, int] | None,
    since: int | None,
) -> tuple[int, int]:
    """Return the window of a retroactive reason, (0, 0) for a prospective one."""
    given = [one for one in (window, since) if one is not None]
    if not reaches_back(reason):
        if given:
            message = f"the reason {reason} holds from the next block on and has no window"
            raise Misused(message, remedy="leave --window and --from out")
        return 0, 0
    if len(given) != 1:
        message = f"the reason {reason} voids a window, which has to be said once"
        raise Misused(message, remedy="give --from TIME, or --window FROM..UNTIL")
    if window is not None:
        return window
    first = organisation.rows[0].time  # what was anchored before counts for nothing anyhow
    return max(since or 0, first), workspace.registry().time + 1


def _ask(session: Session, view: dict[str, Any], what: str, *, yes: bool, back: bool) -> None:
    """Show who is affected, and go on only if that is wanted.

    A prospective reason fails nothing that stands, so that a script need not say --yes for it.
    """
    fails = "what was anchored in the window fails, with all that rests on it"
    shown = f"{what}; {fails if back else 'what was anchored before stands'}"
    goes_on = not back and not sys.stdin.isatty()
    ask(session, shown, *affected_lines(view), yes=yes or goes_on,
        why="others' footprints would fail")  # fmt: skip


def _reasoning(session: Session, decision: Path | None) -> bytes:
    """Return the digest of the text that gives the reasons."""
    if decision is None:
        session.say("no reasoning is given: the decision has the digest of an empty text")
        return sha256(b"")
    return sha256(read_input(decision))


def _decided(workspace: Workspace, name: str, subject: dict[str, Any]) -> bytes:
    """Sign and log a decision; return its digest."""
    holder = holder_of(workspace, name, None)
    return sign_and_log(workspace, name, holder, DECISION, subject, _YEARS)
