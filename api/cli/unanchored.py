"""Statements that no anchor covers yet, before somebody's standing changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.intake import unanchored
from rootprint.ledger.verify import counted

if TYPE_CHECKING:
    from rootprint.api.service import Workspace

unanchored_too = click.option(
    "--unanchored-too",
    "go_on",
    is_flag=True,
    help="Go on although statements are not anchored yet, and will then not count.",
)


def refuse_unanchored(workspace: Workspace, did: str, kid: str | None, *, go_on: bool) -> None:
    """Raise Refused with what would lose its validity, unless a second word was said."""
    waiting = unanchored(workspace.home, did, kid)
    if waiting and not go_on:
        listed = ", ".join(digest_text(digest) for digest in waiting[:8])
        message = (
            f"{counted(len(waiting), 'statement')} of {did} not anchored yet would never count: "
            f"{listed}"
        )
        raise Refused(
            message, remedy="the operator runs rootprint anchor first, or say --unanchored-too"
        )
