"""A retirement is claimed once, in any order and any batch."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.log import InConflict, Log, fsck
from rootprint.ledger.store import Store
from tests.log.logged import Logged
from tests.support.processes import (
    claim,
    retirement,
    status,
)
from tests.support.world import PUBLISHER, SUPPLIER, World

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement


def test_an_issuer_retires_a_certificate_once(logged: Logged) -> None:
    first = logged.one(retirement())
    overlapping = [{"from": "w-0010 ", "to": "W-0020"}]
    again = retirement(registry="example  REGISTRY", certificates=overlapping)
    both = (
        r"certificate w-0010  to W-0020 of example  REGISTRY is retired already,"
        r" as W-0001 to W-0010 of Example registry: entry 0 "
    )
    with pytest.raises(InConflict, match=both):
        logged.append(again)
    alone = [{"from": "W-0003", "to": "W-0003"}]
    with pytest.raises(InConflict, match="certificate W-0003 of Example registry is retired"):
        logged.append(retirement(certificates=alone))
    logged.append(retirement(certificates=[{"from": "W-0011", "to": "W-0020"}]))
    logged.append(retirement(registry="Another registry"))
    logged.append({**retirement(), "issuer": PUBLISHER})
    logged.append(status(first, "withdrawn"), retirement())
    fsck(logged.log.store, logged.log.note_key)


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
