"""POST /v1/statements: receipts, repeats, disclosures."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import time_text
from rootprint.ledger.core.entry import entry_of
from rootprint.ledger.core.errors import Unavailable
from rootprint.ledger.core.sdjwt import MEDIA_TYPE
from tests.http.ledger import Ledger, post, verify_receipt
from tests.support.world import PUBLISHER

if TYPE_CHECKING:
    from fastapi.testclient import TestClient


def test_publishing_answers_201_with_a_receipt_that_core_alone_verifies(
    ledger: Ledger, client: TestClient
) -> None:
    fuel = ledger.factor()
    answer = post(client, fuel.text)
    body = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/v1/statements/{body['digest']}"
    assert set(body) == {"digest", "entry", "index", "proof", "anchored", "unanchoredSince"}
    assert (body["index"], body["anchored"]) == (0, False)
    assert base64.b64decode(body["entry"]) == entry_of(fuel)
    assert verify_receipt(body, fuel.text, ledger.log.note_key) == 1


def test_the_same_bytes_again_answer_200_with_the_same_entry_under_the_newest_checkpoint(
    ledger: Ledger, client: TestClient
) -> None:
    fuel, other = ledger.factor(), ledger.factor("other")
    first = post(client, fuel.text).json()
    post(client, other.text)
    again = post(client, fuel.text)
    assert again.status_code == 200
    assert again.headers["location"] == f"/v1/statements/{first['digest']}"
    assert {**again.json(), "proof": 0} == {**first, "proof": 0}
    assert verify_receipt(again.json(), fuel.text, ledger.log.note_key) == 2
    assert ledger.log.size == 2


def test_a_repeat_says_what_the_chain_has_anchored(ledger: Ledger, client: TestClient) -> None:
    fuel, other = ledger.factor(), ledger.factor("other")
    post(client, fuel.text)
    ledger.anchor()
    post(client, other.text)
    anchored = post(client, fuel.text).json()["anchored"]
    assert anchored == {"checkpoint": 0, "size": 1, "time": "2026-09-21T14:13:22Z"}
    assert post(client, other.text).json()["anchored"] is False


def test_the_answer_names_since_when_nothing_was_anchored(
    ledger: Ledger, client: TestClient
) -> None:
    first, other = ledger.factor(), ledger.factor("other")
    since = post(client, first.text).json()["unanchoredSince"]
    oldest = ledger.log.covered_since(0)
    assert oldest is not None
    assert since == time_text(oldest)
    assert post(client, other.text).json()["unanchoredSince"] == since
    ledger.anchor()
    assert post(client, other.text).json()["unanchoredSince"] is None


def test_what_is_logged_is_acknowledged_although_the_chain_can_not_be_read_then(
    ledger: Ledger, client: TestClient
) -> None:
    """The chain goes away between the append and the answer."""
    append = ledger.log.append

    def then_away(*given: Any, **options: Any) -> Any:
        done = append(*given, **options)
        ledger.home.view.block = away  # type: ignore[method-assign]
        return done

    def away(*_: object) -> Any:
        raise Unavailable("the chain is away")

    ledger.log.append = then_away  # type: ignore[method-assign]
    answer = post(client, ledger.factor().text)
    assert (answer.status_code, answer.json()["unanchoredSince"]) == (201, None)


def test_a_repeat_is_answered_even_if_the_key_was_retired_since(
    ledger: Ledger, client: TestClient
) -> None:
    """A publisher whose answer was lost asks again; what was acknowledged stays so."""
    fuel, late = ledger.factor(), ledger.factor("late")
    assert post(client, fuel.text).status_code == 201
    ledger.world.chain.retire_key(PUBLISHER, ledger.world.keys[PUBLISHER].public.thumbprint)
    ledger.world.chain.mine()
    assert post(client, fuel.text).status_code == 200
    assert post(client, late.text).status_code == 403


def test_disclosures_are_judged_and_neither_kept_nor_returned(
    ledger: Ledger, client: TestClient
) -> None:
    fuel = ledger.factor()
    post(client, fuel.text)
    part = ledger.signed(ledger.world.product("part", [ledger.world.line(fuel, "2", "kilogram")]))
    assert part.disclosures
    answer = post(client, part.text)
    assert answer.status_code == 201
    read = client.get(answer.headers["location"])
    assert read.text == part.bare.text
    with ledger.home.store.read() as tx:
        assert tx.statements.disclosures(part.digest) == ()
    stored = ledger.home.store.place.parent
    kept = b"".join(path.read_bytes() for path in stored.iterdir())
    assert part.envelope.jwt.encode() in kept
    assert [one for one in part.disclosures if one.encode() in kept] == []


def test_a_statement_without_its_disclosures_is_the_same_statement(
    ledger: Ledger, client: TestClient
) -> None:
    fuel = ledger.factor()
    post(client, fuel.text)
    part = ledger.signed(ledger.world.product("part", [ledger.world.line(fuel, "2", "kilogram")]))
    assert post(client, part.bare.text).status_code == 201
    assert post(client, part.text).status_code == 200
    misfit = f"{part.envelope.jwt}~{part.disclosures[0]}~{part.disclosures[0]}~"
    answer = post(client, misfit)
    assert answer.status_code == 422
    assert "is disclosed twice" in answer.json()["message"]


def test_assurance_and_withdrawal_are_published_the_same_way(
    ledger: Ledger, client: TestClient
) -> None:
    fuel = ledger.factor()
    assurance = ledger.signed(ledger.world.assurance(fuel))
    withdrawal = ledger.signed(
        ledger.world.about("StatusStatement", fuel, state="withdrawn", reason="Wrong meter")
    )
    receipts = [post(client, one.text) for one in (fuel, assurance, withdrawal)]
    assert [receipt.status_code for receipt in receipts] == [201, 201, 201]
    assert [base64.b64decode(one.json()["entry"])[0] for one in receipts] == [1, 2, 3]


def test_media_type_parameters_and_case_do_not_matter(ledger: Ledger, client: TestClient) -> None:
    content = MEDIA_TYPE.upper() + "; charset=us-ascii"
    answer = post(client, ledger.factor().text, **{"content-type": content})
    assert answer.status_code == 201
