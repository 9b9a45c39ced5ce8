"""``partner``: footprints of partners in their JSON forms, as figures that a receiver attests."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rootprint.api.cli.folders import new_folder
from rootprint.api.cli.options import Did, InputFile, formatted, input_name, read_input
from rootprint.ledger.core.encoding import time_text, utc_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.pcf import country as rule_country
from rootprint.ledger.partner import inventory_text, read_partner
from rootprint.ledger.verify.rulings import periods

if TYPE_CHECKING:
    from rootprint.api.cli.session import Session


def _country(_ctx: click.Context, _param: click.Parameter, given: str | None) -> str | None:
    if given is None:
        return None
    try:
        rule_country(given, "--country")
    except Refused as error:
        raise click.UsageError(str(error)) from error
    return given


@click.group()
def partner() -> None:
    """Take in what partners send: PACT 3.0, Catena-X 9.0.0."""


@partner.command("import")
@click.argument("file", type=InputFile)
@click.option("--issuer", type=Did(), required=True, help="Who received it and attests it.")
@click.option("--received", metavar="TIME", help="When it came; now, if it is not said.")
@click.option(
    "--country",
    metavar="CC",
    callback=_country,
    help="Where it is made, if it does not say: CN, DE, …",
)
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False))
@formatted
@click.pass_obj
def import_partner(
    session: Session,
    file: Path,
    issuer: str,
    received: str | None,
    country: str | None,
    out: Path,
) -> None:
    """Read a partner's FILE and write one inventory file per footprint into OUT.

    The FILE is JSON: a PACT 3.0 footprint or a Catena-X PCF 9.0.0, alone, in a list, or as PACT's
    API answers. You attest what you were given: the figures count as unsigned. Sums that do not
    add up count at the higher figure; what is expired, deprecated or replaced is refused.
    """
    where = input_name(file)
    read = read_partner(read_input(file), received=_receipt(received), where=where, country=country)
    for note in (*(note for one in read.taken for note in one.findings), *read.refused):
        session.say(f"{where}: {note}")
    if not read.taken:
        message = f"{where}: {read.summary}: there is nothing to write"
        raise Refused(message, remedy="ask the partner for what is missing above")
    new_folder(out)
    files = [out / f"partner-{number:05d}.yaml" for number in range(len(read.taken))]
    for path, one in zip(files, read.taken, strict=True):
        path.write_text(inventory_text(one, issuer=issuer), encoding="utf-8")
    value = {
        "form": read.form,
        "digest": read.digest,
        "footprints": read.footprints,
        "taken": [
            {
                "id": one.id,
                "file": str(path),
                "productIds": one.subject["productIds"],
                "validFrom": one.valid_from,
                "validUntil": one.valid_until,
                "findings": [str(note) for note in one.findings],
            }
            for path, one in zip(files, read.taken, strict=True)
        ],
        "refused": [str(note) for note in read.refused],
    }
    session.give(value, f"{where}: {read.summary}")


def _receipt(received: str | None) -> str:
    """Return when the file came, in UTC; what is still to come can not have come."""
    now = int(time.time())
    if received is None:
        return time_text(now)
    moment = utc_text(received, what="--received")
    if periods.receipt_fault({"partner": {"receivedAt": moment}}, now) is not None:
        message = "--received is in the future"
        raise Refused(message, remedy="say when the file came, or leave it out for now")
    return moment
