"""The file: written and read back, bounded, closed, and holding what the walk looks at."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.canonical import decode, encode
from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.core.sdjwt import MAX_BYTES as MAX_STATEMENT_BYTES
from rootprint.ledger.evidence import (
    MAX_BYTES,
    MEDIA_TYPE,
    VERSION,
    bundle,
    read,
    write,
)
from rootprint.ledger.verify import Report, Verdict
from tests.support.world import World

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

Json = dict[str, Any]


class Pair:
    """A product and its factor, anchored, as evidence."""

    def __init__(self) -> None:
        world = self.world = World()
        self.fuel = world.publish(world.factor("fuel"))
        lines = [world.line(self.fuel, "200", "gram")]
        self.subject = world.publish(world.product("part", lines))
        world.anchor()
        self.data = world.evidence(self.subject)
        self.value: Json = decode(self.data, what="evidence", max_string=MAX_STATEMENT_BYTES)

    def verify(self, data: bytes) -> Report:
        """Verify other bytes under this world's trust."""
        world = self.world
        return world.verifier(self.subject).verify(data)


@pytest.fixture(scope="module")
def pair() -> Pair:
    return Pair()


def _written(value: Json) -> bytes:
    return encode(value, max_string=MAX_STATEMENT_BYTES)


def _digests(statements: list[Statement]) -> set[bytes]:
    return {statement.digest for statement in statements}


def test_what_is_written_is_read_back(pair: Pair) -> None:
    held = read(pair.data)
    assert held.subject == pair.subject.digest
    assert set(held.statements) == _digests([pair.fuel, pair.subject])
    assert write(held, made=pair.world.now) == pair.data


def test_one_content_has_one_file(pair: Pair) -> None:
    """Whoever collects in another order writes the same bytes."""
    held = read(pair.data)
    for members in (held.statements, held.keys, held.records):
        turned = list(members.items())[::-1]
        members.clear()
        members.update(turned)
    assert write(held, made=pair.world.now) == pair.data


@pytest.mark.parametrize("name", ["keys", "records", "statements"])
def test_another_order_is_refused(pair: Pair, name: str) -> None:
    """Bug: swapping two of them changed the file and nothing noticed."""
    with pytest.raises(Refused, match=f"evidence.{name} does not rise"):
        read(_written({**pair.value, name: pair.value[name][::-1]}))


def test_the_media_type_has_the_version() -> None:
    assert f"application/vnd.rootprint.evidence+json;v={VERSION}" == MEDIA_TYPE


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"version": 1}, "evidence.version"),
        ({"more": 1}, "does not know"),
        ({"made": "now"}, "evidence.made"),
        ({"statements": []}, "evidence.statements"),
        ({"subject": "sha256:" + "11" * 32}, "nothing to verify"),
        ({"keys": [{"kty": "RSA"}]}, "a key is not a JWK"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(pair: Pair, changes: Json, expected: str) -> None:
    with pytest.raises(Refused, match=expected):
        read(_written({**pair.value, **changes}))


@pytest.mark.parametrize("name", ["version", "subject", "made", "keys", "records", "statements"])
def test_no_member_may_be_missing(pair: Pair, name: str) -> None:
    rest = {member: value for member, value in pair.value.items() if member != name}
    with pytest.raises(Refused, match=f"lacks {name}"):
        read(_written(rest))


@pytest.mark.parametrize("name", ["keys", "records", "statements"])
def test_nothing_may_stand_twice(pair: Pair, name: str) -> None:
    twice = {**pair.value, name: [*pair.value[name], pair.value[name][-1]]}
    with pytest.raises(Refused, match="twice"):
        read(_written(twice))


def test_a_consistency_proof_needs_a_log_proof(pair: Pair) -> None:
    item = {"sdJwt": pair.value["statements"][0]["sdJwt"], "consistency": ["AAAA"]}
    with pytest.raises(Refused, match="without a log proof"):
        read(_written({**pair.value, "statements": [item, *pair.value["statements"][1:]]}))


def test_its_length_is_bounded_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MAX_BYTES", 100)
    with pytest.raises(TooLarge, match="longer than 100 bytes"):
        read(b"x" * 101)
    assert MAX_BYTES == 256 * 1024 * 1024


def test_the_number_of_statements_is_bounded(pair: Pair) -> None:
    item = {"sdJwt": "x"}
    with pytest.raises(Refused, match=r"evidence\.statements is not an array of 1 to 100000"):
        read(_written({**pair.value, "statements": [item] * 100_001}))


def test_a_statement_beyond_its_own_limit_is_refused(pair: Pair) -> None:
    jwt = pair.value["statements"][0]["sdJwt"]
    long = jwt + "A" * MAX_STATEMENT_BYTES + "~"
    data = json.dumps({**pair.value, "statements": [{"sdJwt": long}]}, separators=(",", ":"))
    with pytest.raises(TooLarge):
        read(data.encode())


def test_a_deep_record_is_refused_before_anything_else(pair: Pair) -> None:
    deep = b"[" * 5000 + b"]" * 5000
    with pytest.raises(Refused):
        read(pair.data.replace(b'"records":[', b'"records":[' + deep + b","))


def test_a_file_that_can_not_be_read_fails_check_0(pair: Pair) -> None:
    for data in (b"", b"{}", b"[]", b"null", b"\xff\xfe", pair.data[:-1], pair.data + b"\n"):
        report = pair.verify(data)
        assert report.verdict is Verdict.FAILED
        assert report.deciding is not None
        assert report.deciding[1].number == 0
        assert report.json()["statements"] == []


def test_a_pending_statement_has_a_file_that_can_be_read() -> None:
    """Bug: no record is asked for of what is not anchored, and an empty list was refused."""
    world = World()
    subject = world.publish(world.factor("fuel"))
    world.chain.mine()
    data = world.evidence(subject)
    assert decode(data, what="evidence", max_string=MAX_STATEMENT_BYTES)["records"] == []
    report = world.verifier(subject).verify(data)
    assert report.verdict is Verdict.INCOMPLETE


def test_what_nothing_needs_is_named_only_once_the_walk_is_whole(pair: Pair) -> None:
    """Bug: a missing statement made its own key and record look unneeded, and the file failed."""
    items = [
        item
        for item in pair.value["statements"]
        if not item["sdJwt"].startswith(pair.fuel.envelope.jwt)
    ]
    report = pair.verify(_written({**pair.value, "statements": items}))
    assert report.verdict is Verdict.INCOMPLETE
    assert "check 7" in report.unmet[0]
    assert "what needs it is what is missing" in report.unmet[-1]
