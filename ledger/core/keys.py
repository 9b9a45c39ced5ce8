"""Issuer keys: ES256 and nothing else (RFC 7518 section 3.4, RFC 7638 thumbprints).

Signatures are low-s: of the two values that verify, only the smaller is written and accepted,
because the statement's digest covers the signature and must not have a twin.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256

from rootprint.ledger.core.canonical import Json, encode
from rootprint.ledger.core.encoding import b64url, b64url_bytes, sha256
from rootprint.ledger.core.errors import BadSignature, Refused

P256_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_P256_PRIME: Final = 2**256 - 2**224 + 2**192 + 2**96 - 1
SIGNATURE_BYTES: Final = 64
_COORDINATE_BYTES: Final = 32
_ECDSA = ec.ECDSA(SHA256())


@dataclass(frozen=True)
class PublicKey:
    """A P-256 point, as two 32-byte big-endian coordinates."""

    x: bytes
    y: bytes

    @classmethod
    def from_jwk(cls, jwk: Json) -> PublicKey:
        """Read a JWK of exactly ``kty, crv, x, y`` (RFC 7518 section 6.2.1); raises Refused."""
        if not isinstance(jwk, dict) or set(jwk) != {"kty", "crv", "x", "y"}:
            message = "a key is not a JWK of exactly kty, crv, x and y"
            raise Refused(message)
        if (jwk["kty"], jwk["crv"]) != ("EC", "P-256"):
            message = "a key is not EC P-256, the only kind version 2 knows"
            raise Refused(message)
        coordinates = [
            b64url_bytes(jwk[name], what=f"key {name}") if isinstance(jwk[name], str) else b""
            for name in ("x", "y")
        ]
        if any(len(value) != _COORDINATE_BYTES for value in coordinates):
            message = "a key coordinate is not 32 bytes"
            raise Refused(message)
        if any(int.from_bytes(value) >= _P256_PRIME for value in coordinates):
            # OpenSSL reduces it: one point would have two thumbprints.
            message = "a key coordinate is not below the prime of P-256"
            raise Refused(message)
        return _on_curve(*coordinates)

    def jwk(self) -> dict[str, str]:
        """Return the key as a JWK with its required members only."""
        return {"crv": "P-256", "kty": "EC", "x": b64url(self.x), "y": b64url(self.y)}

    @cached_property
    def thumbprint(self) -> bytes:
        """The 32-byte RFC 7638 SHA-256 thumbprint: how chain and header name the key."""
        return sha256(encode(self.jwk()))

    @cached_property
    def kid(self) -> str:
        """The thumbprint in base64url, as it stands in a header's ``kid``."""
        return b64url(self.thumbprint)

    def verify(self, message: bytes, signature: bytes) -> None:
        """Return if ``signature`` (r ‖ s, 64 bytes, low-s) is true; raise BadSignature if not."""
        r, s = signature[:_COORDINATE_BYTES], signature[_COORDINATE_BYTES:]
        if len(signature) != SIGNATURE_BYTES or 2 * int.from_bytes(s) > P256_ORDER:
            text = "the signature is not 64 bytes with a low s"
            raise BadSignature(text)
        der = encode_dss_signature(int.from_bytes(r), int.from_bytes(s))
        try:
            self._native.verify(der, message, _ECDSA)
        except InvalidSignature:
            text = "the signature is not true for these bytes and this key"
            raise BadSignature(text) from None

    @cached_property
    def _native(self) -> ec.EllipticCurvePublicKey:
        numbers = ec.EllipticCurvePublicNumbers(
            int.from_bytes(self.x), int.from_bytes(self.y), ec.SECP256R1()
        )
        try:
            return numbers.public_key()
        except ValueError:
            message = "a key is not a point on P-256"
            raise Refused(message) from None


@lru_cache(maxsize=4096)  # whoever reads a file meets each of its keys twice
def _on_curve(x: bytes, y: bytes) -> PublicKey:
    key = PublicKey(x, y)
    _ = key._native  # noqa: SLF001 - a point off the curve is refused on reading, not on first use
    return key


class SigningKey:
    """An issuer's private key. It never prints, serialises or compares its secret."""

    def __init__(self, native: ec.EllipticCurvePrivateKey) -> None:
        if not isinstance(native.curve, ec.SECP256R1):
            message = "a signing key must be on P-256 (ES256)"
            raise Refused(message)
        self._native = native
        numbers = native.public_key().public_numbers()
        self.public = PublicKey(
            numbers.x.to_bytes(_COORDINATE_BYTES), numbers.y.to_bytes(_COORDINATE_BYTES)
        )

    @classmethod
    def generate(cls) -> SigningKey:
        """Make a new key from the operating system's randomness."""
        return cls(ec.generate_private_key(ec.SECP256R1()))

    def sign(self, message: bytes) -> bytes:
        """Return r ‖ s, 64 bytes, low-s."""
        r, s = decode_dss_signature(self._native.sign(message, _ECDSA))
        s = min(s, P256_ORDER - s)
        return r.to_bytes(_COORDINATE_BYTES) + s.to_bytes(_COORDINATE_BYTES)

    def __repr__(self) -> str:
        return f"<SigningKey {self.public.kid}>"
