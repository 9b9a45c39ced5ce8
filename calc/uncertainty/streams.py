"""Random numbers that belong to a parameter, not to a place in a program.

Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011)
over whole arrays: draw i of parameter p of statement d is a function of (seed, d, p, i) alone. So
another statement, another batch size or another number of threads moves no draw. An object of
``np.random.Philox`` per statement gives the same promise, but takes 9 µs to make.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from rootprint.calc.errors import CalculationError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Words = NDArray[np.uint64]

LANES: Final = 4  # numbers a block; draws are asked for in whole blocks
_ROUNDS: Final = 10
_MASK: Final = np.uint64(0xFFFF_FFFF)
_HALF: Final = np.uint64(32)
_MULTIPLIERS: Final = (np.uint64(0xD251_1F53), np.uint64(0xCD9E_8D57))
_WEYL: Final = (np.uint64(0x9E37_79B9), np.uint64(0xBB67_AE85))
_MAX_BLOCK: Final = 2**32
_CHUNK: Final = 1 << 14  # blocks at a time: the working arrays stay in the second cache


def words_of(digests: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Return the (n, 4) words of (n, ≥ 16) digest bytes that name n streams."""
    if digests.ndim != 2 or digests.shape[1] < 16:  # noqa: PLR2004
        message = "a stream is named by at least 16 bytes of a digest"
        raise CalculationError(message)
    return np.ascontiguousarray(digests[:, :16]).view("<u4").astype(np.uint32)


def philox(counter: Words, key: Words) -> Words:
    """Return Philox4x32-10 of a (4, …) counter under a (2, …) key, 32-bit words in uint64.

    The counter is overwritten by the result.
    """
    c0, c1, c2, c3 = counter
    k0, k1 = key
    low, high = np.empty_like(c0), np.empty_like(c0)
    for _ in range(_ROUNDS):
        np.multiply(c0, _MULTIPLIERS[0], out=low)
        np.multiply(c2, _MULTIPLIERS[1], out=high)
        np.right_shift(high, _HALF, out=c0)
        c0 ^= c1
        c0 ^= k0
        np.bitwise_and(high, _MASK, out=c1)
        np.right_shift(low, _HALF, out=c2)
        c2 ^= c3
        c2 ^= k1
        np.bitwise_and(low, _MASK, out=c3)
        k0, k1 = (k0 + _WEYL[0]) & _MASK, (k1 + _WEYL[1]) & _MASK
    return counter


def uniforms(
    words: NDArray[np.uint32], parameters: NDArray[np.int64], seed: int, first: int, count: int
) -> Floats:
    """Return draws ``first`` … ``first + count`` of n streams: (n, count), strictly in (0, 1).

    ``words`` (n, 4) name the statements, ``parameters`` (n,) what of the statement is drawn; 32
    bits a draw, so that no draw lies beyond 6.3 standard deviations. Raises CalculationError
    unless ``first`` and ``count`` are multiples of 4 and the seed has at most 64 bits.
    """
    if first % LANES or count % LANES:
        message = f"draws come in blocks of {LANES}"
        raise CalculationError(message)
    if not 0 <= seed < 2**64:
        message = "a seed is a whole number below 2^64"
        raise CalculationError(message)
    start, stop = first // LANES, (first + count) // LANES
    if stop > _MAX_BLOCK:
        message = f"a stream has {_MAX_BLOCK * LANES} draws and no more"
        raise CalculationError(message)
    drawn = np.empty((len(words), count))
    blocks = np.arange(start, stop, dtype=np.uint64)
    rows = max(1, _CHUNK // max(1, len(blocks)))
    for begin in range(0, len(words), rows):
        part = slice(begin, begin + rows)
        _fill(drawn[part], words[part].astype(np.uint64), parameters[part], seed, blocks)
    return drawn


def _fill(
    drawn: Floats, words: Words, parameters: NDArray[np.int64], seed: int, blocks: Words
) -> None:
    # Streams stand in the last axis: a key is then a row that numpy runs along.
    counter = np.empty((LANES, len(blocks), len(words)), dtype=np.uint64)
    counter[0] = blocks[:, None]
    counter[1] = parameters.astype(np.uint64)
    counter[2] = words[:, 2] ^ np.uint64(seed & 0xFFFF_FFFF)
    counter[3] = words[:, 3] ^ np.uint64(seed >> 32)
    for lane, word in enumerate(philox(counter, words[:, :2].T)):
        drawn[:, lane::LANES] = word.T
    drawn += 0.5
    drawn *= 2.0**-32
