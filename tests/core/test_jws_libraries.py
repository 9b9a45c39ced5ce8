"""A statement's first part is an ordinary JWS: joserfc and PyJWT agree with us on signatures."""

from __future__ import annotations

import json
from typing import Any

import jwt as pyjwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jws
from joserfc.errors import BadSignatureError
from joserfc.jwk import ECKey

from rootprint.ledger.core.errors import BadSignature, Refused
from rootprint.ledger.core.keys import P256_ORDER, PublicKey, SigningKey
from rootprint.ledger.core.seal import seal
from rootprint.ledger.core.statement import parse_statement
from tests.core.full_statements import full
from tests.core.rfc9901 import b64, unb64
from tests.support.statements import LOG

NATIVE = ec.generate_private_key(ec.SECP256R1())
KEY = SigningKey(NATIVE)
KINDS = ("product", "factor", "assurance", "status")


@pytest.mark.parametrize("kind", KINDS)
def test_joserfc_and_pyjwt_verify_our_statements(kind: str) -> None:
    """A statement's first part is a JWS that ordinary libraries take, and its payload the same."""
    statement = seal(full(kind), KEY, LOG)
    compact = statement.envelope.jwt
    jwk: Any = KEY.public.jwk()
    assert json.loads(jws.deserialize_compact(compact, ECKey.import_key(jwk)).payload) == (
        statement.envelope.payload
    )
    theirs = pyjwt.decode(compact, pyjwt.PyJWK(jwk, algorithm="ES256"), algorithms=["ES256"])
    assert theirs == statement.envelope.payload
    assert pyjwt.get_unverified_header(compact) == statement.envelope.header


@pytest.mark.parametrize("library", ["joserfc", "pyjwt"])
def test_we_verify_statements_that_they_sign_once_low_s(library: str) -> None:
    """The same bytes signed by another's ES256: true here as soon as s is the lower of the two."""
    envelope = seal(full("factor"), KEY, LOG).envelope
    for _ in range(8):
        if library == "joserfc":
            payload = json.dumps(envelope.payload, separators=(",", ":"), sort_keys=True).encode()
            compact = jws.serialize_compact(envelope.header, payload, ECKey.import_key(NATIVE))
        else:
            headers = {name: envelope.header[name] for name in ("kid", "typ")}
            options: Any = {"algorithm": "ES256", "headers": headers, "sort_headers": True}
            compact = pyjwt.encode(dict(sorted(envelope.payload.items())), NATIVE, **options)
        signing_input, _, encoded = compact.rpartition(".")
        signature = unb64(encoded)
        s = int.from_bytes(signature[32:])
        if 2 * s > P256_ORDER:
            with pytest.raises(BadSignature, match="low s"):
                KEY.public.verify(signing_input.encode(), signature)
            s = P256_ORDER - s
        KEY.public.verify(signing_input.encode(), signature[:32] + s.to_bytes(32))


@pytest.mark.parametrize("place", [0, 1, 2])
def test_all_three_refuse_a_changed_part(place: int) -> None:
    statement = seal(full("status"), KEY, LOG)
    split = statement.envelope.jwt.split(".")
    other = seal(full("status"), KEY, LOG).envelope.jwt.split(".")
    if place == 0:
        split[0] = b64(b'{"alg":"ES256","kid":"' + b"A" * 43 + b'","typ":"vc+sd-jwt"}')
    else:
        split[place] = other[place]
    compact = ".".join(split)
    jwk: Any = KEY.public.jwk()
    with pytest.raises(BadSignatureError):
        jws.deserialize_compact(compact, ECKey.import_key(jwk))
    with pytest.raises(pyjwt.InvalidSignatureError):
        pyjwt.decode(compact, pyjwt.PyJWK(jwk, algorithm="ES256"), algorithms=["ES256"])
    changed = parse_statement(f"{compact}~")
    with pytest.raises(Refused):
        changed.verify(KEY.public)


def test_the_thumbprint_is_the_same_key_to_all() -> None:
    jwk: Any = KEY.public.jwk()
    assert ECKey.import_key(jwk).thumbprint() == KEY.public.kid
    assert PublicKey.from_jwk(jwk) == KEY.public
    assert pyjwt.PyJWK(jwk).key.public_numbers() == NATIVE.public_key().public_numbers()
