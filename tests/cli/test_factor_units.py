"""Factors per dollar and per mile on the command line: imported, signed, published, cited, walked.

The table is of our own making, in the form of EPA's; its numbers are made up for the test.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.story import FACTORS, MAKER, product_file, publish_file
from tests.factors.tables import flat_file

if TYPE_CHECKING:
    from tests.cli.running import Answer, Cli

pytestmark = pytest.mark.chain
TABLE = Path(__file__).parent / "data" / "spend-factors-test.csv"
VALID = ("--valid-from", "2026-01-01T00:00:00Z", "--valid-until", "2028-12-31T00:00:00Z")


@dataclass(frozen=True)
class Published:
    """What was imported, and the digests of what was published of it."""

    answer: Answer
    spend: str
    trip: str


def _imported(ledger: Cli, table: str, file: Path, out: Path) -> Answer:
    return ledger.done("factors", "import", table, file, "--issuer", FACTORS, *VALID,
                       "--out", out, "--format", "json")  # fmt: skip


@pytest.fixture(scope="module")
def published(ledger: Cli, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A factor publisher imports both tables and publishes a factor of each."""
    folder = tmp_path_factory.mktemp("tables")
    for name, did, role in (
        ("factors", FACTORS, "factor-publisher"),
        ("maker", MAKER, "supplier"),
    ):
        ledger.done("org", "admit", name, "--did", did, "--legal-name", f"{name} (fictional)",
                    "--country", "CN", "--role", role)  # fmt: skip
    answer = _imported(ledger, "epa", TABLE, folder / "epa")
    car = ("6_1_4_1", "Scope 1", "Passenger vehicles", "Cars", "Test car", None, None, "miles",
           "kg CO2e", 0.5)  # fmt: skip
    (folder / "flat.xlsx").write_bytes(flat_file([car]))
    _imported(ledger, "uk", folder / "flat.xlsx", folder / "uk")
    spend = (folder / "epa" / "epa-00000.yaml").read_text(encoding="utf-8")
    trip = (folder / "uk" / "uk-00000.yaml").read_text(encoding="utf-8")
    return Published(
        answer, publish_file(ledger, spend, "factors"), publish_file(ledger, trip, "factors")
    )


def _product(amount: str, unit: str) -> str:
    """Return a product that takes 2 kg CO2 of its own and spends this much."""
    written = product_file("desk", MAKER, {"spend": amount}, gas="2").replace(
        f"value: '{amount}', unit: kg", f"value: '{amount}', unit: {unit}"
    )
    return written.replace("[AR6]", "[AR5, AR6]")


def test_the_import_counts_what_it_wrote_and_tells_what_it_refused(published: Published) -> None:
    assert published.answer.json["rows"] == 3
    assert published.answer.json["factors"] == 2
    assert published.answer.json["refused"] == {"unit-unknown": 1}
    reported = published.answer.err
    assert (
        "spend-factors-test.csv, row 4, column Unit: 000003: its unit is not per US d" in reported
    )
    report = Path(published.answer.json["out"], "refused.csv").read_text(encoding="utf-8-sig")
    assert [line.split(",")[1:5] for line in report.splitlines()[1:]] == [
        ["4", "Unit", "", "unit-unknown"]
    ]


def test_a_product_that_spends_1200_dollars_is_verified(ledger: Cli, published: Published) -> None:
    """1200 US dollars of 2022 at 0.25 kg CO2e, and 2 kg of its own."""
    text = _product("1200", "US dollar of 2022")
    desk = publish_file(ledger, text, "maker", spend=published.spend)
    ledger.done("anchor")
    walked = ledger.done("walk", desk, "--format", "json").json
    assert walked["verdict"] == "verified"
    assert walked["totals"]["pcfExcludingBiogenicUptake"] == "302.000"
    states = {
        statement["digest"]: {check["number"]: check["state"] for check in statement["checks"]}
        for statement in walked["statements"]
    }
    assert states.keys() == {desk, published.spend}
    assert states[desk][7] == states[desk][8] == "passed"


def test_miles_are_counted_in_the_kilometers_that_are_declared(
    ledger: Cli, published: Published
) -> None:
    """0.5 kg a mile: 16.09344 km are ten miles; with 2 kg of its own the desk is at 7."""
    text = _product("16.09344", "km").replace("{input: spend}", "{emission: CO2e, factor: trip}")
    desk = publish_file(ledger, text, "maker", trip=published.trip)
    ledger.done("anchor")
    walked = ledger.done("walk", desk, "--format", "json").json
    assert walked["verdict"] == "verified"
    assert walked["totals"]["pcfExcludingBiogenicUptake"] == "7.00000"


@pytest.mark.parametrize(
    ("unit", "message"),
    [
        ("US dollar of 2021", "US dollars of 2021) can't be converted to US dollar of 2022"),
        ("euro of 2022", "euros of 2022) can't be converted to US dollar of 2022"),
        ("piece", "piece (count) can't be converted to US dollar of 2022"),
        ("US dollar", "unit 'US dollar' is not in the unit table"),
    ],
)
def test_other_money_does_not_meet_the_factor(
    ledger: Cli, published: Published, unit: str, message: str
) -> None:
    answer = ledger("compose", "-", f"--input=spend={published.spend}",
                    stdin=_product("1200", unit))  # fmt: skip
    assert answer.code == 1
    assert message in answer.err


def test_a_product_can_not_be_declared_per_dollar(ledger: Cli, published: Published) -> None:
    text = _product("1200", "US dollar of 2022").replace(
        "declaredUnitOfMeasurement: kilogram", "declaredUnitOfMeasurement: US dollar of 2022"
    )
    answer = ledger("compose", "-", f"--input=spend={published.spend}", stdin=text)
    assert answer.code == 1
    assert "declaredUnitOfMeasurement is not one of liter, kilogram" in answer.err


def test_a_factor_without_role_does_not_get_that_its_unit_is_wrong(
    ledger: Cli, tmp_path: Path
) -> None:
    _imported(ledger, "epa", TABLE, tmp_path)
    text = (tmp_path / "epa-00000.yaml").read_text(encoding="utf-8")
    answer = ledger("compose", "-", stdin=text.replace("role: factor\n", ""))
    assert answer.code == 1
    assert "role is missing" in answer.err
    assert "declaredUnitOfMeasurement" not in answer.err
