"""``recharacterise``: a footprint restated in the GWP set that a buyer asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rootprint.api.cli.options import StatementName, formatted, opened
from rootprint.calc.columns import excluding
from rootprint.calc.rounding import decimal_text, half_up
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.tables import tables
from rootprint.ledger.intake import recharacterised

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from rootprint.api.cli.session import Session

_PLACES = 9


@click.command()
@click.argument("digest", type=StatementName(), metavar="STATEMENT")
@click.option("--set", "to_set", required=True, type=click.Choice(sorted(tables().gwp["sets"])))
@formatted
@click.pass_obj
def recharacterise(session: Session, digest: bytes, to_set: str) -> None:
    """Restate a footprint's disclosed gases in another GWP set.

    An analysis, not a statement: PACT asks for AR6, CBAM for AR5. The gases must be open and be the
    whole of a total that rests on one stated set.
    """
    with opened(session) as workspace, workspace.store.read() as tx:
        statement = tx.statements.get(digest)
    found = recharacterised(statement, to_set)
    pcf = statement.subject["pcf"]
    value = {
        "statement": digest_text(digest),
        "unit": "kg CO2e",
        "declaredUnitAmount": pcf["declaredUnitAmount"],
        "declaredUnitOfMeasurement": pcf["declaredUnitOfMeasurement"],
        found.from_set: _total(found.before),
        found.to_set: _total(found.after),
        "change": decimal_text(half_up(found.change, _PLACES)),
    }
    per = f"{value['unit']} per {value['declaredUnitAmount']} {value['declaredUnitOfMeasurement']}"
    text = f"{found.from_set} {value[found.from_set]}, {found.to_set} {value[found.to_set]} {per}"
    session.give(value, f"{text}, excluding biogenic uptake; not signed by anybody")


def _total(components: Mapping[str, Fraction]) -> str:
    return decimal_text(half_up(excluding(components), _PLACES))
