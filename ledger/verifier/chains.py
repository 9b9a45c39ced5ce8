"""The chain that a trust file names, opened for reading only."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rootprint.ledger.core.errors import LedgerError, Refused, Unavailable
from rootprint.ledger.evidence import NoChain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rootprint.ledger.core.chain import ProvingChain
    from rootprint.ledger.verify import Trust


class ChainNotNamed(LedgerError):
    """The verifier's own trust file names no chain that could be asked; nothing was judged."""

    code = "usage"


@contextmanager
def named_chain(trust: Trust, *, offline: bool = False) -> Iterator[ProvingChain]:
    """Open the chain's file or the node that ``trust`` names; ``offline`` forbids the node.

    It may name none if it names blocks: evidence that is proven at one of them needs no chain.
    Raises ChainNotNamed, and Unavailable where the file or the node can't be used.
    """
    if trust.chain_file is not None:
        from rootprint.ledger.chain import EmbeddedChain  # noqa: PLC0415 - what the file names

        path = Path(trust.chain_file)
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
            raise ChainNotNamed(f"the trust file's rpc: {error.args[0]}") from None
        yield endpoint
    elif trust.trusted_blocks:
        yield NoChain()
    else:
        message = "the trust file does not say how to see the chain"
        raise ChainNotNamed(
            message,
            remedy='give "trustedBlocks", "chainFile" or "rpc" in it, or --block or --chain-file',
        )
