"""Ids → dense numbers: a hash table of arrays, so that ten million ids take no Python loop.

Open addressing with linear probing, half full; each round looks at one slot for all ids that are
still without a number. Equality is always decided on the whole id, never on its hash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from rootprint.calc.errors import CalculationError
from rootprint.calc.graph.arrays import MOST
from rootprint.calc.graph.errors import NAMED, DuplicateId, UnknownId, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from rootprint.calc.graph.arrays import Flags, Integers, Positions

    Words = NDArray[np.uint64]
    Ids = NDArray[Any] | Sequence[Any]

_WORD = 8
_AT_ONCE = 2**15  # ids: what is made on the way then stays in the processor's own cache
_ODD = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio (Knuth, TAOCP 3, 6.4)
_HALF = np.uint64(32)
_EMPTY = -1
_NAMES_READ = 1000


class Names:
    """What to call each node, once its edges are numbered: the ids and no table."""

    def __init__(self, ids: NDArray[Any]) -> None:
        self._ids = ids

    def name(self, number: int) -> str:
        """Return the id as a message shows it: bytes in hex."""
        return _text(self._ids[number])

    def number(self, name: object) -> int:
        """Return the number of one id, by looking at all of them; UnknownId if it is none."""
        asked = _array([name] if not isinstance(name, np.ndarray) else name)
        if asked.dtype.kind == "S" and self._ids.dtype.kind == "V":
            asked = asked.astype(self._ids.dtype)
        found = np.flatnonzero(self._ids == asked[0])
        if not found.size:
            raise UnknownId(f"no node has the id {_text(asked[0])}")
        return int(found[0])


class Numbering:
    """Numbers 0 … n-1 for n distinct ids: integers, text or bytes, all of one kind.

    Digests may come as (n, 32) ``uint8``, as ``V32`` or as a list of ``bytes``.
    """

    def __init__(self, ids: Ids) -> None:
        self.ids = _array(ids)
        if not len(self.ids):
            message = "the graph has no nodes"
            raise CalculationError(message, remedy="give at least one node")
        self._words = _words(self.ids)
        bits = max(4, (2 * len(self.ids) - 1).bit_length())
        self._shift, self._mask = np.uint64(64 - bits), np.int64(2**bits - 1)
        self._enter()

    def __len__(self) -> int:
        return len(self.ids)

    def numbers(self, ids: Ids) -> Positions:
        """Return each id's number; UnknownId names those that have none."""
        asked = self._as_given(_array(ids))
        if not len(self._table):
            self._enter()
        found = np.empty(len(asked), dtype=np.int32)
        for first in range(0, len(asked), _AT_ONCE):
            part = slice(first, first + _AT_ONCE)
            self._find(asked[part], found[part])
        return found

    def rest(self) -> None:
        """Give the table's memory back until ids are asked for again."""
        self._keys, self._table = np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int32)

    def names(self) -> Names:
        """Return the ids without the table: a third of the memory."""
        return Names(self.ids)

    def _as_given(self, asked: NDArray[Any]) -> NDArray[Any]:
        """Return ids in the nodes' own type; what does not fit into it is none of them."""
        kind = self.ids.dtype
        if asked.dtype == kind or not len(asked):
            return asked
        if asked.dtype.kind != kind.kind or kind.kind == "V":
            message = f"edges name nodes by {asked.dtype}, the nodes were given by {kind}"
            raise UnknownId(message, remedy="give both in the same form")
        fitted = asked.astype(kind)
        if (other := fitted != asked).any():
            self._refuse(asked[other])
        return fitted

    def _slots(self, keys: Words) -> Integers:
        return (keys >> self._shift).astype(np.int64)

    def _equal(self, numbers: Positions, keys: Words, words: Words) -> Flags:
        """Compare by key, which is nearly always enough to decide, then by the whole id."""
        equal: Flags = np.take(self._keys, numbers, mode="wrap") == keys
        if words.shape[1] > 1:  # a key of one word is the id, only mixed (an odd factor inverts)
            whole = np.take(self._words, numbers, axis=0, mode="wrap") == words
            equal &= whole.all(axis=1)
        return equal

    def _enter(self) -> None:
        self._keys = _keys(self._words)
        self._table = np.full(int(self._mask) + 1, _EMPTY, dtype=np.int32)
        slots = self._slots(self._keys)
        left = np.arange(len(self.ids), dtype=np.int32)
        while left.size:
            free = self._table[slots] == _EMPTY
            self._table[slots[free]] = left[free]  # of several the last stays
            there = self._table[slots]
            others = there != left
            left, slots, there = left[others], slots[others], there[others]
            twice = self._equal(there, self._keys[left], self._words[left])
            if twice.any():
                names = [_text(name) for name in self.ids[left[twice]][:NAMED]]
                message = f"given to more than one node: {named(names, count=int(twice.sum()))}"
                raise DuplicateId(message, remedy="give each node an id of its own")
            slots = (slots + 1) & self._mask

    def _find(self, asked: NDArray[Any], found: Positions) -> None:
        words = _words(asked)
        keys = _keys(words)
        slots = self._slots(keys)
        # An empty slot reads as number -1, the last node: never equal, for that one's own slot
        # comes before any empty one on its way.
        np.take(self._table, slots, out=found, mode="clip")
        left = np.flatnonzero(~self._equal(found, keys, words))
        slots = slots[left]
        unknown = np.empty(0, dtype=np.int64)
        while left.size:
            if (missing := found[left] == _EMPTY).any():
                unknown = np.concatenate([unknown, left[missing]])
                left, slots = left[~missing], slots[~missing]
            slots = (slots + 1) & self._mask
            found[left] = there = self._table[slots]
            others = ~self._equal(there, keys[left], words[left])
            left, slots = left[others], slots[others]
        if unknown.size:
            self._refuse(asked[np.sort(unknown)])

    @staticmethod
    def _refuse(ids: NDArray[Any]) -> NoReturn:
        names = list(dict.fromkeys(map(_text, ids[:_NAMES_READ])))
        message = f"edges name nodes that were not given: {named(names)}"
        raise UnknownId(message, remedy="give these nodes, or leave the edges out and say so")


def _array(ids: Ids) -> NDArray[Any]:
    array = np.asarray(ids)
    if array.ndim == 2 and array.dtype == np.uint8:  # noqa: PLR2004 - (n, bytes of an id)
        array = np.ascontiguousarray(array).view(f"V{array.shape[1]}")[:, 0]
    if array.ndim != 1 or array.dtype.kind not in "iuSUV" or array.dtype.itemsize == 0:
        if not array.size:
            return np.empty(0, dtype=np.int64)
        message = f"ids must be a column of integers, bytes or text, not {array.dtype}"
        raise CalculationError(message)
    if len(array) > MOST:
        raise CalculationError(f"{len(array):,} ids; a graph holds {MOST:,} at most")
    return array


def _words(ids: NDArray[Any]) -> Words:
    """Return ids as (n, words) of 64 bits each, padded with zeros to whole words."""
    if ids.dtype.kind in "iu":
        return ids.astype(np.int64, copy=False).view(np.uint64)[:, None]
    count, size = len(ids), ids.dtype.itemsize
    own = np.ascontiguousarray(ids).view(np.uint8).reshape(count, size)
    if size % _WORD:
        padded = np.zeros((count, -(-size // _WORD) * _WORD), dtype=np.uint8)
        padded[:, :size] = own
        own = padded
    return own.view(np.uint64)


def _keys(words: Words) -> Words:
    """Mix each id's words into one; for a single word this is one-to-one."""
    keys: Words = words[:, 0] * _ODD
    for column in range(1, words.shape[1]):
        keys ^= keys >> _HALF
        keys += words[:, column]
        keys *= _ODD
    return keys


def _text(value: Any) -> str:
    raw = value.tobytes() if isinstance(value, np.void) else value
    return raw.hex() if isinstance(raw, bytes) else str(raw)
