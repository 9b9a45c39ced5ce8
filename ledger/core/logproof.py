"""A log proof in one text: C2SP tlog-proof (index, inclusion proof, signed checkpoint)."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rootprint.ledger.core.checkpoint import MAX_NOTE, SignedCheckpoint, parse_checkpoint
from rootprint.ledger.core.encoding import b64_bytes
from rootprint.ledger.core.errors import NotCanonical, TooLarge
from rootprint.ledger.core.merkle import MAX_PROOF, leaf_hash, verify_inclusion

_HEADER: Final = "c2sp.org/tlog-proof@v1"
MAX_INDEX_DIGITS: Final = 16


@dataclass(frozen=True)
class LogProof:
    """That an entry stands at ``index`` under a checkpoint; ``extra`` is opaque and unused."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: SignedCheckpoint
    extra: str | None = None

    def verify(self, entry: bytes) -> None:
        """Return if ``entry`` is included; raise BadProof if not. Signatures: the caller's."""
        point = self.checkpoint.checkpoint
        verify_inclusion(self.index, point.size, leaf_hash(entry), self.path, point.root)

    def text(self) -> str:
        """Return the proof as C2SP text."""
        lines = [_HEADER]
        if self.extra is not None:
            lines.append(f"extra {self.extra}")
        lines.append(f"index {self.index}")
        lines.extend(base64.b64encode(node).decode() for node in self.path)
        return "\n".join([*lines, "", self.checkpoint.text])


def parse_log_proof(text: str) -> LogProof:
    """Read a tlog-proof; raises Refused where its form or a number in it is wrong."""
    if len(text) > 2 * MAX_NOTE:
        message = "a log proof is longer than its limit"
        raise TooLarge(message)
    head, blank, note = text.partition("\n\n")
    lines = head.split("\n")
    if not blank or lines.pop(0) != _HEADER:
        message = f"a log proof does not begin with {_HEADER}"
        raise NotCanonical(message)
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = lines.pop(0).removeprefix("extra ")
        b64_bytes(extra, what="log proof extra")
    index = _index(lines.pop(0) if lines else "")
    if len(lines) > MAX_PROOF:
        message = f"a log proof has more than {MAX_PROOF} hashes"
        raise TooLarge(message)
    path = tuple(map(_hash, lines))
    return LogProof(index, path, parse_checkpoint(note), extra)


@lru_cache(maxsize=65_536)  # paths of one tree end in the same hashes
def _hash(line: str) -> bytes:
    return b64_bytes(line, what="log proof hash")


def _index(line: str) -> int:
    text = line.removeprefix("index ")
    plain = text.isascii() and text.isdigit() and len(text) <= MAX_INDEX_DIGITS
    if text != line and plain and str(int(text)) == text:
        return int(text)
    message = "a log proof has no plain decimal index"
    raise NotCanonical(message)
