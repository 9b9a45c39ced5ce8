"""``--lines``, ``--explain 8``: a line is amount × factor = result, on the screen and in files."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rootprint.api.cli.lines import WorkedLines, lines_json, lines_text
from rootprint.ledger.core.encoding import hex_text
from rootprint.ledger.verify import COLUMNS, LineRow, LineTable, line_table
from tests.analysis.seen import Seen
from tests.cli.running import Cli
from tests.support.world import SUPPLIER, World
from tests.verify.chains import Chain, chained, gas

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Answer

pytestmark = pytest.mark.chain


class Buyer:
    """Someone with evidence, a trust file and no ledger."""

    def __init__(self, folder: Path, chain: Chain) -> None:
        self.folder, self.subject = folder, chain.module
        world = chain.world
        made = world.verifier(chain.module).export(chain.module.digest, world)
        made = world.verifier(chain.module).prove(made)
        made.save(folder / "evidence.gz")
        trust = world.trust_json(chain.module)
        trust["trustedBlocks"] = [hex_text(made.proven_at.hash)]
        (folder / "trust.json").write_text(json.dumps(trust))

    def verify(self, *arguments: object) -> Answer:
        """Run ``rootprint verify`` on them."""
        files = (self.folder / "evidence.gz", "--trust", self.folder / "trust.json")
        return Cli(self.folder / "home")("verify", *files, *arguments)


@pytest.fixture
def buyer(tmp_path: Path) -> Buyer:
    return Buyer(tmp_path, chained())


def test_lines_are_shown_by_share_in_aligned_columns(buyer: Buyer) -> None:
    out = buyer.verify("--lines").out
    _, _, table = out.partition("\nLines  ")
    head, *rows = [line for line in table.splitlines()[1:] if line and not line.startswith(">")]
    assert [row.split()[0] for row in rows] == ["84.1772", "52.7426", "31.4346", "15.8228"]
    assert "10 gram × 29.8 kg CO2e/kilogram" in rows[2]
    words = ("how ", "recomputed ", "unsigned ")
    assert len({row.index(word) for row in (head, *rows) for word in words if word in row}) == 1
    fewer = buyer.verify("--lines", "--most", "1").out
    assert "1 of 4 lines" in fewer
    assert "... and 3 more (--most shows more, --lines-to writes all)" in fewer


def test_json_has_the_rows_that_are_asked_for(buyer: Buyer) -> None:
    view = buyer.verify("--lines", "--most", "3", "--format", "json").json["lines"]
    assert (view["applicable"], view["lines"], view["left"], len(view["rows"])) == (True, 4, 1, 3)
    assert tuple(view["rows"][0]) == COLUMNS
    assert "lines" not in buyer.verify("--format", "json").json


def test_a_file_has_all_lines_in_either_form(buyer: Buyer) -> None:
    csv_file, xlsx_file = buyer.folder / "lines.csv", buyer.folder / "lines.xlsx"
    for path in (csv_file, xlsx_file):
        answer = buyer.verify("--lines-to", path)
        assert (answer.code, answer.err) == (0, f"wrote 4 lines to {path}\n")
        assert "Lines  " not in answer.out
    with csv_file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    ends = [Decimal(row["share"]) for row in rows if not row["continues"]]
    assert sum(ends) == 100
    sheet = openpyxl.load_workbook(xlsx_file).active
    assert sheet is not None
    head, *cells = sheet.iter_rows(values_only=True)
    assert head == COLUMNS
    found = [dict(zip(COLUMNS, row, strict=True)) for row in cells]
    assert [row["amount"] for row in found] == [2, 200, 10, 0.3]
    assert [row["path"] for row in found] == [row["path"] for row in rows]


def test_explained_arithmetic_shows_every_statement_s_lines(buyer: Buyer) -> None:
    out = buyer.verify("--explain", "8").out
    assert "2 kilogram × 0.798000 kg CO2e/kilogram  = 1.596000000000 kg CO2e  raw-material" in out
    assert "200 gram" in out
    assert out.count(" kg CO2e  ") == 4
    assert " more (--nodes" not in out
    fewer = buyer.verify("--explain", "8", "--nodes", "3").out
    assert fewer.count(" kg CO2e  ") == 2
    assert "... and 1 more that passed (--nodes shows more of them)" in fewer
    assert "kg CO2e/kilogram" not in buyer.verify("--explain", "7").out
    assert buyer.verify("--explain", "10").code == 0


def test_lines_are_shown_as_far_as_they_may_and_the_rest_is_counted() -> None:
    said: dict[str, Any] = {**dict.fromkeys(COLUMNS), "amount": "1", "unit": "kg", "result": "2"}
    rows = [
        LineRow(**{**said, "statement": name, "line": line, "description": f"{name}{line}"})
        for name in ("sha256:a", "sha256:b")
        for line in (2, 0, 1)
    ]
    worked = WorkedLines(LineTable("sha256:a", rows), 4)
    shown = [worked.of(name) for name in ("sha256:a", "sha256:b", "sha256:c")]
    assert [[line.split()[1] for line in lines] for lines in shown] == [["0", "1", "2"], ["0"], []]
    (more,) = worked.rest()
    assert more == "... and 2 lines more (--nodes shows more of them, --lines-to writes all)"
    none = WorkedLines(LineTable("sha256:a", (), "a reason"), 4)
    assert (none.of("sha256:a"), none.rest()) == ([], ["No line is shown: a reason"])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--most", "3"], "add --lines"),
        (["--lines", "--most", "0"], "--most"),
        (["--lines-to", "lines.ods"], "does not end in .csv or .xlsx"),
        (["--lines-to", "-"], "does not end in .csv or .xlsx"),
    ],
)
def test_what_would_change_nothing_is_refused(buyer: Buyer, options: list[str], said: str) -> None:
    answer = buyer.verify(*options)
    assert answer.code == 2
    assert said in answer.err


def test_of_what_failed_no_file_is_written(buyer: Buyer) -> None:
    path = buyer.folder / "lines.csv"
    named = ("--issuer", SUPPLIER, "--product", "urn:example:other")
    answer = buyer.verify("--lines", "--lines-to", path, *named)
    assert answer.code == 1
    assert not path.exists()
    assert f"{path} was not written: the verification failed" in answer.err
    assert "Lines  not applicable: the verification failed" in answer.out


def test_texts_of_others_neither_steer_a_terminal_nor_break_the_columns() -> None:
    world = World()
    wide = gas("10", description="钢材切割\n=1+1\x1b[2J")
    subject = world.publish(world.product("module", [wide, gas("20")]))
    world.anchor()
    table: LineTable = line_table(Seen(world, subject).judged)
    text = lines_text(lines_json(table, 50))
    assert "\x1b" not in text
    rows = [line for line in text.splitlines() if "recomputed" in line]
    assert len(rows) == 2
    assert "钢材切割\\u000a=1+1\\u001b[2J" in text


def test_a_wide_character_takes_two_columns() -> None:
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    rows = [row | {"share": share, "result": "1", "amount": "1", "unit": unit, "checked": "signed",
                   "path": "p", "statement": "sha256:" + "0" * 64, "description": "d"}
            for share, unit in (("1", "千克"), ("2", "piece"))]  # fmt: skip
    view = {"applicable": True, "rows": rows, "lines": 2, "left": 0}
    wide, narrow = lines_text(view).splitlines()[2:]
    assert wide.index("signed") + 2 == narrow.index("signed")


def test_the_tree_is_drawn_with_kilograms_and_shares(buyer: Buyer) -> None:
    _, _, tree = buyer.verify("--tree").out.partition("\n\n kg CO2e")
    rows = [line.split(" | ")[0].split(maxsplit=2) for line in tree.splitlines()[1:]]
    assert rows == [
        ["1.89600", "100.00", "module"],
        ["1.59600", "84.18", "├─ part"],
        ["1.00000", "52.75", "│  ├─ fuel"],
        ["0.59600", "31.43", "│  └─ measured at the stack"],
        ["0.30000", "15.82", "└─ published"],
    ]
    fewer = buyer.verify("--tree", "--nodes", "2").out
    assert "└─ (1 more of module)" in fewer
    view = buyer.verify("--tree", "--format", "json").json
    assert view["tree"]["tree"]["kgCO2e"] == "1.89600"
    assert "contributions" not in view
    assert "by" not in view["tree"]


def test_a_tree_that_is_not_asked_for_has_no_limits(buyer: Buyer) -> None:
    assert "add --contributions, or --tree" in buyer.verify("--until", "50").err
    assert "add --contributions, --tree or --explain" in buyer.verify("--nodes", "5").err
    assert buyer.verify("--tree", "--by", "stage").code == 2
