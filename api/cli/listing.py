"""``list``, ``search`` and ``show``: what a ledger's folder holds, for whoever has the folder."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import click

from rootprint.api.cli.options import Did, StatementName, formatted, opened
from rootprint.api.cli.words import KINDS
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.intake import catalogue, found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rootprint.api.cli.session import Session
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake import Listed

MOST_LISTED: Final = 50
_DIGITS: Final = 12
_KINDS: Final = {noun: kind for kind, noun in KINDS.items() if kind is not None}
_WIDTHS: Final = (7, _DIGITS, 18, 10)

_SHOWN = (
    click.option("--issuer", type=Did(), help="Only statements of this issuer."),
    click.option("--kind", type=click.Choice(sorted(_KINDS)), help="Only statements of this kind."),
    click.option("--ended", is_flag=True, help="What was superseded or withdrawn too."),
    click.option(
        "--most",
        type=click.IntRange(min=1),
        default=MOST_LISTED,
        show_default=True,
        help="At most this many, the newest.",
    ),
)


def _choosing(command: Any) -> Any:
    for decorate in reversed(_SHOWN):
        command = decorate(command)
    return command


@click.command("list")
@_choosing
@formatted
@click.pass_obj
def list_(session: Session, /, **asked: Any) -> None:
    """List the statements in the ledger's folder, the newest last.

    A statement is named by the beginning of its digest, a product id or its last part, or its
    title, wherever a command takes a STATEMENT.
    """
    with opened(session) as workspace:
        _give(session, catalogue(workspace.home), **asked)


@click.command()
@click.argument("text")
@_choosing
@formatted
@click.pass_obj
def search(session: Session, /, text: str, **asked: Any) -> None:
    """List statements with TEXT in a title, product id or issuer.

    The case of letters and the width of characters do not count.
    """
    with opened(session) as workspace:
        _give(session, found(workspace.home, text), **asked)


@click.command()
@click.argument("digest", type=StatementName(), metavar="STATEMENT")
@formatted
@click.pass_obj
def show(session: Session, digest: bytes) -> None:
    """Show what a statement signs and what is open here of it.

    Each placeholder of what is not open here stands as `hidden`.
    """
    with opened(session) as workspace, workspace.store.read() as tx:
        statement = tx.statements.get(digest)
    session.give_document(_content(statement))


def _content(statement: Statement) -> dict[str, Any]:
    """Return the payload with each placeholder replaced by what is open of it."""
    payload, opened_here = statement.envelope.payload, statement.opened
    subject = dict(payload["credentialSubject"])
    for name, places in subject.items():
        if isinstance(places, list) and any(
            isinstance(one, dict) and "..." in one for one in places
        ):
            held = opened_here.items(name)
            subject[name] = [held.get(index, "hidden") for index in range(len(places))]
    return {
        "digest": digest_text(statement.digest),
        "signedBy": statement.kid,
        **payload,
        "credentialSubject": subject,
    }


def _give(
    session: Session,
    listed: Iterable[Listed],
    *,
    issuer: str | None,
    kind: str | None,
    ended: bool,
    most: int,
) -> None:
    chosen = [
        one
        for one in listed
        if issuer in {None, one.issuer}
        and (kind is None or one.kind == _KINDS[kind])
        and (ended or one.state == "live")
    ]
    shown = list(islice(chosen, max(0, len(chosen) - most), None))
    left_out = len(chosen) - len(shown)
    value = {"statements": [one.json() for one in shown], "leftOut": left_out}
    session.give(value, *_table(shown))
    if left_out:
        session.say(f"and {left_out} older ones: --most shows more")


def _table(shown: Iterable[Listed]) -> Iterator[str]:
    yield _row("entry", "digest", "kind", "state", "kg CO2e, title, names")
    for one in shown:
        number = "" if one.total is None else f"{one.total} per {one.unit}, "
        names = f" ({', '.join(one.names)})" if one.names and one.names != (one.title,) else ""
        said = f"{number}{one.title}{names} {one.issuer}"
        kind = KINDS.get(one.kind, one.kind)
        yield _row(str(one.index), one.digest.hex()[:_DIGITS], kind, one.state, said)


def _row(*cells: str) -> str:
    *narrow, last = cells
    padded = (cell.ljust(width) for cell, width in zip(narrow, _WIDTHS, strict=True))
    return f"{' '.join(padded)} {last}".rstrip()
