"""``keys/NAME.signer.json``: an account whose key a remote signer holds, in place of a key file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson

from rootprint.ledger.chain import RemoteAccount
from rootprint.ledger.core.chain import ADDRESS_BYTES
from rootprint.ledger.core.encoding import hex_bytes, hex_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.rules import integer, members, text

if TYPE_CHECKING:
    from pathlib import Path

_document = members({"version": integer(1, 1), "url": text, "address": text}, {})
SIGNER_BYTES: Final = 8 * 1024


def signer_json(account: RemoteAccount) -> bytes:
    """Return the file's content. Its address may hold credentials: its owner alone reads it."""
    content = {"version": 1, "url": account.url, "address": hex_text(account.address)}
    return orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n"


def read_signer(path: Path) -> RemoteAccount:
    """Read the file; raises Refused in words that repeat nothing of the address in it."""
    data = path.read_bytes()
    try:
        content: Any = orjson.loads(data) if len(data) <= SIGNER_BYTES else None
        _document(content, path.name)
        address = hex_bytes(content["address"].lower(), ADDRESS_BYTES, what="its account")
        return RemoteAccount(address, content["url"])
    except (orjson.JSONDecodeError, Refused) as error:
        why = "it is not JSON" if isinstance(error, orjson.JSONDecodeError) else error.args[0]
        message = f"{path.name} names no signer: {why}"
        raise Refused(
            message, remedy="make it anew: rootprint account new NAME --signer URL --address 0x…"
        ) from None
