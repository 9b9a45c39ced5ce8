"""``rootprint verify``: an evidence file, a trust file, a verdict. No database, no server."""

from __future__ import annotations

import dataclasses
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from api.cli.options import InputFile, formatted, read_input
from api.cli.render import report_text
from ledger.core.encoding import digest_bytes, time_seconds
from ledger.core.errors import Refused, Unavailable
from ledger.evidence import verify_evidence
from ledger.walk import ARITHMETIC, ASSURANCE, Expectation, Requirements, parse_trust

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from api.cli.group import Session
    from ledger.core.chain import ChainView
    from ledger.walk import Trust


@click.command()
@click.argument("evidence", type=InputFile)
@click.option("--trust", "trust_file", type=InputFile, required=True, help="Your own trust file.")
@click.option("--issuer", help="Whose statement it should be (a DID).")
@click.option("--product", help="Which product it should be of (a URN).")
@click.option("--digest", help="Which statement it should be (sha256:…).")
@click.option("--at", metavar="TIME", help="Judge as of this RFC 3339 time instead of now.")
@click.option("--require-arithmetic", type=click.Choice(ARITHMETIC), default=ARITHMETIC[1])
@click.option("--require-assurance", type=click.Choice(ASSURANCE), default=ASSURANCE[0])
@click.option("--explain", type=click.IntRange(0, 9), help="Show this check of every statement.")
@click.option("--offline", is_flag=True, help="Refuse to ask any network endpoint.")
@formatted
@click.pass_obj
def verify(
    session: Session,
    evidence: Path,
    trust_file: Path,
    issuer: str | None,
    product: str | None,
    digest: str | None,
    at: str | None,
    require_arithmetic: str,
    require_assurance: str,
    explain: int | None,
    *,
    offline: bool,
) -> None:
    """Check an EVIDENCE file against your trust file; exit 0 only if it is verified."""
    trust = parse_trust(read_input(trust_file))
    if issuer or product or digest:
        wanted = Expectation(issuer, product, digest_bytes(digest) if digest else None)
        trust = dataclasses.replace(trust, expect=wanted)
    if at is not None:
        trust = dataclasses.replace(trust, as_of=time_seconds(at, what="--at"))
    trust.expect.require()
    with chain_of(trust, trust_file.parent, offline=offline) as view:
        report = verify_evidence(
            read_input(evidence),
            trust,
            view,
            now=int(time.time()),
            requirements=Requirements(require_arithmetic, require_assurance),
        )
    content = report.json()
    session.give(content, report_text(content, explain))
    sys.exit(report.exit_code)


@contextmanager
def chain_of(trust: Trust, folder: Path, *, offline: bool) -> Iterator[ChainView]:
    """Open the chain that a trust file names, for reading only."""
    from ledger.chain import EmbeddedChain, RpcChain  # noqa: PLC0415 - what the file names

    if trust.chain_file is not None:
        path = folder / trust.chain_file
        if not path.is_file():
            message = f"the chain file {path} is not there"
            raise Unavailable(message, remedy="the trust file names it relative to itself")
        with EmbeddedChain.open(path, read_only=True) as chain:
            yield chain
    elif trust.rpc is not None:
        if offline:
            message = "the trust file names a network endpoint, and --offline forbids it"
            raise Unavailable(message, remedy="give a chainFile")
        yield RpcChain(trust.rpc)
    else:
        message = "the trust file does not say how to see the chain"
        raise Refused(message, remedy='give "chainFile" or "rpc"')
