"""Proofs of possession in an evidence file: ``[DID, thumbprint, proof]``, one for each added key.

A key that two organisations added has two, for each proof names its organisation
(``ledger.core.possession``). What is read here is only the form; check 2 judges the proof.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from rootprint.ledger.core.encoding import DIGEST_BYTES, b64url, b64url_bytes
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.keys import SIGNATURE_BYTES
from rootprint.ledger.core.schema import rules
from rootprint.ledger.core.schema.rules import array, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Held: TypeAlias = tuple[str, str]
"""An organisation's DID, and the thumbprint in base64url of a key that it added."""

POSSESSION: Final = array(text, 3, 3)


def read_possession(listed: Sequence[Sequence[Any]]) -> Iterator[tuple[Held, bytes]]:
    """Yield whose key it is and the 64 bytes of the proof; raises Refused for another form."""
    for number, (did, kid, proof) in enumerate(listed):
        path = f"evidence.possession[{number}]"
        rules.did(did, f"{path}[0]")
        _sized(kid, DIGEST_BYTES, f"{path}[1]")
        yield (did, kid), _sized(proof, SIGNATURE_BYTES, f"{path}[2]")


def written_possession(proofs: Mapping[Held, bytes]) -> list[list[str]]:
    """Return the member's value, rising by DID and thumbprint."""
    return [[*held, b64url(proofs[held])] for held in sorted(proofs)]


def _sized(encoded: str, size: int, what: str) -> bytes:
    data = b64url_bytes(encoded, what=what)
    if len(data) != size:
        message = f"{what} is not {size} bytes"
        raise Refused(message)
    return data
