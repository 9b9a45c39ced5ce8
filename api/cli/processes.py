"""``process``: what a whole process took, gave off and made, as one record for its co-products."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from rootprint.api.cli.citing import naming_inputs, resolver
from rootprint.api.cli.options import Did, InputFile, formatted, input_name, opened, read_input
from rootprint.api.cli.packs import pack_files
from rootprint.ledger.core.encoding import time_text
from rootprint.ledger.intake import BASE_PACK, parse_inventory, process_draft

if TYPE_CHECKING:
    from pathlib import Path

    from rootprint.api.cli.session import Session
    from rootprint.ledger.rules import Library


@click.command()
@click.argument("inventory", type=InputFile)
@click.option("--issuer", type=Did(), help="The issuer's DID, where the file gives a short name.")
@naming_inputs
@click.option("--rules", "pack", default=BASE_PACK, show_default=True, help="The rule pack.")
@pack_files
@formatted
@click.pass_obj
def process(
    session: Session,
    inventory: Path,
    issuer: str | None,
    inputs: dict[str, bytes],
    pack: str,
    packs: Library,
) -> None:
    """Make a process record's draft from an INVENTORY.

    Sign and publish it before the co-products: each names it as process.record and composes by the
    same rule pack. The log takes one record of a process and period at a time.
    """
    parsed = parse_inventory(read_input(inventory), where=input_name(inventory))
    with opened(session) as workspace:
        who = issuer or parsed.issuer
        if not who.startswith("did:"):
            who = workspace.holders.get(who).did
        effective = packs.in_force(pack, time_text(int(time.time())))
        draft = process_draft(
            parsed,
            who,
            resolver(session, workspace, inputs),
            {"id": effective["id"], "digest": effective["digest"]},
            lambda finding: session.say(str(finding)),
        )
    for name in sorted(set(inputs) - parsed.inputs):
        session.say(f"{name}: no line takes an input of that name, so it was not used")
    session.give_document(draft)
