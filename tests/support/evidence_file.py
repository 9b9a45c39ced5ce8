"""An evidence file as one JSON value, for those who change it: the head with its ``statements``."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import orjson

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import b64url, b64url_bytes, sha256
from rootprint.ledger.evidence.container import Opening, pack
from rootprint.ledger.evidence.lines import LINE_DEPTH
from rootprint.ledger.evidence.treepool import TreePool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rootprint.ledger.core.statement import Statement

Json = dict[str, Any]
STRING = 1 << 20


def opened(data: bytes) -> Json:
    """Return the head of a file, with its other lines as ``statements``."""
    head, *statements = map(orjson.loads, Opening(data).lines())
    return {**head, "statements": statements}


def packed(value: Json) -> bytes:
    """Return ``opened`` as a file again, whatever it says."""
    head = {name: member for name, member in value.items() if name != "statements"}
    lines = [encode(head, max_string=STRING)]
    lines += [encode(one, max_string=STRING, max_depth=LINE_DEPTH) for one in value["statements"]]
    return pack(lines)


def edited(data: bytes, change: Callable[[Json], object]) -> bytes:
    """Return a file with its value changed."""
    value = opened(data)
    change(value)
    return packed(value)


def with_nodes(value: Json, more: Mapping[tuple[int, int], bytes]) -> None:
    """Put nodes of the log's tree into a file, in place of those that it has at the same places."""
    held = {(level, index): base64.b64decode(node)
            for level, index, node in value["proofs"]["nodes"]}  # fmt: skip
    least = TreePool({**held, **more}).least()
    value["proofs"]["nodes"] = [
        [*place, base64.b64encode(node).decode()] for place, node in least.items()
    ]


def raw_lines(data: bytes) -> list[bytes]:
    """Return a file's lines."""
    return list(Opening(data).lines())


def jwt_of(line: Json) -> str:
    """Return the issuer-signed JWT of a statement's line."""
    parts = (b64url(orjson.dumps(line[name], option=orjson.OPT_SORT_KEYS))
             for name in ("header", "payload"))  # fmt: skip
    return ".".join((*parts, line["signature"]))


def digest_of(line: Json) -> bytes:
    """Return the digest of a statement's line."""
    return sha256(jwt_of(line).encode())


def line_of(value: Json, statement: Statement) -> Json:
    """Return a statement's line."""
    found: Json = next(one for one in value["statements"] if digest_of(one) == statement.digest)
    return found


def decoded(disclosures: Iterable[str]) -> list[Any]:
    """Return disclosures as a line has them."""
    return [orjson.loads(b64url_bytes(one, what="disclosure")) for one in disclosures]
