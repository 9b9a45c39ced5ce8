"""Statements as an evidence file writes them: decoded, a line each.

``{header, payload, signature, disclosures, index?, checkpoint?, row?}``. The signed text follows
from the parts, as each of them has one canonical encoding; a text that is not canonical can't be
written so, and no verifier would take it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.canonical import MAX_DEPTH, MAX_INTEGER, Json, again, decode, encode
from rootprint.ledger.core.encoding import b64url, b64url_bytes, digest_text, sha256
from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.core.schema.rules import array, integer, members, text
from rootprint.ledger.core.sdjwt import MAX_BYTES, MAX_DISCLOSURES, join, split

if TYPE_CHECKING:
    from rootprint.ledger.verify import LogPlace

MAX_CHECKPOINTS: Final = 100_000
MAX_ROW: Final = 2**32 - 1
# A statement's payload is one level below its line, and has as many as any canonical JSON.
LINE_DEPTH: Final = MAX_DEPTH + 1


def _anything(_value: Json, _path: str) -> None:
    pass


_line = members(
    {
        "header": _anything,
        "payload": _anything,
        "signature": lambda value, path: None if value == "" else text(value, path),
        "disclosures": array(_anything, 0, MAX_DISCLOSURES),
    },
    {
        "index": integer(0, MAX_INTEGER),
        "checkpoint": integer(0, MAX_CHECKPOINTS - 1),
        "row": integer(0, MAX_ROW),
    },
)


@dataclass(frozen=True)
class Line:
    """A statement of a file: its digest and its text, and where it says that its entry stands."""

    digest: bytes
    text: str
    payload: Json
    index: int | None
    checkpoint: int | None
    row: int | None


def read_line(value: Json, path: str) -> Line:
    """Return what a line says, which was read as canonical JSON; raises Refused or TooLarge."""
    _line(value, path)
    b64url_bytes(value["signature"], what=f"{path}.signature")
    if ("index" in value) != ("checkpoint" in value) or ("row" in value and "index" not in value):
        message = f"{path} has one of index and checkpoint without the other, or a row without them"
        raise Refused(message)
    header, payload = (b64url(again(value[name])) for name in ("header", "payload"))
    jwt = f"{header}.{payload}.{value['signature']}"
    sdjwt = join(jwt, tuple(b64url(again(one)) for one in value["disclosures"]))
    if len(sdjwt) > MAX_BYTES:
        message = f"a statement is longer than {MAX_BYTES} bytes with its disclosures"
        raise TooLarge(message)
    return Line(
        sha256(jwt.encode()),
        sdjwt,
        value["payload"],
        value.get("index"),
        value.get("checkpoint"),
        value.get("row"),
    )


def written_line(
    digest: bytes, sdjwt: str, place: LogPlace | None, checkpoint: int | None
) -> bytes:
    """Return a statement's line; raises Refused for a text that is not canonical."""
    try:
        jwt, disclosures = split(sdjwt)
        header, payload, signature = jwt.split(".")
        b64url_bytes(signature, what="signature")
        line: dict[str, Any] = {
            "header": _decoded(header, "header"),
            "payload": _decoded(payload, "payload"),
            "signature": signature,
            "disclosures": [_decoded(one, "disclosure") for one in disclosures],
        }
    except (Refused, ValueError) as error:
        message = f"the statement {digest_text(digest)} can't be written as evidence: {error}"
        raise Refused(message) from error
    if place is not None:
        line |= {"index": place.index, "checkpoint": checkpoint}
        if place.row is not None:
            line["row"] = place.row
    return encode(line, max_depth=LINE_DEPTH)


def _decoded(part: str, what: str) -> Json:
    return decode(b64url_bytes(part, what=what), what=what)
