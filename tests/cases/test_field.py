"""What people reported in public of factor tables and partners' footprints: docs/field-log.md.

Each input is our own, of the kind that the report describes; the numbers are made up.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.factors import read_epa, read_uk
from tests.factors.tables import EPA_UNIT, epa, flat_file, only, read_rows
from tests.partner import documents
from tests.partner.documents import catena_x, pact, refused

KG = '"kg/2022 USD, purchaser price"'
LOG = Path(__file__).parents[2] / "docs" / "field-log.md"


def test_i01_a_by_gas_table_whose_mixture_is_called_a_mass() -> None:
    """The mixture of gases is kg CO2e and says kg: no set is claimed, and no gas made of it."""
    totals = epa(f'111110,"S","All GHGs",{EPA_UNIT},2.8310')
    gases = [
        f'111110,"S","Carbon dioxide",{KG},1.00e-01',
        f'111110,"S","Methane",{KG},0.000e-02',
        f'111110,"S","Nitrous oxide",{KG},1.0000e-02',
    ]
    mixture = '111110,"S","HFCs and PFCs, unspecified",{},1.00e-03'
    right = only(read_epa(totals, epa(*gases, mixture.format(EPA_UNIT))))
    wrong = only(read_epa(totals, epa(*gases, mixture.format(KG))))
    assert right["characterizationSets"] == [{"set": "AR6", "share": "100"}]
    assert wrong["characterizationSets"] == [{"set": "unstated", "share": "100"}]
    assert "gases" not in wrong


def test_i02_a_flat_file_of_another_year_and_one_of_the_old_kind() -> None:
    """The columns of 2019 are those of 2025; the .xls is told apart from what is broken."""
    row = ("1_1_15_1", "Scope 1", "Fuels", "Gaseous fuels", "Butane", None, None, "tonnes",
           "kg CO2e", 3000)  # fmt: skip
    with pytest.raises(Refused, match="states the year 2019") as caught:
        read_uk(flat_file([row], heading="GHG Conversion Factor 2019"))
    assert "2025" in caught.value.remedy
    with pytest.raises(Refused) as old:
        read_uk(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)
    assert ".xlsx" in f"{old.value} {old.value.remedy}"


def test_i03_a_grid_factor_in_grams_under_a_heading_of_kilograms() -> None:
    table = read_rows("17100X0001,某省电力平均碳足迹因子,摇篮到坟墓,338kgCO2e / 千瓦时,2024")
    assert [problem.reason for problem in table.problems] == ["implausible"]
    assert "338 kg CO2e per kilowatt hour" in table.problems[0].message


def test_i04_decimals_as_json_numbers_lose_no_digit() -> None:
    """0.1 + 0.2 is 0.3 here, in either form."""
    figures = {"fossilGhgEmissions": 0.1, "biogenicNonCO2Emissions": 0.2,
               "pcfExcludingBiogenicUptake": 0.3, "pcfIncludingBiogenicUptake": 0.3}  # fmt: skip
    by_pact = documents.only(pact(pcf={**figures, "biogenicCO2Uptake": None}))
    by_catena_x = documents.only(catena_x({**figures, "aircraftGhgEmissions": 0,
                                           "biogenicCO2Uptake": 0}))  # fmt: skip
    for one in (by_pact, by_catena_x):
        assert one.subject["pcf"]["pcfExcludingBiogenicUptake"] == "0.3"
        assert not any("add up" in note.what for note in one.findings)


def test_i05_ratings_as_numbers_and_as_texts() -> None:
    ratings = {"technologicalDQR": 2, "geographicalDQR": "2.0", "temporalDQR": 1.5}
    pcf = documents.only(pact(pcf={"dqi": ratings})).subject["pcf"]
    assert pcf["dqi"] == {"technologicalDQR": "2", "geographicalDQR": "2.0", "temporalDQR": "1.5"}


def test_i06_members_that_are_null_are_not_there() -> None:
    text = json.dumps(pact()).replace('"status"', '"precedingPfIds": null, "comment": null,'
                                      ' "validityPeriodEnd": null, "status"')  # fmt: skip
    text = text.replace('"declaredUnitAmount"', '"aircraftGhgEmissions": null, "verification":'
                        ' {"completedAt": null}, "declaredUnitAmount"')  # fmt: skip
    one = documents.only(text.encode())
    assert one.findings == ()
    assert "aircraftGhgEmissions" not in one.subject["pcf"]
    assert "verification" not in one.subject["pcf"]


def test_i07_a_validity_that_ends_before_it_begins() -> None:
    document = pact(validityPeriodStart="2027-01-01T00:00:00Z",
                    validityPeriodEnd="2026-12-31T00:00:00Z")  # fmt: skip
    assert "validityPeriodEnd is not after the start of its validity" in refused(document)


def test_i08_a_footprint_of_an_older_model_with_ids_as_objects() -> None:
    older = pact(specVersion="2.0.1-20230314", companyIds=[{"companyId": "urn:uuid:1"}])
    assert "specVersion is 2.0.1-20230314" in refused(older)
    objects = pact(productIds=[{"productId": "urn:gtin:4712345060507"}])
    assert "productIds has no URN" in refused(objects)


def test_i09_carbon_dioxide_of_biofuels_is_counted_beside_the_total() -> None:
    burnt = ("99_1_8_2", "Outside of Scopes", "Outside of scopes", "Biofuel", "Bioethanol", None,
             None, "litres", "kg CO2e of CO2 per unit", 1.52)  # fmt: skip
    pcf = only(read_uk(flat_file([burnt], [])))["pcf"]
    assert (pcf["pcfExcludingBiogenicUptake"], pcf["biogenicCO2Emissions"]) == ("0", "1.52")


def test_i10_an_upstream_factor_of_a_flight_with_forcing_is_the_one_without() -> None:
    """A fuel's upstream is not multiplied, and none of it is emitted by an aircraft."""
    rows = [
        (f"22_1_{number}_1", "Scope 3", "WTT- business travel- air", "WTT- flights", "Long-haul",
         "Average passenger", column, "passenger.km", "kg CO2e", 0.03)
        for number, column in ((1, "With RF"), (2, "Without RF"))
    ]  # fmt: skip
    with_forcing, without = (draft.subject for draft in read_uk(flat_file(rows)).drafts[:2])
    assert with_forcing["pcf"] == without["pcf"]
    assert without["pcf"]["aircraftGhgEmissions"] == "0"
    assert with_forcing["characterizationSets"] == without["characterizationSets"]


def test_i11_one_id_with_two_values() -> None:
    row = "X0001,某产品,摇篮到大门,{}kgCO2e / 千克,2022"
    table = read_rows(row.format("1.5"), row.format("1.6"))
    assert [(one.row, one.reason) for one in table.problems] == [(3, "twice")]


def test_the_log_has_each_of_them() -> None:
    text = LOG.read_text(encoding="utf-8")
    tried = {name.split("_")[1].upper() for name in globals() if name.startswith("test_i")}
    assert tried
    assert tried == set(re.findall(r"^\| (I\d+) \|", text, re.MULTILINE))
