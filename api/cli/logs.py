"""``log``: proofs, checkpoints and checking all of it again."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from rootprint.api.cli.failing import INCOMPLETE
from rootprint.api.cli.options import StatementName, formatted, opened
from rootprint.ledger.core.encoding import digest_text, hex_text
from rootprint.ledger.log import describe
from rootprint.ledger.log import fsck as checked

if TYPE_CHECKING:
    from rootprint.api.cli.session import Session


@click.group()
def log() -> None:
    """The public log: proofs, fsck, operator, freeze, successor."""


@log.command()
@click.option("--size", type=click.IntRange(1), help="Of this size; by default the newest.")
@formatted
@click.pass_obj
def checkpoint(session: Session, size: int | None) -> None:
    """Print a signed checkpoint (C2SP signed note)."""
    with opened(session) as workspace:
        note = workspace.home.log.checkpoint(size)
    point = note.checkpoint
    value = {"size": point.size, "root": hex_text(point.root), "note": note.text}
    session.give(value, *note.text.removesuffix("\n").split("\n"))


@log.command()
@click.argument("digest", type=StatementName(), metavar="STATEMENT")
@click.option("--size", type=click.IntRange(1), help="Under the checkpoint of this size.")
@formatted
@click.pass_obj
def proof(session: Session, digest: bytes, size: int | None) -> None:
    """Print the proof that a statement is in the log (C2SP tlog-proof)."""
    with opened(session) as workspace:
        found = workspace.home.log.proof(digest, size)
    value = {
        "digest": digest_text(digest),
        "entry": found.index,
        "size": found.checkpoint.checkpoint.size,
        "proof": found.text(),
    }
    session.give(value, *found.text().removesuffix("\n").split("\n"))


@log.command()
@formatted
@click.pass_obj
def fsck(session: Session) -> None:
    """Derive everything again from bytes, and compare it with what is stored and anchored."""
    with opened(session) as workspace:
        home = workspace.home
        report = checked(
            home.store, home.trust.log_key, chain=home.reader(), log_id=home.trust.log_id
        )
    session.give(asdict(report), describe(report))
    if report.empty:
        sys.exit(INCOMPLETE)  # having checked nothing is not having found all right
