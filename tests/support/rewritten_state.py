"""A proven state with another node in it, and every hash above that node made to fit.

So an odd node is what the state root says, and not just missing under its name.
"""

from __future__ import annotations

import base64
from typing import Any

from eth_hash.auto import keccak

from rootprint.ledger.core.encoding import hex_text


def nodes_of(chain: dict[str, Any]) -> list[bytes]:
    """Return the pool of an evidence file's ``chain``."""
    return [base64.b64decode(node) for node in chain["nodes"]]


def rewrite(chain: dict[str, Any], place: int, new: bytes) -> str:
    """Put ``new`` in the place of a node; return the block's hash that follows, as a trust file's.

    The pool is left in its order and without repetition.
    """
    nodes, header = nodes_of(chain), base64.b64decode(chain["header"])
    header = _replace(nodes, header, place, new)
    pool = {keccak(node): node for node in nodes}
    chain["nodes"] = [base64.b64encode(pool[name]).decode() for name in sorted(pool)]
    chain["header"] = base64.b64encode(header).decode()
    return hex_text(keccak(header))


def _replace(nodes: list[bytes], header: bytes, place: int, new: bytes) -> bytes:
    old, name = keccak(nodes[place]), keccak(new)
    nodes[place] = new
    for other, node in enumerate(nodes):
        if old in node and other != place:
            header = _replace(nodes, header, other, node.replace(old, name))
    return header.replace(old, name)
