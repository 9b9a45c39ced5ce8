"""``rootprint verify``: an evidence file, a trust file, a verdict. No database, no server."""

from __future__ import annotations

import dataclasses
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from api.cli.failing import Misused
from api.cli.options import STDIO, Did, Digest, InputFile, Time, formatted, input_name, read_input
from api.cli.render import report_text
from ledger.core.errors import Refused, Unavailable
from ledger.evidence import verify_evidence
from ledger.library import library
from ledger.walk import ARITHMETIC, ASSURANCE, Expectation, Requirements, parse_trust

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from api.cli.session import Session
    from ledger.core.chain import ChainView
    from ledger.walk import Trust


@click.command()
@click.argument("evidence", type=InputFile)
@click.option("--trust", "trust_file", type=InputFile, required=True, help="Your own trust file.")
@click.option("--issuer", type=Did(), help="Whose statement it should be.")
@click.option("--product", help="Which product it should be of (a URN).")
@click.option("--digest", type=Digest(), help="Which statement it should be.")
@click.option("--at", type=Time(), help="Judge as of this time instead of now.")
@click.option("--chain-file", type=InputFile, help="The chain's file, if it is elsewhere.")
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
    digest: bytes | None,
    at: int | None,
    chain_file: Path | None,
    require_arithmetic: str,
    require_assurance: str,
    explain: int | None,
    *,
    offline: bool,
) -> None:
    """Check an EVIDENCE file against your own trust file.

    Exit code 0 only if it is verified. Needs no ledger, no account and no server.
    """
    if evidence == trust_file == STDIO:
        message = "evidence and trust file can't both come from stdin"
        raise Misused(message, remedy="the trust file comes on a way of its own")
    trust = _trust(trust_file)
    if issuer or product or digest:
        trust = dataclasses.replace(trust, expect=Expectation(issuer, product, digest))
    if at is not None:
        trust = dataclasses.replace(trust, as_of=at)
    if chain_file is not None:
        trust = dataclasses.replace(trust, chain_file=str(chain_file.resolve()))
    trust.expect.require()
    with (
        chain_of(trust, trust_file.parent, offline=offline) as view,
        session.counting("statements read") as progress,
    ):
        report = verify_evidence(
            read_input(evidence),
            trust,
            view,
            now=int(time.time()),
            requirements=Requirements(
                require_arithmetic, require_assurance, frozenset(library().digests())
            ),
            progress=progress,
        )
    content = report.json()
    session.give(content, report_text(content, explain))
    sys.exit(report.exit_code)


def _trust(path: Path) -> Trust:
    try:
        return parse_trust(read_input(path))
    except Refused as error:
        # The verifier's own file: that it can't be read says nothing of the evidence.
        message = f"{input_name(path)} is no trust file: {Exception.__str__(error)}"
        raise Misused(message, remedy=error.remedy) from error


@contextmanager
def chain_of(trust: Trust, folder: Path, *, offline: bool) -> Iterator[ChainView]:
    """Open the chain that a trust file names, for reading only."""
    from ledger.chain import EmbeddedChain, RpcChain  # noqa: PLC0415 - what the file names

    if trust.chain_file is not None:
        path = folder / trust.chain_file
        if not path.is_file():
            message = f"the chain file {path} is not there"
            raise Unavailable(
                message, remedy="the trust file names it relative to itself; or give --chain-file"
            )
        try:
            chain = EmbeddedChain.open(path, read_only=True)
        except Refused as error:
            message = f"the chain file {path} can't be read: {error.args[0]}"
            raise Unavailable(message, remedy="ask for the chain's own file") from error
        with chain:
            yield chain
    elif trust.rpc is not None:
        if offline:
            message = "the trust file names a network endpoint, and --offline forbids it"
            raise Unavailable(message, remedy="give a chainFile")
        try:
            endpoint = RpcChain(trust.rpc)
        except Refused as error:
            raise Misused(f"the trust file's rpc: {error.args[0]}") from None
        yield endpoint
    else:
        message = "the trust file does not say how to see the chain"
        raise Misused(message, remedy='give "chainFile" or "rpc" in it, or --chain-file')
