"""The demo: examples/battery-pack as a newcomer runs it, and what its number is worth."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft4Validator

from rootprint.calc.rounding import half_up
from rootprint.ledger.exchange import pact
from tests.cli.running import Cli
from tests.conftest import ROOT
from tests.examples.battery_pack_numpy import Network
from tests.examples.exact import to_digits

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.chain, pytest.mark.slow]
DIGITS = 5
PRINTED = "0.21582"
CATENA_X = ROOT / "tests" / "exchange" / "data" / "catena-x-pcf-9.0.0.schema.json"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pack")
    answer = Cli(folder / "unused", passphrase=None).done(
        "demo", ROOT / "examples" / "battery-pack", "--out", folder / "out"
    )
    assert "0 of severity error" in answer.err + answer.out
    said = (answer.err + answer.out).partition("95 % of 10,000 samples between ")[2]
    low, high = (float(said.split()[place]) for place in (0, 2))
    assert low < float(PRINTED) < high
    assert answer.last.startswith("VERIFIED ")
    return folder / "out"


@pytest.fixture(scope="module")
def report(out: Path) -> dict[str, Any]:
    """What the receiver of the evidence finds, with its spread."""
    answer = Cli(out / "none", passphrase=None).done(
        "verify", out / "evidence.gz", "--trust", out / "trust-block.json", "--uncertainty",
        "--samples", "2000", "--format", "json",
    )  # fmt: skip
    content: dict[str, Any] = answer.json
    return content


def test_the_number_is_the_one_computed_without_us(report: dict[str, Any]) -> None:
    """A matrix of numpy over figures.csv comes to the printed digits, rounded cell by cell."""
    totals, network = report["totals"], Network()
    cells = network.cells("pack-energy")
    rounded = sum(half_up(Fraction(value), DIGITS) for value in cells.values())
    assert str(rounded) == PRINTED == totals["pcfExcludingBiogenicUptake"]
    whole = network.total("pack-energy")
    assert sum(cells.values()) == pytest.approx(whole)
    assert abs(whole - float(PRINTED)) < len(cells) * 0.5 * 10**-DIGITS
    assert (totals["boundary"], totals["declaredUnitOfMeasurement"]) == (
        "cradle-to-grave",
        "kilowatt hour",
    )


def test_from_ar6_to_ar5_and_back(out: Path, report: dict[str, Any]) -> None:
    ledger, network = Cli(out / "ledger", passphrase=None), Network()
    found = {
        name: ledger.done(
            "recharacterise", report["subject"], "--set", name, "--format", "json"
        ).json
        for name in ("AR5", "AR6")
    }
    for name, answer in found.items():
        assert answer["AR6"] == found["AR6"]["AR6"]
        independent = Fraction(network.total("pack-energy", name))
        assert to_digits(Fraction(answer[name]), DIGITS) == to_digits(independent, DIGITS)
    of, by = found["AR5"], Fraction(found["AR5"]["AR5"]) - Fraction(found["AR5"]["AR6"])
    # All three are rounded, each by itself.
    assert abs(Fraction(of["change"]) - by) <= Fraction(1, 10**9)


def test_its_interval_holds_it_and_is_no_wider_than_a_third(report: dict[str, Any]) -> None:
    spread = report["uncertainty"]
    low, high = (float(one) for one in spread["firstOrder"]["interval95"])
    assert low < float(PRINTED) < high
    assert 0.05 < (high - low) / float(PRINTED) < 1 / 3
    # Twelve published stages are recipes per kilogram, and a service life is a convention.
    assert spread["outputs"]["withoutSpread"] == 13


def test_its_parts_go_into_each_form_that_holds_them(out: Path, report: dict[str, Any]) -> None:
    """Copper is a co-product of a record; cells take claimed electricity, and captured CO2 off."""
    ledger = Cli(out / "ledger", passphrase=None)
    copper, cells = (
        next(
            one["digest"] for one in report["statements"] if one["laws"] and one["path"][-1] == name
        )
        for name in ("Copper cathode", "LFP cell of 0.5 kWh")
    )
    documents = [ledger.done("evidence", "pact", one).json for one in (copper, cells)]
    assert [pact.faults(one) for one in documents] == [[], []]
    text = ledger.done("evidence", "catena-x", copper).out
    schema = json.loads(CATENA_X.read_bytes())
    assert [error.message for error in Draft4Validator(schema).iter_errors(json.loads(text))] == []
    made = json.loads(text, parse_float=Decimal)
    (stage,) = made["productLifeCycleStagesAndEmissions"][0]["productionStage"]
    for name in ("pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake"):
        assert stage[name] == Decimal(documents[0]["pcf"][name]) > 0
    refused = ledger("evidence", "catena-x", cells)
    assert refused.code == 1
    assert "ccsTechnologicalCO2Capture is -" in refused.err
    assert Decimal(documents[1]["pcf"]["ccsTechnologicalCO2Capture"]) < 0


def test_what_it_shows(report: dict[str, Any]) -> None:
    """Columns, primary data, stated sets, records, a hidden recipe that was assured."""
    assert report["verdict"] == "verified"
    totals = report["totals"]
    assert Fraction(totals["captured"]) < 0 < Fraction(totals["gross"])
    assert Fraction(totals["removals"]) == 0  # a power station's CO2 was never in the atmosphere
    assert Fraction(report["coverage"]["data"]["primary"]) >= 30
    notices = [text for one in report["statements"] for text in one["notices"]]
    assert not [text for text in notices if "GWP set" in text]
    kinds = [one["kind"] for one in report["statements"]]
    for kind in ("ProcessRecord", "RetirementRecord", "ClaimRecord", "AssuranceStatement"):
        assert kinds.count(kind) == 1
    assert len({one["issuer"] for one in report["statements"]}) >= 25
    assert 1 + max(one["depth"] for one in report["statements"]) >= 5
    laws = [one["laws"] for one in report["statements"] if one["laws"]]
    assert [one["2"] for one in laws].count("held") >= 2  # both products of the copper smelter
    assert [one["4"] for one in laws].count("held") == 1
    assert [one["1"] for one in laws].count("not checkable") == 1  # the hidden recipe
