"""``pool``: how a base number is parted among its variants, as one record that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rootprint.api.cli.citing import naming_inputs, resolver
from rootprint.api.cli.options import Did, InputFile, formatted, input_name, opened, read_input
from rootprint.ledger.intake import pool_draft, read_pool

if TYPE_CHECKING:
    from pathlib import Path

    from rootprint.api.cli.session import Session


@click.command()
@click.argument("file", type=InputFile)
@click.option("--issuer", type=Did(), help="The issuer's DID, where the file gives a short name.")
@naming_inputs
@formatted
@click.pass_obj
def pool(session: Session, file: Path, issuer: str | None, inputs: dict[str, bytes]) -> None:
    """Make a variant pool's draft from a FILE (YAML).

    The base number is published and its variants are composed before; sign and publish the pool,
    then name it as variant.pool, compose the variants again, and publish them. What is left of the
    base number is the pool's last row.
    """
    parsed = read_pool(read_input(file), where=input_name(file))
    with opened(session) as workspace:
        who = issuer or parsed.issuer
        if not who.startswith("did:"):
            who = workspace.holders.get(who).did
        draft = pool_draft(
            parsed,
            who,
            resolver(session, workspace, inputs),
            lambda finding: session.say(str(finding)),
        )
    for name in sorted(set(inputs) - {parsed.base}):
        session.say(f"{name}: the pool's base is called {parsed.base}, so it was not used")
    for code in parsed.codes:
        session.say(f"variant: {{reason: {parsed.reason}, code: {code}, pool: NAME}}")
    session.give_document(draft)
