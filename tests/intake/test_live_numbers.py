"""Law 5 where statements are published: one live number, whoever comes first, in any order."""

from __future__ import annotations

import sqlite3
import threading
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rootprint.ledger.core.encoding import digest_text, time_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.intake import publish
from rootprint.ledger.log import InConflict, Log, fsck
from rootprint.ledger.store import Store
from tests.intake.place import open_place, sizes
from tests.support.statements import attested
from tests.support.world import SUPPLIER
from tests.support.wrong import gas

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement
    from tests.intake.place import Place


def part(place: Place, kilograms: str, **changes: Any) -> Statement:
    """Sign a product of so much CO2."""
    return place.signed(place.world.product("part", [gas(kilograms)], **changes))


def withdrawal(place: Place, of: Statement) -> Statement:
    about = place.world.about("StatusStatement", of, state="withdrawn", reason="wrong meter")
    return place.signed(about)


def supersession(place: Place, of: Statement, by: Statement) -> Statement:
    return place.signed(
        place.world.about("StatusStatement", of, state="superseded", reason="newer",
                          supersededBy=digest_text(by.digest))
    )  # fmt: skip


def test_a_twin_is_refused_with_the_entry_and_the_way_out(place: Place) -> None:
    first, second = part(place, "1"), part(place, "2")
    place.publish(first)
    with pytest.raises(InConflict) as caught:
        place.publish(second)
    error = caught.value
    assert (error.entry, error.digest) == (0, first.digest)
    assert f"law 5: {SUPPLIER} states a number for the same question already" in str(error)
    assert f"entry 0 ({digest_text(first.digest)})" in str(error)
    for way in ("precedingStatements", "rootprint supersede", "rootprint withdraw"):
        assert way in error.remedy
    assert error.json()["conflict"] == {"entry": 0, "statement": digest_text(first.digest)}
    assert sizes(place) == (1, 1)


def test_following_the_remedy_works(place: Place) -> None:
    """Name it, publish, supersede: and the newer one stands alone on the walk."""
    first = part(place, "1")
    place.publish(first)
    second = part(place, "2", precedingStatements=[digest_text(first.digest)])
    place.publish(second)
    place.publish(supersession(place, first, second))
    third = part(place, "3", precedingStatements=[digest_text(second.digest)])
    place.publish(third)
    place.anchor()
    assert place.walk(third).verdict == "verified"


def test_a_number_that_was_withdrawn_is_free(place: Place) -> None:
    first = part(place, "1")
    place.publish(first)
    place.publish(withdrawal(place, first))
    place.publish(part(place, "2"))
    assert place.log.size == 3


def test_each_earlier_one_is_to_be_named(place: Place) -> None:
    first = part(place, "1")
    second = part(place, "2", precedingStatements=[digest_text(first.digest)])
    place.publish(first, second)
    third = part(place, "3", precedingStatements=[digest_text(second.digest)])
    with pytest.raises(InConflict) as caught:
        place.publish(third)
    assert caught.value.digest == first.digest


def test_twins_in_one_batch_are_refused_together(place: Place) -> None:
    with pytest.raises(InConflict):
        place.publish(part(place, "1"), part(place, "2"))
    assert sizes(place) == (0, 0)


def test_a_batch_may_withdraw_what_it_replaces(place: Place) -> None:
    first = part(place, "1")
    place.publish(first)
    place.publish(withdrawal(place, first), part(place, "2"))
    assert place.log.size == 3


def test_the_same_statement_again_is_no_twin(place: Place) -> None:
    first = part(place, "1")
    (one,) = place.publish(first)
    (again,) = place.publish(first)
    assert (one.index, again.index) == (0, 0)


_PLANNED = {
    "referencePeriodStart": "2090-01-01T00:00:00Z",
    "referencePeriodEnd": "2091-01-01T00:00:00Z",
}


@pytest.mark.parametrize(
    "changes",
    [
        {"outlook": "prospective", "pcf": _PLANNED},
        {"variant": {"reason": "site", "code": "SITE02"}},
        {"boundary": "cradle-to-grave"},
        {"productIds": ["urn:example:part-b"]},
    ],
)
def test_another_question_has_a_number_of_its_own(place: Place, changes: dict[str, Any]) -> None:
    place.publish(part(place, "1"))
    place.publish(part(place, "2", **changes))
    assert place.log.size == 2


def test_one_shared_product_id_is_enough(place: Place) -> None:
    place.publish(part(place, "1", productIds=["urn:example:a", "urn:example:b"]))
    with pytest.raises(InConflict):
        place.publish(part(place, "2", productIds=["urn:example:b", "urn:example:c"]))


@pytest.mark.parametrize(
    "changes",
    [
        {"productIds": ["urn:gs1:gtin:04712345060507"]},
        {"sites": ["urn:gs1:414:4012345000009"]},
        {"sites": ["urn:example:Site-2"]},
        {"sites": ["urn:example:site-3", "urn:gln:4012345000009"]},
        {},
    ],
)
def test_another_spelling_or_fewer_sites_are_no_other_number(
    place: Place, changes: dict[str, Any]
) -> None:
    ids = {"productIds": ["urn:gtin:4712345060507"]}
    sites = {"sites": ["urn:gln:4012345000009", "urn:example:site-2"]}
    place.publish(part(place, "1", **ids, **sites))
    with pytest.raises(InConflict):
        place.publish(part(place, "2", **{**ids, **changes}))
    place.publish(part(place, "2", **ids, sites=["urn:example:site-4"]))
    fsck(place.home.store, place.world.log_key.note_key)


def test_what_is_valid_at_another_time_is_another_number(place: Place) -> None:
    draft = place.world.product("part", [gas("1")])
    for year in ("2026", "2027"):
        end = {"validFrom": f"{year}-01-01T00:00:00Z", "validUntil": f"{year}-12-31T23:59:59Z"}
        place.publish(place.signed({**draft, **end}))
    late = {"validFrom": "2027-06-01T00:00:00Z", "validUntil": "2029-01-01T00:00:00Z"}
    with pytest.raises(InConflict) as caught:
        place.publish(place.signed({**draft, **late}))
    assert caught.value.entry == 1


def test_another_issuer_blocks_none(place: Place) -> None:
    place.publish(part(place, "1"))
    factor = place.world.factor("part", productIds=["urn:example:part"])
    place.publish(place.signed(factor))
    assert place.log.size == 2


def test_of_two_publishers_at_once_one_is_refused(place: Place) -> None:
    """Each judged before either was in; the transaction that appends decides."""
    twins = [part(place, "1"), part(place, "2")]
    barrier = threading.Barrier(2)
    answers: list[object] = [None, None]

    def run(number: int) -> None:
        with Store.open(place.home.store.place) as store:
            log = Log(store, place.world.log_key, clock=lambda: 1_800_000_000.0)
            barrier.wait()
            try:
                answers[number] = log.append([twins[number]])
            except InConflict as error:
                answers[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [one for one in answers if isinstance(one, InConflict)]
    assert len(refused) == 1
    assert sizes(place) == (1, 1)


def test_the_transaction_refuses_what_was_judged_before_its_twin_came(place: Place) -> None:
    first, second = part(place, "1"), part(place, "2")

    class Racing(Log):
        """A log that another publisher reaches first."""

        def append(self, *given: Any, **more: Any) -> Any:
            Log.append(place.log, [first])
            return super().append(*given, **more)

    log = Racing(place.home.store, place.world.log_key, clock=lambda: 1_800_000_000.0)
    with pytest.raises(InConflict):
        publish(place.home, log, [second.text])
    assert sizes(place) == (1, 1)


def test_fsck_derives_the_index_again(place: Place) -> None:
    place.publish(part(place, "1", productIds=["urn:example:a", "urn:example:b"]))
    fsck(place.home.store, place.world.log_key.note_key)
    copied = (
        "SELECT key, 'urn:example:c', statement, valid_from, valid_until, sites FROM live_number"
    )
    for damage in (
        "UPDATE live_number SET valid_until = valid_until + 1",
        "UPDATE live_number SET sites = 'urn:example:site-1'",
        "UPDATE live_number SET key = zeroblob(32)",
        "DELETE FROM live_number WHERE product = CAST('urn:example:a' AS BLOB)",
        f"INSERT INTO live_number {copied} LIMIT 1",
    ):
        _damaged(place, damage)


def _damaged(place: Place, statement: str) -> None:
    connection = sqlite3.connect(place.home.store.place)
    try:
        before = "\n".join(connection.iterdump())
        rows = connection.execute("SELECT * FROM live_number").fetchall()
        connection.execute(statement)
        connection.commit()
        with pytest.raises(Refused, match="live numbers"):
            fsck(place.home.store, place.world.log_key.note_key)
        connection.execute("DELETE FROM live_number")
        connection.executemany("INSERT INTO live_number VALUES (?, ?, ?, ?, ?, ?)", rows)
        connection.commit()
        assert "\n".join(connection.iterdump()) == before
    finally:
        connection.close()


# One issuer's statements of two products, some of which name what came before.
acts = st.lists(
    st.tuples(
        st.sampled_from(["a", "b"]),  # the product
        st.integers(0, 3),  # when it begins to be valid, each for two
        st.sampled_from(["name", "withdraw", "nothing"]),
    ),
    max_size=6,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts)
def test_no_order_of_acts_leaves_two_live_numbers(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int, str]]
) -> None:
    """An oracle keeps what is live by itself, and agrees with the log act by act."""
    place = open_place(tmp_path_factory.mktemp("acts"))
    live: list[tuple[str, int, Statement]] = []
    for number, (product, begin, act) in enumerate(acts):
        beside = [one for one in live if one[0] == product and abs(one[1] - begin) <= 2]
        named = [digest_text(one[2].digest) for one in beside] if act == "name" else []
        changes = {"precedingStatements": named} if named else {}
        draft = place.world.product(product, [gas(str(number + 1))], **changes)
        start = 1_700_000_000
        times = {"validFrom": time_text(start + begin), "validUntil": time_text(start + begin + 2)}
        statement = place.signed({**draft, **times})
        batch = [statement]
        if act == "withdraw":
            batch = [*(withdrawal(place, one[2]) for one in beside), statement]
        if beside and act == "nothing":
            with pytest.raises(InConflict):
                place.log.append(batch)
            continue
        place.log.append(batch)
        if act == "withdraw":
            live = [one for one in live if one not in beside]
        live.append((product, begin, statement))
    fsck(place.home.store, place.world.log_key.note_key)


def received(place: Place, *names: str, **changes: Any) -> Statement:
    """Sign a partner's footprint as attested of a product of these names."""
    ids = [f"urn:example:{name}" for name in names]
    return place.signed(attested(SUPPLIER, productIds=ids, **changes))


def test_a_partner_s_footprint_is_attested_once(place: Place) -> None:
    first, second = received(place, "bought"), received(place, "bought-again")
    place.publish(first)
    with pytest.raises(InConflict) as caught:
        place.publish(second)
    assert caught.value.digest == first.digest
    assert "attests the same footprint of its partner's document already" in str(caught.value)
    assert sizes(place) == (1, 1)
    preceding = [digest_text(first.digest)]
    instead = received(place, "bought", "bought-again", precedingStatements=preceding)
    place.publish(instead)
    place.publish(supersession(place, first, instead))
    place.anchor()
    assert place.walk(instead).verdict == "verified"
    fsck(place.home.store, place.world.log_key.note_key)


@pytest.mark.parametrize(
    "changes",
    [
        {"pcf": {"geographyCountry": "BR"}},
        {"pcf": {"referencePeriodStart": "2025-01-02T00:00:00Z"}},
        {"partner": {"productIds": ["urn:example:partner:2"]}},
        {"partner": {"document": "sha256:" + "1" * 64}},
    ],
)
def test_another_footprint_of_a_partner_is_another_figure(
    place: Place, changes: dict[str, Any]
) -> None:
    """Of another place, period, product or document, though it has the same receiver."""
    draft = attested(SUPPLIER, productIds=["urn:example:other"], pcf=changes.get("pcf"))
    draft["credentialSubject"]["partner"] |= changes.get("partner", {})
    place.publish(received(place, "bought"), place.signed(draft))
    assert place.log.size == 2


def test_a_partner_s_product_is_one_in_any_spelling(place: Place) -> None:
    draft = attested(SUPPLIER, productIds=["urn:example:other"])
    draft["credentialSubject"]["partner"]["productIds"] = ["URN:example:partner:1", "other"]
    with pytest.raises(InConflict):
        place.publish(received(place, "bought"), place.signed(draft))
