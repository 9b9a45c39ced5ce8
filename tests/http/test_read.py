"""Reading: statements, proofs, checkpoints, entries."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.core.checkpoint import parse_checkpoint
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.entry import entry_of
from rootprint.ledger.core.logproof import parse_log_proof
from rootprint.ledger.core.merkle import verify_consistency
from rootprint.ledger.core.statement import parse_statement
from tests.http.ledger import Ledger, post

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from rootprint.ledger.core.statement import Statement

UNKNOWN = "sha256:" + "5a" * 32
IMMUTABLE = "public, max-age=31536000, immutable"


@pytest.fixture
def logged(ledger: Ledger, client: TestClient) -> list[Statement]:
    statements = [ledger.factor(f"fuel-{number}") for number in range(5)]
    for statement in statements:
        assert post(client, statement.text).status_code == 201
    return statements


def test_a_statement_is_read_by_digest_for_ever(
    client: TestClient, logged: list[Statement]
) -> None:
    digest = digest_text(logged[0].digest)
    answer = client.get(f"/v1/statements/{digest}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/vc+sd-jwt"
    assert answer.headers["cache-control"] == IMMUTABLE
    assert parse_statement(answer.text).digest == logged[0].digest
    assert answer.text == logged[0].bare.text
    etag = answer.headers["etag"]
    for given in (etag, f'"other", W/{etag}', "*"):
        again = client.get(f"/v1/statements/{digest}", headers={"if-none-match": given})
        assert (again.status_code, again.text, again.headers["etag"]) == (304, "", etag)
    assert client.get(f"/v1/statements/{digest}", headers={"if-none-match": '"x"'}).text


def test_disclosures_that_a_holder_keeps_in_the_same_store_are_not_served(
    ledger: Ledger, client: TestClient, logged: list[Statement]
) -> None:
    line = ledger.world.line(logged[0], "2", "kilogram")
    part = ledger.signed(ledger.world.product("part", [line]))
    ledger.log.append([part], keep_disclosures=True)
    with ledger.home.store.read() as tx:
        assert tx.statements.disclosures(part.digest)
    answer = client.get(f"/v1/statements/{digest_text(part.digest)}")
    assert answer.text == f"{part.envelope.jwt}~"


def test_a_proof_is_given_under_the_newest_checkpoint_or_the_one_asked_for(
    ledger: Ledger, client: TestClient, logged: list[Statement]
) -> None:
    path = f"/v1/statements/{digest_text(logged[1].digest)}/proof"
    for query, size, cached in (("", 5, "no-cache"), ("?size=3", 3, "public, max-age=60")):
        answer = client.get(path + query)
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.headers["cache-control"] == cached
        proof = parse_log_proof(answer.text)
        proof.verify(entry_of(logged[1]))
        proof.checkpoint.verify(ledger.log.note_key)
        assert (proof.index, proof.checkpoint.checkpoint.size) == (1, size)


def test_checkpoints_of_two_sizes_are_consistent(
    ledger: Ledger, client: TestClient, logged: list[Statement]
) -> None:
    newest = parse_checkpoint(client.get("/v1/log/checkpoint").text)
    old = parse_checkpoint(client.get("/v1/log/checkpoint/3").text)
    newest.verify(ledger.log.note_key)
    old.verify(ledger.log.note_key)
    assert newest.checkpoint.size == len(logged)
    answer = client.get("/v1/log/consistency?old=3&new=5")
    assert answer.headers["cache-control"] == IMMUTABLE
    body = answer.json()
    path = [base64.b64decode(node) for node in body["proof"]]
    assert (body["old"], body["new"]) == (3, 5)
    verify_consistency(3, 5, old.checkpoint.root, newest.checkpoint.root, path)


def test_an_entry_is_65_bytes(client: TestClient, logged: list[Statement]) -> None:
    body = client.get("/v1/log/entry/4").json()
    assert body["index"] == 4
    assert base64.b64decode(body["entry"]) == entry_of(logged[4])


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (f"/v1/statements/{UNKNOWN}", "there is no statement sha256:5a"),
        (f"/v1/statements/{UNKNOWN}/proof", "no entry for statement sha256:5a"),
        ("/v1/log/checkpoint/99", "signed no checkpoint of size 99"),
        ("/v1/log/entry/5", "no entry 5"),
        ("/v1/log/consistency?old=1&new=6", "5 entries, not 6"),
        ("/v1/elsewhere", "Not Found"),
    ],
)
@pytest.mark.usefixtures("logged")
def test_what_is_not_here_is_404(client: TestClient, path: str, words: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert words in answer.json()["message"]
    assert answer.headers["cache-control"] == "no-store"


def test_a_proof_under_a_checkpoint_before_the_entry_is_404(
    client: TestClient, logged: list[Statement]
) -> None:
    answer = client.get(f"/v1/statements/{digest_text(logged[4].digest)}/proof?size=3")
    assert answer.status_code == 404
    assert "entry 4 is not under the checkpoint of size 3" in answer.json()["message"]


def test_an_empty_log_has_no_checkpoint(client: TestClient) -> None:
    answer = client.get("/v1/log/checkpoint")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/statements/5a", 422),
        (f"/v1/statements/{UNKNOWN.upper()}", 422),
        ("/v1/log/checkpoint/0", 400),
        ("/v1/log/checkpoint/x", 400),
        (f"/v1/log/checkpoint/{2**53}", 400),
        ("/v1/log/entry/-1", 400),
        (f"/v1/log/entry/{10**40}", 400),
        (f"/v1/statements/{UNKNOWN}/proof?size=0", 400),
        ("/v1/log/consistency", 400),
        ("/v1/log/consistency?old=0&new=1", 400),
        ("/v1/log/consistency?old=3&new=2", 422),
    ],
)
@pytest.mark.usefixtures("logged")
def test_parameters_that_mean_nothing_are_refused(
    client: TestClient, path: str, status: int
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (status, "refused")
    assert answer.json()["message"]
