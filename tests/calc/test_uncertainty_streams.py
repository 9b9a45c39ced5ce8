"""A draw belongs to (seed, statement, parameter, number) and to nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rootprint.calc.errors import CalculationError
from rootprint.calc.uncertainty.design import Design
from rootprint.calc.uncertainty.streams import philox, uniforms, words_of
from tests.calc.uncertainty_cases import digest

WORDS = words_of(np.stack([digest(f"statement {n}") for n in range(50)]))
CODES = np.arange(50, dtype=np.int64) % 7


@pytest.mark.parametrize(
    ("counter", "key", "result"),
    [
        ("00000000 00000000 00000000 00000000", "00000000 00000000",
         "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff",
         "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0",
         "d16cfe09 94fdcceb 5001e420 24126ea1"),
    ],
)  # fmt: skip
def test_philox_gives_the_known_answers(counter: str, key: str, result: str) -> None:
    """The vectors that the generator's authors published with Random123 (philox4x32, 10 rounds)."""

    def words(text: str) -> np.ndarray:
        return np.array([int(word, 16) for word in text.split()], dtype=np.uint64)[:, None]

    assert philox(words(counter), words(key))[:, 0].tolist() == words(result)[:, 0].tolist()


@given(st.integers(0, 40), st.integers(1, 30), st.integers(0, 49))
def test_where_a_batch_begins_and_who_stands_beside_moves_no_draw(
    start: int, blocks: int, statement: int
) -> None:
    """A stream alone, cut anywhere, gives the bits that it gives among others in one piece."""
    whole = uniforms(WORDS, CODES, 7, 0, 4 * 80)
    one = slice(statement, statement + 1)
    part = uniforms(WORDS[one], CODES[one], 7, 4 * start, 4 * blocks)
    assert (part[0] == whole[statement, 4 * start : 4 * (start + blocks)]).all()


def test_draws_are_uniform_and_streams_unrelated() -> None:
    """Kolmogorov-Smirnov a stream, correlation a pair; neighbours differ in one word only."""
    drawn = uniforms(WORDS, CODES, 1, 0, 4000)
    assert ((drawn > 0) & (drawn < 1)).all()
    worst = min(stats.kstest(row, "uniform").pvalue for row in drawn)
    assert worst > 1e-4
    between = np.corrcoef(drawn) - np.eye(len(drawn))
    assert np.abs(between).max() < 5 / np.sqrt(4000)


def test_seed_statement_and_parameter_each_name_another_stream() -> None:
    base = uniforms(WORDS[:1], CODES[:1], 1, 0, 8)
    others = [
        uniforms(WORDS[:1], CODES[:1], 2, 0, 8),
        uniforms(WORDS[:1], CODES[:1], 1 + 2**32, 0, 8),
        uniforms(WORDS[:1], CODES[:1] + 1, 1, 0, 8),
        *(
            uniforms(WORDS[:1] ^ np.eye(4, dtype=np.uint32)[[n]], CODES[:1], 1, 0, 8)
            for n in (0, 1, 2, 3)
        ),
    ]
    assert all(not np.isin(other, base).any() for other in others)


def test_a_latin_hypercube_puts_one_draw_into_each_slice() -> None:
    design = Design(samples=400, seed=3, strata=100)
    drawn = design.probabilities(WORDS, CODES, 0, 400)
    assert ((drawn > 0) & (drawn < 1)).all()
    slices = np.sort((drawn.reshape(50, 4, 100) * 100).astype(int), axis=2)
    assert (slices == np.arange(100)).all()
    assert (design.probabilities(WORDS[5:6], CODES[5:6], 100, 100)[0] == drawn[5, 100:200]).all()


@pytest.mark.parametrize(
    ("samples", "strata", "why"),
    [
        (0, None, "0 samples"),
        (-4, None, "-4 samples"),
        (10, None, "10 samples are not a multiple of 4"),
        (20_000_000, None, "multiple of 4 from 4 to 10000000"),
        (1000, 1000, "two or more hypercubes"),
        (1000, 300, "two or more hypercubes"),
        (1000, 50 + 75, "two or more hypercubes"),
        (1000, 0, "two or more hypercubes"),
    ],
)
def test_a_design_that_does_not_come_out_is_refused(
    samples: int, strata: int | None, why: str
) -> None:
    with pytest.raises(CalculationError, match=why):
        Design(samples=samples, seed=1, strata=strata)


@pytest.mark.parametrize(
    ("seed", "first", "count", "why"),
    [
        (-1, 0, 4, "seed"),
        (2**64, 0, 4, "seed"),
        (0, 2, 4, "blocks of 4"),
        (0, 0, 5, "blocks of 4"),
        (0, 2**34, 4, "and no more"),
    ],
)
def test_what_a_stream_does_not_have_is_refused(
    seed: int, first: int, count: int, why: str
) -> None:
    with pytest.raises(CalculationError, match=why):
        uniforms(WORDS[:1], CODES[:1], seed, first, count)


def test_a_stream_needs_a_digest() -> None:
    with pytest.raises(CalculationError, match="16 bytes"):
        words_of(np.zeros((3, 8), dtype=np.uint8))
