"""``template``: the workbook that a clerk fills in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rootprint.api.cli.options import STDIO, OutputFile, formatted, write_new
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.intake import LANGUAGES, template_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from rootprint.api.cli.session import Session


@click.command()
@click.option("--lang", "language", type=click.Choice(LANGUAGES), required=True)
@click.option("--out", type=OutputFile, required=True, help="Where to write the workbook.")
@formatted
@click.pass_obj
def template(session: Session, language: str, out: Path) -> None:
    """Write a workbook for an inventory, in Chinese or English.

    It has drop-downs, hints and code lists. Filled in, rootprint compose reads it.
    """
    if out != STDIO and out.suffix.lower() != ".xlsx":
        message = f"{out} is to be a workbook, and its name does not end in .xlsx"
        raise Refused(message, remedy=f"write --out {out.with_suffix('.xlsx')}")
    write_new(out, template_workbook(language))
    next_step = f"{out}: fill it in, then run rootprint compose {out}"
    if out == STDIO:
        session.say(next_step)
    else:
        session.give({"template": str(out), "language": language}, next_step)
