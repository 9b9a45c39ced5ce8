"""No route says of a hidden recipe what its caller may not see, whatever the folder keeps.

The ledger that serves keeps all that the maker's part discloses. What others publish of what it
rests on, kind by kind, ``tests/http/test_hidden.py`` holds.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pytest
from fastapi.testclient import TestClient

from rootprint.api.http import create_app
from rootprint.api.main import verifier_page
from rootprint.api.service import Workspace
from rootprint.ledger.core.sdjwt import MEDIA_TYPE
from rootprint.ledger.core.statement import parse_statement
from tests.cli.story import MAKER
from tests.leaks.commands import drafts
from tests.leaks.masked import entries, masked, stored
from tests.leaks.worlds import RECORDS, tell_nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rootprint.ledger.core.statement import Statement
    from tests.leaks.worlds import World

pytestmark = [pytest.mark.chain, pytest.mark.slow]
# What an answer has by chance or by the length of a proof; all its other headers are compared.
BY_CHANCE: Final = {"x-request-id", "content-length", "date"}


@dataclass
class Caller:
    """Somebody on the network, and the world of the ledger that answers."""

    client: TestClient
    world: World

    def __call__(self, method: str, path: str, content: str | bytes = b"", **headers: str) -> str:
        """Return status, headers and body."""
        answer = self.client.request(
            method, path.format(**self.world.names), content=content,
            headers={name.replace("_", "-"): value for name, value in headers.items()},
            follow_redirects=False,
        )  # fmt: skip
        kept = {name: one for name, one in answer.headers.items() if name not in BY_CHANCE}
        return json.dumps([answer.status_code, kept]) + "\n" + answer.text


def _asks(*given: tuple[str, str]) -> Callable[[Caller], Iterator[str]]:
    def scene(caller: Caller) -> Iterator[str]:
        for method, path in given:
            yield caller(method, path)

    return scene


def _gets(*paths: str) -> Callable[[Caller], Iterator[str]]:
    return _asks(*(("GET", path) for path in paths))


def _signed(world: World, name: str) -> Statement:
    return parse_statement(world.file(f"{name}.sdjwt").read_text().strip())


def _post(caller: Caller) -> Iterator[str]:
    """Publish the OEM's, right and wrong, with its disclosures and without; and the maker's."""
    world = caller.world
    texts = []
    for _, draft in drafts(world):
        answer = world.bare("sign", "-", "--as", "oem", stdin=json.dumps(draft))
        if answer.code == 0:
            text = answer.out.strip()
            texts += [text, parse_statement(text).bare.text]
    for name in (*RECORDS, "part", "word", "car"):
        texts.append(_signed(world, name).text)
    for text in (*texts, *texts, texts[0][:-9], f"{texts[-1]}WyJh~", "", "{}"):
        yield caller("POST", "/v1/statements", text, content_type=MEDIA_TYPE)
    yield caller("POST", "/v1/statements", texts[0], content_type="text/plain")


def _keys(caller: Caller) -> Iterator[str]:
    statement = _signed(caller.world, "part")
    path = f"/v1/keys/{statement.kid}"
    jwk = caller.client.get(path).text
    for did in (MAKER, "did:web:oem.example"):
        put = f"/v1/organisations/{did}/keys/{statement.kid}"
        yield caller("PUT", put, jwk, content_type="application/jwk+json")
    yield caller("PUT", f"/v1/organisations/{MAKER}/keys/abc", jwk, content_type="application/json")


def _key(caller: Caller) -> Iterator[str]:
    statement = _signed(caller.world, "part")
    for kid in (statement.kid, "abc"):
        yield caller("GET", f"/v1/keys/{kid}")


SCENES: Final[dict[tuple[str, str], Callable[[Caller], Iterator[str]]]] = {
    ("GET", "/openapi.json"): _gets("/openapi.json"),
    ("POST", "/v1/statements"): _post,
    ("GET", "/v1/statements/{digest}"): _gets(
        "/v1/statements/{part}", "/v1/statements/{word}", "/v1/statements/{fuel}",
        "/v1/statements/part", "/v1/statements/{part}~",
        *(f"/v1/statements/{{{name}}}" for name in RECORDS),
    ),
    ("GET", "/v1/statements/{digest}/proof"): _gets(
        "/v1/statements/{part}/proof", "/v1/statements/{part}/proof?size=2",
        "/v1/statements/{part}/proof?size=4", "/v1/statements/part/proof",
    ),
    ("GET", "/v1/log/checkpoint"): _gets("/v1/log/checkpoint"),
    ("GET", "/v1/log/checkpoint/{size}"): _gets("/v1/log/checkpoint/2", "/v1/log/checkpoint/99"),
    ("GET", "/v1/log/consistency"): _gets(
        "/v1/log/consistency?old=2&new=4", "/v1/log/consistency?old=4&new=2"
    ),
    ("GET", "/v1/log/entry/{index}"): _gets("/v1/log/entry/2", "/v1/log/entry/999"),
    ("PUT", "/v1/organisations/{did}/keys/{kid}"): _keys,
    ("GET", "/v1/keys/{kid}"): _key,
    ("GET", "/health"): _gets("/health"),
    ("GET", "/"): _gets("/"),
    ("GET", "/verifier"): _gets("/verifier"),
    ("GET", "/verifier/{name:path}"): _gets("/verifier/", "/verifier/verify.js", "/verifier/x"),
    # What is no route.
    ("DELETE", "anything"): _asks(("DELETE", "/v1/statements/{part}"), ("GET", "/v1/{part}")),
}  # fmt: skip


@dataclass
class Served:
    """What a world's ledger answered and wrote down, and which routes it has."""

    answers: dict[tuple[str, str], list[str]]
    log: list[str]
    routes: set[tuple[str, str]]
    stored: str
    names: dict[str, str]


class _Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@pytest.fixture(scope="module")
def served(worlds: list[World]) -> list[Served]:
    return [_served(world) for world in worlds]


def _served(world: World) -> Served:
    lines, logger = _Lines(), logging.getLogger("rootprint.http")
    level = logger.level
    logger.addHandler(lines)
    logger.setLevel(logging.DEBUG)
    try:
        with Workspace.open(world.kept.home, passphrase=None) as workspace:
            app = create_app(workspace.home, workspace.log(), page=verifier_page(), clock=lambda: 0)
            client = TestClient(app, raise_server_exceptions=False)
            caller = Caller(client, world)
            answers = {name: list(scene(caller)) for name, scene in SCENES.items()}
            routes = set(_routes(app.routes))
    finally:
        logger.removeHandler(lines)
        logger.setLevel(level)
    names = entries(world.bare.home) | entries(world.kept.home)
    return Served(answers, lines.lines, routes, stored(world.kept.home), names)


def _routes(found: list[Any]) -> Iterator[tuple[str, str]]:
    """Yield method and path of every route; one that is made in another way fails the test."""
    for route in found:
        inner = getattr(route, "original_router", route)
        if hasattr(inner, "path"):
            yield from ((method, inner.path) for method in inner.methods - {"HEAD"})
        else:
            yield from _routes(inner.routes)


def test_every_route_has_a_scene(served: list[Served]) -> None:
    for one in served:
        assert one.routes == set(SCENES) - {("DELETE", "anything")}


@pytest.mark.parametrize("name", SCENES, ids=" ".join)
def test_both_worlds_are_answered_alike(
    name: tuple[str, str], served: list[Served], worlds: list[World]
) -> None:
    one, other = (
        [masked(answer, world, given.names) for answer in given.answers[name]]
        for given, world in zip(served, worlds, strict=True)
    )
    assert one
    assert one == other
    tell_nothing(answer for given in served for answer in given.answers[name])


def test_publishing_was_answered_in_every_way(served: list[Served]) -> None:
    """Else the scenes would compare nothing but refusals."""
    answers = served[0].answers["POST", "/v1/statements"]
    assert {json.loads(answer.partition("\n")[0])[0] for answer in answers} >= {200, 201, 415, 422}


def test_the_operators_log_holds_nothing_of_it(served: list[Served], worlds: list[World]) -> None:
    one, other = (
        [masked(_without_chance(line), world, given.names) for line in given.log]
        for given, world in zip(served, worlds, strict=True)
    )
    assert one
    assert one == other
    tell_nothing(line for given in served for line in given.log)


def _without_chance(line: str) -> str:
    said = json.loads(line)
    chance = {"time", "request", "milliseconds"}
    return json.dumps({name: one for name, one in said.items() if name not in chance})


def test_what_callers_published_is_stored_without_what_they_disclosed(
    served: list[Served], worlds: list[World]
) -> None:
    # Behind what maker, publishers and auditor published: all that is named but the car.
    fresh = [
        given.stored.split("\n")[len(world.names) - 1 :]
        for given, world in zip(served, worlds, strict=True)
    ]
    one, other = (
        [masked(text, world, given.names) for text in texts]
        for texts, given, world in zip(fresh, served, worlds, strict=True)
    )
    assert one
    assert one == other
    assert all(text.count("~") == 1 for texts in fresh for text in texts)
