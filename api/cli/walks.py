"""``walk``: from a statement to its raw inputs, with all that a ledger's folder holds."""

from __future__ import annotations

import dataclasses
import time
from typing import TYPE_CHECKING

import click

from rootprint.api.cli.options import Digest, Time, formatted, opened
from rootprint.api.cli.requiring import requirement_options
from rootprint.api.cli.views import view_options
from rootprint.ledger.core.errors import Unavailable

if TYPE_CHECKING:
    from rootprint.api.cli.session import Session
    from rootprint.api.cli.views import Views
    from rootprint.ledger.verify import Requirements


@click.command()
@click.argument("digest", type=Digest())
@click.option("--at", type=Time(), help="Judge as of this time instead of now.")
@requirement_options
@click.option("--offline", is_flag=True, help="Refuse to ask any network endpoint.")
@view_options
@formatted
@click.pass_obj
def walk(
    session: Session,
    digest: bytes,
    at: int | None,
    required: Requirements,
    views: Views,
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
        with session.counting("statements read") as progress:
            _, report = home.export(
                digest,
                now=int(time.time()),
                requirements=required,
                looked=views.look,
                progress=progress,
            )
    views.give(session, report)
