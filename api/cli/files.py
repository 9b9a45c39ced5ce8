"""``present``, ``evidence``, ``walk``: what a holder shows, and the walk at home."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from api.cli.options import Digest, formatted, opened
from api.cli.render import report_text, verdict_line
from ledger.core.canonical import decode
from ledger.core.chain import StatusState, organisation_id
from ledger.core.encoding import digest_text
from ledger.core.errors import NotFound
from ledger.core.schema.footprint import HIDDEN
from ledger.core.seal import redact
from ledger.evidence import Recording, Redacting, write
from ledger.exchange import pact
from ledger.walk import Report, passed
from ledger.walk import walk as walked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.cli.group import Session
    from ledger.intake import Home


@click.command()
@click.argument("digest", type=Digest())
@click.option("--show", multiple=True, help=f"A place to leave open: {', '.join(HIDDEN)}.")
@formatted
@click.pass_obj
def present(session: Session, digest: bytes, show: tuple[str, ...]) -> None:
    """Print a statement held here with only the named places open; its digest stays the same."""
    with opened(session) as workspace, workspace.store.read() as tx:
        statement = tx.statements.get(digest)
    keep = set(show) | ({"inventoryShape"} if "inventory" in show else set())
    click.echo(redact(statement, keep).text)


@click.group()
def evidence() -> None:
    """Evidence files, and the trust file that goes another way."""


@evidence.command()
@click.argument("digest", type=Digest())
@click.option("--hide", multiple=True, type=Digest(), help="Show nothing hidden of this statement.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
@formatted
@click.pass_obj
def export(session: Session, digest: bytes, hide: tuple[bytes, ...], out: Path) -> None:
    """Write all that a verifier of the statement with this DIGEST needs into one file."""
    with opened(session) as workspace:
        data, report = exported(workspace.home, digest, {one: set() for one in hide})
    out.write_bytes(data)
    content = report.json()
    value = {"file": str(out), "bytes": len(data), "statements": len(report.statements)}
    session.say(f"a verifier with this ledger's trust file gets: {verdict_line(content)}")
    session.give(value, f"{out}: {len(data)} bytes, {len(report.statements)} statements")


@evidence.command()
@click.argument("digest", type=Digest())
@formatted
@click.pass_obj
def trust(session: Session, digest: bytes) -> None:
    """Print the trust file that expects the statement with this DIGEST's issuer and product."""
    with opened(session) as workspace:
        with workspace.store.read() as tx:
            statement = tx.statements.get(digest)
        content = workspace.trust_json(expectation(statement))
    click.echo(orjson.dumps(content, option=orjson.OPT_INDENT_2).decode())


@evidence.command("pact")
@click.argument("digest", type=Digest())
@formatted
@click.pass_obj
def pact_view(session: Session, digest: bytes) -> None:
    """Print the PACT V3 footprint of the product statement with this DIGEST (docs/pact.md)."""
    with opened(session) as workspace:
        home = workspace.home
        with home.store.read() as tx:
            statement = tx.statements.get(digest)
            rows = home.reader().organisation_rows(organisation_id(statement.issuer))
            if not rows:
                message = f"{statement.issuer} was never admitted"
                raise NotFound(message)
            record = decode(tx.directory.record(rows[-1].record), what="organisation record")
        row = home.reader().status(organisation_id(statement.issuer), digest)
    status = "Active" if row.state is StatusState.NONE else "Deprecated"
    click.echo(json.dumps(pact.footprint(statement, record, status=status), indent=2))


@click.command()
@click.argument("digest", type=Digest())
@click.option("--explain", type=click.IntRange(0, 9), help="Show this check of every statement.")
@formatted
@click.pass_obj
def walk(session: Session, digest: bytes, explain: int | None) -> None:
    """Walk from the statement with this DIGEST to its raw inputs, with all this folder holds."""
    with opened(session) as workspace:
        _, report = exported(workspace.home, digest, {})
    content = report.json()
    session.give(content, report_text(content, explain))
    sys.exit(report.exit_code)


def exported(home: Home, digest: bytes, keep: Mapping[bytes, set[str]]) -> tuple[bytes, Report]:
    """Walk with these redactions; return the file of all that was looked at, and the report."""
    recording = Recording(Redacting(home.sources(), keep), digest)
    now = int(time.time())
    check = passed(0, f"the statement {digest_text(digest)} of this ledger")
    report = walked(digest, recording, home.view, home.trust, now=now, file_check=check)
    return write(recording.bundle, made=now), report


def expectation(statement: Any) -> dict[str, str]:
    """Return the trust file's ``expect`` for a footprint statement."""
    return {"issuer": statement.issuer, "product": statement.subject["productIds"][0]}
