"""``present``: one statement as its holder shows it, with only the named places open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from rootprint.api.cli.options import StatementName, formatted, opened
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import NotFound
from rootprint.ledger.core.schema.hidden import NAMES, SHAPES
from rootprint.ledger.core.seal import places, redact

if TYPE_CHECKING:
    from rootprint.api.cli.session import Session


def _places(_ctx: Any, _param: Any, values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if value.partition("[")[0] not in NAMES:
            message = f"{value!r} is not a place that can be hidden: {', '.join(NAMES)}"
            raise click.BadParameter(message)
    return values


@click.command()
@click.argument("digest", type=StatementName(), metavar="STATEMENT")
@click.option(
    "--show",
    multiple=True,
    callback=_places,
    metavar="PLACE",
    help=f"Leave this open: {', '.join(NAMES)}, or one line: inventory[3]. Repeatable.",
)
@formatted
@click.pass_obj
def present(session: Session, digest: bytes, show: tuple[str, ...]) -> None:
    """Print a statement with only the named places open.

    Its digest stays the same, whatever is hidden.
    """
    with opened(session) as workspace, workspace.store.read() as tx:
        statement = tx.statements.get(digest)
    here = places(statement)
    available = here | {place.partition("[")[0] for place in here}
    missing = [place for place in show if place not in available]
    if missing:
        message = f"nothing of {', '.join(missing)} of {digest_text(digest)} is held here"
        raise NotFound(message, remedy="its holder shows it, if the statement has it")
    keep = set(show) | {shape for name, shape in SHAPES.items() if name in show}
    session.give_lines(redact(statement, keep).text)
