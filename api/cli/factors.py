"""``factors``: published tables of emission factors as inventory files, ready to be signed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from rootprint.api.cli.folders import new_folder
from rootprint.api.cli.options import Did, InputFile, formatted, input_name, read_input
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.factors import (
    FactorTable,
    Problem,
    inventory_text,
    read_cpcd,
    read_epa,
    read_uk,
)
from rootprint.ledger.tables import written

if TYPE_CHECKING:
    from rootprint.api.cli.session import Session

_TABLES: Final = ("uk", "epa", "cpcd")
_SHOWN: Final = 20
_REPORT: Final = "refused.csv"
_IMPLAUSIBLE: Final = "implausible"


@click.group()
def factors() -> None:
    """Published factor tables: read them into inventory files."""


@factors.command("import")
@click.argument("table", type=click.Choice(_TABLES))
@click.argument("file", type=InputFile)
@click.option("--by-gas", type=InputFile, help="EPA's second file, with each gas apart.")
@click.option("--release", help="CPCD: the release that the file is, such as its day, 2025-11-30.")
@click.option("--issuer", type=Did(), required=True, help="Who will publish them.")
@click.option("--valid-from", required=True, metavar="TIME")
@click.option("--valid-until", required=True, metavar="TIME")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False))
@formatted
@click.pass_obj
def import_table(
    session: Session,
    table: str,
    file: Path,
    by_gas: Path | None,
    release: str | None,
    issuer: str,
    valid_from: str,
    valid_until: str,
    out: Path,
) -> None:
    """Read a published TABLE from its FILE and write one inventory file per factor into OUT.

    A release that is not known is refused, as is a row without source, unit or number, or with a
    figure that can't be. All that was refused or should be looked at stands in OUT/refused.csv;
    nothing is dropped in silence.
    """
    read = _read(table, file, by_gas, release)
    new_folder(out)
    for number, draft in enumerate(read.drafts):
        text = inventory_text(draft, issuer=issuer, valid_from=valid_from, valid_until=valid_until)
        (out / f"{table}-{number:05d}.yaml").write_text(text, encoding="utf-8")
    listed = [*read.findings, *sorted(read.problems, key=lambda one: one.reason != _IMPLAUSIBLE)]
    _write_report(out / _REPORT, listed)
    for problem in listed[:_SHOWN]:
        session.say(str(problem))
    if len(listed) > _SHOWN:
        session.say(f"… and {len(listed) - _SHOWN} more, all in {out / _REPORT}")
    if not read.drafts:
        message = f"{read.summary}: no row can be used"
        remedy = f"{out / _REPORT} has what is to be done about each; import into a new folder"
        raise Refused(message, remedy=remedy)
    value = {
        "source": read.source.id,
        "publication": read.source.publication,
        "digest": read.digest,
        "rows": read.rows,
        "factors": len(read.drafts),
        "refused": read.reasons,
        "findings": [str(finding) for finding in read.findings],
        "out": str(out),
    }
    session.give(value, read.summary)


def _write_report(file: Path, problems: list[Problem]) -> None:
    """Write each problem with its place, as CSV that a spreadsheet program opens as UTF-8."""
    columns = ("file", "row", "column", "cell", "reason", "what", "what to do")
    rows = (
        [str(cell) for cell in
         (one.where, one.row, one.column, one.cell, one.reason, one.message, one.remedy)]
        for one in problems
    )  # fmt: skip
    file.write_bytes(written(file.name, columns, rows))


def _read(table: str, file: Path, by_gas: Path | None, release: str | None) -> FactorTable:
    data, where = read_input(file), input_name(file)
    if by_gas is not None and table != "epa":
        message = "--by-gas belongs to the EPA's tables"
        raise click.UsageError(message)
    if release is not None and table != "cpcd":
        message = "--release belongs to CPCD's table: the others state their own"
        raise click.UsageError(message)
    if table == "epa":
        return read_epa(data, None if by_gas is None else read_input(by_gas), where=where)
    if table == "cpcd":
        return read_cpcd(data, release=release, where=where)
    return read_uk(data, where=where)
