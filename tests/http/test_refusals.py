"""What POST /v1/statements refuses, with which status, and how little it tells a forger."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.encoding import b64url, b64url_bytes, digest_text
from rootprint.ledger.core.keys import P256_ORDER, SigningKey
from rootprint.ledger.core.sdjwt import MAX_BYTES
from rootprint.ledger.core.seal import seal
from tests.http.ledger import Ledger, post
from tests.support.statements import raw, sign_raw
from tests.support.world import ORIGIN, PUBLISHER, SUPPLIER

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi.testclient import TestClient

    from rootprint.ledger.core.statement import Statement

NO_RIGHT = "the signature gives no right to publish this statement here"


def refused(answer: Any, status: int, code: str, words: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert set(answer.json()) == {"code", "message", "remedy"}
    assert words in answer.json()["message"]


def signature_changed(statement: Statement, change: Callable[[int, int], tuple[int, int]]) -> str:
    signature = statement.envelope.signature
    r, s = change(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
    head = statement.envelope.jwt.rpartition(".")[0]
    return f"{head}.{b64url(r.to_bytes(32) + s.to_bytes(32))}~"


def high_s(ledger: Ledger) -> str:
    return signature_changed(ledger.factor(), lambda r, s: (r, P256_ORDER - s))


def another_signature(ledger: Ledger) -> str:
    return signature_changed(ledger.factor(), lambda r, s: (r, s - 1))


def unsigned(ledger: Ledger) -> str:
    return f"{ledger.factor().envelope.jwt.rpartition('.')[0]}.~"


def unknown_key(ledger: Ledger) -> str:
    draft = ledger.world.factor("fuel")
    return seal(draft, SigningKey.generate(), ORIGIN).text


def anothers_key(ledger: Ledger) -> str:
    return seal(ledger.world.factor("fuel"), ledger.world.keys[SUPPLIER], ORIGIN).text


def another_role(ledger: Ledger) -> str:
    draft = {**ledger.world.factor("fuel"), "issuer": SUPPLIER}
    return ledger.signed(draft).text


def suspended(ledger: Ledger) -> str:
    ledger.world.chain.suspend(PUBLISHER)
    ledger.world.chain.mine()
    return ledger.factor().text


def compromised(ledger: Ledger) -> str:
    chain, key = ledger.world.chain, ledger.world.keys[PUBLISHER]
    chain.report_compromise(PUBLISHER, key.public.thumbprint, chain.block().time)
    chain.mine()
    return ledger.factor().text


def test_every_failed_authentication_gets_the_same_answer_and_its_reason_is_logged(
    ledger: Ledger, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    answers, reasons = [], []
    for make in (
        *(high_s, another_signature, unsigned, unknown_key, anothers_key),
        *(another_role, compromised, suspended),
    ):
        caplog.clear()
        answer = post(client, make(ledger))
        refused(answer, 403, "not_authorised", NO_RIGHT)
        answers.append(answer.text)
        written = [record for record in caplog.records if record.name == "rootprint.http"]
        assert [answer.headers["x-request-id"] in one.getMessage() for one in written] == [True]
        reasons.append(written[0].getMessage())
    assert len(set(answers)) == 1
    wanted = (
        *("low s", "is not true", "low s", "is not known here", "not yet added to the issuer"),
        *("not admitted as factor-publisher", "reported as compromised", "compromised"),
    )
    assert [want in reason for want, reason in zip(wanted, reasons, strict=True)] == [True] * 8
    assert ledger.log.size == 0


def test_an_issuer_that_assures_itself_and_another_that_withdraws_get_it_too(
    ledger: Ledger, client: TestClient
) -> None:
    fuel = ledger.factor()
    post(client, fuel.text)
    withdrawal = {
        **ledger.world.about("StatusStatement", fuel, state="withdrawn", reason="Wrong meter"),
        "issuer": SUPPLIER,
    }
    refused(post(client, ledger.signed(withdrawal).text), 403, "not_authorised", NO_RIGHT)


def test_a_statement_for_another_log_is_refused(ledger: Ledger, client: TestClient) -> None:
    draft = ledger.world.factor("fuel")
    text = seal(draft, ledger.world.keys[PUBLISHER], "elsewhere.example/log").text
    refused(post(client, text), 422, "refused", "is meant for log elsewhere.example/log")


def test_a_second_live_number_is_refused_with_the_entry(ledger: Ledger, client: TestClient) -> None:
    first, second = (ledger.factor() for _ in range(2))
    assert post(client, first.text).status_code == 201
    answer = post(client, second.text)
    refused(answer, 409, "in_conflict", f"entry 0 ({digest_text(first.digest)})")
    assert "precedingStatements" in answer.json()["remedy"]
    assert post(client, first.text).status_code == 200


def test_an_input_that_is_not_logged_is_refused(ledger: Ledger, client: TestClient) -> None:
    fuel = ledger.factor()
    part = ledger.signed(ledger.world.product("part", [ledger.world.line(fuel, "2", "kilogram")]))
    refused(post(client, part.text), 422, "refused", "which is not in this log")
    about = ledger.signed(ledger.world.assurance(fuel))
    refused(post(client, about.text), 422, "refused", "it concerns is not in this log")


def test_a_total_that_does_not_follow_from_its_lines_is_refused(
    ledger: Ledger, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    fuel = ledger.factor()
    post(client, fuel.text)
    draft = ledger.world.product("part", [ledger.world.line(fuel, "2", "kilogram")])
    for name in ("pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake"):
        draft["credentialSubject"]["pcf"][name] = "4.00000"
    caplog.set_level("INFO")
    refused(
        post(client, ledger.signed(draft).text),
        422,
        "refused",
        "law 1: the components do not add up",
    )
    assert "4.00000" not in caplog.text  # a disclosed figure is not written down


def test_other_bytes_under_a_used_id_are_refused(ledger: Ledger, client: TestClient) -> None:
    fuel = ledger.factor()
    post(client, fuel.text)
    header, payload = raw(fuel)
    payload["validUntil"] = "2027-06-01T00:00:00Z"
    twin = sign_raw(header, payload, ledger.world.keys[PUBLISHER])
    refused(post(client, twin), 422, "refused", "has published other bytes under")


def with_payload(ledger: Ledger, change: Callable[[bytes], bytes]) -> str:
    """Sign a payload whose bytes were changed: the signature is true, the content is not."""
    head, payload, _ = ledger.factor().envelope.jwt.split(".")
    data = change(b64url_bytes(payload, what="payload"))
    unsigned = f"{head}.{b64url(data)}"
    return f"{unsigned}.{b64url(ledger.world.keys[PUBLISHER].sign(unsigned.encode()))}~"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda data: data.replace(b'"0"', b"0.5", 1), (400, "not_canonical", "written as float")),
        (lambda data: data.replace(b":", b": ", 1), (400, "not_canonical", "not canonical JSON")),
        (lambda _data: b"{", (400, "not_canonical", "is not JSON")),
        (lambda _data: b"[" * 40 + b"]" * 40, (413, "too_large", "deeper than 16 levels")),
        (lambda _data: b'{"a":1}', (422, "refused", "payload")),
    ],
    ids=["float", "space", "cut off", "too deep", "other members"],
)
def test_content_that_breaks_the_format_is_reported_in_full(
    ledger: Ledger,
    client: TestClient,
    change: Callable[[bytes], bytes],
    expected: tuple[int, str, str],
) -> None:
    refused(post(client, with_payload(ledger, change)), *expected)


@pytest.mark.parametrize(
    "body", [b"", b"~", b"hello", b"a.b.c", "grün~".encode(), b"\x00~", b"a.b.c~\n"]
)
def test_bytes_that_are_no_statement_are_refused(client: TestClient, body: bytes) -> None:
    refused(post(client, body), 400, "not_canonical", "statement")


@pytest.mark.parametrize("given", ["application/json", "text/plain", "", "application/sd-jwt"])
def test_another_media_type_is_415(ledger: Ledger, client: TestClient, given: str) -> None:
    answer = post(client, ledger.factor().text, **{"content-type": given})
    refused(answer, 415, "wrong_media_type", "another media type")
    assert "application/vc+sd-jwt" in answer.json()["remedy"]


def test_a_compressed_body_is_415(ledger: Ledger, client: TestClient) -> None:
    body = gzip.compress(ledger.factor().text.encode())
    answer = post(client, body, **{"content-encoding": "gzip"})
    refused(answer, 415, "wrong_media_type", "compressed")


def test_the_limit_is_8_mib_to_the_byte(client: TestClient) -> None:
    refused(
        post(client, b"a" * (MAX_BYTES + 1)), 413, "too_large", f"longer than {MAX_BYTES} bytes"
    )
    refused(post(client, b"a" * MAX_BYTES), 400, "not_canonical", "ends with a tilde")
