"""Canonical JSON: what is written, what is refused, and another implementation as the judge."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rootprint.ledger.core.canonical import (
    MAX_DEPTH,
    MAX_INTEGER,
    MAX_STRING,
    _ordinary,
    decode,
    encode,
)
from rootprint.ledger.core.errors import NotCanonical, TooLarge

NAMES = st.text(st.characters(max_codepoint=127), max_size=8)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SCALARS = st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXTS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)


def nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth - 1):
        value = [value]
    return value


@given(VALUES)
@example({"\x7f": '\u2028\x7f\u0000/"\\', "a": "\U0001f600", "": [True, None, -1]})
def test_bytes_are_those_of_another_implementation(value: Any) -> None:
    """Whatever encode accepts it writes as the rfc8785 package does."""
    assert encode(value) == rfc8785.dumps(value)


@given(VALUES)
def test_decoding_gives_back_what_was_encoded(value: Any) -> None:
    """Decoding is the inverse of encode, types included."""
    back = decode(encode(value), what="it")
    assert back == value
    assert repr(back) == repr(json.loads(json.dumps(value, sort_keys=True)))


@given(
    VALUES, st.sampled_from([{"indent": 1}, {"separators": (", ", ": ")}, {"ensure_ascii": True}])
)
def test_every_other_spelling_is_refused(value: Any, style: dict[str, Any]) -> None:
    """Another writer's bytes of the same value are refused unless they are the same bytes."""
    options = {"separators": (",", ":"), "ensure_ascii": False, "sort_keys": True, **style}
    data = json.dumps(value, **options).encode()
    if data == encode(value):
        assert decode(data, what="it") == value
    else:
        with pytest.raises(NotCanonical, match="it is not canonical JSON"):
            decode(data, what="it")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b'{"a":1.5}', "written as float", id="float"),
        pytest.param(b"[1.0]", "written as float", id="1.0"),
        pytest.param(b"[1e2]", "written as float", id="exponent"),
        pytest.param(b"[-0.0]", "written as float", id="minus-zero-point-zero"),
        pytest.param(b"[-0]", "not canonical|written as float", id="minus-zero"),
        pytest.param(b"[9007199254740992]", "beyond 2\\^53 - 1", id="2^53"),
        pytest.param(b"[-9007199254740992]", "beyond 2\\^53 - 1", id="-2^53"),
        pytest.param(b"[18446744073709551616]", "written as float|beyond", id="2^64"),
        pytest.param(b'{"a":1,"a":1}', "not canonical", id="duplicate"),
        pytest.param(b'{"a":1,"a":2}', "not canonical", id="duplicate-other-value"),
        pytest.param(b'{"b":1,"a":2}', "not canonical", id="order"),
        pytest.param(b'{"a": 1}', "not canonical", id="inner-space"),
        pytest.param(b' {"a":1}', "not canonical", id="leading-space"),
        pytest.param(b'{"a":1}\n', "not canonical", id="trailing-newline"),
        pytest.param(rb'["\u0041"]', "not canonical", id="escaped-ascii"),
        pytest.param(rb'["\/"]', "not canonical", id="escaped-slash"),
        pytest.param(rb'["\u000A"]', "not canonical", id="newline-as-u-escape"),
        pytest.param(rb'["\u001F"]', "not canonical", id="upper-case-escape"),
        pytest.param(rb'["\u00e9"]', "not canonical", id="escaped-non-ascii"),
        pytest.param(rb'["\ud800"]', "not JSON", id="lone-surrogate"),
        pytest.param(b'["\xed\xa0\x80"]', "not JSON", id="surrogate-in-utf-8"),
        pytest.param(b'["\xff"]', "not JSON", id="not-utf-8"),
        pytest.param(b"\xef\xbb\xbf[]", "not JSON", id="byte-order-mark"),
        pytest.param('{"é":1}'.encode(), "member name is not ASCII", id="non-ascii-name"),
        pytest.param(rb'{"\u0061":1}', "not canonical", id="escaped-name"),
        pytest.param(b"[NaN]", "not JSON", id="NaN"),
        pytest.param(b"[01]", "not JSON", id="leading-zero"),
        pytest.param(b"[1,]", "not JSON", id="trailing-comma"),
        pytest.param(b"[] []", "not JSON", id="two-values"),
        pytest.param(b"", "not JSON", id="nothing"),
    ],
)
def test_bytes_that_are_not_canonical_are_refused(data: bytes, reason: str) -> None:
    """One value has one encoding; every other is refused with what is wrong."""
    with pytest.raises(NotCanonical, match=reason):
        decode(data, what="it")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        pytest.param(1.0, "written as float", id="float"),
        pytest.param(float("nan"), "written as float", id="nan"),
        pytest.param(2**53, "beyond 2\\^53 - 1", id="2^53"),
        pytest.param({"é": 1}, "not ASCII", id="non-ascii-name"),
        pytest.param({1: 1}, "not ASCII", id="number-as-name"),
        pytest.param("\ud800", "not representable", id="lone-surrogate"),
        pytest.param(b"bytes", "written as bytes", id="bytes"),
        pytest.param((1,), "written as tuple", id="tuple"),
    ],
)
def test_values_without_a_canonical_form_are_not_written(value: Any, reason: str) -> None:
    """Writing refuses what reading would refuse, wherever it stands."""
    for place in (value, [value], {"a": [value]}):
        with pytest.raises(NotCanonical, match=reason):
            encode(place)


def test_integers_up_to_the_limit_pass() -> None:
    """±(2^53 - 1) are the last integers that every language holds exactly."""
    assert decode(b"[-9007199254740991,9007199254740991]", what="it") == [
        -MAX_INTEGER,
        MAX_INTEGER,
    ]


def test_depth_sixteen_passes_and_seventeen_does_not() -> None:
    """Nesting counts the value itself; arrays and objects alike."""
    assert decode(encode(nested(MAX_DEPTH)), what="it") == nested(MAX_DEPTH)
    with pytest.raises(TooLarge, match="deeper than 16 levels"):
        encode(nested(MAX_DEPTH + 1))
    with pytest.raises(TooLarge, match="deeper than 16 levels"):
        decode(b"[" * 17 + b"]" * 17, what="it")
    with pytest.raises(TooLarge, match="deeper than 16 levels"):
        decode(b'{"a":' * 16 + b"1" + b"}" * 16, what="it")


@pytest.mark.parametrize("levels", [1_000, 200_000])
def test_absurd_depth_is_refused_without_exhausting_the_stack(levels: int) -> None:
    """A parser's own limit answers before Python's recursion does."""
    with pytest.raises((TooLarge, NotCanonical)):
        decode(b"[" * levels + b"]" * levels, what="it")


@pytest.mark.parametrize("character", ["a", "é", "水", "\U0001f600"])
def test_strings_are_bounded_by_their_bytes(character: str) -> None:
    """64 KiB of UTF-8 pass, one character more does not, as value or as name."""
    most = character * (MAX_STRING // len(character.encode()))
    assert decode(encode([most]), what="it") == [most]
    with pytest.raises(TooLarge, match="longer than 65536 bytes"):
        encode([most + character])
    with pytest.raises(TooLarge, match="longer than 65536 bytes"):
        decode(json.dumps([most + character], ensure_ascii=False).encode(), what="it")


def test_a_member_name_is_bounded_too() -> None:
    """A name is a string like any other."""
    with pytest.raises(TooLarge, match="longer than 65536 bytes"):
        encode({"a" * (MAX_STRING + 1): 1})


def test_a_reader_may_set_another_bound_on_strings() -> None:
    """Evidence holds whole statements as strings; the bound is the caller's to state."""
    long = ["a" * (MAX_STRING + 1)]
    assert (
        decode(encode(long, max_string=MAX_STRING + 1), what="it", max_string=MAX_STRING + 1)
        == long
    )
    with pytest.raises(TooLarge, match="longer than 3 bytes"):
        encode(["abcd"], max_string=3)


@given(
    st.binary(max_size=64)
    | st.text(st.sampled_from('[]{}",:0129.-eE truefalsn\\u'), max_size=24).map(str.encode)
)
@settings(max_examples=300)
def test_arbitrary_bytes_decode_to_themselves_or_are_refused(data: bytes) -> None:
    """Nothing but errors of the tree comes out, and what is accepted encodes to the same bytes."""
    try:
        value = decode(data, what="it")
    except (NotCanonical, TooLarge):
        return
    assert encode(value) == data == rfc8785.dumps(value)


@pytest.mark.parametrize("number", [2**53, -(2**53), 10**18, 10**30, 0.5, -0.5, 1e300])
@pytest.mark.parametrize("depth", [1, 5, MAX_DEPTH])
def test_a_number_is_refused_at_any_depth(number: float, depth: int) -> None:
    data = b"[" * (depth - 1) + str(number).encode() + b"]" * (depth - 1)
    with pytest.raises(NotCanonical, match=r"beyond 2\^53 - 1|written as float"):
        decode(data, what="it")


@given(
    VALUES,
    st.sampled_from([0, 2**53, -(2**53), 0.5]),
    st.integers(1, MAX_DEPTH + 1),
    st.integers(1, MAX_DEPTH + 4),
)
def test_what_passes_at_a_glance_is_what_passes_member_by_member(
    value: Any, number: float, depth: int, most: int
) -> None:
    whole: Any = [value, number]
    for _ in range(depth - 1):
        whole = [whole]
    try:
        encode(whole, max_depth=most)
    except (NotCanonical, TooLarge):
        assert not _ordinary(whole, most)
    else:
        assert _ordinary(whole, most)
