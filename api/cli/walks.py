"""``walk``: from a statement to its raw inputs, with all that a ledger's folder holds."""

from __future__ import annotations

import dataclasses
import sys
import time
from typing import TYPE_CHECKING

import click

from api.cli.options import Digest, Time, formatted, opened
from api.cli.render import report_text
from ledger.core.encoding import digest_text
from ledger.core.errors import Unavailable
from ledger.evidence import Recording, Redacting, write
from ledger.walk import ARITHMETIC, ASSURANCE, Report, Requirements, passed
from ledger.walk import walk as walked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.cli.session import Session
    from ledger.intake import Home


@click.command()
@click.argument("digest", type=Digest())
@click.option("--at", type=Time(), help="Judge as of this time instead of now.")
@click.option("--require-arithmetic", type=click.Choice(ARITHMETIC), default=ARITHMETIC[1])
@click.option("--require-assurance", type=click.Choice(ASSURANCE), default=ASSURANCE[0])
@click.option("--explain", type=click.IntRange(0, 9), help="Show this check of every statement.")
@click.option("--offline", is_flag=True, help="Refuse to ask any network endpoint.")
@formatted
@click.pass_obj
def walk(
    session: Session,
    digest: bytes,
    at: int | None,
    require_arithmetic: str,
    require_assurance: str,
    explain: int | None,
    *,
    offline: bool,
) -> None:
    """Walk from a statement to its raw inputs; check each.

    Exit code 0 only if all of it is verified.
    """
    with opened(session) as workspace:
        if offline and workspace.settings.rpc is not None:
            message = "this ledger's chain is a network endpoint, and --offline forbids it"
            raise Unavailable(message)
        home = workspace.home
        if at is not None:
            home = dataclasses.replace(home, trust=dataclasses.replace(home.trust, as_of=at))
        required = Requirements(require_arithmetic, require_assurance)
        _, report = exported(home, digest, {}, required)
    content = report.json()
    session.give(content, report_text(content, explain))
    sys.exit(report.exit_code)


def exported(
    home: Home,
    digest: bytes,
    keep: Mapping[bytes, set[str]],
    requirements: Requirements = Requirements(),  # noqa: B008 - frozen
) -> tuple[bytes, Report]:
    """Walk with these redactions; return the file of all that was looked at, and the report.

    Raises NotFound for a statement that is not here.
    """
    with home.store.read() as tx:
        tx.statements.get(digest)  # a walk of nothing has no verdict
    recording = Recording(Redacting(home.sources(), keep), digest)
    now = int(time.time())
    check = passed(0, f"the statement {digest_text(digest)} of this ledger")
    report = walked(
        digest,
        recording,
        home.view,
        home.trust,
        now=now,
        file_check=check,
        requirements=requirements,
    )
    return write(recording.bundle, made=now), report
