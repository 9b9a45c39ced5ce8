"""What our views say of a product, a receiver reads back from either form: the same figures."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.exchange import catena_x, pact, written
from tests.exchange import generated
from tests.exchange.conftest import RECORD
from tests.partner.documents import composed, read

if TYPE_CHECKING:
    from types import ModuleType

    from tests.exchange.conftest import Makers

_quietly = settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
RECEIVED = "2026-06-01T00:00:00Z"
# Catena-X tells aircraft emissions from other fossil ones, and none by land management.
WITHOUT_A_MEMBER = {pact: set[str](), catena_x: {"landManagementFossilGhgEmissions"}}
# Every figure that both forms hold; what is taken up less what is set free is in the product.
HELD = {
    "fossilGhgEmissions": "2.50",
    "aircraftGhgEmissions": "0.40",
    "landManagementFossilGhgEmissions": "0.30",
    "biogenicNonCO2Emissions": "0.25",
    "landUseChangeGhgEmissions": "0.125",
    "landManagementBiogenicCO2Emissions": "0.0625",
    "landManagementBiogenicCO2Removals": "-0.03",
    "biogenicCO2Uptake": "-0.55",
    "biogenicCO2Emissions": "0.11",
    "pcfExcludingBiogenicUptake": "2.9075",
    "pcfIncludingBiogenicUptake": "2.4675",
}


@pytest.mark.parametrize("view", [pact, catena_x])
@_quietly
@given(pcf=generated.figures())
def test_the_figures_of_a_view_come_back(
    makers: Makers, view: ModuleType, pcf: dict[str, str]
) -> None:
    statement = makers.stated(pcf)
    try:
        document = view.footprint(statement, RECORD)
    except Refused:
        return  # what a form has no member for is refused there
    found = read(written(document).encode(), received=RECEIVED)
    # Figures are drawn without regard to what a kilogram can be, or hold as carbon.
    assume(not any("kg CO2e per kilogram" in note.what for note in found.refused))
    assert found.refused == ()
    assume(not any("as carbon" in note.what for note in found.taken[0].findings))
    back = composed(found.taken[0])[0]["credentialSubject"]["pcf"]
    same_figures(view, back, pcf)


def same_figures(view: ModuleType, back: dict[str, str], pcf: dict[str, str]) -> None:
    """Totals, emissions and parts are what was signed, save for what the form can't say."""
    for name in ("pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake"):
        assert Fraction(back[name]) == Fraction(pcf[name])
    for name in (*generated.EMISSIONS[1:], *generated.PARTS):
        if name in WITHOUT_A_MEMBER[view]:
            assert name not in back
        else:
            assert Fraction(back.get(name, "0")) == Fraction(pcf.get(name, "0"))
    assert "publicationDifference" not in back


@pytest.mark.parametrize("view", [pact, catena_x])
def test_what_both_forms_hold_comes_back(makers: Makers, view: ModuleType) -> None:
    """Generated figures are often refused; these are never."""
    found = read(written(view.footprint(makers.stated(HELD), RECORD)).encode(), received=RECEIVED)
    assert found.refused == ()
    back = composed(found.taken[0])[0]["credentialSubject"]["pcf"]
    same_figures(view, back, HELD)
    for name in ("fossilGhgEmissions", "landManagementBiogenicCO2Removals"):
        assert Fraction(back[name]) == Fraction(HELD[name])
    assert Fraction(back["biogenicCO2Uptake"]) == Fraction("-0.44")


def test_a_whole_view_keeps_what_both_sides_can_say(makers: Makers) -> None:
    statement = makers.whole()
    document = pact.footprint(statement, RECORD)
    found = read(written(document).encode(), received=RECEIVED)
    assert found.refused == ()
    one = found.taken[0]
    back, signed = one.subject["pcf"], statement.subject["pcf"]
    for name in ("primaryDataShare", "dqi", "exemptedEmissionsPercent", "crossSectoralStandards",
                 "boundaryProcessesDescription", "allocationRulesDescription", "verification",
                 "secondaryEmissionFactorSources", "productOrSectorSpecificRules"):  # fmt: skip
        assert back.get(name) == signed.get(name)
    assert any("leads to a signed statement" in note.what for note in one.findings)
