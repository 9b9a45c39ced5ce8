"""Plain forms are narrower than the rules they are made of, and never wider."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.ledger.core.canonical import decode, encode
from rootprint.ledger.core.encoding import b64url_bytes
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import footprint, kinds, parts, pcf, plain, rules
from rootprint.ledger.core.schema.hidden import HIDDEN, VARIANT_CODE
from rootprint.ledger.core.schema.rules import Together
from rootprint.ledger.core.sdjwt import split
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.evidence import read as read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CASES = Path(__file__).parents[1] / "conformance" / "cases"
SMALL = {
    "text": rules.text,
    "any text": rules.any_text,
    "boolean": rules.boolean,
    "decimal": rules.decimal,
    "not negative": rules.not_negative,
    "not positive": rules.not_positive,
    "positive": rules.positive,
    "percent": rules.percent,
    "rating": rules.rating,
    "digest": rules.digest,
    "time": rules.time,
    "did": rules.did,
    "urn": rules.urn,
    "placeholder": rules.placeholder,
    "padded slots": rules.padded_slots,
    "origin": kinds.origin,
    "few integers": rules.integer(3, 30),
    "many integers": rules.integer(0, rules.MAX_SLOTS - 1),
    "code": VARIANT_CODE,
    "unit of a factor": pcf.factor_unit,
    "amount": parts.amount,
    "amount of a line": parts.line_amount,
    "numbers": rules.array(rules.decimal, 0, 3),
    "one of its kind": rules.array(rules.urn, most=64, unique=True),
    "figures by name": rules.mapping(rules.one_of("b", "a", "c"), rules.decimal),
}
_PIECES = st.one_of(
    st.sampled_from(["0", "1", "9", "00", "10", "100", "34", "-", "-0", ".", ".0", "5", "6", "31"]),
    st.sampled_from(
        ["T", "Z", "2024-02-29T00:00:00Z", "2023-02-29T00:00:00Z", " ", "+", "\\", '"']
    ),
    st.sampled_from(["did:web:", "urn:a1:", "sha256:", "a" * 64, "é", "\u200b", "\x7f", "\n", "a"]),
)
_DECIMALS = st.from_regex(
    r"-?[0-9]{0,3}(\.[0-9]{0,3})?|-?[0-9]{0,36}(\.[0-9]{0,36})?", fullmatch=True
)
_TEXTS = st.one_of(st.lists(_PIECES, max_size=12).map("".join), _DECIMALS)
# Patterns that look ahead are no help in making what they match.
DRAWN = [
    name
    for name, rule in SMALL.items()
    if "(?=[0-9" not in str(plain.pattern(rule))
    and "(?=[^" not in str(plain.pattern(rule))
    and "(?=[0." not in str(plain.pattern(rule))
]


def _keeps(rule: rules.Rule, value: Any) -> bool:
    try:
        rule(value, "it")
    except Refused:
        return False
    return True


def _canonical(data: bytes) -> Any:
    return decode(data, what="it")


@pytest.mark.parametrize("name", DRAWN)
@given(data=st.data())
def test_what_matches_a_pattern_is_canonical_and_keeps_its_rule(
    name: str, data: st.DataObject
) -> None:
    rule = SMALL[name]
    text = plain.pattern(rule)
    assert text is not None
    found = data.draw(st.from_regex(re.compile(text.encode()), fullmatch=True))
    rule(_canonical(found), name)


@pytest.mark.parametrize("name", SMALL)
@given(value=st.one_of(_TEXTS, st.integers(-5, 9000), st.booleans()))
def test_no_value_is_plain_that_its_rule_refuses(name: str, value: Any) -> None:
    rule = SMALL[name]
    text = plain.pattern(rule)
    assert text is not None
    if re.fullmatch(text.encode(), encode(value)):
        assert _keeps(rule, value)


Judge = tuple["re.Pattern[bytes]", "Callable[[Any], None]"]


def _payload(value: Any) -> None:
    kinds.PAYLOAD(value, "payload")
    rule = footprint.rule_of(value["credentialSubject"]["role"])
    assert rule is not None
    rule(value["credentialSubject"], "credentialSubject")
    assert value["type"] == [kinds.CREDENTIAL, kinds.FOOTPRINT]


def _judges(kind: str, name: str) -> Judge:
    rule = HIDDEN[kind][name].opened
    alone = rule.rule if isinstance(rule, Together) else rule

    def judge(value: Any) -> None:
        salt, opened = value
        assert len(b64url_bytes(salt, what="salt")) == 16
        alone(opened, name)

    return plain.OPENED[kind][name].made(), judge


def _documents() -> Iterator[tuple[bytes, Judge]]:
    """Yield payloads and disclosures of the conformance cases, each with how it is judged."""
    payloads = [(form.made(), _payload) for _, form in plain.PAYLOADS]
    seen = set()
    for path in sorted(CASES.rglob("evidence.gz"))[::12]:
        try:
            texts = read_file(path.read_bytes()).statements.values()
            read = [(parse_statement(text), split(text)[0]) for text in texts]
        except (Refused, ValueError, KeyError, TypeError):
            continue
        for statement, jwt in read:
            if statement.digest in seen:
                continue
            seen.add(statement.digest)
            if statement.kind == kinds.FOOTPRINT:
                role = footprint.ROLES.index(statement.subject["role"])
                yield b64url_bytes(jwt.split(".")[1], what="payload"), payloads[role]
            try:
                opened = statement.sources
            except Refused:
                continue
            for (name, _), encoded in opened.items():
                yield b64url_bytes(encoded, what="disclosure"), _judges(statement.kind, name)


_BITS = [b",", b"{", b"}", b"[", b"]", b'"', b":", b"0", b"-", b"1", b" ", b"\\u0041", b".", b"e1",
         b"null", b"true", b'""', b'"a":1,', b"\xc3\xa9", b"9" * 20]  # fmt: skip


def _changed(document: bytes, draw: random.Random) -> bytes:
    """Return a document with something taken out, put in, said twice or moved."""
    begin = draw.randrange(len(document))
    end = min(len(document), begin + draw.choice((0, 1, 1, 2, 5, 20)))
    if draw.random() < 0.4:  # whole members and items
        commas = [place.start() for place in re.finditer(b"[,{\\[}\\]]", document)]
        begin, end = sorted(draw.sample(commas, 2))
        end = min(end, begin + 400)
    piece = draw.choice((b"", draw.choice(_BITS), document[begin:end] * 2))
    return document[:begin] + piece + document[end:]


def test_no_changed_document_is_plain_that_is_refused_member_by_member() -> None:
    draw, plain_ones, documents = random.Random(6), 0, list(_documents())
    assert len(documents) > 100
    for document, (found, judge) in documents:
        plain_ones += found.fullmatch(document) is not None
        for _ in range(60):
            changed = _changed(document, draw)
            if found.fullmatch(changed):
                judge(_canonical(changed))
    assert plain_ones > len(documents) * 0.7, "a form that nothing has shows nothing"


def test_a_form_is_asked_many_times_before_it_is_made() -> None:
    form = plain.Form(rules.boolean)
    asked = [form.shows(b"true") for _ in range(plain.FIRST + 1)]
    assert asked == [False] * plain.FIRST + [True]
