"""A walk at home reads in bulk what it would read one by one, and says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, event

from rootprint.ledger.core.merkle import inclusion_proof
from rootprint.ledger.intake import bulk
from rootprint.ledger.log import LogDamaged
from rootprint.ledger.store import tables
from rootprint.ledger.verify import Verdict
from rootprint.ledger.verify.sources import tree_nodes
from tests.intake.place import Place, open_place

if TYPE_CHECKING:
    from pathlib import Path

    from rootprint.ledger.core.statement import Statement


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return open_place(tmp_path)


def chain_of(place: Place, count: int) -> list[Statement]:
    """Publish a factor and products that each take the one before; anchor now and then."""
    made = [place.factor()]
    for number in range(count):
        lines = [place.world.line(made[-1], "2", "kilogram")]
        made.append(place.published(place.world.product(f"part-{number}", lines)))
        if number % 5 == 4:
            place.anchor()
    return made


def queries(place: Place, subject: Statement) -> int:
    """Return how many queries a walk from a statement makes."""
    made: list[Any] = []
    engine = place.home.store._database.reading
    event.listen(engine, "before_cursor_execute", lambda *said: made.append(said[2]))
    assert place.walk(subject).verdict is Verdict.VERIFIED
    return len([one for one in made if one.startswith("SELECT")])


def test_each_answer_is_the_one_that_is_read_alone(place: Place) -> None:
    """From the newest down, as a walk asks, and in any other order."""
    made = chain_of(place, 23)  # the last three are not anchored
    missing = place.world.sign(place.world.factor("never-logged"))
    log, history = place.home.log, place.home.history()
    for order in (made[::-1], made, made[::3] + made[1::2]):
        sources = place.home.sources()
        for one in [*order, missing, *order]:
            place_, text = sources.place(one.digest), sources.statement(one.digest)
            if one is missing:
                assert place_ is text is None
                assert list(sources.concerning(one.digest)) == []
                continue
            found = history.first_covering(log.index_of(one.digest))
            size = None if found is None else found[1].size
            assert place_ is not None
            proof = log.proof(one.digest, size)
            assert (place_.index, place_.checkpoint) == (proof.index, proof.checkpoint.text)
            covered = proof.checkpoint.checkpoint.size
            assert inclusion_proof(proof.index, covered, tree_nodes(sources)) == [*proof.path]
            with place.home.store.read() as tx:
                assert text == tx.statements.get(one.digest).text
                assert sources.concerning(one.digest) == tx.statements.concerning(one.digest)


def test_what_is_logged_together_is_read_in_few_queries(place: Place) -> None:
    made = chain_of(place, 40)
    place.anchor()
    assert queries(place, made[-1]) < 3 * len(made)  # one by one it was fifteen a statement


def test_of_a_large_log_little_more_is_read_than_a_walk_asks_for(place: Place) -> None:
    wanted = [place.factor("wanted")]
    for number in range(60):
        place.factor(f"other-{number}")
    lines = [place.world.line(wanted[0], "2", "kilogram")]
    subject = place.published(place.world.product("part", lines))
    place.anchor()
    sources = place.home.sources()
    for one in (subject, *wanted):
        assert sources.place(one.digest) is not None
    assert len(sources._indices) < 10


def test_damage_beside_what_is_asked_for_is_no_fault_of_it(place: Place) -> None:
    """The walk of a statement needs the nodes of its own proof only."""
    made = chain_of(place, 8)
    place.anchor()
    sources = place.home.sources()
    with place.home.store.write() as tx:
        connection = tx.tree._connection
        at = place.home.log.index_of(made[-1].digest)
        level, index = 0, at - 2
        connection.execute(delete(tables.node).where(
            tables.node.c.level == level, tables.node.c.index == (index ^ 1)))  # fmt: skip
    bulk_read = [sources.place(one.digest) for one in (made[-1], made[-2])]
    assert all(one is not None for one in bulk_read)
    with pytest.raises(LogDamaged):
        [sources.place(one.digest) for one in made[::-1]]


def test_the_window_is_bounded(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST", 4)
    made = chain_of(place, 12)
    place.anchor()
    assert place.walk(made[-1]).verdict is Verdict.VERIFIED
