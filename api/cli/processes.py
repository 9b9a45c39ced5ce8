"""``process`` and ``outputs``: what a whole process took, gave off and made, and who carries it."""

from __future__ import annotations

import time
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import click

from rootprint.api.cli.citing import naming_inputs, resolver
from rootprint.api.cli.mapping import inventory_of, mapped
from rootprint.api.cli.options import Did, InputFile, StatementName, formatted, opened
from rootprint.api.cli.packs import pack_files
from rootprint.api.cli.terminal import plain
from rootprint.calc.rounding import decimal_text, half_up
from rootprint.calc.sharing import PERCENT_PLACES
from rootprint.ledger.core.encoding import digest_text, time_text
from rootprint.ledger.intake import BASE_PACK, outputs_of, process_draft
from rootprint.ledger.verify import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rootprint.api.cli.session import Session
    from rootprint.ledger.intake import Outputs
    from rootprint.ledger.rules import Library

_PLACES: Final = 2


@click.command()
@click.argument("inventory", type=InputFile)
@click.option("--issuer", type=Did(), help="The issuer's DID, where the file gives a short name.")
@mapped
@naming_inputs
@click.option("--rules", "pack", default=BASE_PACK, show_default=True, help="The rule pack.")
@pack_files
@formatted
@click.pass_obj
def process(
    session: Session,
    inventory: Path,
    issuer: str | None,
    by: Path | None,
    inputs: dict[str, bytes],
    pack: str,
    packs: Library,
) -> None:
    """Make a process record's draft from an INVENTORY.

    Sign and publish it before the co-products: each names it as process.record and composes by the
    same rule pack. The log takes one record of a process and period at a time.
    """
    parsed = inventory_of(inventory, by)
    with opened(session) as workspace:
        who = issuer or parsed.issuer
        if not who.startswith("did:"):
            who = workspace.holders.get(who).did
        effective = packs.in_force(pack, time_text(int(time.time())))
        draft = process_draft(
            parsed,
            who,
            resolver(session, workspace, inputs, parsed.statements),
            {"id": effective["id"], "digest": effective["digest"]},
            lambda finding: session.say(str(finding)),
        )
    for name in sorted({*inputs, *parsed.statements} - parsed.inputs):
        session.say(f"{name}: no line takes an input of that name, so it was not used")
    session.give_document(draft)


@click.command()
@click.argument("record", type=StatementName())
@formatted
@click.pass_obj
def outputs(session: Session, record: bytes) -> None:
    """List the outputs of a process RECORD and who carries them.

    What is shared out and carried by no footprint in this ledger stands at the end: the other
    products verify without it.
    """
    with opened(session) as workspace:
        found = outputs_of(workspace.home.store, record)
    subject = found.record.subject
    value = {
        "record": digest_text(record),
        "process": subject["process"],
        "site": subject["site"],
        "periodStart": subject["periodStart"],
        "periodEnd": subject["periodEnd"],
        "whole": found.whole,
        "outputs": [
            {
                "row": row.row,
                "name": row.name,
                "productId": row.product,
                "method": row.method,
                "share": decimal_text(half_up(row.share, PERCENT_PLACES)),
                "carried": row.is_carried,
                "footprints": [digest_text(digest) for digest in row.footprints],
            }
            for row in found.rows
        ],
        "notCarried": decimal_text(half_up(_missing(found), PERCENT_PLACES)),
    }
    session.give(value, *_lines(found))


def _missing(found: Outputs) -> Fraction:
    return sum((row.share for row in found.not_carried), Fraction(0))


def _lines(found: Outputs) -> Iterator[str]:
    subject = plain(found.record.subject)
    yield (
        f"{subject['process']} at {subject['site']},"
        f" {subject['periodStart'][:10]} to {subject['periodEnd'][:10]}"
    )
    for row in found.rows:
        carried = ", ".join(map(digest_text, row.footprints)) or (
            "waste" if row.is_carried else "no footprint"
        )
        share = decimal_text(half_up(row.share, _PLACES))
        yield plain(f"{share:>7} %  {row.method:<12} {row.name}: {carried}")
    if not found.whole:
        yield "Rows are hidden here: what they share is not known."
    missing = found.not_carried
    if missing:
        share = decimal_text(half_up(_missing(found), _PLACES))
        what = counted(len(missing), "output")
        yield f"Not carried: {what} without a footprint, {share} % of what is shared"
