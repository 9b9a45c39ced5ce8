"""Many at once: every answer is true, the log stays one log, and who is too many gets an answer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import pytest

from rootprint.api.http import Settings
from rootprint.ledger.core.merkle import verify_consistency
from rootprint.ledger.log import Log, fsck
from tests.http.ledger import Ledger, post, verify_receipt

THREADS = 20


def test_20_threads_publish_distinct_statements_and_all_get_valid_receipts(
    ledger: Ledger,
) -> None:
    client = ledger.client()
    texts = [ledger.factor(f"fuel-{number}").text for number in range(THREADS)]
    start = Barrier(THREADS)

    def publish(text: str) -> Any:
        start.wait()
        return post(client, text)

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(publish, texts))
    assert [answer.status_code for answer in answers] == [201] * THREADS
    assert sorted(answer.json()["index"] for answer in answers) == list(range(THREADS))
    newest = ledger.log.checkpoint().checkpoint
    for text, answer in zip(texts, answers, strict=True):
        size = verify_receipt(answer.json(), text, ledger.log.note_key)
        path = ledger.log.consistency(size, newest.size)
        verify_consistency(size, newest.size, ledger.log.root(size), newest.root, path)
    assert fsck(ledger.home.store, ledger.log.note_key).signatures == THREADS


def test_the_same_bytes_from_20_threads_are_logged_once(ledger: Ledger) -> None:
    client, text = ledger.client(), ledger.factor().text
    start = Barrier(THREADS)

    def publish(_: int) -> Any:
        start.wait()
        return post(client, text)

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(publish, range(THREADS)))
    codes = sorted(answer.status_code for answer in answers)
    assert codes == [200] * (THREADS - 1) + [201]
    assert {answer.json()["index"] for answer in answers} == {0}
    assert ledger.log.size == 1


@pytest.mark.parametrize(
    "settings", [Settings(publishers=2, turn_seconds=0.2), Settings(publishers=1)]
)
def test_who_gets_no_turn_or_no_place_shall_retry_and_reading_goes_on(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    client = ledger.client(settings)
    slow, second = ledger.factor("slow").text, ledger.factor("second").text
    appending, go_on = Event(), Event()
    append = Log.append

    def held(self: Log, *arguments: Any, **options: Any) -> Any:
        appending.set()
        assert go_on.wait(10)
        return append(self, *arguments, **options)

    monkeypatch.setattr(Log, "append", held)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(post, client, slow)
        assert appending.wait(10)
        waited = post(client, second)
        assert (waited.status_code, waited.json()["code"]) == (503, "unavailable")
        assert waited.headers["retry-after"] == "5"
        assert client.get("/health").json()["log"]["size"] == 0
        go_on.set()
        assert first.result().status_code == 201
    assert post(client, second).status_code == 201
