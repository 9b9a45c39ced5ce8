"""``rules``, ``factors`` and the views of ``walk``: what a maker asks before and after signing."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from rootprint.ledger.intake import parse_inventory
from tests.cli.story import MAKER, product_file, publish_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Cli
    from tests.cli.story import Story

CPCD = (
    "产品ID,产品名称,核算边界,碳足迹,企业名称,数据年份,数据类型,是否低碳\n"
    "34170R0152022C,煤制聚丙烯,摇篮到大门,7.4tCO2e / 公吨,-,2022,核心数据库,否\n"
    "00000X0000000X,没有单位,摇篮到大门,7.4,-,2022,核心数据库,否\n"
)


def test_the_packs_of_this_version_are_listed_by_digest(nowhere: Cli) -> None:
    listed = nowhere.done("rules", "list").out
    assert "  rootprint-base-rules 4\n    base, in force from 2025-04-30T00:00:00Z\n" in listed
    assert "of them unverified\n    inherits rootprint-base-rules@sha256:" in listed


def test_a_draft_is_judged_rule_by_rule(story: Story) -> None:
    """One finding per rule, with its clause and what to do; exit 1 if one of them is broken."""
    cli = story.cli
    draft = cli.done(
        "compose", "-", f"--input=fuel={story.fuel}", stdin=product_file("v", MAKER, {"fuel": "2"})
    ).out
    answer = cli("rules", "check", "-", "--format", "json", stdin=draft)
    states = {finding["id"]: finding["state"] for finding in answer.json["findings"]}
    assert (states["boundary"], states["secondary-sources"]) == ("passed", "failed")
    assert answer.code == 0  # what compose makes breaks no error
    broken = cli("rules", "check", "-", stdin=draft.replace('"cradle-to-gate"', '"gate-to-gate"'))
    assert broken.code == 1
    assert "FAIL boundary (error;" in broken.out


def test_an_unknown_pack_is_not_here(story: Story) -> None:
    draft = story.cli.done(
        "compose", "-", f"--input=fuel={story.fuel}", stdin=product_file("w", MAKER, {"fuel": "2"})
    ).out
    answer = story.cli("rules", "check", "-", "--pack", "no-such-pack", stdin=draft)
    assert answer.code == 2
    assert "there is no rule pack no-such-pack" in answer.err


def test_a_factor_table_becomes_inventory_files(nowhere: Cli, tmp_path: Path) -> None:
    """What can't be read is reported with file and row; what can is a file that composes."""
    answer = nowhere.done(
        *("factors", "import", "cpcd", "-", "--issuer", "did:web:factors.example"),
        *("--valid-from", "2025-11-01T00:00:00Z", "--valid-until", "2025-12-31T00:00:00Z"),
        *("--release", "2025-11-30", "--out", tmp_path / "out", "--format", "json"),
        stdin=CPCD,
    )
    assert (answer.json["rows"], answer.json["factors"]) == (2, 1)
    assert "stdin, row 3" in answer.err
    (made,) = sorted((tmp_path / "out").glob("*.yaml"))
    inventory = parse_inventory(made.read_bytes(), where=made.name)
    assert inventory.subject["pcf"]["pcfExcludingBiogenicUptake"] == "7400"  # per 1000 kg


def test_where_no_row_can_be_used_the_report_has_them_all(nowhere: Cli, tmp_path: Path) -> None:
    """Bug: the first 20 were printed, and no file had the rest."""
    head, *_, broken = CPCD.splitlines()
    out = tmp_path / "out"
    answer = nowhere(
        *("factors", "import", "cpcd", "-", "--issuer", "did:web:factors.example"),
        *("--valid-from", "2025-11-01T00:00:00Z", "--valid-until", "2025-12-31T00:00:00Z"),
        *("--release", "2025-11-30", "--out", out),
        stdin="\n".join([head, *[broken] * 30]) + "\n",
    )
    assert answer.code == 1
    assert f"all in {out / 'refused.csv'}" in answer.err
    assert "no row can be used" in answer.err
    with (out / "refused.csv").open(encoding="utf-8-sig", newline="") as opened:
        rows = [row["row"] for row in csv.DictReader(opened)]
    assert {*map(str, range(2, 32))} <= {*rows}
    assert not list(out.glob("*.yaml"))


def test_a_footprint_is_restated_in_another_gwp_set(ledger: Cli, story: Story) -> None:
    """3 kg of fossil CO2 are 3 kg CO2e in both sets; a factor without gases is refused."""
    ledger.done("org", "admit", "maker", "--did", MAKER, "--legal-name", "Maker", "--country", "CN",
                "--role", "supplier")  # fmt: skip
    stack = publish_file(ledger, product_file("stack", MAKER, {}, gas="3"), "maker")
    answer = ledger.done("recharacterise", stack, "--set", "AR5", "--format", "json").json
    assert (answer["AR6"], answer["AR5"]) == ("3.000000000", "3.000000000")
    refused = story.cli("recharacterise", story.fuel, "--set", "AR5")
    assert refused.code == 1
    assert "gases are not open" in refused.err


def test_a_walk_shows_what_the_footprint_is_made_of(story: Story) -> None:
    view = story.cli.done(
        "walk", story.car, "--contributions", "--uncertainty", "--format", "json"
    ).json
    total = view["contributions"]["total"]["kgCO2e"]
    assert view["contributions"]["tree"]["kgCO2e"] == total
    assert view["uncertainty"]["monteCarlo"] is None
    text = story.cli.done("walk", story.car, "--contributions", "--by", "stage").out
    assert "Contributions to" in text
