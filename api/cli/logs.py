"""``log``: proofs, checkpoints and checking all of it again."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from api.cli.options import Digest, formatted, opened
from ledger.log import describe
from ledger.log import fsck as checked

if TYPE_CHECKING:
    from api.cli.group import Session


@click.group()
def log() -> None:
    """The public log: checkpoint, proof, fsck."""


@log.command()
@click.option("--size", type=int, help="Of this size; by default the newest.")
@click.pass_obj
def checkpoint(session: Session, size: int | None) -> None:
    """Print a signed checkpoint (C2SP signed note)."""
    with opened(session) as workspace:
        click.echo(workspace.home.log.checkpoint(size).text, nl=False)


@log.command()
@click.argument("digest", type=Digest())
@click.option("--size", type=int, help="Under the checkpoint of this size.")
@click.pass_obj
def proof(session: Session, digest: bytes, size: int | None) -> None:
    """Print the proof that a statement is in the log (C2SP tlog-proof)."""
    with opened(session) as workspace:
        click.echo(workspace.home.log.proof(digest, size).text(), nl=False)


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
