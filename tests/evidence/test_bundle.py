"""The file: written and read back, bounded, closed, and holding what the walk looks at."""

from __future__ import annotations

import gzip
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.encoding import b64url
from rootprint.ledger.core.errors import NotReadable, Refused, TooLarge
from rootprint.ledger.evidence import (
    MAX_BYTES,
    MEDIA_TYPE,
    VERSION,
    bundle,
    container,
    lines,
    read,
    restored,
    write,
)
from rootprint.ledger.evidence.container import pack
from rootprint.ledger.verify import Report, Verdict
from tests.support.evidence_file import digest_of, opened, packed, raw_lines
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
        self.value: Json = opened(self.data)

    def verify(self, data: bytes) -> Report:
        """Verify other bytes under this world's trust."""
        world = self.world
        return world.verifier(self.subject).verify(data)


@pytest.fixture(scope="module")
def pair() -> Pair:
    return Pair()


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
        read(packed({**pair.value, name: pair.value[name][::-1]}))


def test_the_media_type_has_the_version() -> None:
    assert f"application/vnd.rootprint.evidence+gzip;v={VERSION}" == MEDIA_TYPE


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"version": 2}, "evidence of version 2"),
        ({"more": 1}, "does not know"),
        ({"made": "now"}, "evidence.made"),
        ({"statements": []}, "one that no statement names"),
        ({"proofs": {"checkpoints": []}}, "evidence.proofs lacks nodes"),
        ({"subject": "sha256:" + "11" * 32}, "nothing to verify"),
        ({"keys": [{"kty": "RSA"}]}, "a key is not a JWK"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(pair: Pair, changes: Json, expected: str) -> None:
    with pytest.raises(Refused, match=expected):
        read(packed({**pair.value, **changes}))


@pytest.mark.parametrize("name", ["version", "subject", "made", "keys", "records", "proofs"])
def test_no_member_may_be_missing(pair: Pair, name: str) -> None:
    rest = {member: value for member, value in pair.value.items() if member != name}
    unlike_any = name in {"subject", "proofs"}
    with pytest.raises(Refused, match="no evidence file" if unlike_any else f"lacks {name}"):
        read(packed(rest))


@pytest.mark.parametrize("name", ["keys", "records", "statements"])
def test_nothing_may_stand_twice(pair: Pair, name: str) -> None:
    twice = {**pair.value, name: [*pair.value[name], pair.value[name][-1]]}
    with pytest.raises(Refused, match="twice"):
        read(packed(twice))


def test_its_length_is_bounded_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MAX_BYTES", 100)
    with pytest.raises(TooLarge, match="longer than 100 bytes"):
        read(b"x" * 101)
    assert MAX_BYTES == 256 * 1024 * 1024


def test_the_number_of_statements_is_bounded(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MAX_STATEMENTS", 1)
    with pytest.raises(TooLarge, match="more than 1 statements"):
        read(pair.data)


def test_a_statement_beyond_its_own_limit_is_refused(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "MAX_BYTES", 1000)
    with pytest.raises(TooLarge, match="a statement is longer than 1000 bytes"):
        read(pair.data)


def test_a_deep_record_is_refused_before_anything_else(pair: Pair) -> None:
    head, *statements = raw_lines(pair.data)
    deep = b"[" * 5000 + b"]" * 5000
    with pytest.raises(Refused):
        read(pack([head.replace(b'"records":[', b'"records":[' + deep + b","), *statements]))


def test_a_statement_that_is_not_canonical_can_not_be_written(pair: Pair) -> None:
    """Its signed text would not follow from its parts: who exports is told so."""
    held = read(pair.data)
    jwt, _, rest = held.statements[pair.subject.digest].partition("~")
    header, _, signature = jwt.split(".")
    spaced = b64url(b'{"a": 1}')
    for other in (
        f"{header}.{spaced}.{signature}~{rest}",
        f"{jwt}=~{rest}",
        jwt,
        f"{jwt}~{spaced}~",
    ):
        held.statements[pair.subject.digest] = other
        with pytest.raises(Refused, match="can't be written as evidence"):
            write(held, made=pair.world.now)


def test_what_is_in_a_file_is_the_text_that_was_signed(pair: Pair) -> None:
    held = read(pair.data)
    for statement in (pair.fuel, pair.subject):
        assert held.statements[statement.digest] == statement.text


def test_a_file_with_something_wrong_in_it_fails_check_0(pair: Pair) -> None:
    for changes in ({"keys": {}}, {"subject": 7}, {"statements": []}, {"version": "3"}):
        report = pair.verify(packed({**pair.value, **changes}))
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
    assert opened(data)["records"] == []
    report = world.verifier(subject).verify(data)
    assert report.verdict is Verdict.INCOMPLETE


def test_what_nothing_needs_is_named_only_once_the_walk_is_whole(pair: Pair) -> None:
    """Bug: a missing statement made its own key and record look unneeded, and the file failed."""
    items = [item for item in pair.value["statements"] if digest_of(item) != pair.fuel.digest]
    report = pair.verify(packed({**pair.value, "statements": items}))
    assert report.verdict is Verdict.INCOMPLETE
    assert "check 7" in report.unmet[0]
    assert "what needs it is what is missing" in report.unmet[-1]


def test_what_is_no_evidence_file_says_nothing(pair: Pair) -> None:
    """Whatever is done to the layout or the length: the answer is neither yes nor no."""
    spaced = pack(json.dumps(json.loads(line)).encode() for line in raw_lines(pair.data))
    for data in (b"", b" ", b"null", b"{}", b"[]", b"%PDF-1.4", b"\xff\xfe", pair.data[:-1],
                 pair.data + b"\n", spaced, b"\x00" * 99, gzip.decompress(pair.data)):  # fmt: skip
        report = pair.verify(data)
        assert report.verdict is Verdict.NOT_READABLE
        assert (report.exit_code, report.deciding, report.total) == (5, None, None)
        assert report.file_check.reason
        with pytest.raises(NotReadable, match="not readable"):
            report.require()


def test_layout_and_packing_alone_are_restored(pair: Pair) -> None:
    values = [json.loads(line) for line in raw_lines(pair.data)]
    for ascii_only in (False, True):
        saved = [json.dumps(value, ensure_ascii=ascii_only).encode() for value in values]
        for content in (b"\n".join(saved), b"\xef\xbb\xbf" + b"\r\n".join(saved) + b"\r\n"):
            assert restored(content) == pair.data
            for level in (1, 9):
                assert restored(gzip.compress(content, level, mtime=1_790_000_000)) == pair.data


def test_what_another_program_packed_is_restored_once_it_is_whole(pair: Pair) -> None:
    named = io.BytesIO()
    with gzip.GzipFile("a name", "wb", fileobj=named) as file:
        file.write(gzip.decompress(pair.data))
    data = named.getvalue()
    assert pair.verify(data).verdict is Verdict.NOT_READABLE
    assert restored(data) == pair.data
    for broken in (data[:-1], data + b"x", data + data, data[:40] + b"\x00" + data[41:]):
        with pytest.raises(NotReadable, match="one whole member of gzip"):
            restored(broken)


def test_whatever_packed_it_with_a_plain_header_is_read(pair: Pair) -> None:
    """How hard a program compressed says nothing: the same lines, the same verdict."""
    content = gzip.decompress(pair.data)
    for level in range(10):
        report = pair.verify(gzip.compress(content, level, mtime=0))
        assert report.verdict is Verdict.VERIFIED


def test_each_turned_bit_of_the_container_is_noticed(pair: Pair) -> None:
    for place in {*range(20), *range(20, len(pair.data), 97), *range(-8, 0)}:
        data = bytearray(pair.data)
        data[place] ^= 0x10
        report = pair.verify(bytes(data))
        harmless = place in {8, 9}  # how hard was compressed, and on what system
        assert (report.verdict is Verdict.VERIFIED) == harmless, place


def test_what_is_unpacked_is_bounded(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MAX_OPENED", 1000)
    with pytest.raises(TooLarge, match="longer than 1000 bytes when it is unpacked"):
        read(pair.data)
    monkeypatch.setattr(container, "MAX_OPENED", 1 << 20)
    monkeypatch.setattr(container, "MAX_LINE", 1000)
    with pytest.raises(TooLarge, match="a line of the evidence file is longer than 1000 bytes"):
        read(pair.data)
    monkeypatch.setattr(container, "MAX_HEAD", 10)
    with pytest.raises(TooLarge, match="longer than 10 bytes"):
        read(pair.data)


def test_what_is_broken_further_on_counts_before_what_is_wrong(pair: Pair) -> None:
    wrong = packed({**pair.value, "more": 1})
    assert pair.verify(wrong).verdict is Verdict.FAILED
    assert pair.verify(wrong[:-1]).verdict is Verdict.NOT_READABLE
