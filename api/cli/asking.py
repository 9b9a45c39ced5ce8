"""Before what can't be undone: what it changes, and whether to go on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from rootprint.api.cli.failing import Misused

if TYPE_CHECKING:
    from rootprint.api.cli.session import Session

unasked: Final = click.option("--yes", is_flag=True, help="Do not ask.")


def ask(session: Session, *lines: str, yes: bool, why: str = "this can't be undone") -> None:
    """Show what is about to change, and return only if that is wanted.

    Raises Misused where it was not said with ``--yes`` and nobody can be asked; click's Abort where
    the answer is no.
    """
    session.say(*lines)
    if yes:
        return
    if not sys.stdin.isatty():
        message = f"{why}, and nobody can be asked here"
        raise Misused(message, remedy="say --yes")
    click.confirm("Write it to the chain?", abort=True, err=True)
