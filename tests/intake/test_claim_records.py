"""Publishing what a registry retired and who claims it, and composing what uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.core.errors import NotAuthorised, Refused
from rootprint.ledger.intake import InventoryProblems
from rootprint.ledger.verify import Verdict
from tests.support.processes import (
    REGISTRY,
    claim,
    composed,
    contract,
    file,
    output,
    retirement,
    status,
    with_registry,
)
from tests.support.world import SUPPLIER

if TYPE_CHECKING:
    from tests.intake.place import Place


def admit_registry(place: Place) -> None:
    with_registry(place.world)
    with place.home.store.write() as tx:
        place.world.keep_keys(tx)
        for record in place.world.records.values():
            if REGISTRY.encode() in record:
                tx.directory.put_record(REGISTRY, record)


@pytest.mark.parametrize(
    ("attribute", "unit", "why"),
    [
        ("electricity", "kilogram", "electricity is counted in energy, and kilogram is mass"),
        ("heat", "cubic meter", "heat is counted in energy, and cubic meter is volume"),
        ("biomethane", "piece", "counted in energy or mass or volume, and piece is count"),
        ("hydrogen", "kilowatt hours", "unit 'kilowatt hours' is not in the unit table"),
        ("recycled-material", "kg", "unit 'kg' is not in the unit table"),
    ],
)
def test_a_retirement_in_another_unit_is_not_published(
    place: Place, attribute: str, unit: str, why: str
) -> None:
    admit_registry(place)
    amount = {"value": "10", "unit": unit}
    draft = retirement(attribute=attribute, amount=amount)
    with pytest.raises(Refused, match=rf"amount\.unit: .*{why}.* — ") as caught:
        place.publish(place.signed(draft))
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("attribute", "unit"),
    [("electricity", "megajoule"), ("biomethane", "cubic meter"), ("hydrogen", "kilogram"),
     ("recycled-material", "tonne")],
)  # fmt: skip
def test_a_retirement_in_its_unit_is_published(place: Place, attribute: str, unit: str) -> None:
    admit_registry(place)
    retired = place.published(retirement(attribute=attribute, amount={"value": "10", "unit": unit}))
    with place.home.store.read() as tx:
        assert tx.statements.get(retired.digest).subject["amount"]["unit"] == unit


def test_claims_are_published_within_their_time(place: Place) -> None:
    admit_registry(place)
    retired = place.published(retirement())
    late = {"periodStart": "2026-01-01T00:00:00Z", "periodEnd": "2026-02-01T00:00:00Z"}
    with pytest.raises(Refused, match="law 4: its period is not within"):
        place.publish(place.signed(claim(retired, **late)))
    claimed = place.published(claim(retired))
    hall = {"name": "Hall 1", "outputs": [output("part", "1")]}
    line = contract("wind", "10000", claimed)
    subject = place.published(composed(file("part", hall, [line]), wind=claimed))
    place.anchor()
    assert place.walk(subject).verdict is Verdict.VERIFIED
    with pytest.raises(NotAuthorised, match="may not state the status"):
        place.publish(place.signed(status(retired, "withdrawn", issuer=SUPPLIER)))
    place.publish(place.signed(status(claimed, "withdrawn")))


def test_only_a_registry_retires(place: Place) -> None:
    draft = retirement()
    draft["issuer"] = SUPPLIER
    with pytest.raises(NotAuthorised):
        place.publish(place.signed(draft))


def test_lines_of_a_file_take_no_more_than_their_certificate_has() -> None:
    hall = {"name": "Hall 1", "outputs": [output("part", "1000")]}
    lines = [contract("", "6000", description=f"meter {n}") for n in range(2)]
    with pytest.raises(InventoryProblems, match="is less than the lines that name this") as caught:
        composed(file("part", hall, lines))
    assert [one.member for one in caught.value.problems] == ["inventory.2.certificate.MWh"]
