"""RLP: what another strict reader accepts, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import rlp as oracle
from hypothesis import given
from hypothesis import strategies as st
from rlp.exceptions import DecodingError

from rootprint.ledger.core import rlp
from rootprint.ledger.core.errors import Refused

if TYPE_CHECKING:
    from rootprint.ledger.core.rlp import Rlp

ITEMS = st.recursive(
    st.binary(max_size=70), lambda inner: st.lists(inner, max_size=5), max_leaves=20
).filter(lambda item: depth(item) <= rlp.MAX_DEPTH)


def depth(item: object) -> int:
    return 1 + max(map(depth, item), default=0) if isinstance(item, list | tuple) else 0


def listed(item: Rlp) -> object:
    return [*map(listed, item)] if isinstance(item, tuple) else item


def answer(data: bytes) -> object:
    """What the oracle reads, or None where it refuses; its lists as ours."""
    try:
        return oracle.decode(data)
    except DecodingError:
        return None


def read(data: bytes) -> object:
    try:
        return listed(rlp.decode(data))
    except Refused:
        return None


@given(ITEMS)
def test_what_is_written_is_read_back(item: object) -> None:
    assert listed(rlp.decode(oracle.encode(item))) == item


@given(ITEMS, st.data())
def test_changed_bytes_are_read_as_the_oracle_reads_them_or_refused(
    item: object, data: st.DataObject
) -> None:
    """A byte set, a piece cut out, a piece put in: both accept the same, and read the same."""
    encoded = oracle.encode(item)
    at = data.draw(st.integers(0, len(encoded)))
    gap = data.draw(st.integers(0, 3))
    changed = encoded[:at] + data.draw(st.binary(max_size=4)) + encoded[at + gap :]
    expected = answer(changed)
    if depth(expected) <= rlp.MAX_DEPTH:
        assert read(changed) == expected


@given(st.binary(max_size=12))
def test_any_bytes_are_read_as_the_oracle_reads_them_or_refused(data: bytes) -> None:
    assert read(data) == answer(data)


@pytest.mark.parametrize("first", range(256))
def test_every_first_byte_is_judged_as_by_the_oracle(first: int) -> None:
    for rest in (b"", b"\x00", b"\x7f", b"\x80", b"\x38" + bytes(56), b"\x37" + bytes(55)):
        data = bytes([first]) + rest
        assert read(data) == answer(data), data.hex()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "an item is missing"),
        ("8000", "bytes follow the item"),
        ("00ff", "bytes follow the item"),
        ("8100", "a byte below 0x80 stands for itself"),
        ("817f", "a byte below 0x80 stands for itself"),
        ("c28101", "a byte below 0x80 stands for itself"),
        ("83aabb", "longer than what holds it"),
        ("c3aabb", "longer than what holds it"),
        ("c282aabb", "longer than what holds it"),
        ("c283aabb", "longer than what holds it"),
        ("b837" + "ff" * 55, "not in its shortest form"),
        ("b90038" + "ff" * 56, "not in its shortest form"),
        ("f837" + "80" * 55, "not in its shortest form"),
        ("b8", "is cut"),
        ("fb000001", "is cut"),
        ("bc0000000001", "more than 4 bytes"),
        ("ffffffffffffffffff", "more than 4 bytes"),
        ("fbffffffff", "longer than what holds it"),
    ],
)
def test_what_is_not_canonical_is_refused_and_named(data: str, message: str) -> None:
    with pytest.raises(Refused, match=message):
        rlp.decode(bytes.fromhex(data))


def test_lists_nest_so_deep_and_no_deeper() -> None:
    deepest = b"\xc0"
    for _ in range(rlp.MAX_DEPTH - 1):
        deepest = oracle.encode([oracle.decode(deepest)])
    assert depth(rlp.decode(deepest)) == rlp.MAX_DEPTH
    with pytest.raises(Refused, match="nest deeper than 8"):
        rlp.decode(bytes([0xC0 + len(deepest)]) + deepest)


def test_a_bomb_of_lists_is_refused_at_once() -> None:
    bomb = b""
    while len(bomb) < 1 << 16:
        length = len(bomb)
        width = (length.bit_length() + 7) // 8
        bomb = (
            bytes([0xC0 + length])
            if length < 56
            else bytes([0xF7 + width]) + length.to_bytes(width)
        ) + bomb
    with pytest.raises(Refused, match="nest deeper"):
        rlp.decode(bomb)
