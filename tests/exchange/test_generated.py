"""Generated statements: each view is refused for its own reason, or valid with exact sums."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import jsonschema
from hypothesis import HealthCheck, given, settings

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.exchange import catena_x, pact, written
from tests.exchange import generated
from tests.exchange.conftest import RECORD

if TYPE_CHECKING:
    from tests.exchange.conftest import Makers

_quietly = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def value(pcf: dict[str, str], *names: str) -> Decimal:
    return Decimal(generated.total(pcf[name] for name in names if name in pcf))


def refused_by_both(pcf: dict[str, str]) -> bool:
    """Say by the definitions, not by the code, which figures no form with fewer columns holds."""
    fossil = value(pcf, "fossilGhgEmissions", "publicationDifference")
    return bool(
        value(pcf, "substitutionCredits")
        or value(pcf, *generated.MEMO) > 0
        or fossil < 0
        or any(value(pcf, part) > fossil for part in generated.PARTS)
    )


@_quietly
@given(pcf=generated.figures(), subject=generated.subjects())
def test_a_pact_view_is_valid_or_refused(
    makers: Makers, pcf: dict[str, str], subject: dict[str, Any]
) -> None:
    statement = makers.stated(pcf, **subject)
    try:
        mapped = pact.footprint(statement, RECORD)
    except Refused:
        assert refused_by_both(pcf)
        return
    assert not refused_by_both(pcf)
    assert pact.faults(mapped) == []
    theirs = mapped["pcf"]
    added = (*generated.EMISSIONS, *generated.TAKEN_OFF)
    assert value(theirs, *added) == value(pcf, "pcfExcludingBiogenicUptake")
    assert value(theirs, *added, "biogenicCO2Uptake") == value(pcf, "pcfIncludingBiogenicUptake")
    for name in generated.PARTS:
        assert theirs.get(name) == pcf.get(name)
    # What is not a sum passes digit by digit.
    for name in (*generated.EMISSIONS[1:], "pcfExcludingBiogenicUptake"):
        assert theirs.get(name) == pcf.get(name)
    assert ("publicationDifference" in mapped.get("comment", "")) is bool(
        value(pcf, "publicationDifference")
    )


@_quietly
@given(pcf=generated.figures(), subject=generated.subjects())
def test_a_catena_x_view_is_valid_or_refused(
    makers: Makers, catena_x_schema: dict[str, Any], pcf: dict[str, str], subject: dict[str, Any]
) -> None:
    statement = makers.stated(pcf, **subject)
    beyond = (
        value(pcf, "technologicalCO2Removals")
        or value(pcf, "ccsTechnologicalCO2Capture")
        or value(pcf, "pcfExcludingBiogenicUptake") < 0
    )
    try:
        made = catena_x.footprint(statement, RECORD)
    except Refused:
        assert beyond or refused_by_both(pcf)
        return
    assert not beyond
    assert not refused_by_both(pcf)
    read = json.loads(written(made), parse_float=Decimal, parse_int=Decimal)
    jsonschema.Draft4Validator(catena_x_schema).validate(read)
    (stage,) = read["productLifeCycleStagesAndEmissions"][0]["productionStage"]
    totals = {
        name: stage.pop(name)
        for name in ("pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake")
    }
    # Whatever else stands in the stage is added: T1 = A + C + D + E + F + G + H, T2 without D.
    assert sum(stage.values()) == totals["pcfIncludingBiogenicUptake"]
    stage.pop("biogenicCO2Uptake", None)
    assert sum(stage.values()) == totals["pcfExcludingBiogenicUptake"]
    assert totals["pcfExcludingBiogenicUptake"] == value(pcf, "pcfExcludingBiogenicUptake")
    assert totals["pcfIncludingBiogenicUptake"] == value(pcf, "pcfIncludingBiogenicUptake")
