"""Columns of version 2 in forms that have fewer: what is added up, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.exchange import catena_x, pact
from rootprint.ledger.exchange.figures import exact_sum, plain
from tests.exchange.conftest import RECORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.exchange.conftest import Makers

VIEWS = {"PACT": pact.footprint, "Catena-X": catena_x.footprint}
both = pytest.mark.parametrize("form", VIEWS)


def sums(**components: str) -> dict[str, str]:
    """Components and both totals by hand, from two texts: excluding and including."""
    excluding, including = components.pop("totals").split()
    return {
        **components,
        "pcfExcludingBiogenicUptake": excluding,
        "pcfIncludingBiogenicUptake": including,
    }


def test_uptake_is_net_and_the_comment_has_both(makers: Makers) -> None:
    pcf = sums(
        fossilGhgEmissions="5.00",
        biogenicCO2Uptake="-3.0",
        biogenicCO2Emissions="1.25",
        totals="5.00 3.25",
    )
    statement = makers.stated(pcf)
    mapped = pact.footprint(statement, RECORD)
    assert mapped["pcf"]["biogenicCO2Uptake"] == "-1.75"
    assert "biogenicCO2Emissions" not in mapped["pcf"]
    assert "net: -3.0 kg CO2 taken up and 1.25 kg biogenic CO2 set free" in mapped["comment"]
    data = mapped["extensions"][0]["data"]
    assert data["components"]["biogenicCO2Emissions"] == "1.25"
    stage = _production(catena_x.footprint(statement, RECORD))
    assert stage["biogenicCO2Uptake"] == Decimal("-1.75")


def test_a_difference_stands_in_fossil_emissions_and_is_said(makers: Makers) -> None:
    pcf = sums(
        fossilGhgEmissions="5.00",
        publicationDifference="-0.005",
        aircraftGhgEmissions="1",
        totals="4.995 4.995",
    )
    statement = makers.stated(pcf)
    mapped = pact.footprint(statement, RECORD)
    assert mapped["pcf"]["fossilGhgEmissions"] == "4.995"
    assert mapped["pcf"]["aircraftGhgEmissions"] == "1"
    assert "publicationDifference of -0.005 kg CO2e" in mapped["comment"]
    made = catena_x.footprint(statement, RECORD)
    assert _production(made)["fossilGhgEmissions"] == Decimal("3.995")
    assert "publicationDifference of -0.005 kg CO2e" in made["general"][0]["comment"]


def test_removals_stand_in_their_own_members(makers: Makers) -> None:
    pcf = sums(
        fossilGhgEmissions="5",
        landManagementBiogenicCO2Removals="-1",
        technologicalCO2Removals="-2",
        ccsTechnologicalCO2Capture="-0.5",
        totals="1.5 1.5",
    )
    mapped = pact.footprint(makers.stated(pcf), RECORD)
    assert {name: mapped["pcf"][name] for name in pcf} == pcf
    assert mapped["pcf"]["ccsTechnologicalCO2CaptureIncluded"] is True
    assert "of the gross emissions, before removals" in mapped["comment"]


def test_a_negative_total_is_lawful_in_pact(makers: Makers) -> None:
    pcf = sums(fossilGhgEmissions="1", technologicalCO2Removals="-2", totals="-1 -1")
    assert pact.footprint(makers.stated(pcf), RECORD)["pcf"]["pcfExcludingBiogenicUptake"] == "-1"


@both
def test_credits_are_refused(makers: Makers, form: str) -> None:
    pcf = sums(fossilGhgEmissions="5", substitutionCredits="-0.1", totals="4.9 4.9")
    with pytest.raises(Refused, match=r"substitutionCredits is -0\.1 kg CO2e") as caught:
        _view(form)(makers.stated(pcf), RECORD)
    assert f"{form} has no member for credits" in str(caught.value)
    assert "allocates in place of substitution" in caught.value.remedy


@both
def test_a_credit_of_zero_changes_nothing(makers: Makers, form: str) -> None:
    pcf = sums(fossilGhgEmissions="5", substitutionCredits="0.0", totals="5 5")
    assert "substitutionCredits" not in str(_figures_of(_view(form)(makers.stated(pcf), RECORD)))


@both
def test_more_set_free_than_taken_up_is_refused(makers: Makers, form: str) -> None:
    pcf = sums(
        fossilGhgEmissions="5",
        biogenicCO2Uptake="-1",
        biogenicCO2Emissions="1.5",
        totals="5 5.5",
    )
    with pytest.raises(Refused, match=r"sets 0\.5 kg more biogenic CO2 free than"):
        _view(form)(makers.stated(pcf), RECORD)


@both
@pytest.mark.parametrize("difference", ["-5.1", "-4.5"])
def test_a_difference_that_eats_a_part_is_refused(
    makers: Makers, form: str, difference: str
) -> None:
    total = plain(Decimal(5) + Decimal(difference))
    pcf = sums(
        fossilGhgEmissions="5",
        aircraftGhgEmissions="1",
        publicationDifference=difference,
        totals=f"{total} {total}",
    )
    with pytest.raises(Refused, match="falls below aircraftGhgEmissions or below zero"):
        _view(form)(makers.stated(pcf), RECORD)


def test_totals_that_their_parts_are_not_make_no_view(makers: Makers) -> None:
    """A statement that breaks law 1 may be signed; no view repairs it."""
    with pytest.raises(Refused, match=r"up to 5\.00000, which .* forbids; pcf\.pcfIncl"):
        pact.footprint(makers.stated(sums(totals="6 6")), RECORD)
    with pytest.raises(Refused, match=r"pcfExcludingBiogenicUptake is 6, .* add up to 5\.00000"):
        catena_x.footprint(makers.stated(sums(totals="6 6")), RECORD)


def test_sums_are_exact_at_any_length() -> None:
    long = [Decimal("9" * 34), Decimal("0." + "0" * 32 + "1"), Decimal(-1)]
    assert plain(exact_sum(long)) == "9" * 33 + "8." + "0" * 32 + "1"
    assert plain(exact_sum([Decimal("1.50"), Decimal("-1.5")])) == "0.00"
    assert plain(exact_sum([])) == "0"
    assert plain(Decimal("-0.0")) == "0.0"
    assert plain(Decimal("1E+3")) == "1000"


def _view(form: str) -> Callable[..., dict[str, object]]:
    return VIEWS[form]


def _production(made: dict[str, object]) -> dict[str, Decimal]:
    stages = made["productLifeCycleStagesAndEmissions"]
    assert isinstance(stages, list)
    (stage,) = stages[0]["productionStage"]
    found: dict[str, Decimal] = stage
    return found


def _figures_of(made: dict[str, object]) -> object:
    return made.get("pcf") or made["productLifeCycleStagesAndEmissions"]
