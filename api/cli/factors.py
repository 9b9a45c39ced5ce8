"""``factors``: published tables of emission factors as inventory files, ready to be signed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from rootprint.api.cli.options import Did, InputFile, formatted, input_name, read_input
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.factors import FactorTable, inventory_text, read_cpcd, read_epa, read_uk

if TYPE_CHECKING:
    from rootprint.api.cli.session import Session

_READERS: Final = {"uk": read_uk, "epa": read_epa, "cpcd": read_cpcd}
_SHOWN: Final = 20


@click.group()
def factors() -> None:
    """Published factor tables: read them into inventory files."""


@factors.command("import")
@click.argument("table", type=click.Choice(list(_READERS)))
@click.argument("file", type=InputFile)
@click.option("--by-gas", type=InputFile, help="EPA's second file, with each gas apart.")
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
    issuer: str,
    valid_from: str,
    valid_until: str,
    out: Path,
) -> None:
    """Read a published TABLE from its FILE and write one inventory file per factor into OUT.

    A row without source, unit or number is refused and reported; nothing is dropped in silence.
    """
    read = _read(table, file, by_gas)
    if not read.drafts:
        message = f"{read.summary}: there is nothing to write"
        raise Refused(message)
    out.mkdir(parents=True, exist_ok=True)
    for number, draft in enumerate(read.drafts):
        text = inventory_text(draft, issuer=issuer, valid_from=valid_from, valid_until=valid_until)
        (out / f"{table}-{number:05d}.yaml").write_text(text, encoding="utf-8")
    for problem in read.problems[:_SHOWN]:
        session.say(str(problem))
    if len(read.problems) > _SHOWN:
        session.say(f"… and {len(read.problems) - _SHOWN} more; --format json counts them all")
    value = {
        "source": read.source.id,
        "digest": read.digest,
        "rows": read.rows,
        "factors": len(read.drafts),
        "refused": read.reasons,
        "out": str(out),
    }
    session.give(value, read.summary)


def _read(table: str, file: Path, by_gas: Path | None) -> FactorTable:
    data, where = read_input(file), input_name(file)
    if table == "epa":
        return read_epa(data, None if by_gas is None else read_input(by_gas), where=where)
    if by_gas is not None:
        message = "--by-gas belongs to the EPA's tables"
        raise click.UsageError(message)
    return _READERS[table](data, where=where)
