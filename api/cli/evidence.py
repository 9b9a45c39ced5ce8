"""``present``, ``evidence``: what a holder shows, and the trust file that goes another way."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click
import orjson

from api.cli.options import STDIO, Digest, OutputFile, formatted, opened, write_output
from api.cli.render import verdict_line
from api.cli.walks import exported
from ledger.core.canonical import decode
from ledger.core.chain import StatusState, organisation_id
from ledger.core.encoding import digest_text
from ledger.core.errors import NotFound, Refused
from ledger.core.schema.footprint import HIDDEN
from ledger.core.schema.kinds import FOOTPRINT
from ledger.core.seal import redact
from ledger.exchange import pact

if TYPE_CHECKING:
    from pathlib import Path

    from api.cli.session import Session
    from api.workspace import Workspace
    from ledger.core.statement import Statement


def _places(_ctx: Any, _param: Any, values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if value.partition("[")[0] not in HIDDEN:
            message = f"{value!r} is not a place that can be hidden: {', '.join(HIDDEN)}"
            raise click.BadParameter(message)
    return values


@click.command()
@click.argument("digest", type=Digest())
@click.option(
    "--show",
    multiple=True,
    callback=_places,
    metavar="PLACE",
    help=f"Leave this open: {', '.join(HIDDEN)}, or one line: inventory[3]. Repeatable.",
)
@formatted
@click.pass_obj
def present(session: Session, digest: bytes, show: tuple[str, ...]) -> None:
    """Print a statement with only the named places open.

    Its digest stays the same, whatever is hidden.
    """
    with opened(session) as workspace, workspace.store.read() as tx:
        statement = tx.statements.get(digest)
    at_hand = {name for name, _ in statement.opened.sources} | {
        f"{name}[{index}]" for name, index in statement.opened.sources
    }
    missing = [place for place in show if place not in at_hand]
    if missing:
        message = f"nothing of {', '.join(missing)} of {digest_text(digest)} is held here"
        raise NotFound(message, remedy="its holder shows it, if the statement has it")
    keep = set(show) | ({"inventoryShape"} if "inventory" in show else set())
    click.echo(redact(statement, keep).text)


@click.group()
def evidence() -> None:
    """Evidence files, and the trust file that goes another way."""


@evidence.command()
@click.argument("digest", type=Digest())
@click.option("--hide", multiple=True, type=Digest(), help="Show nothing hidden of this statement.")
@click.option("--out", required=True, type=OutputFile, help="The file to write, or - for stdout.")
@formatted
@click.pass_obj
def export(session: Session, digest: bytes, hide: tuple[bytes, ...], out: Path) -> None:
    """Write all that a verifier of the statement with this DIGEST needs into one file."""
    with opened(session) as workspace:
        data, report = exported(workspace.home, digest, {one: set() for one in hide})
    strangers = set(hide) - {one.digest for one in report.statements}
    if strangers:
        listed = ", ".join(digest_text(one) for one in sorted(strangers))
        message = f"{listed} is not reached from {digest_text(digest)}, so there is nothing to hide"
        raise NotFound(message)
    write_output(out, data)
    content = report.json()
    session.say(f"a verifier with this ledger's trust file gets: {verdict_line(content)}")
    if out == STDIO:
        return
    value = {
        "file": str(out),
        "bytes": len(data),
        "statements": len(report.statements),
        "verdict": content["verdict"],
    }
    session.give(value, f"{out}: {len(data)} bytes, {len(report.statements)} statements")


@evidence.command()
@click.argument("digest", type=Digest())
@click.option("--out", type=OutputFile, default="-", help="The file to write; stdout by default.")
@formatted
@click.pass_obj
def trust(session: Session, digest: bytes, out: Path) -> None:
    """Write the trust file that expects the statement with this DIGEST's issuer and product.

    With the embedded chain it names the chain's file, relative to --out.
    """
    with opened(session) as workspace:
        content = workspace.trust_json(expectation(_footprint(workspace, digest)))
        if "chainFile" in content:
            content["chainFile"] = _seen_from(out, workspace.folder / content["chainFile"])
    write_output(out, orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n")
    if out != STDIO:
        session.say(f"wrote {out}; hand it over on another way than the evidence")


@evidence.command("pact")
@click.argument("digest", type=Digest())
@formatted
@click.pass_obj
def pact_view(session: Session, digest: bytes) -> None:
    """Print the PACT V3 footprint of the product statement with this DIGEST (docs/pact.md)."""
    with opened(session) as workspace:
        home = workspace.home
        statement = _footprint(workspace, digest)
        rows = home.reader().organisation_rows(organisation_id(statement.issuer))
        if not rows:
            message = f"{statement.issuer} was never admitted"
            raise NotFound(message, remedy="the registrar admits it: rootprint org admit")
        with home.store.read() as tx:
            record = decode(tx.directory.record(rows[-1].record), what="organisation record")
        row = home.reader().status(organisation_id(statement.issuer), digest)
    status = "Active" if row.state is StatusState.NONE else "Deprecated"
    session.give_document(pact.footprint(statement, record, status=status))


def expectation(statement: Statement) -> dict[str, str]:
    """Return the trust file's ``expect`` for a footprint statement."""
    return {"issuer": statement.issuer, "product": statement.subject["productIds"][0]}


def _footprint(workspace: Workspace, digest: bytes) -> Statement:
    with workspace.store.read() as tx:
        statement = tx.statements.get(digest)
    if statement.kind != FOOTPRINT:
        message = f"{digest_text(digest)} is an {statement.kind}, of no product"
        raise Refused(message, remedy="name the footprint that it is about")
    return statement


def _seen_from(out: Path, chain: Path) -> str:
    if out == STDIO:
        return str(chain.resolve())
    return os.path.relpath(chain.resolve(), out.resolve().parent)
