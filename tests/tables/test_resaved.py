"""Files that a real spreadsheet program has saved again: LibreOffice, where it is installed."""

from __future__ import annotations

import io
import shutil
import subprocess
from typing import TYPE_CHECKING

import openpyxl
import pytest

from rootprint.ledger.intake import InventoryProblems, parse_inventory
from tests.intake.test_inventory import FIRST_STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROGRAM = shutil.which("soffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed"),
]
AS_IT_IS = parse_inventory((FIRST_STEPS / "bracket.xlsx").read_bytes(), where="x.xlsx")


def _workbook() -> bytes:
    """The example with a formula, a percentage, a rounded number and a hidden row of a note."""
    book = openpyxl.load_workbook(FIRST_STEPS / "bracket.xlsx")
    lines, head = book["inventory"], book["head"]
    lines["C2"] = "=1.5/2"
    lines["C3"].number_format = "0.0"
    row = next(row for row in head.iter_rows() if row[0].value == "pcf.exemptedEmissionsPercent")
    row[1].value, row[1].number_format = 0.03, "0%"
    lines["A5"] = "# last year"
    lines.row_dimensions[5].hidden = True
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the workbook in each format that LibreOffice saves."""
    folder = tmp_path_factory.mktemp("saved")
    (folder / "book.xlsx").write_bytes(_workbook())
    for kind in ("xlsx:Calc MS Excel 2007 XML", "xls", "ods"):
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [str(PROGRAM), profile, "--headless", "--convert-to", kind, "--outdir"]
        done = subprocess.run(
            [*command, str(folder / kind[:3]), str(folder / "book.xlsx")],
            capture_output=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0
    yield folder
    shutil.rmtree(folder)


def test_what_libreoffice_saves_is_read_as_it_shows_it(saved: Path) -> None:
    data = (saved / "xls" / "book.xlsx").read_bytes()
    found = parse_inventory(data, where="book.xlsx")
    assert found.lines == AS_IT_IS.lines
    assert found.subject["pcf"]["exemptedEmissionsPercent"] == "3"
    told = [str(one) for one in found.findings]
    assert any("inventory!C2" in one and "is a formula" in one for one in told)


def test_the_formula_has_no_result_before_a_program_has_computed_it() -> None:
    with pytest.raises(InventoryProblems, match=r"inventory!C2: .* does not keep"):
        parse_inventory(_workbook(), where="book.xlsx")


@pytest.mark.parametrize(("kind", "what"), [("xls", "old kind"), ("ods", "OpenDocument")])
def test_its_other_formats_are_named(saved: Path, kind: str, what: str) -> None:
    data = (saved / kind / f"book.{kind}").read_bytes()
    with pytest.raises(InventoryProblems, match=what) as caught:
        parse_inventory(data, where=f"book.{kind}")
    assert caught.value.remedy.endswith("save it as .xlsx")
