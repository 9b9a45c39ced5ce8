"""Views against Catena-X's own schema, and their sums, for every product of every example."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.exchange import catena_x, pact_form, written
from tests.exchange.conftest import RECORD, WHOLE_PCF

if TYPE_CHECKING:
    from tests.exchange.conftest import Examples, Makers

_STAGE = "productLifeCycleStagesAndEmissions.0.productionStage.0"
_ASSESSMENT = "pcfAssessmentAndMethodology.0.pcfAssessmentInformation.0"
WRONG: dict[str, tuple[str, Any]] = {
    "a decimal in a string": (f"{_STAGE}.pcfExcludingBiogenicUptake", "5"),
    "a total below zero": (f"{_STAGE}.pcfExcludingBiogenicUptake", Decimal(-1)),
    "positive uptake": (f"{_STAGE}.biogenicCO2Uptake", Decimal(1)),
    "a declared amount of zero": (
        "companyAndProductInformation.0.productInformation.0.declaredUnitAmount",
        Decimal(0),
    ),
    "too much exempted": (
        f"{_ASSESSMENT}.boundarySpecifications.0.exemptedEmissionsPercent",
        Decimal("10.1"),
    ),
    "a region that is a country": (f"{_ASSESSMENT}.geography.0.geographyRegionOrSubregion", "CN"),
    "an id that is none": (f"{_ASSESSMENT}.idAndVersion.0.id", "17"),
    "a boundary that it has not": ("scopeOfPcfForm.0.partialFullPcf", "Gate-to-gate"),
    "a company that is no URI": (
        "companyAndProductInformation.0.companyInformation.0.companyIds",
        ["no uri"],
    ),
}


@pytest.fixture(scope="module")
def validator(catena_x_schema: dict[str, Any]) -> jsonschema.Draft4Validator:
    formats = jsonschema.FormatChecker(formats=())
    formats.checks("uri")(lambda value: not pact_form.faults(value, "uri"))
    jsonschema.Draft4Validator.check_schema(catena_x_schema)
    return jsonschema.Draft4Validator(catena_x_schema, format_checker=formats)


def read(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written(document), parse_float=Decimal)
    return found


def test_every_example_keeps_the_schema_with_exact_sums(
    at_the_gate: Examples, makers: Makers, validator: jsonschema.Draft4Validator
) -> None:
    """Twenty leave out more than the model's 10 %: refused, and valid in all else."""
    beyond = []
    for name, (given, record) in at_the_gate.items():
        statement = given
        if Decimal(given.subject["pcf"]["exemptedEmissionsPercent"]) > catena_x.MOST_EXEMPTED:
            beyond.append(name.partition("/")[0])
            with pytest.raises(Refused, match="takes at most 10"):
                catena_x.footprint(given, record)
            statement = makers.stated({**given.subject["pcf"], "exemptedEmissionsPercent": "10"})
        made = read(catena_x.footprint(statement, record if statement is given else RECORD))
        assert [error.message for error in validator.iter_errors(made)] == [], name
        require_sums(made, statement.subject["pcf"], name)
    assert beyond == ["pv-module"] * 20
    assert len(at_the_gate) > 50


def require_sums(made: dict[str, Any], pcf: dict[str, str], name: str) -> None:
    """T1 and T2 are the signed totals and the sums of their letters."""
    (stage,) = made["productLifeCycleStagesAndEmissions"][0]["productionStage"]
    letters = {part: Decimal(value) for part, value in stage.items() if not part.startswith("pcf")}
    including = Decimal(pcf["pcfIncludingBiogenicUptake"])
    excluding = Decimal(pcf["pcfExcludingBiogenicUptake"])
    assert sum(letters.values()) == including == stage["pcfIncludingBiogenicUptake"], name
    letters.pop("biogenicCO2Uptake", None)
    assert sum(letters.values()) == excluding == stage["pcfExcludingBiogenicUptake"], name


def test_a_statement_that_says_all_keeps_it_too(
    makers: Makers, validator: jsonschema.Draft4Validator
) -> None:
    statement = makers.stated(
        WHOLE_PCF, precedingStatements=["sha256:" + "5" * 64], licence="CC BY 4.0"
    )
    assert list(validator.iter_errors(read(catena_x.footprint(statement, RECORD)))) == []
    with pytest.raises(Refused, match=r"technologicalCO2Removals is -0\.25"):
        catena_x.footprint(makers.whole(), RECORD)


@pytest.mark.parametrize("name", WRONG)
def test_the_schema_sees_what_is_wrong(
    makers: Makers, validator: jsonschema.Draft4Validator, name: str
) -> None:
    """So that the tests above can fail: the schema's references and bounds are in force."""
    document = read(catena_x.footprint(makers.stated(WHOLE_PCF), RECORD))
    path, value = WRONG[name]
    *parents, last = path.split(".")
    place: Any = document
    for parent in parents:
        place = place[int(parent)] if parent.isdecimal() else place[parent]
    place[last] = value
    assert not validator.is_valid(document)


def test_every_name_is_one_of_the_models(makers: Makers, catena_x_schema: dict[str, Any]) -> None:
    """The schema lets unknown members pass: a name that it does not have would be lost."""
    known = {
        name
        for entity in (*catena_x_schema["components"]["schemas"].values(), catena_x_schema)
        for name in entity.get("properties", {})
    }
    used: set[str] = set()
    places: list[Any] = [catena_x.footprint(makers.stated(WHOLE_PCF, licence="x"), RECORD)]
    while places:
        place = places.pop()
        if isinstance(place, dict):
            used |= place.keys()
            places += place.values()
        elif isinstance(place, list):
            places += place
    assert used <= known
