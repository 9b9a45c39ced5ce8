"""ES256 with low s, against joserfc as the other implementation."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jws
from joserfc.errors import BadSignatureError
from joserfc.jwk import ECKey

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import b64url, b64url_bytes
from rootprint.ledger.core.errors import BadSignature, Refused
from rootprint.ledger.core.keys import P256_ORDER, PublicKey, SigningKey

KEY = SigningKey.generate()
PRIME = 2**256 - 2**224 + 2**192 + 2**96 - 1


def coordinate(value: int) -> str:
    return b64url(value.to_bytes(32))


def s_of(signature: bytes) -> int:
    return int.from_bytes(signature[32:])


def twin(signature: bytes) -> bytes:
    """Return the other signature that plain ECDSA takes for the same message and key."""
    return signature[:32] + (P256_ORDER - s_of(signature)).to_bytes(32)


@given(st.binary(max_size=100))
def test_signatures_are_low_s_and_true(message: bytes) -> None:
    """Its s is never above half the order, and the signature verifies."""
    signature = KEY.sign(message)
    assert len(signature) == 64
    assert 1 <= s_of(signature) <= P256_ORDER // 2
    KEY.public.verify(message, signature)


@given(st.binary(max_size=100))
def test_the_high_s_twin_is_refused(message: bytes) -> None:
    """The twin is true ECDSA (joserfc takes it) and still refused, as a digest covers it."""
    signing_input = f"{b64url(encode({'alg': 'ES256'}))}.{b64url(message)}"
    signature = twin(KEY.sign(signing_input.encode()))
    compact = f"{signing_input}.{b64url(signature)}"
    assert jws.deserialize_compact(compact, ECKey.import_key(KEY.public.jwk())).payload == message
    with pytest.raises(BadSignature, match="not 64 bytes with a low s"):
        KEY.public.verify(signing_input.encode(), signature)


@given(st.binary(max_size=100))
def test_joserfc_verifies_ours(message: bytes) -> None:
    """A compact JWS over our signature is valid elsewhere."""
    signing_input = f"{b64url(encode({'alg': 'ES256'}))}.{b64url(message)}"
    compact = f"{signing_input}.{b64url(KEY.sign(signing_input.encode()))}"
    assert jws.deserialize_compact(compact, ECKey.import_key(KEY.public.jwk())).payload == message
    other = ECKey.import_key(SigningKey.generate().public.jwk())
    with pytest.raises(BadSignatureError):
        jws.deserialize_compact(compact, other)


THEIRS = ECKey.generate_key("P-256")


@given(st.binary(max_size=100))
def test_we_verify_joserfcs_once_low_s(message: bytes) -> None:
    """Theirs is true here after normalising s; a high s is refused as it stands."""
    public = PublicKey.from_jwk(
        {k: v for k, v in THEIRS.as_dict(private=False).items() if k != "kid"}
    )
    compact = jws.serialize_compact({"alg": "ES256"}, message, THEIRS)
    signing_input, _, encoded = compact.rpartition(".")
    signature = b64url_bytes(encoded, what="signature")
    if s_of(signature) > P256_ORDER // 2:
        with pytest.raises(BadSignature, match="low s"):
            public.verify(signing_input.encode(), signature)
        signature = twin(signature)
    public.verify(signing_input.encode(), signature)


@given(st.integers(0, 511), st.binary(min_size=1, max_size=40))
def test_every_changed_bit_makes_a_signature_false(bit: int, message: bytes) -> None:
    """No other 64 bytes pass: r and s are both bound."""
    changed = bytearray(KEY.sign(message))
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(BadSignature, match=r"low s|not true"):
        KEY.public.verify(message, bytes(changed))


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param(b"", id="empty"),
        pytest.param(bytes(64), id="zero"),
        pytest.param(bytes(32) + (1).to_bytes(32), id="r-zero"),
        pytest.param((1).to_bytes(32) + bytes(32), id="s-zero"),
        pytest.param(P256_ORDER.to_bytes(32) + (1).to_bytes(32), id="r-order"),
        pytest.param((1).to_bytes(32) + P256_ORDER.to_bytes(32), id="s-order"),
        pytest.param(b"\xff" * 64, id="ones"),
    ],
)
def test_degenerate_signatures_are_refused(signature: bytes) -> None:
    """Numbers outside [1, n - 1] never pass."""
    with pytest.raises(BadSignature, match=r"low s|not true"):
        KEY.public.verify(b"message", signature)


@pytest.mark.parametrize("length", [63, 65, 70, 128])
def test_only_sixty_four_bytes_are_a_signature(length: int) -> None:
    """Short, long, DER-sized."""
    signature = (KEY.sign(b"message") * 2)[:length]
    with pytest.raises(BadSignature, match="not 64 bytes"):
        KEY.public.verify(b"message", signature)


@settings(max_examples=20)
@given(st.integers(1, P256_ORDER - 1))
def test_thumbprints_are_rfc_7638s(secret: int) -> None:
    """SHA-256 over the required members in order, as joserfc and plain text have it."""
    key = SigningKey(ec.derive_private_key(secret, ec.SECP256R1()))
    jwk = key.public.jwk()
    text = f'{{"crv":"P-256","kty":"EC","x":"{jwk["x"]}","y":"{jwk["y"]}"}}'
    assert key.public.thumbprint == hashlib.sha256(text.encode()).digest()
    assert key.public.kid == ECKey.import_key(jwk).thumbprint()
    assert len(base64.urlsafe_b64decode(jwk["x"] + "=")) == 32
    assert PublicKey.from_jwk(jwk) == key.public


def test_the_key_of_rfc_7515_appendix_a_3_is_read() -> None:
    """RFC 7515 A.3: the published ES256 example verifies with the published key."""
    public = PublicKey.from_jwk(
        {
            "kty": "EC",
            "crv": "P-256",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        }
    )
    message = (
        b"eyJhbGciOiJFUzI1NiJ9"
        b".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
        b"cGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    )
    signature = b64url_bytes(
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
        what="signature",
    )
    signature = min(signature, twin(signature), key=s_of)
    public.verify(message, signature)


def changed_jwk(**members: Any) -> dict[str, Any]:
    return {k: v for k, v in {**KEY.public.jwk(), **members}.items() if v is not None}


@pytest.mark.parametrize(
    ("jwk", "reason"),
    [
        pytest.param(changed_jwk(kid="a"), "exactly kty, crv, x and y", id="extra-kid"),
        pytest.param(changed_jwk(alg="ES256"), "exactly kty, crv, x and y", id="extra-alg"),
        pytest.param(changed_jwk(d="AA"), "exactly kty, crv, x and y", id="private"),
        pytest.param(changed_jwk(y=None), "exactly kty, crv, x and y", id="no-y"),
        pytest.param([], "exactly kty, crv, x and y", id="not-an-object"),
        pytest.param(changed_jwk(kty="OKP"), "not EC P-256", id="okp"),
        pytest.param(changed_jwk(crv="P-384"), "not EC P-256", id="p-384"),
        pytest.param(changed_jwk(crv="secp256k1"), "not EC P-256", id="secp256k1"),
        pytest.param(changed_jwk(x=1), "coordinate is not 32 bytes", id="number"),
        pytest.param(changed_jwk(x=b64url(bytes(31))), "coordinate is not 32 bytes", id="short"),
        pytest.param(changed_jwk(x=b64url(bytes(33))), "coordinate is not 32 bytes", id="long"),
        pytest.param(
            changed_jwk(x=KEY.public.jwk()["x"] + "="), "key x is not base64url", id="pad"
        ),
        pytest.param(changed_jwk(x=coordinate(0), y=coordinate(0)), "not a point", id="infinity"),
        pytest.param(changed_jwk(y=KEY.public.jwk()["x"]), "not a point", id="off-curve"),
        pytest.param(changed_jwk(x=coordinate(PRIME)), "not below the prime", id="x-is-the-prime"),
        pytest.param(
            changed_jwk(x=coordinate(2**256 - 1)), "not below the prime", id="x-too-large"
        ),
    ],
)
def test_other_jwks_are_refused(jwk: Any, reason: str) -> None:
    """A key is exactly its four members, canonical, and on the curve."""
    with pytest.raises(Refused, match=reason):
        PublicKey.from_jwk(jwk)


def test_a_coordinate_plus_the_prime_is_refused() -> None:
    """Adding p to x names the same point (OpenSSL takes it): only the reduced spelling is a key."""
    x = next(x for x in range(100) if pow(_root(x), 2, PRIME) == _cubic(x))
    jwk = {"kty": "EC", "crv": "P-256", "x": coordinate(x), "y": coordinate(_root(x))}
    assert int.from_bytes(PublicKey.from_jwk(jwk).x) == x
    with pytest.raises(Refused, match="not below the prime of P-256"):
        PublicKey.from_jwk({**jwk, "x": coordinate(x + PRIME)})


def _cubic(x: int) -> int:
    b = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
    return (x**3 - 3 * x + b) % PRIME


def _root(x: int) -> int:
    return pow(_cubic(x), (PRIME + 1) // 4, PRIME)


def test_a_signing_key_is_on_p_256() -> None:
    """Other curves are refused before anything is signed."""
    with pytest.raises(Refused, match="must be on P-256"):
        SigningKey(ec.generate_private_key(ec.SECP384R1()))


def test_a_signing_key_never_shows_its_secret() -> None:
    """Neither repr nor str nor its attributes' text hold the private number."""
    secret = 0x1234567890ABCDEF1234567890ABCDEF
    key = SigningKey(ec.derive_private_key(secret, ec.SECP256R1()))
    shown = f"{key!r} {key} {json.dumps(key.public.jwk())} {vars(key)}"
    assert key.public.kid in repr(key)
    assert f"{secret:x}" not in shown
    assert str(secret) not in shown
