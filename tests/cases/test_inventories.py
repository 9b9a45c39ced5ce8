"""Cases of files that people have and that a law decides, each with a twin.

The other cases of inventories are of reading a file (encodings, sheets, hidden rows, dates, other
formats, names of units and gases): tests/intake has them where that reader is tested.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.errors import Refused
from tests.cases.filing import (
    EXCLUDING,
    INCLUDING,
    cited,
    draft,
    factor,
    gas,
    line,
    named,
    pcf,
    product,
    published,
    put,
    refused,
    told,
    total,
)

if TYPE_CHECKING:
    from tests.intake.place import Place

SUBSTITUTION = {"allocation": {"method": "substitution"}}


def test_large_total() -> None:
    """Four digits of 12,345.67: both totals and what they add are one number."""
    found = pcf(product(gas(value="12345.67"), digits=4))
    values = {found[name] for name in ("fossilGhgEmissions", EXCLUDING, INCLUDING)}
    assert values == {"12346"}
    small, large = draft(product(gas())), draft(product(gas(value="12345.67"), digits=4))
    assert [one.json() for one in large.broken] == [one.json() for one in small.broken]


def test_large_total_with_digits() -> None:
    assert pcf(product(gas(value="12345.67"), digits=7))[EXCLUDING] == "12345.67"


def certificate(amount: str, mwh: str = "1", **more: Any) -> dict[str, Any]:
    held = {"registry": "Example registry", "id": "W-0001", "MWh": mwh}
    return published("0.03", "kilowatt hour", amount=amount, unit="kWh", electricity="contract",
                     certificate=held, **more)  # fmt: skip


HALL = {"name": "Hall", "outputs": [{"name": "s", "amount": {"value": "10", "unit": "kg"}}]}


@pytest.mark.parametrize("process", [{}, {"process": HALL}])
@pytest.mark.parametrize("amounts", [("900", "900"), ("5000",)])
def test_certificates(amounts: tuple[str, ...], process: dict[str, Any]) -> None:
    lines = [certificate(one) for one in amounts]
    assert "W-0001" in refused(product(*lines, **process)) or "MWh" in refused(
        product(*lines, **process)
    )


@pytest.mark.parametrize("process", [{}, {"process": HALL}])
def test_certificates_that_cover_it(process: dict[str, Any]) -> None:
    assert draft(product(certificate("500"), certificate("500"), **process))
    assert draft(product(certificate("5000", mwh="5"), **process))


def partner(excluding: str, including: str) -> dict[str, str]:
    return {
        "fossilGhgEmissions": "1.5",
        "landManagementBiogenicCO2Emissions": "0.6",
        "landManagementBiogenicCO2Removals": "-0.4",
        "biogenicCO2Uptake": "-1.5",
        EXCLUDING: excluding,
        INCLUDING: including,
    }


def published_factor(stated: dict[str, str]) -> dict[str, Any]:
    """A factor's file: what a publication prints, parts and totals."""
    file = product(pcf=stated)
    for name in ("productMassPerDeclaredUnit", "fossilCarbonContent", "packagingEmissionsIncluded",
                 "exemptedEmissionsPercent", "exemptedEmissionsDescription",
                 "crossSectoralStandards", "ipccCharacterizationFactors"):  # fmt: skip
        del file["pcf"][name]
    for name in ("inventory", "digits", "productDescription"):
        del file[name]
    file["pcf"]["primaryDataShare"] = "0"
    sets = [{"set": "AR6", "share": "100.0000"}]
    return {**file, "role": "factor", "reference": "table 1", "licence": "none",
            "characterizationSets": sets}  # fmt: skip


def test_pact_totals() -> None:
    """1.5 + 0.6 - 0.4 is 1.70 and not 1.85: refused with both sums."""
    said = refused(published_factor(partner("1.85", "1.63")))
    assert "1.85" in said
    assert "1.7" in said


def test_pact_totals_as_printed() -> None:
    assert Fraction(pcf(published_factor(partner("1.70", "0.20")))[EXCLUDING]) == Fraction("1.7")
    off = pcf(published_factor(partner("1.71", "0.21")))
    assert Fraction(off["publicationDifference"]) == Fraction("0.01")


def chips(place: Place) -> Any:
    stated = {"fossilGhgEmissions": "0.05", "biogenicCO2Uptake": "-1.65", EXCLUDING: "0.05",
              INCLUDING: "-1.6"}  # fmt: skip
    return factor(place, "chips", "0.05", pcf=stated)


def test_biogenic(place: Place) -> None:
    """Chips that are burnt: what grew in and what burns out is not netted, and adds to nothing."""
    lines = (cited("chips", "1"), gas("CO2_biogenic", "1.65"), gas("CH4_non_fossil", "0.0001"))
    found = pcf(product(*lines), chips=chips(place))
    assert Fraction(found[EXCLUDING]) == Fraction(found[INCLUDING]) == Fraction("0.0527")
    assert Fraction(found["biogenicCO2Emissions"]) == Fraction("1.65")


def test_biogenic_of_unknown_uptake() -> None:
    """A flare whose carbon nobody followed: refused at its place, not given away as an uptake."""
    said = refused(product(gas("CO2_biogenic", "2"), gas("CH4_non_fossil", "0.01")))
    assert "inventory.1" in said or "uptake" in said


def test_signed_credit(place: Place) -> None:
    steel = factor(place, "steel", "2.1")
    for amount in ("-0.2", "0.2"):
        file = product(gas(value="3"), cited("steel", amount, **SUBSTITUTION))
        assert total(file, steel=steel) == Fraction("2.58")
    for figure in ("-2.1", "2.1"):
        lines = (gas(value="3"), published(figure, amount="0.2", **SUBSTITUTION))
        assert total(product(*lines)) == Fraction("2.58")


def test_signed_credit_of_two_signs() -> None:
    lines = (gas(value="3"), published("-2.1", amount="-0.2", **SUBSTITUTION))
    assert "is negative as the amount is" in refused(product(*lines))


def test_credit_too_big() -> None:
    """More is credited than is emitted: two columns that are both seen, and no word of aircraft."""
    found = pcf(product(gas(value="0.1"), published("2.1", amount="0.2", **SUBSTITUTION)))
    assert Fraction(found["fossilGhgEmissions"]) == Fraction("0.1")
    assert Fraction(found["substitutionCredits"]) == Fraction("-0.42")
    assert Fraction(found[EXCLUDING]) == Fraction("-0.32")


def test_credit_too_big_for_no_flight() -> None:
    flown = product(gas("CO2_aircraft", "0.1"), published("2.1", amount="0.2", **SUBSTITUTION))
    found = pcf(flown)
    assert found["aircraftGhgEmissions"] == found["fossilGhgEmissions"]


def test_waste_treatment(place: Place) -> None:
    """The case's factor is gate-to-grave, which the base pack takes for direct figures only."""
    landfill = factor(place, "landfill", "0.45", boundary="cradle-to-grave",
                      service="waste-treatment")  # fmt: skip
    assert total(product(gas(), cited("landfill", "2")), landfill=landfill) == Fraction("1.9")
    assert "positive" in refused(product(gas(), cited("landfill", "-2")), landfill=landfill)


def test_waste_treatment_that_is_a_product(place: Place) -> None:
    """A chair's use and end of life do not enter a cradle-to-gate footprint with it."""
    chair = put(place, named("chair", gas(), boundary="cradle-to-grave"))
    assert "cradle-to-grave" in refused(product(gas(), cited("chair", "2")), chair=chair)


GROSS, NET = ({"calorificValue": kind} for kind in ("gross", "net"))


def burnt(amount: dict[str, Any]) -> dict[str, Any]:
    taken = line({"emission": "CO2e", "factor": "burning"}, "100", "kWh")
    return product({**taken, "amount": {**taken["amount"], "quantity": amount}})


def test_net_and_gross(place: Place) -> None:
    burning = factor(place, "burning", "0.202", "kilowatt hour", boundary="gate-to-gate",
                     basis="direct-only", includesTransmission=None, quantity=NET)  # fmt: skip
    said = refused(burnt(GROSS), burning=burning)
    assert "gross" in said
    assert "net" in said
    assert total(burnt(NET), burning=burning) == Fraction("20.2")


def test_net_and_gross_by_a_stated_conversion(place: Place) -> None:
    burning = factor(place, "burning", "0.202", "kilowatt hour", boundary="gate-to-gate",
                     basis="direct-only", includesTransmission=None, quantity=NET)  # fmt: skip
    converted = {"value": "111", "unit": "kWh", "by": "0.9", "reference": "a gas bill",
                 **GROSS}  # fmt: skip
    file = burnt({**NET, "converted": converted})
    file["inventory"][0]["amount"]["value"] = "99.9"
    assert total(file, burning=burning) == Fraction("20.1798")


@pytest.mark.parametrize(
    ("stated", "word"),
    [
        ({"biogenicCarbonContent": "1.65"}, "arbonContent"),
        ({"productMassPerDeclaredUnit": "2"}, "productMassPerDeclaredUnit"),
    ],
)
def test_impossible_content(stated: dict[str, str], word: str, place: Place) -> None:
    file = product(gas(), gas("CO2_uptake", "3"), pcf=stated)
    assert word in told(file)
    with pytest.raises(Refused, match="law 9"):
        put(place, file)


def test_no_content_for_an_uptake(place: Place) -> None:
    """The carbon that was taken up is somewhere; a publication may not print where."""
    with pytest.raises(Refused, match="law 9: it breaks biogenic-content"):
        put(place, product(gas(), gas("CO2_uptake", "1.84")))
    assert factor(place, "bark", "0.05", pcf={"biogenicCO2Uptake": "-1.65", INCLUDING: "-1.6"})
    with pytest.raises(Refused, match="law 3: took up more biogenic CO2 than product"):
        factor(place, "moss", "0.05", pcf={"biogenicCO2Uptake": "-4.00", INCLUDING: "-3.95"})


def test_possible_content(place: Place) -> None:
    stated = {"biogenicCarbonContent": "0.5"}
    assert put(place, product(gas(), gas("CO2_uptake", "1.84"), pcf=stated))


def outputs(**changes: Any) -> dict[str, Any]:
    """Steel and slag by value; ``changes`` are the slag's."""
    steel = {"name": "steel", "amount": {"value": "1000", "unit": "t"},
             "economic": {"value": "600000", "currency": "EUR"}}  # fmt: skip
    slag = {"name": "slag", "amount": {"value": "250", "unit": "t"},
            "economic": {"value": "10", "currency": "EUR"}, **changes}  # fmt: skip
    return {"name": "Furnace", "outputs": [steel, slag], "product": "steel",
            "allocation": {"method": "economic"}}  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        outputs(economic={"value": "-1", "currency": "EUR"}),
        outputs(economic={"value": "1", "currency": "CNY"}),
        outputs() | {"product": "Steel"},
        outputs() | {"yield": "0"},
        outputs() | {"yield": "95"},
        {name: member for name, member in outputs().items() if name != "allocation"},
        outputs(amount={"value": "1", "unit": "m3"}) | {"allocation": {"method": "physical"}},
    ],
)
def test_allocation(wrong: dict[str, Any]) -> None:
    assert "process" in refused(product(gas(unit="t", value="100"), process=wrong))


def test_allocation_of_nothing_to_what_is_worth_nothing() -> None:
    file = product(gas(unit="t", value="100"),
                   process=outputs(economic={"value": "0", "currency": "EUR"}))  # fmt: skip
    assert total(file) == Fraction("0.1")


def test_gwp_sets() -> None:
    lines = (gas("CH4_fossil"), gas("CH4_fossil", gwp_set="AR5"))
    assert "AR5" in refused(product(*lines))
    both = {"ipccCharacterizationFactors": ["AR5", "AR6"]}
    assert total(product(*lines, pcf=both)) == Fraction("59.8")


def test_units(place: Place) -> None:
    water = factor(place, "water", "2", "cubic meter")
    steel = factor(place, "steel", "2")
    power = factor(place, "power", "0.5777", "kilowatt hour")
    known = {"water": water, "steel": steel, "power": power}
    lines = (cited("water", "1200", "L"), cited("steel", "0.002", "t"), cited("power", "3.6", "MJ"))
    assert total(product(*lines), **known) == Fraction("6.9777")
    assert "inventory.1" in refused(product(cited("water", "1200", "kg")), **known)
