"""``mapping``: how a company's own sheet is read, proposed from its headings."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rootprint.api.cli.options import (
    STDIO,
    InputFile,
    OutputFile,
    formatted,
    input_name,
    read_input,
    write_new,
)
from rootprint.ledger.intake import parse_inventory, parse_mapped, propose_mapping

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rootprint.api.cli.session import Session
    from rootprint.ledger.intake import Inventory

F = TypeVar("F", bound="Callable[..., Any]")


def mapped(command: F) -> F:
    """Give a command ``--mapping``, for an inventory that is somebody's own sheet."""
    return click.option(
        "--mapping",
        "by",
        type=InputFile,
        help="The mapping by which INVENTORY, a sheet of one's own, is read.",
    )(command)


def inventory_of(path: Path, by: Path | None, *, patient: bool = False) -> Inventory:
    """Read an inventory file, or a sheet by its mapping."""
    data, where = read_input(path), input_name(path)
    if by is None:
        return parse_inventory(data, where=where, patient=patient)
    return parse_mapped(
        data, read_input(by), where=where, mapping_where=input_name(by), patient=patient
    )


@click.command()
@click.argument("sheet_file", type=InputFile, metavar="SHEET")
@click.option("--sheet", help="Which sheet of a workbook with several.")
@click.option("--out", type=OutputFile, required=True, help="Where to write the mapping (YAML).")
@formatted
@click.pass_obj
def mapping(session: Session, sheet_file: Path, sheet: str | None, out: Path) -> None:
    """Propose how a company's own SHEET says an inventory.

    The SHEET is XLSX or CSV.

    What could not be placed is shown on stderr and stands in the mapping as a comment: complete it,
    then run rootprint compose SHEET --mapping FILE. The mapping is used again for the next sheet.
    """
    found = propose_mapping(read_input(sheet_file), where=input_name(sheet_file), sheet=sheet)
    write_new(out, found.text.encode())
    for problem in found.open:
        session.say(str(problem))
    next_step = f"{out}: complete it, then run rootprint compose {sheet_file} --mapping {out}"
    if out == STDIO:
        session.say(next_step)
    else:
        session.give({"mapping": str(out), "open": [asdict(one) for one in found.open]}, next_step)
