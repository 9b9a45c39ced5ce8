"""Around every answer: headers, one error shape, and what is written down."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.errors import Unavailable
from rootprint.ledger.log import Log
from tests.http.ledger import NOW, Ledger, post
from tests.support.world import World

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

SECRET = "kept-from-everyone"
PATHS = ("/health", "/v1/log/checkpoint", "/v1/elsewhere", "/openapi.json")


def lines(caplog: pytest.LogCaptureFixture, name: str) -> list[dict[str, Any]]:
    return [json.loads(one.getMessage()) for one in caplog.records if one.name == name]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_security_headers_and_none_allows_other_sites(
    client: TestClient, path: str
) -> None:
    headers = client.get(path, headers={"origin": "https://evil.example"}).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert [name for name in headers if name.startswith("access-control-")] == []


def test_request_ids_are_ours(client: TestClient) -> None:
    given = {"x-request-id": "mine"}
    ids = {client.get("/health", headers=given).headers["x-request-id"] for _ in range(3)}
    assert len(ids) == 3
    assert "mine" not in ids


def test_there_is_a_description_and_no_page_that_loads_scripts(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert set(described["paths"]) == {
        "/health",
        "/v1/keys/{kid}",
        "/v1/log/checkpoint",
        "/v1/log/checkpoint/{size}",
        "/v1/log/consistency",
        "/v1/log/entry/{index}",
        "/v1/organisations/{did}/keys/{kid}",
        "/v1/statements",
        "/v1/statements/{digest}",
        "/v1/statements/{digest}/proof",
    }
    for path in ("/docs", "/redoc", "/docs/oauth2-redirect"):
        assert client.get(path).status_code == 404


def test_a_wrong_method_is_answered_in_the_same_shape(client: TestClient) -> None:
    answer = client.delete("/v1/statements")
    assert (answer.status_code, set(answer.json())) == (405, {"code", "message", "remedy"})
    assert answer.headers["allow"] == "POST"


def test_the_access_line_says_who_asked_what_and_holds_no_body_query_or_header(
    ledger: Ledger, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="rootprint.http")
    fuel = ledger.factor()
    answer = post(client, fuel.text, authorization=SECRET)
    client.get(f"/v1/log/checkpoint?token={SECRET}")
    client.get("/v1/line%0Abreak")
    first, second, third = lines(caplog, "rootprint.http.access")
    assert {**first, "time": 0, "milliseconds": 0} == {
        "time": 0,
        "request": answer.headers["x-request-id"],
        "method": "POST",
        "path": "/v1/statements",
        "status": 201,
        "bytes": len(answer.content),
        "milliseconds": 0,
        "client": "testclient",
    }
    assert (second["path"], third["path"]) == ("/v1/log/checkpoint", "/v1/line\nbreak")
    assert SECRET not in caplog.text
    assert fuel.envelope.jwt not in caplog.text


def test_an_unexpected_error_is_500_in_constant_words_and_its_place_is_written_down(
    ledger: Ledger,
    client: TestClient,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError(SECRET)

    monkeypatch.setattr(Log, "append", broken)
    answer = post(client, ledger.factor().text)
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert answer.headers["x-content-type-options"] == "nosniff"
    (written,) = lines(caplog, "rootprint.http")
    assert written["request"] == answer.headers["x-request-id"]
    assert written["failure"][-1] == "KeyError"
    assert any(place.endswith(" broken") for place in written["failure"])
    assert SECRET not in caplog.text + answer.text


@pytest.mark.parametrize("path", ["/health", "/v1/organisations/did:web:a.example/keys/{kid}"])
def test_a_chain_that_is_away_is_503_and_where_it_is_stays_here(
    ledger: Ledger,
    client: TestClient,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
) -> None:
    def away(*_: object) -> None:
        message = "http://10.0.0.7:8545 does not answer"
        raise Unavailable(message)

    monkeypatch.setattr(ledger.world.chain, "block", away)
    key = next(iter(ledger.world.keys.values())).public
    if "{kid}" in path:
        answer = client.put(
            path.replace("{kid}", key.kid), json={"key": key.jwk(), "possession": "AA"}
        )
    else:
        answer = client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"] == "5"
    assert "10.0.0.7" not in answer.text
    assert "10.0.0.7" in lines(caplog, "rootprint.http")[0]["reason"]


def test_a_store_of_another_log_is_our_fault_and_not_the_publishers(
    ledger: Ledger, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    """The newest checkpoint is not by our key: that is damage, not a bad signature of theirs."""
    other = World().log_key
    stranger = Log(ledger.home.store, other, clock=lambda: float(NOW))
    stranger.append([ledger.factor("first")])
    answers = [
        post(client, ledger.factor("second").text),
        client.get("/v1/log/checkpoint"),
        client.get("/health"),
    ]
    assert [(one.status_code, one.json()["code"]) for one in answers] == [(500, "internal")] * 3
    failures = [line["failure"] for line in lines(caplog, "rootprint.http")]
    assert [{"LogDamaged", "BadSignature"} <= set(one) for one in failures] == [True] * 3


def test_a_store_that_contradicts_itself_does_not_show_its_path(
    ledger: Ledger, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row that is refused by the database is reported as our fault, without its words."""
    fuel = ledger.factor()

    def doubled(self: Log, statements: Any, **_: Any) -> None:
        with self.store.write() as tx:
            tx.statements.put([*statements, *statements])

    monkeypatch.setattr(Log, "append", doubled)
    answer = post(client, fuel.text)
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "store" not in answer.text
