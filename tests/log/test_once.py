"""What may be logged once: processes, claims and certificates, in any order and any batch."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.log import InConflict, Log, LogDamaged, fsck
from rootprint.ledger.store import Store
from tests.support.processes import (
    claim,
    composed,
    contract,
    file,
    gas,
    output,
    process,
    record_draft,
    retirement,
    status,
    with_registry,
)
from tests.support.world import PUBLISHER, SUPPLIER, World

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rootprint.ledger.core.statement import Statement

Draft = dict[str, Any]
PAIR = process(output("steel", "30"), output("slag", "10"))
ALONE = {"name": "Hall 1", "outputs": [output("part", "1")]}


@dataclass
class Logged:
    """A log in a store, and the world that signs for it."""

    world: World
    log: Log

    def append(self, *drafts: Mapping[str, Any] | Statement) -> list[Statement]:
        """Append drafts or signed statements as one batch, disclosures kept."""
        signed = [self.world.sign(one) if isinstance(one, dict) else one for one in drafts]
        self.log.append(signed, keep_disclosures=True)
        return signed

    def one(self, draft: Mapping[str, Any]) -> Statement:
        """Append one draft and return its statement."""
        (found,) = self.append(draft)
        return found


@pytest.fixture(scope="module")
def world() -> World:
    return with_registry(World())


@pytest.fixture
def logged(world: World, tmp_path: Path) -> Iterator[Logged]:
    with Store.create(tmp_path / "store.sqlite") as store:
        yield Logged(world, Log(store, world.log_key, clock=lambda: 1_800_000_000.0))


def record(**changes: Any) -> Draft:
    draft = record_draft(file("steel", PAIR, [gas()]))
    draft["credentialSubject"] |= changes
    return draft


def test_a_process_and_period_has_one_live_record(logged: Logged) -> None:
    first = logged.one(record())
    second = logged.world.sign(record())
    with pytest.raises(InConflict, match=r"has a live record.*entry 0 \(sha256:") as caught:
        logged.append(second)
    assert (caught.value.entry, caught.value.digest) == (0, first.digest)
    assert caught.value.json()["conflict"] == {
        "entry": 0, "statement": digest_text(first.digest),
    }  # fmt: skip
    assert logged.log.size == 1  # nothing of it is there


@pytest.mark.parametrize(
    "changes",
    [
        {"site": "urn:example:site-2"},
        {"rule": {"id": "another", "digest": f"sha256:{'0' * 64}"}},
        {"periodStart": "2026-01-01T00:00:00Z", "periodEnd": "2027-01-01T00:00:00Z"},
    ],
)
def test_what_differs_in_its_key_or_its_time_is_another(logged: Logged, changes: Draft) -> None:
    logged.append(record())
    logged.append(record(**changes))
    assert logged.log.size == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"process": "furnace 1 "},
        {"process": "FUR\u200bNACE\u00a0 1"},
        {"process": "Ｆurnace １"},
    ],
)
def test_another_spelling_is_the_same_process(logged: Logged, changes: Draft) -> None:
    logged.append(record())
    with pytest.raises(InConflict, match=r"'.*' at .* has a live record.*entry 0 "):
        logged.append(record(**changes))


def test_a_site_in_another_spelling_is_the_same_site(logged: Logged) -> None:
    logged.append(record(site="urn:gln:4012345000009"))
    with pytest.raises(InConflict, match="has a live record"):
        logged.append(record(site="urn:gs1:414:4012345000009"))


def test_a_product_stands_in_one_record_of_a_site(logged: Logged) -> None:
    """Another name for the process makes no second table of the same products."""
    logged.append(record())
    with pytest.raises(InConflict, match=r"is a product of 'Furnace 1'.*entry 0 ") as caught:
        logged.append(record(process="Oven"))
    assert caught.value.entry == 0
    logged.append(record(process="Oven", site="urn:example:site-2"))
    later = {"periodStart": "2026-01-01T00:00:00Z", "periodEnd": "2027-01-01T00:00:00Z"}
    logged.append(record(process="Oven", **later))
    fsck(logged.log.store, logged.log.note_key)


def test_a_record_that_was_ended_frees_its_products(logged: Logged) -> None:
    first = logged.one(record())
    logged.append(status(first, "withdrawn"), record(process="Oven"))
    with pytest.raises(InConflict, match="entry 2"):
        logged.append(record(process="Kiln"))


def test_an_issuer_retires_a_certificate_once(logged: Logged) -> None:
    first = logged.one(retirement())
    overlapping = [{"from": "w-0010 ", "to": "W-0020"}]
    again = retirement(registry="example  REGISTRY", certificates=overlapping)
    with pytest.raises(InConflict, match=r"w-0010 of example registry is retired.*entry 0 "):
        logged.append(again)
    logged.append(retirement(certificates=[{"from": "W-0011", "to": "W-0020"}]))
    logged.append(retirement(registry="Another registry"))
    logged.append({**retirement(), "issuer": PUBLISHER})
    logged.append(status(first, "withdrawn"), retirement())
    fsck(logged.log.store, logged.log.note_key)


def test_a_certificate_in_two_spellings_is_one(logged: Logged) -> None:
    logged.append(using("a", "6000"))
    draft = using("b", "4000.001")
    draft["credentialSubject"]["inventory"][0]["certificate"]["id"] = "w\u20110001"
    logged.append(draft)  # another hyphen is another text
    draft = using("c", "4000.001")
    draft["credentialSubject"]["inventory"][0]["certificate"] |= {
        "id": "\uff37-0001",
        "registry": " EXAMPLE registry",
    }
    with pytest.raises(InConflict, match="has less"):
        logged.append(draft)


def test_a_period_that_overlaps_by_a_second_is_the_same(logged: Logged) -> None:
    logged.append(record())
    later = {"periodStart": "2025-12-31T23:59:59Z", "periodEnd": "2027-01-01T00:00:00Z"}
    with pytest.raises(InConflict):
        logged.append(record(**later))


def test_two_records_in_one_batch_are_one_too_many(logged: Logged) -> None:
    with pytest.raises(InConflict, match="has a live record"):
        logged.append(record(), record())
    assert logged.log.size == 0


@pytest.mark.parametrize("state", ["withdrawn", "superseded"])
@pytest.mark.parametrize("together", [True, False])
def test_ending_a_record_frees_its_process(
    logged: Logged,
    state: str,
    together: bool,  # noqa: FBT001 - a parameter of the case
) -> None:
    first = logged.one(record())
    second = logged.world.sign(record())
    end = status(first, state, second if state == "superseded" else None)
    if together:
        logged.append(second, end)
    else:
        logged.append(end)
        logged.append(second)
    with pytest.raises(InConflict):
        logged.append(record())


def test_the_same_bytes_again_are_no_second_record(logged: Logged) -> None:
    first = logged.one(record())
    logged.append(first)
    assert logged.log.size == 1


def test_a_footprint_cites_a_record_that_is_logged_and_in_force(logged: Logged) -> None:
    made = file("steel", PAIR, [gas()])
    first = logged.world.sign(record())
    subject = composed(made, furnace=first)
    with pytest.raises(NotFound):
        logged.append(subject)
    logged.append(first)
    logged.append(status(first, "withdrawn"))
    with pytest.raises(Refused, match="process record that it cites was superseded or withdrawn"):
        logged.append(subject)


def test_an_issuers_claims_stay_within_what_was_retired(logged: Logged) -> None:
    retired = logged.one(retirement())
    first = logged.one(claim(retired, "6"))
    with pytest.raises(InConflict, match=r"exceed what was retired: entry 1 \(") as caught:
        logged.append(claim(retired, "4.000001"))
    assert caught.value.digest == first.digest
    logged.append(claim(retired, "4"))
    with pytest.raises(InConflict, match="entry 2"):
        logged.append(claim(retired, "0.000001"))


def test_units_are_converted(logged: Logged) -> None:
    retired = logged.one(retirement())
    logged.append(claim(retired, amount={"value": "36000", "unit": "megajoule"}))
    with pytest.raises(InConflict):
        logged.append(claim(retired, amount={"value": "1", "unit": "kilowatt hour"}))
    with pytest.raises(Refused, match="claims mass, and what was retired is energy"):
        logged.append(claim(retired, amount={"value": "1", "unit": "kilogram"}))
    with pytest.raises(Refused, match="not in the unit table"):
        logged.append(claim(retired, amount={"value": "1", "unit": "MWh of wind"}))


def test_a_claim_alone_beyond_its_retirement_is_refused(logged: Logged) -> None:
    retired = logged.one(retirement())
    with pytest.raises(Refused, match="claims more than retirement"):
        logged.append(claim(retired, "10.1"))


def test_another_issuers_claim_is_logged_beside_it(logged: Logged) -> None:
    retired = logged.one(retirement())
    logged.append(claim(retired))
    logged.append(claim(retired, issuer=PUBLISHER))
    assert logged.log.size == 3


def test_a_claim_names_a_retirement_record_that_is_in_force(logged: Logged) -> None:
    fuel = logged.one(logged.world.factor("fuel"))
    with pytest.raises(Refused, match="is a FootprintStatement, and no retirement record"):
        logged.append(claim(fuel))
    retired = logged.world.sign(retirement())
    with pytest.raises(NotFound):
        logged.append(claim(retired))
    logged.append(retired)
    logged.append(status(retired, "withdrawn"))
    with pytest.raises(Refused, match="retirement that it claims was superseded or withdrawn"):
        logged.append(claim(retired))


def using(name: str, *kwh: str, mwh: str = "10", **subject: Any) -> Draft:
    """A product that takes contract electricity of one certificate, a line for each amount."""
    outputs = {**ALONE, "outputs": [output(name, "1")]}
    lines = [contract("", each, mwh=mwh) for each in kwh]
    for number, line in enumerate(lines):
        line["description"] = f"part {number}"
    draft = composed(file(name, outputs, [contract("", "1")]))
    draft["credentialSubject"]["inventory"] = [
        {**line, "result": {"fossilGhgEmissions": "0"}} for line in lines
    ]
    draft["credentialSubject"] |= subject
    return draft


def test_uses_of_a_certificate_stay_within_its_mwh(logged: Logged) -> None:
    """Over statements, over lines, and over a batch."""
    first = logged.one(using("a", "6000"))
    with pytest.raises(InConflict, match=r"w-0001 of example registry has less.*entry 0") as caught:
        logged.append(using("b", "4000.001"))
    assert caught.value.digest == first.digest
    with pytest.raises(InConflict):
        logged.append(using("b", "2000", "2000.001"))
    with pytest.raises(InConflict):
        logged.append(using("b", "2000"), using("c", "2001"))
    logged.append(using("b", "2000"), using("c", "2000"))
    assert logged.log.size == 3


def test_one_statement_beyond_its_certificate_is_reported_by_its_lines(logged: Logged) -> None:
    with pytest.raises(Refused, match="has less than is taken of it"):
        logged.append(using("a", "6000", "4001"))


def test_the_smallest_mwh_that_was_stated_counts(logged: Logged) -> None:
    logged.append(using("a", "6000", mwh="10"))
    with pytest.raises(InConflict):
        logged.append(using("b", "6000", mwh="1000"))


def test_another_issuer_may_name_the_same_certificate(logged: Logged) -> None:
    logged.append(using("a", "9000"))
    other = using("b", "9000")
    other["issuer"] = PUBLISHER
    logged.append(other)


def test_withdrawing_frees_a_certificate(logged: Logged) -> None:
    first = logged.one(using("a", "9000"))
    with pytest.raises(InConflict):
        logged.append(using("b", "9000"))
    logged.append(status(first, "withdrawn"), using("b", "9000"))


def test_a_new_statement_of_the_product_takes_the_place_of_the_old_one(logged: Logged) -> None:
    first = logged.one(using("a", "9000"))
    preceding = {"precedingStatements": [digest_text(first.digest)]}
    with pytest.raises(InConflict):
        logged.append(using("b", "9000", **preceding))  # of another product
    with pytest.raises(InConflict):  # another number of the product
        logged.append(using("a", "9000", sites=["urn:example:site-2"], **preceding))
    logged.append(using("a", "9000", **preceding))


def test_what_was_produced_counts_and_not_one_declared_amount(logged: Logged) -> None:
    """Bug: a megawatt hour served a million kilograms of a megawatt hour each."""
    made = {"value": "1000", "unit": "kilogram"}
    with pytest.raises(Refused, match="has less than is taken of it"):
        logged.append(using("a", "9000", producedAmount=made))
    logged.append(using("a", "9", producedAmount=made))
    with pytest.raises(InConflict):
        logged.append(using("b", "2", producedAmount=made))


def test_lines_shown_later_are_counted_too(logged: Logged) -> None:
    hidden = logged.world.sign(using("a", "9000"))
    logged.append(hidden.bare)
    logged.append(using("b", "9000"))
    with pytest.raises(InConflict):
        logged.append(hidden)


def test_co_products_use_the_certificate_of_a_shared_activity_once(logged: Logged) -> None:
    given = file("steel", PAIR, [contract("", "10000")])
    furnace = logged.one(record_draft(given))
    for name in ("steel", "slag"):
        logged.append(composed(file(name, PAIR, [contract("", "10000")]), furnace=furnace))
    assert logged.log.size == 3
    with pytest.raises(InConflict):
        logged.append(using("b", "1"))


def test_uses_of_a_claim_stay_within_the_claim(logged: Logged) -> None:
    retired = logged.one(retirement())
    claimed = logged.one(claim(retired, "5"))
    draft = using("a", "3000", mwh="10")
    named = {"claim": digest_text(claimed.digest)}
    draft["credentialSubject"]["inventory"][0]["certificate"] |= named
    logged.append(draft)
    other = using("b", "3000", mwh="10")
    other["credentialSubject"]["inventory"][0]["certificate"] |= named
    with pytest.raises(InConflict, match="claim sha256:"):
        logged.append(other)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE process SET site = 'urn:example:other'",
        "UPDATE claim SET amount = '1'",
        "UPDATE retired_range SET last = 'W-9999'",
        "DELETE FROM retired_range",
        "UPDATE retired_range SET number = 7",
        "DELETE FROM claim",
        "DELETE FROM process",
        "INSERT INTO claim SELECT digest, issuer, digest, 'energy', '1' FROM statement LIMIT 1",
    ],
)
def test_fsck_derives_the_rows_again(logged: Logged, change: str) -> None:
    retired = logged.one(retirement())
    logged.append(claim(retired, "6"), record())
    store = logged.log.store
    fsck(store, logged.log.note_key)
    with store.write() as tx:
        tx.exclusive._connection.exec_driver_sql(change)
    with pytest.raises(LogDamaged, match=r"may exist once|processes, claims and|other ranges"):
        fsck(store, logged.log.note_key)


@dataclass
class Model:
    """What must hold: per issuer and retirement, the live claims' sum."""

    live: dict[bytes, tuple[str, int, Fraction]] = field(default_factory=dict)

    def fits(self, batch: list[tuple[str, int, Fraction]], ended: list[bytes]) -> bool:
        """Whether no issuer claims more than the 10 MWh of a retirement."""
        kept = [value for digest, value in self.live.items() if digest not in ended]
        for issuer, number in {(issuer, number) for issuer, number, _ in batch}:
            total = sum(
                (amount for one, other, amount in [*kept, *batch]
                 if (one, other) == (issuer, number)),
                Fraction(0),
            )  # fmt: skip
            if total > 10:
                return False
        return True


_claims = st.tuples(
    st.sampled_from([SUPPLIER, PUBLISHER]), st.integers(0, 1), st.integers(1, 9).map(Fraction)
)
_steps = st.lists(
    st.tuples(st.lists(_claims, max_size=3), st.lists(st.integers(0, 30), max_size=2)),
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(_steps)
def test_no_retirement_is_overdrawn_in_any_order(
    world: World,
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[list[tuple[str, int, Fraction]], list[int]]],
) -> None:
    """Publishes, batches and withdrawals in any order: what fits is taken, what doesn't is not."""
    path = tmp_path_factory.mktemp("once") / "store.sqlite"
    with Store.create(path) as store:
        logged = Logged(world, Log(store, world.log_key, clock=lambda: 1.0))
        others = [{"from": "X-0001", "to": "X-0010"}]
        retired = logged.append(retirement(), retirement(certificates=others))
        model = Model()
        published: list[Statement] = []
        for batch, ends in steps:
            ended = list(dict.fromkeys(
                published[n % len(published)].digest for n in ends if published
            ))  # fmt: skip
            claims = [
                world.sign(claim(retired[number], str(amount), issuer=issuer))
                for issuer, number, amount in batch
            ]
            by_digest = {one.digest: one for one in published}
            withdrawn = [status(by_digest[digest], "withdrawn") for digest in ended]
            before = logged.log.size
            if model.fits(batch, ended):
                logged.append(*claims, *withdrawn)
                published += claims
                for one, value in zip(claims, batch, strict=True):
                    model.live[one.digest] = value
                for digest in ended:
                    model.live.pop(digest, None)
            else:
                with pytest.raises(Refused):
                    logged.append(*claims, *withdrawn)
                assert logged.log.size == before
        with store.read() as tx:
            for one in retired:
                for row in tx.exclusive.claims(one.digest):
                    assert row.statement in model.live
        fsck(store, logged.log.note_key)
