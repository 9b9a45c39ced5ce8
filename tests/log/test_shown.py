"""What a log makes of disclosures: judged once each, kept with all that is read of them or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, func, select

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.log import InConflict
from rootprint.ledger.store.tables import certificate_use, process_product
from tests.log.logged import Draft, Logged, record, using
from tests.support.processes import status

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement

SECRET = "secret line"
HIDDEN = r"^it contradicts what other statements of did:web:maker\.example hide — .*publish"


def wide(rows: int, *, same: bool, **changes: object) -> Draft:
    """A record of so many rows, of one product or of a product each."""
    draft = record(**changes)
    allocation = draft["credentialSubject"]["allocation"]
    first = allocation[0]
    allocation[:] = [
        {**first, "row": number, "name": f"o{number}", "productId": f"urn:example:p{number}"}
        for number in range(rows)
    ]
    if same:
        for row in allocation:
            row["productId"] = "urn:example:one"
    return draft


def asked(logged: Logged, statement: Statement, *, keep: bool) -> int:
    """Return how many statements of SQL an append executes."""
    engine, count = logged.log.store._database.writing, 0

    def note(*_given: object) -> None:
        nonlocal count
        count += 1

    event.listen(engine, "before_cursor_execute", note)
    logged.log.append([statement], keep_disclosures=keep)
    event.remove(engine, "before_cursor_execute", note)
    return count


@pytest.mark.parametrize("keep", [True, False], ids=["kept", "dropped"])
@pytest.mark.parametrize("same", [True, False], ids=["one product", "a product each"])
def test_a_record_costs_as_many_queries_with_many_rows(
    logged: Logged,
    same: bool,  # noqa: FBT001 - a parameter of the case
    keep: bool,  # noqa: FBT001 - a parameter of the case
) -> None:
    few = logged.world.sign(wide(8, same=same))
    many = logged.world.sign(wide(400, same=same, process="Oven", site="urn:example:site-2"))
    first, second = (asked(logged, one, keep=keep) for one in (few, many))
    assert abs(second - first) < 8  # the tree has grown


def test_many_products_meet_the_one_that_another_record_has(logged: Logged) -> None:
    """Also where more products are asked for than one query takes."""
    logged.append(record(process="Oven"))
    draft = wide(1200, same=False)
    draft["credentialSubject"]["allocation"][1100]["productId"] = "urn:example:slag"
    with pytest.raises(InConflict, match="urn:example:slag is a product of 'Oven'"):
        logged.append(draft)


def test_a_product_may_stand_in_two_rows_of_one_record(logged: Logged) -> None:
    logged.append(wide(3, same=True))
    assert logged.log.size == 1


def test_two_records_of_one_batch_have_no_product_in_common(logged: Logged) -> None:
    for keep in (True, False):
        both = [logged.world.sign(one) for one in (record(), record(process="Oven"))]
        with pytest.raises(InConflict, match="is a product of 'Furnace 1'"):
            logged.log.append(both, keep_disclosures=keep)
    ended = status(both[0], "withdrawn")
    logged.log.append([*both, logged.world.sign(ended)])


def test_what_is_dropped_leaves_no_row(logged: Logged) -> None:
    logged.log.append([logged.world.sign(one) for one in (record(), using("a", "9000"))])
    assert stored(logged) == [0, 0]
    logged.append(record(process="Oven", site="urn:example:site-2"), using("b", "9000"))
    assert stored(logged) == [2, 1]


def stored(logged: Logged) -> list[int]:
    with logged.log.store.read() as tx:
        connection = tx.exclusive._connection
        return [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (process_product, certificate_use)
        ]


@pytest.mark.parametrize(
    ("kept", "sent"),
    [
        (lambda: record(process=SECRET), record),
        (lambda: using("a", "6000"), lambda: using("b", "5000")),
    ],
    ids=["a product of a record", "uses of a certificate"],
)
def test_who_sends_learns_nothing_of_what_the_issuer_hides(
    logged: Logged, kept: Callable[[], Draft], sent: Callable[[], Draft]
) -> None:
    before = logged.one(kept())
    draft = logged.world.sign(sent())
    with pytest.raises(Refused, match=HIDDEN) as caught:
        logged.log.append([draft])
    assert not isinstance(caught.value, InConflict)
    assert caught.value.__cause__ is None
    for hidden in (SECRET, before.digest.hex(), "entry", "urn:example:steel", "W-0001"):
        assert hidden not in str(caught.value.json())
    assert logged.log.size == 1
    logged.log.append([draft.bare])  # what it hides itself is not judged


@pytest.mark.parametrize("beyond", ["6000", "4001"])
def test_what_was_sent_is_reported_in_full(logged: Logged, beyond: str) -> None:
    """Its own lines are no secret to whoever sends them, whatever else is kept."""
    logged.append(using("a", "6000"))
    sent = logged.world.sign(using("b", "6000", beyond))
    with pytest.raises(Refused, match=r"line \d, \d of sha256:.* has less than is taken"):
        logged.log.append([sent])
