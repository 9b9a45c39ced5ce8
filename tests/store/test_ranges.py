"""Retired ranges: whatever has a text in common is found, at the price of what is found."""

from __future__ import annotations

import random
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, insert

from rootprint.ledger.core.schema.kinds import STATUS
from rootprint.ledger.store import RangeRow
from rootprint.ledger.store.exclusive import Exclusive
from rootprint.ledger.store.tables import metadata, statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

DIGITS = 8
STEPS = 10  # instructions of SQLite's machine that are counted as one


@contextmanager
def connected() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def span(number: int, first: int, last: int, place: int = 0, registry: str = "go") -> RangeRow:
    texts = (f"{one:0{DIGITS}}" for one in (first, last))
    digest = number.to_bytes(32)
    return RangeRow(digest, place, "did:web:registry.example", registry, "go", DIGITS, *texts)


def end(connection: Connection, number: int) -> None:
    """Enter a status statement about the one of this number."""
    digest = b"\xff" + number.to_bytes(31)
    named = {"digest": digest, "jwt": "", "kind": STATUS, "issuer": "", "statement_id": str(number)}
    connection.execute(insert(statement), [{**named, "subject": number.to_bytes(32)}])


def test_what_has_a_text_in_common_is_found_whatever_was_ended_or_nests() -> None:
    chance, kept = random.Random(10), 0
    with connected() as connection:
        exclusive = Exclusive(connection)
        for world in range(6):
            live: list[RangeRow] = []
            for number in range(40 * world, 40 * world + 40):
                begin = chance.randrange(400)
                rows = [
                    span(number, low, low + chance.randrange(12), place, f"go {world}")
                    for place, low in enumerate(begin + chance.randrange(30) for _ in range(3))
                ]
                meeting = {
                    row: {one for one in live if one.first <= row.last and one.last >= row.first}
                    for row in rows
                }
                for row, wanted in meeting.items():
                    found = exclusive.ranges(row)
                    assert bool(found) == bool(wanted)
                    assert wanted.issuperset(found)
                if any(meeting.values()):
                    continue
                exclusive.put(rows)
                kept += 1
                if chance.random() < 0.3:
                    end(connection, number)
                else:
                    live += rows
    assert 30 < kept < 210


def steps(count: int) -> int:
    """Return how much SQLite does to look for a range among ``count`` of other statements."""
    with connected() as connection:
        exclusive, done = Exclusive(connection), [0]
        exclusive.put([span(number, 10 * number, 10 * number + 5) for number in range(count)])

        def step() -> int:
            done[0] += 1
            return 0

        raw = connection.connection.driver_connection
        assert raw is not None
        raw.set_progress_handler(step, STEPS)
        assert exclusive.ranges(span(count, 10 * count - 4, 10 * count - 3)) == []
        raw.set_progress_handler(None, STEPS)
        return done[0]


def test_a_range_is_compared_with_its_neighbours_and_not_with_all_before_it() -> None:
    assert steps(5000) <= steps(50) + 5
