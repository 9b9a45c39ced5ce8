"""``rootprint verify``: an evidence file, a trust file, a verdict. No database, no server."""

from __future__ import annotations

import dataclasses
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
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.verifier import MAX_SECONDS, Verifier, named_chain
from rootprint.ledger.verify import parse_trust

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rootprint.api.cli.session import Session
    from rootprint.api.cli.views import Views
    from rootprint.ledger.rules import Library
    from rootprint.ledger.verify import Policy, Trust


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
    policy: Policy,
    packs: Library,
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
        trust = trust.expecting(issuer, product, digest)
    if at is not None:
        trust = dataclasses.replace(trust, as_of=at)
    if chain_file is not None:
        trust = dataclasses.replace(trust, chain_file=str(chain_file.resolve()))
    if blocks:
        trust = trusting(trust, blocks)
    trust.expect.require()
    with (
        named_chain(trust, offline=offline) as chain,
        session.counting("statements read") as progress,
    ):
        verifier = Verifier(
            trust, chain, policy=policy, packs=packs, seconds=seconds, progress=progress
        )
        report = verifier.verify(read_input(evidence), looked=views.look)
    views.give(session, report)


def trusting(trust: Trust, blocks: Sequence[bytes]) -> Trust:
    """Return the trust file as if it named these blocks and no other way to see the chain."""
    return dataclasses.replace(trust, trusted_blocks=frozenset(blocks), chain_file=None, rpc=None)


def read_trust(path: Path) -> Trust:
    """Read the verifier's own trust file; raises Misused if it is none."""
    try:
        return parse_trust(read_input(path)).beside(path)
    except Refused as error:
        # The verifier's own file: that it can't be read says nothing of the evidence.
        message = f"{input_name(path)} is no trust file: {Exception.__str__(error)}"
        raise Misused(message, remedy=error.remedy) from error
