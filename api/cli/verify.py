"""``rootprint verify``: an evidence file, a trust file, a verdict. No database, no server."""

from __future__ import annotations

import dataclasses
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from rootprint.api.cli.failing import Misused
from rootprint.api.cli.options import (
    STDIO,
    BlockHash,
    Did,
    Digest,
    InputFile,
    Time,
    formatted,
    input_name,
    read_input,
)
from rootprint.api.cli.requiring import requirement_options
from rootprint.api.cli.views import view_options
from rootprint.ledger.core.errors import Refused, Unavailable
from rootprint.ledger.evidence import MAX_SECONDS, NoChain, verify_evidence
from rootprint.ledger.verify import Expectation, parse_trust

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rootprint.api.cli.session import Session
    from rootprint.api.cli.views import Views
    from rootprint.ledger.core.chain import ProvingChain
    from rootprint.ledger.verify import Requirements, Trust


@click.command()
@click.argument("evidence", type=InputFile)
@click.option("--trust", "trust_file", type=InputFile, required=True, help="Your own trust file.")
@click.option("--issuer", type=Did(), help="Whose statement it should be.")
@click.option("--product", help="Which product it should be of (a URN).")
@click.option("--digest", type=Digest(), help="Which statement it should be.")
@click.option("--at", type=Time(), help="Judge as of this time instead of now.")
@click.option("--chain-file", type=InputFile, help="The chain's file, if it is elsewhere.")
@click.option(
    "--block",
    "blocks",
    type=BlockHash(),
    multiple=True,
    help="Trust this block and ask no chain: the evidence proves its state. Repeatable.",
)
@requirement_options
@click.option("--offline", is_flag=True, help="Refuse to ask any network endpoint.")
@click.option(
    "--seconds",
    type=click.FloatRange(0, min_open=True),
    default=MAX_SECONDS,
    show_default=True,
    help="Stop after this time; the answer is then incomplete.",
)
@view_options
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
    blocks: tuple[bytes, ...],
    seconds: float,
    required: Requirements,
    views: Views,
    *,
    offline: bool,
) -> None:
    """Check an EVIDENCE file against your own trust file.

    Exit code 0 only if it is verified. Needs no ledger, no account and no server.
    """
    if evidence == trust_file == STDIO:
        message = "evidence and trust file can't both come from stdin"
        raise Misused(message, remedy="the trust file comes on a way of its own")
    trust = read_trust(trust_file)
    if issuer or product or digest:
        trust = dataclasses.replace(trust, expect=Expectation(issuer, product, digest))
    if at is not None:
        trust = dataclasses.replace(trust, as_of=at)
    if chain_file is not None:
        trust = dataclasses.replace(trust, chain_file=str(chain_file.resolve()))
    if blocks:
        trust = trusting(trust, blocks)
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
            requirements=required,
            seconds=seconds,
            progress=progress,
            looked=views.look,
        )
    views.give(session, report)


def trusting(trust: Trust, blocks: Sequence[bytes]) -> Trust:
    """Return the trust file as if it named these blocks and no other way to see the chain."""
    return dataclasses.replace(trust, trusted_blocks=frozenset(blocks), chain_file=None, rpc=None)


def read_trust(path: Path) -> Trust:
    """Read the verifier's own trust file; raises Misused if it is none."""
    try:
        return parse_trust(read_input(path))
    except Refused as error:
        # The verifier's own file: that it can't be read says nothing of the evidence.
        message = f"{input_name(path)} is no trust file: {Exception.__str__(error)}"
        raise Misused(message, remedy=error.remedy) from error


@contextmanager
def chain_of(trust: Trust, folder: Path, *, offline: bool) -> Iterator[ProvingChain]:
    """Open the chain that a trust file names, for reading only.

    It may name none if it names blocks: evidence that is proven at one of them needs no chain.
    """
    if trust.chain_file is not None:
        from rootprint.ledger.chain import EmbeddedChain  # noqa: PLC0415 - what the file names

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
    elif trust.rpc is not None and not (offline and trust.trusted_blocks):
        if offline:
            message = "the trust file names a network endpoint, and --offline forbids it"
            raise Unavailable(message, remedy="give a chainFile")
        try:
            from rootprint.ledger.chain import RpcChain  # noqa: PLC0415 - what the file names

            endpoint = RpcChain(trust.rpc)
        except Refused as error:
            raise Misused(f"the trust file's rpc: {error.args[0]}") from None
        yield endpoint
    elif trust.trusted_blocks:
        yield NoChain()
    else:
        message = "the trust file does not say how to see the chain"
        raise Misused(
            message,
            remedy='give "trustedBlocks", "chainFile" or "rpc" in it, or --block or --chain-file',
        )
