"""``changes``: what becomes of all that rests on a footprint, if it were another."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import click

from rootprint.api.cli.contributions import limited, limits_of
from rootprint.api.cli.failing import Misused
from rootprint.api.cli.options import StatementName, formatted, opened
from rootprint.api.cli.terminal import plain
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import rules
from rootprint.ledger.intake import changes_downstream
from rootprint.ledger.verify import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rootprint.api.cli.session import Session

_NAMED: Final = 10
_HEADS: Final = ("stated", "then", "change", "%")


class _Decimal(click.ParamType[Fraction]):
    """A plain decimal, exactly."""

    name = "decimal"

    def convert(self, value: Any, param: Any, ctx: Any) -> Fraction:
        """Return it as it is written."""
        if isinstance(value, Fraction):
            return value
        try:
            rules.decimal(value, repr(value))
        except Refused as error:
            return self.fail(f"{error.args[0]}, such as 12.3", param, ctx)
        return Fraction(value)


class _Percent(_Decimal):
    """A decimal and a percent sign, with or without a plus."""

    name = "percent"

    def convert(self, value: Any, param: Any, ctx: Any) -> Fraction:
        """Return the share that it is of one."""
        if isinstance(value, Fraction):
            return value
        if not value.endswith("%"):
            return self.fail(f"{value!r} is not a percentage: {_such_as(value)}", param, ctx)
        number: str = value[:-1].rstrip()
        return super().convert(number.removeprefix("+"), param, ctx) / 100


def _such_as(value: str) -> str:
    try:
        rules.decimal(value.removeprefix("+"), "a percentage")
    except Refused:
        return "write it such as -10%"
    return f"{value}% would do"


@click.command()
@click.argument("digest", type=StatementName(), metavar="STATEMENT")
@click.option(
    "--value",
    type=_Decimal(),
    metavar="KG",
    help="If its total were this, in kg CO2e per declared amount.",
)
@click.option("--by", type=_Percent(), metavar="PERCENT", help="If it changed by this: -10%.")
@limited
@formatted
@click.pass_obj
def changes(
    session: Session,
    digest: bytes,
    value: Fraction | None,
    by: Fraction | None,
    cut_off: float | None,
    nodes: int | None,
) -> None:
    """Show what changes downstream if a footprint does.

    Over all statements of the ledger's folder that rest on the STATEMENT: what they
    state, what they would come to if every issuer composed again, the largest change first. Where
    an inventory is hidden here, nothing can be said of it. Nothing of this is signed by anybody.
    """
    asked, limits = _asked(value, by), limits_of(None, cut_off, nodes)
    with opened(session) as workspace, session.counting("statements read") as progress:
        content = changes_downstream(workspace.home, digest, asked, limits, progress=progress)
    session.give(content, *changes_text(content).split("\n"))


def _asked(value: Fraction | None, by: Fraction | None) -> Callable[[Fraction], Fraction]:
    if (value is None) == (by is None):
        both = "say what changes once: --value or --by, not both"
        message = "say what changes: either --value or --by" if by is None else both
        raise Misused(message, remedy="for instance --value 12.3, or --by -10%")
    return partial(_new, value=value, by=by)


def _new(stated: Fraction, *, value: Fraction | None, by: Fraction | None) -> Fraction:
    if by is None:
        return stated if value is None else value
    if not stated:
        message = "a footprint of nothing has no percentage to change by"
        raise Misused(message, remedy="give its --value instead")
    return stated * (1 + by)


def changes_text(view: Mapping[str, Any]) -> str:
    """Return the view as text: what is supposed, a table, the rest, and what can't be said."""
    view = plain(view)
    changed = view["changed"]
    supposed = (
        f"If {changed['product']} of {changed['organisation']['name']} were {changed['value']}"
        f" {view['unit']} per {_unit(changed)}, not {changed['stated']} ({_signed(changed)})"
    )
    lines = [
        supposed,
        "",
        *_table(view["changes"]),
        *_rest(view),
        *_unsaid(view["nothingSaid"]),
        "Excluding biogenic uptake, as if every issuer composed again; not signed by anybody",
    ]
    return "\n".join(lines)


def _table(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not rows:
        return
    cells = [_HEADS, *(_numbers(row) for row in rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    said = ["what, whose", *(_row(row) for row in rows)]
    for numbers, what in zip(cells, said, strict=True):
        yield "  ".join(f"{cell:>{width}}" for cell, width in zip(numbers, widths, strict=True)) + (
            f"  {what}"
        )
    if not all(row["whole"] for row in rows):
        yield "* in part: something between is hidden here, and may change it further"
    yield ""


def _numbers(row: Mapping[str, Any]) -> tuple[str, ...]:
    mark = "" if row["whole"] else "*"
    return row["stated"], row["value"] + mark, row["difference"], row["percent"] or "-"


def _row(row: Mapping[str, Any]) -> str:
    said = [row["product"], row["organisation"]["name"], f"per {_unit(row)}", row["statement"]]
    return " | ".join(said if row["state"] == "none" else [*said, row["state"]])


def _rest(view: Mapping[str, Any]) -> Iterator[str]:
    shown, rest = len(view["changes"]), view["rest"]["statements"]
    if not shown + rest:
        yield "No statement is seen to rest on it in this ledger's folder"
        return
    rest_on = f"{shown} of {counted(shown + rest, 'statement')}"
    one = shown + rest == 1
    line = f"{rest_on} that {'rests' if one else 'rest'} on it {'is' if one else 'are'} shown"
    most = view["rest"]["mostPercent"]
    bound = f"; the rest change by {most} % at most" if rest and most is not None else ""
    yield line + bound


def _unsaid(found: Mapping[str, Any]) -> Iterator[str]:
    if not found["hidden"]:
        return
    yield (
        f"Nothing can be said of later statements whose inventories are hidden here"
        f" ({found['hidden']}), nor of those that rest on these alone ({found['restingOnHidden']}):"
    )
    for one in found["statements"][:_NAMED]:
        yield f"  {one['product']} | {one['organisation']['name']} | {one['statement']}"
    more = found["hidden"] + found["restingOnHidden"] - len(found["statements"][:_NAMED])
    if more:
        yield f"  and {more} more"


def _unit(row: Mapping[str, Any]) -> str:
    return f"{row['declaredUnitAmount']} {row['declaredUnitOfMeasurement']}"


def _signed(row: Mapping[str, Any]) -> str:
    if row["percent"] is None:
        return f"by {row['difference']}"
    return f"{'' if row['percent'].startswith('-') else '+'}{row['percent']} %"
