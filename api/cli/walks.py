"""``walk``: from a statement to its raw inputs, with all that a ledger's folder holds."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import click

from rootprint.api.cli.affecting import affected_lines
from rootprint.api.cli.options import StatementName, Time, formatted, opened
from rootprint.api.cli.requiring import requirement_options
from rootprint.api.cli.views import view_options
from rootprint.ledger.core.errors import Unavailable
from rootprint.ledger.intake import affected_downstream
from rootprint.ledger.verifier import Verifier

if TYPE_CHECKING:
    from rootprint.api.cli.session import Session
    from rootprint.api.cli.views import Views
    from rootprint.ledger.intake import Home
    from rootprint.ledger.rules import Library
    from rootprint.ledger.verify import Policy


@click.command()
@click.argument("digest", type=StatementName(), metavar="STATEMENT")
@click.option("--at", type=Time(), help="Judge as of this time instead of now.")
@requirement_options
@click.option("--down", is_flag=True, help="List whose footprints rest on it instead.")
@click.option("--offline", is_flag=True, help="Refuse to ask any network endpoint.")
@view_options
@formatted
@click.pass_obj
def walk(
    session: Session,
    digest: bytes,
    at: int | None,
    policy: Policy,
    packs: Library,
    views: Views,
    *,
    down: bool,
    offline: bool,
) -> None:
    """Walk from a statement to its raw inputs; check each.

    Exit code 0 only if all of it is verified. With --down nothing is checked: it lists which later
    footprints in the ledger's folder rest on the STATEMENT, and how much of each.
    """
    with opened(session) as workspace:
        if offline and workspace.settings.rpc is not None:
            message = "this ledger's chain is a network endpoint, and --offline forbids it"
            raise Unavailable(message)
        home = workspace.home
        if down:
            _down(session, home, digest)
            return
        trust = home.trust if at is None else dataclasses.replace(home.trust, as_of=at)
        with session.counting("statements read") as progress:
            verifier = Verifier(trust, home.view, policy=policy, packs=packs, progress=progress)
            made = home.export(digest, verifier, looked=views.look)
    views.give(session, made.report)


def _down(session: Session, home: Home, digest: bytes) -> None:
    home.log.index_of(digest)
    with session.counting("statements read") as progress:
        view = affected_downstream(home, lambda one: one.digest == digest, progress=progress)
    session.give(view, *affected_lines(view))
