"""Checkpoints: C2SP tlog-checkpoint in a C2SP signed-note, Ed25519; witness cosignatures.

The log's name stands in three places that must agree: the first line of a checkpoint (origin),
the name in the vkey, and the ``log`` member of every statement meant for it.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from rootprint.ledger.core.encoding import b64_bytes, sha256
from rootprint.ledger.core.errors import BadSignature, NotCanonical, Refused, TooLarge

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_NOTE: Final = 64 * 1024
MAX_ORIGIN: Final = 255
_ED25519, _COSIGNATURE = 0x01, 0x04
_KEY_ID_BYTES, _KEY_BYTES, _SIGNATURE_BYTES, _TIME_BYTES = 4, 32, 64, 8
_P = 2**255 - 19
# The y coordinates of the eight small-order points: under such a key anybody's signature is true.
_SMALL_ORDER_Y = {
    0,
    1,
    _P - 1,
    2707385501144840649318225287225658788936804267575313519463743609750303402022,
    55188659117513257062467267217118295137698188065244968500265048394206261417927,
}


@dataclass(frozen=True)
class NoteKey:
    """A verifier key of a signed note: ``name+keyid+base64(type ‖ key)``."""

    name: str
    key: bytes
    algorithm: int = _ED25519

    def __post_init__(self) -> None:
        check_origin(self.name)
        if len(self.key) != _KEY_BYTES or self.algorithm not in {_ED25519, _COSIGNATURE}:
            message = "a note key is not a 32-byte Ed25519 key"
            raise Refused(message)
        if (int.from_bytes(self.key, "little") & ((1 << 255) - 1)) % _P in _SMALL_ORDER_Y:
            message = "a note key has small order, so anybody could sign for it"
            raise Refused(message)

    @classmethod
    def parse(cls, vkey: str) -> NoteKey:
        """Read a vkey; raises Refused if its parts don't agree."""
        parts = vkey.split("+", 2)
        if len(parts) != 3:  # noqa: PLR2004 - name, id, key
            message = "a vkey is not name+id+key"
            raise Refused(message)
        data = b64_bytes(parts[2], what="vkey")
        if not data:
            message = "a vkey has no key"
            raise Refused(message)
        key = cls(parts[0], data[1:], data[0])
        if key.vkey != vkey:
            message = "a vkey's id does not belong to its name and key"
            raise Refused(message)
        return key

    @property
    def is_witness(self) -> bool:
        """Whether it cosigns (C2SP tlog-cosignature) and does not sign as a log."""
        return self.algorithm == _COSIGNATURE

    @property
    def key_id(self) -> bytes:
        """The first 4 bytes of SHA-256(name ‖ newline ‖ type ‖ key)."""
        body = self.name.encode() + b"\n" + bytes([self.algorithm]) + self.key
        return sha256(body)[:_KEY_ID_BYTES]

    @property
    def vkey(self) -> str:
        """The key as text."""
        data = base64.b64encode(bytes([self.algorithm]) + self.key).decode()
        return f"{self.name}+{self.key_id.hex()}+{data}"

    def check(self, message: bytes, signature: bytes) -> None:
        """Return if the Ed25519 signature is true; raise BadSignature if not."""
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, message)
        except InvalidSignature:
            text = f"the checkpoint is not signed by {self.name}"
            raise BadSignature(text) from None


@dataclass(frozen=True)
class Checkpoint:
    """A log's state: its origin line, the number of its entries, the 32-byte root over them."""

    origin: str
    size: int
    root: bytes

    def body(self) -> str:
        """Return the note's text, the bytes that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True)
class SignedCheckpoint:
    """A checkpoint with its signature lines as ``(name, key id ‖ signature)``."""

    checkpoint: Checkpoint
    signatures: tuple[tuple[str, bytes], ...]
    text: str

    def verify(self, key: NoteKey) -> None:
        """Return if the log's key signed this, exactly once; raise BadSignature if not."""
        if self.checkpoint.origin != key.name:
            message = f"the checkpoint is of log {self.checkpoint.origin!r}, not {key.name!r}"
            raise BadSignature(message)
        signature = self._line(key)
        if signature is None or len(signature) != _SIGNATURE_BYTES:
            message = f"the checkpoint has no signature by {key.name}"
            raise BadSignature(message)
        key.check(self.checkpoint.body().encode(), signature)

    def verify_quorum(self, witnesses: Sequence[NoteKey], threshold: int) -> None:
        """Return if ``threshold`` distinct witnesses cosigned (C2SP tlog-cosignature v1).

        Raises BadSignature with the number that did; a threshold below 1 is a Refused policy.
        """
        if not 1 <= threshold <= len({key.key for key in witnesses}):
            message = "the witness policy's threshold is below 1 or beyond its distinct keys"
            raise Refused(message)
        seen = {key.key for key in witnesses if self._cosigned(key)}
        if len(seen) < threshold:
            message = f"the checkpoint has {len(seen)} of {threshold} witness cosignatures"
            raise BadSignature(message)

    def _cosigned(self, key: NoteKey) -> bool:
        line = self._line(key)
        if line is None or len(line) != _TIME_BYTES + _SIGNATURE_BYTES:
            return False
        time = int.from_bytes(line[:_TIME_BYTES])
        message = f"cosignature/v1\ntime {time}\n{self.checkpoint.body()}".encode()
        try:
            key.check(message, line[_TIME_BYTES:])
        except BadSignature:
            return False
        return True

    def _line(self, key: NoteKey) -> bytes | None:
        lines = [
            data[_KEY_ID_BYTES:]
            for name, data in self.signatures
            if name == key.name and data[:_KEY_ID_BYTES] == key.key_id
        ]
        if len(lines) > 1:
            message = f"the checkpoint has two signature lines of {key.name}"
            raise BadSignature(message)
        return lines[0] if lines else None


class LogKey:
    """The log operator's Ed25519 key."""

    def __init__(self, origin: str, native: Ed25519PrivateKey) -> None:
        self._native = native
        public = native.public_key().public_bytes_raw()
        self.note_key = NoteKey(origin, public)

    def sign(self, size: int, root: bytes) -> SignedCheckpoint:
        """Return the signed checkpoint of the tree with ``size`` entries."""
        checkpoint = Checkpoint(self.note_key.name, size, root)
        signature = self._native.sign(checkpoint.body().encode())
        line = base64.b64encode(self.note_key.key_id + signature).decode()
        return parse_checkpoint(f"{checkpoint.body()}\n\u2014 {checkpoint.origin} {line}\n")

    def __repr__(self) -> str:
        return f"<LogKey {self.note_key.vkey}>"


def check_origin(origin: str) -> None:
    """Return if ``origin`` can name a log: printable ASCII, no space, no plus, 1 to 255 bytes."""
    printable = origin.isascii() and origin.isprintable()
    if not (printable and 0 < len(origin) <= MAX_ORIGIN) or {" ", "+"} & set(origin):
        message = "a log's origin is 1 to 255 printable ASCII characters, no space, no plus"
        raise Refused(message)


@lru_cache(maxsize=64)  # many statements are proven under one checkpoint
def parse_checkpoint(text: str) -> SignedCheckpoint:
    """Read a signed note whose text is a checkpoint of exactly three lines; raises Refused."""
    if len(text) > MAX_NOTE:
        message = f"a checkpoint is longer than {MAX_NOTE} characters"
        raise TooLarge(message)
    body, blank, tail = text.partition("\n\n")
    lines = body.split("\n")
    if len(lines) != 3 or not blank or not tail.endswith("\n"):  # noqa: PLR2004
        message = "a checkpoint is not origin, size, root, an empty line and signature lines"
        raise NotCanonical(message)
    origin, size, root = lines
    check_origin(origin)
    checkpoint = Checkpoint(origin, _size(size), b64_bytes(root, what="checkpoint root"))
    if len(checkpoint.root) != 32:  # noqa: PLR2004
        message = "a checkpoint's root is not 32 bytes"
        raise NotCanonical(message)
    signatures = tuple(_signature(line) for line in tail[:-1].split("\n"))
    return SignedCheckpoint(checkpoint, signatures, text)


def _size(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 16 and str(int(text)) == text:  # noqa: PLR2004
        return int(text)
    message = "a checkpoint's size is not a plain decimal number"
    raise NotCanonical(message)


def _signature(line: str) -> tuple[str, bytes]:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "\u2014":  # noqa: PLR2004
        message = "a signature line is not dash, name and signature"
        raise NotCanonical(message)
    return parts[1], b64_bytes(parts[2], what="checkpoint signature")
