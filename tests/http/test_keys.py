"""Keys: registered under their thumbprint once the chain shows them, read by anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.encoding import b64url
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.seal import seal
from tests.http.ledger import Ledger, post
from tests.support.world import ORIGIN, PUBLISHER, SUPPLIER

if TYPE_CHECKING:
    from fastapi.testclient import TestClient


@pytest.fixture
def added(ledger: Ledger) -> SigningKey:
    """A key that the chain shows as the publisher's and that is not registered yet."""
    key = SigningKey.generate()
    ledger.world.add_key(PUBLISHER, key)
    ledger.world.chain.mine()
    return key


@pytest.fixture
def proof(ledger: Ledger, added: SigningKey) -> str:
    """What the publisher proved when it added the key."""
    return b64url(ledger.world.proofs[PUBLISHER, added.public.kid])


def put(client: TestClient, did: str, kid: str, jwk: Any, proof: str) -> Any:
    body = {"key": jwk, "possession": proof}
    return client.put(f"/v1/organisations/{did}/keys/{kid}", json=body)


def test_a_key_on_the_chain_is_registered_and_can_then_publish(
    ledger: Ledger, client: TestClient, added: SigningKey, proof: str
) -> None:
    text = seal(ledger.world.factor("fuel"), added, ORIGIN).text
    assert post(client, text).status_code == 403
    kid, jwk = added.public.kid, added.public.jwk()
    assert client.get(f"/v1/keys/{kid}").status_code == 404
    first = put(client, PUBLISHER, kid, jwk, proof)
    assert (first.status_code, first.headers["location"]) == (201, f"/v1/keys/{kid}")
    assert put(client, PUBLISHER, kid, jwk, proof).status_code == 200
    read = client.get(first.headers["location"])
    assert (read.json(), read.headers["content-type"]) == (jwk, "application/jwk+json")
    assert read.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert post(client, text).status_code == 201


def test_a_retired_key_is_still_registered_for_what_it_signed_before(
    ledger: Ledger, client: TestClient, added: SigningKey, proof: str
) -> None:
    ledger.world.chain.retire_key(PUBLISHER, added.public.thumbprint)
    ledger.world.chain.mine()
    assert put(client, PUBLISHER, added.public.kid, added.public.jwk(), proof).status_code == 201


def test_a_key_that_the_chain_does_not_show_for_this_organisation_is_not_kept(
    client: TestClient, added: SigningKey, proof: str
) -> None:
    stranger = SigningKey.generate().public
    answers = [
        put(client, SUPPLIER, added.public.kid, added.public.jwk(), proof),
        put(client, "did:web:nobody.example", added.public.kid, added.public.jwk(), proof),
        put(client, PUBLISHER, stranger.kid, stranger.jwk(), proof),
    ]
    assert [answer.status_code for answer in answers] == [403] * 3
    assert len({answer.text for answer in answers}) == 1
    assert answers[0].json()["code"] == "not_authorised"
    for kid in (added.public.kid, stranger.kid):
        assert client.get(f"/v1/keys/{kid}").status_code == 404


def test_a_proof_that_is_not_the_chain_s_is_not_kept(
    ledger: Ledger, client: TestClient, added: SigningKey, proof: str
) -> None:
    kid, jwk = added.public.kid, added.public.jwk()
    path = f"/v1/organisations/{PUBLISHER}/keys/{kid}"
    assert client.put(path, json=jwk).status_code == 422
    assert client.put(path, json={"key": jwk}).status_code == 422
    again = b64url(added.sign(b"rootprint key possession"))
    for other in (again, b64url(bytes(64)), proof[:-4], "a+b"):
        assert put(client, PUBLISHER, kid, jwk, other).status_code in {400, 422}
    assert client.get(f"/v1/keys/{kid}").status_code == 404
    assert put(client, PUBLISHER, kid, jwk, proof).status_code == 201
    with ledger.home.store.read() as tx:
        assert tx.directory.possession(PUBLISHER, kid) == ledger.world.proofs[PUBLISHER, kid]


def test_a_key_under_anothers_thumbprint_is_refused(
    client: TestClient, added: SigningKey, proof: str
) -> None:
    other = SigningKey.generate().public
    answer = put(client, PUBLISHER, added.public.kid, other.jwk(), proof)
    assert answer.status_code == 422
    assert f"the key's thumbprint is {other.kid}" in answer.json()["message"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"d": "AAAA"}, "exactly kty, crv, x and y"),
        ({"crv": "P-384"}, "not EC P-256"),
        ({"x": "AAAA"}, "not 32 bytes"),
        ({"x": 1.5}, "not 32 bytes"),
        ({"x": "A" * 43}, "not a point on P-256"),
    ],
)
def test_what_is_not_a_public_p256_jwk_is_refused(
    client: TestClient, added: SigningKey, proof: str, change: dict[str, Any], words: str
) -> None:
    answer = put(client, PUBLISHER, added.public.kid, {**added.public.jwk(), **change}, proof)
    assert answer.status_code in {400, 422}
    assert words in answer.json()["message"]


def test_other_bodies_and_names_are_refused(
    client: TestClient, added: SigningKey, proof: str
) -> None:
    path = f"/v1/organisations/{PUBLISHER}/keys/{added.public.kid}"
    json = {"content-type": "application/json"}
    assert client.put(path, content=b"{}").status_code == 415
    assert client.put(path, content=b"{", headers=json).status_code == 422
    assert client.put(path, content=b"[]", headers=json).status_code == 422
    assert client.put(path, content=b" " * 4097, headers=json).status_code == 413
    assert put(client, "Nobody", added.public.kid, added.public.jwk(), proof).status_code == 422
    assert put(client, PUBLISHER, "AAAA", added.public.jwk(), proof).status_code == 422
    assert client.get("/v1/keys/AAAA").status_code == 422
    assert client.get("/v1/keys/a+b").status_code == 400
