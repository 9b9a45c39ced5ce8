"""US EPA's CSV: what becomes a factor, what is refused and why."""

from __future__ import annotations

import pytest

from rootprint.ledger.factors import read_epa
from tests.factors.tables import EPA_HEAD, EPA_UNIT, epa, only, only_problem, signed_form


def test_a_dollar_factor_is_per_dollar_of_its_year() -> None:
    """It converts to nothing else, and is never called a piece."""
    data = epa('111110,"Soybean Farming","All GHGs",' + EPA_UNIT + ",0.532")
    subject = only(read_epa(data))
    assert subject["pcf"]["declaredUnitOfMeasurement"] == "US dollar of 2022"
    assert subject["pcf"]["declaredUnitAmount"] == "1"
    assert subject["pcf"]["fossilGhgEmissions"] == "0.532"
    assert subject["productNameCompany"].endswith("per US dollar of 2022 at purchaser price")
    assert (subject["basis"], subject["boundary"]) == ("life-cycle", "cradle-to-gate")
    assert subject["pcf"]["geographyCountry"] == "US"
    assert subject["characterizationSets"] == [{"set": "unstated", "share": "100"}]
    signed_form(subject)


@pytest.mark.parametrize("year", [1999, 2009, 2036])
def test_a_dollar_of_a_year_that_the_unit_table_does_not_have_is_refused(year: int) -> None:
    data = epa(f'111110,"S","All GHGs","kg CO2e/{year} USD, purchaser price",0.532')
    table = read_epa(data)
    assert only_problem(table) == (2, "Unit", "unit-not-declarable")
    assert f"US dollar of {year} is not in the unit table" in str(table.problems[0])
    assert "2010 to 2035" in table.problems[0].remedy


def by_gas(ch4: str, n2o: str, co2: str = "1.00e-01") -> bytes:
    unit = '"kg/2022 USD, purchaser price"'
    return epa(
        f'111110,"S","Carbon dioxide",{unit},{co2}',
        f'111110,"S","Methane",{unit},{ch4}',
        f'111110,"S","Nitrous oxide",{unit},{n2o}',
        f'111110,"S","HFCs and PFCs, unspecified",{EPA_UNIT},1.00e-03',
    )


@pytest.mark.parametrize(
    ("n2o", "total", "expected"),
    [
        ("1.0000e-02", "2.7510", "AR5"),  # 0.1 + 0.01 x 265 + 0.001
        ("1.0000e-02", "2.8310", "AR6"),  # 0.1 + 0.01 x 273 + 0.001
        ("1.0000e-02", "2.7900", "unstated"),  # neither
        ("1.0000e-05", "0.104", "unstated"),  # both, within the rounding
    ],
)
def test_the_gwp_set_is_named_only_if_the_numbers_fit_no_other(
    n2o: str, total: str, expected: str
) -> None:
    data = epa(f'111110,"S","All GHGs",{EPA_UNIT},{total}')
    gas = by_gas("0.000e-02", n2o)
    subject = only(read_epa(data, gas))
    assert subject["characterizationSets"] == [{"set": expected, "share": "100"}]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (f',"S","All GHGs",{EPA_UNIT},1', "2017 NAICS Code", "no-source"),
        ('111110,"S","All GHGs","kg CO2e/EUR",1', "Unit", "unit-unknown"),
        ('111110,"S","All GHGs",,1', "Unit", "unit-unknown"),
        (f'111110,"S","All GHGs",{EPA_UNIT},', EPA_HEAD[4], "no-number"),
        (f'111110,"S","All GHGs",{EPA_UNIT},1e999', EPA_HEAD[4], "no-number"),
        (f'111110,"S","All GHGs",{EPA_UNIT},-1', EPA_HEAD[4], "negative"),
        (f'111110,"S","All GHGs",{EPA_UNIT}', EPA_HEAD[4], "no-number"),
    ],
)
def test_a_row_of_epa_that_is_no_factor(row: str, column: str, reason: str) -> None:
    assert only_problem(read_epa(epa(row))) == (2, column, reason)
