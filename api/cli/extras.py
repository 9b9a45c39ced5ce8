"""Which extra of the distribution brings a module that the default installation has not.

The default installation verifies; ``pip install 'rootprint[ledger]'`` adds what keeps a ledger,
``[server]`` what serves one, ``[rpc]`` a chain behind JSON-RPC, ``[all]`` all of it.
"""

from __future__ import annotations

from typing import Final

EXTRAS: Final = {
    **dict.fromkeys(
        ("eth", "eth_abi", "eth_account", "eth_keys", "eth_typing", "eth_utils", "sqlalchemy"),
        "ledger",
    ),
    **dict.fromkeys(("fastapi", "pydantic", "starlette", "uvicorn"), "server"),
    **dict.fromkeys(("requests", "rlp", "web3"), "rpc"),
}


def extra_of(module: str | None) -> str | None:
    """Return the extra that brings a module, None if it is none that an extra brings."""
    return EXTRAS.get(module.partition(".")[0]) if module else None
