"""A report's typed values, its table and ``require``: what a program reads in place of JSON."""

from __future__ import annotations

import sys
from dataclasses import FrozenInstanceError
from decimal import Decimal
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.errors import Refused, Unavailable
from rootprint.ledger.verify import Policy, State, Verdict, conclude

if TYPE_CHECKING:
    from tests.verify.chains import Chain


class Frame:
    """Stands in for either library's DataFrame, which both make of a list of mappings."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows


def test_a_total_has_its_unit_and_what_it_is_per(assured: Chain) -> None:
    total = assured.report().total
    assert total is not None
    assert (total.value, total.unit, total.amount, total.of) == (
        Decimal("1.89600"), "kg CO2e", Decimal(1), "kilogram",
    )  # fmt: skip
    assert total.value == total.gross + total.removals + total.captured + total.credits
    assert str(total) == "1.89600 kg CO2e per 1 kilogram"


def test_shares_are_numbers_that_add_up(assured: Chain) -> None:
    report = assured.report()
    assert report.coverage is not None
    for shares in (report.coverage.checked, report.coverage.data):
        assert sum(shares.values()) == Decimal("100.00")
    assert report.coverage.recomputed == Decimal("84.18")
    assert report.json()["coverage"]["checked"]["recomputed"] == "84.18"


def test_a_report_is_what_it_was_made(assured: Chain) -> None:
    report = assured.report()
    with pytest.raises(FrozenInstanceError):
        report.unmet = ()  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        report.statements[0].counts = False  # type: ignore[misc]


def test_only_what_is_verified_passes_require(assured: Chain) -> None:
    report = assured.report()
    assert report.require() is report
    lacking = assured.report(policy=Policy(assurance="reasonable"))
    assert lacking.verdict is Verdict.INCOMPLETE
    with pytest.raises(
        Refused, match="the answer is incomplete: assurance: reasonable is required"
    ):
        lacking.require()
    wrong = assured.world.verifier(assured.part).verify(assured.world.evidence(assured.module))
    with pytest.raises(Refused, match="check 0 of the file failed: its subject is another product"):
        wrong.require()


def test_what_fails_as_a_file_has_no_shares_either(assured: Chain) -> None:
    """Bug: the shares of a sound walk stood in the report of a file with another subject."""
    world = assured.world
    wrong = world.verifier(assured.part).verify(world.evidence(assured.module)).json()
    assert (wrong["verdict"], wrong["coverage"], wrong["assurance"]) == ("failed", None, None)


def test_a_row_a_statement_and_one_set_of_columns(assured: Chain) -> None:
    report = assured.report()
    rows = report.rows()
    assert [row["product"] for row in rows] == [one.product for one in report.statements]
    assert len({tuple(row) for row in rows}) == 1
    for row, one in zip(rows, report.statements, strict=True):
        assert [row[f"check_{number}"] for number in range(1, 10)] == [
            str(one.checks[number].state) for number in range(1, 10)
        ]
    assert rows[0]["path"] == "module"
    assert rows[0]["check_8"] == str(State.PASSED)


@pytest.mark.parametrize("installed", ["pandas", "polars"])
def test_a_frame_is_of_the_library_that_is_there(
    installed: str, assured: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = ModuleType(installed)
    module.DataFrame = Frame  # type: ignore[attr-defined]
    for name in ("pandas", "polars"):
        monkeypatch.setitem(sys.modules, name, module if name == installed else None)
    report = assured.report()
    for asked in (None, installed):
        assert report.to_frame(asked).rows == report.rows()
    with pytest.raises(Unavailable, match="a frame can't be made"):
        report.to_frame("polars" if installed == "pandas" else "pandas")


def test_without_either_it_says_what_to_install(
    assured: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pandas", "polars"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(Unavailable, match="neither pandas nor polars is installed — pip install"):
        assured.report().to_frame()
    with pytest.raises(Unavailable, match="not of arrow"):
        assured.report().to_frame("arrow")


def test_pandas_itself_makes_it(assured: Chain) -> None:
    pytest.importorskip("pandas", exc_type=ImportError)
    table = assured.report().to_frame("pandas")
    assert table.shape[0] == len(assured.report().statements)
    assert list(table["check_1"].unique()) == ["passed"]


def test_what_is_captured_stands_apart_from_removals_and_all_add_up() -> None:
    pcf = {
        "fossilGhgEmissions": "10.0",
        "ccsTechnologicalCO2Capture": "-1.25",
        "technologicalCO2Removals": "-0.5",
        "landManagementBiogenicCO2Removals": "-0.125",
        "substitutionCredits": "-2",
    }
    found = conclude._columns(pcf)
    assert found == {
        "gross": "10.0", "removals": "-0.625", "captured": "-1.25", "credits": "-2",
    }  # fmt: skip
    assert conclude._columns({})["captured"] == "0"
