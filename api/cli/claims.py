"""``retire`` and ``claim``: a registry's word on retired attributes, and who claims them.

Both are signed and logged at once: all that they say is open, so that anyone can add up claims.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from rootprint.api.cli.issuing import sign_and_log
from rootprint.api.cli.keys import holder_of
from rootprint.api.cli.options import Did, StatementName, Time, formatted, opened
from rootprint.ledger import figures
from rootprint.ledger.core.encoding import digest_text, time_text
from rootprint.ledger.core.errors import NotFound
from rootprint.ledger.core.schema.kinds import CLAIM, RETIREMENT
from rootprint.ledger.core.schema.records import ATTRIBUTES
from rootprint.ledger.intake import claim_subject, retirement_subject

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.api.cli.session import Session
    from rootprint.api.service import Workspace

_SECONDS: Final = 20 * 365 * 24 * 3600
_shared = (
    click.option("--as", "name", required=True, help="The short name of the key that signs."),
    click.option("--did", type=Did(), help="Whose key it is, if that should be compared."),
    click.option(
        "--amount",
        required=True,
        nargs=2,
        metavar="VALUE UNIT",
        help="Such as 120 MWh.",
    ),
    click.option("--from", "start", required=True, type=Time(), help="The period's first second."),
    click.option("--until", "end", required=True, type=Time(), help="The period's end."),
)


def _said(command: Any) -> Any:
    for decorate in reversed(_shared):
        command = decorate(command)
    return command


def _amount(given: tuple[str, str]) -> dict[str, str]:
    value, unit = given
    return {"value": value, "unit": figures.unit_table().named(unit)}


@click.command()
@_said
@click.option("--registry", required=True, help="The registry's name, as certificates have it.")
@click.option("--beneficiary", required=True, type=Did(), help="For whom it was retired.")
@click.option("--attribute", required=True, type=click.Choice(ATTRIBUTES))
@click.option("--market", required=True, help="Where the attribute is valid, such as CN.")
@click.option(
    "--certificates",
    multiple=True,
    required=True,
    nargs=2,
    metavar="FIRST LAST",
    help="A range of certificates that were retired; repeatable.",
)
@formatted
@click.pass_obj
def retire(
    session: Session,
    name: str,
    did: str | None,
    amount: tuple[str, str],
    start: int,
    end: int,
    registry: str,
    beneficiary: str,
    attribute: str,
    market: str,
    certificates: tuple[tuple[str, str], ...],
) -> None:
    """Sign and log that attributes were retired."""
    subject = retirement_subject(
        registry=registry,
        beneficiary=beneficiary,
        attribute=attribute,
        market=market,
        amount=_amount(amount),
        production=(time_text(start), time_text(end)),
        certificates=certificates,
    )
    _issue(session, name, did, RETIREMENT, lambda _workspace, _issuer: subject)


@click.command()
@_said
@click.option("--retirement", type=StatementName(), help="The registry's retirement record.")
@click.option(
    "--certificate",
    nargs=2,
    metavar="REGISTRY ID",
    help="Where no record of its retirement is logged: the claim is unsigned then.",
)
@formatted
@click.pass_obj
def claim(
    session: Session,
    name: str,
    did: str | None,
    amount: tuple[str, str],
    start: int,
    end: int,
    retirement: bytes | None,
    certificate: tuple[str, str] | None,
) -> None:
    """Sign and log a claim on an amount of what was retired.

    An inventory's line names it as certificate.claim. What is claimed can't be claimed again until
    it is withdrawn.
    """
    claimed = retirement or certificate
    if not claimed or (retirement and certificate):
        message = "say --retirement, or --certificate where there is no record of it"
        raise click.UsageError(message)

    def subject(workspace: Workspace, issuer: str) -> dict[str, Any]:
        if retirement is not None:
            _tell_contested(session, workspace, retirement, issuer)
        period = time_text(start), time_text(end)
        return claim_subject(_amount(amount), period, claimed)

    _issue(session, name, did, CLAIM, subject)


def _tell_contested(session: Session, workspace: Workspace, digest: bytes, issuer: str) -> None:
    """Say what a verifier will find: it is logged all the same, as the registry may be wrong."""
    with workspace.store.read() as tx:
        try:
            retired = tx.statements.get(digest).subject
        except NotFound as error:
            error.remedy = "the registry logs it first: rootprint retire"
            raise
        others = {one.issuer for one in tx.exclusive.claims(digest)} - {issuer}
    beneficiary = retired.get("beneficiary")
    if beneficiary != issuer:
        session.say(f"the retirement is for {beneficiary}: whoever verifies {issuer}'s claim fails")
    if others:
        session.say(f"contested: it is claimed by {', '.join(sorted(others))} too")


def _issue(
    session: Session,
    name: str,
    did: str | None,
    kind: str,
    subject: Callable[[Workspace, str], dict[str, Any]],
) -> None:
    with opened(session) as workspace:
        holder = holder_of(workspace, name, did)
        said = subject(workspace, holder.did)
        digest = sign_and_log(workspace, name, holder, kind, said, _SECONDS)
    value = {"digest": digest_text(digest), "kind": kind, **said}
    session.give(value, f"{digest_text(digest)} is a {kind}, signed for; not anchored yet")
