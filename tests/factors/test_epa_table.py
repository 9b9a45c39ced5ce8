"""US EPA's CSV: what becomes a factor, what is refused and why."""

from __future__ import annotations

import pytest

from rootprint.ledger.core.encoding import digest_text, sha256
from rootprint.ledger.core.errors import Refused
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


@pytest.mark.parametrize("years", [(1999,), (2021,), (2023,), (2022, 2021)])
def test_another_release_is_refused_with_those_that_are_known(years: tuple[int, ...]) -> None:
    """The columns are the same in each: only the dollar's year tells the releases apart."""
    rows = [
        f'{code},"S","All GHGs","kg CO2e/{year} USD, purchaser price",0.532'
        for code, year in enumerate(years, start=111110)
    ]
    with pytest.raises(Refused, match="states the year of its dollars") as caught:
        read_epa(epa(*rows))
    assert "v1.3.0" in caught.value.remedy
    assert "by hand" in caught.value.remedy


def test_the_by_gas_table_of_another_release_is_refused() -> None:
    data = epa(f'111110,"S","All GHGs",{EPA_UNIT},0.532')
    gas = by_gas("0.000e-02", "1.0000e-02").replace(b"2022", b"2021")
    with pytest.raises(Refused, match="by gas states the year of its dollars 2021"):
        read_epa(data, gas)


def test_a_factor_names_its_release_and_a_copy_says_that_it_is_one() -> None:
    data = epa(f'111110,"S","All GHGs",{EPA_UNIT},0.532')
    reference = only(read_epa(data))["reference"]
    assert "v1.3.0" in reference
    assert digest_text(sha256(data)) in reference


def test_one_gas_is_not_taken_for_the_total() -> None:
    """The by-gas table has the same columns: its first row of a code is kg of CO2 alone."""
    table = read_epa(by_gas("0.000e-02", "1.0000e-02"))
    assert table.drafts == ()
    assert {problem.reason for problem in table.problems} == {"one-gas"}
    assert "--by-gas" in table.problems[0].remedy


def test_a_figure_in_grams_is_refused() -> None:
    table = read_epa(epa(f'111110,"S","All GHGs",{EPA_UNIT},1532'))
    assert only_problem(table) == (2, EPA_HEAD[4], "implausible")


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
