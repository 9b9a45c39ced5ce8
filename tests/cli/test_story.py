"""Supplier, OEM, auditor, exporter and buyer, each by the commands that the design gives them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.core.sdjwt import split
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.exchange import pact
from tests.cli.story import AUTHORITY, MAKER, OEM, ORIGIN, Story

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.chain


def test_a_supplier_shows_a_total_and_not_the_recipe(story: Story) -> None:
    bare = story.cli.done("present", story.part).out.strip()
    shown = story.cli.done("present", story.part, "--show", "inventory").out.strip()
    one = story.cli.done("present", story.part, "--show", "cells").out.strip()
    assert {f"sha256:{parse_statement(t).digest.hex()}" for t in (bare, shown, one)} == {story.part}
    assert parse_statement(bare).opened.lines == {}
    assert parse_statement(shown).opened.complete
    assert parse_statement(one).opened.cells == {
        "raw-material": {"fossilGhgEmissions": "5.00000"},
        "manufacturing": {"fossilGhgEmissions": "1.50000"},
    }
    assert [len(split(text)[1]) for text in (bare, shown, one)] == [0, 3, 1]


def test_an_oem_walks_and_sees_what_carries_the_number(story: Story) -> None:
    answer = story.cli.done("walk", story.car)
    assert answer.out.startswith("Footprint  20.5000 kg CO2e per 1 kilogram, cradle-to-gate, 2025-")
    assert "All 4 statements (3 footprints, 1 assurance) of 4 organisations, " in answer.out
    assert answer.last.startswith(
        "VERIFIED 20.5000 kg CO2e per kg · recomputed 100 %, unsigned 0 % · third-party assurance"
        " 95.12 % (limited, 1 body, materiality 5 %, accreditation not checked) · "
    )
    assert " · primary data 21.95 % · status 20" in answer.last
    assert answer.last.endswith(" · witnesses 0 · TEST CHAIN")
    report = story.cli.done("walk", story.car, "--format", "json").json
    assert report["totals"]["pcfExcludingBiogenicUptake"] == "20.5000"
    assert report["coverage"]["checked"]["recomputed"] == "100.00"
    assert report["coverage"]["data"] == {"primary": "21.95", "secondary": "78.05"}


def test_an_auditor_explains_a_check_and_checks_the_log(story: Story) -> None:
    answer = story.cli.done("walk", story.car, "--explain", "8")
    assert "[car] PASS 8 arithmetic  2 lines recompute" in answer.out
    assert "       claimed: 20.5000   (what the issuer signed)\n" in answer.out
    assert "       found: 20.5000   (recomputed from the disclosed lines and" in answer.out
    fsck = story.cli.done("log", "fsck", "--format", "json").json
    assert (fsck["entries"], fsck["anchors"], fsck["signatures"]) == (4, 1, 4)
    assert "entries 4, " in story.cli.done("log", "fsck").out


def test_the_log_proves_an_entry_under_a_signed_checkpoint(story: Story) -> None:
    point = story.cli.done("log", "checkpoint", "--format", "json").json
    assert point["size"] == 4
    assert story.cli.done("log", "checkpoint").out == point["note"]
    assert point["note"].startswith(f"{ORIGIN}\n4\n")
    proof = story.cli.done("log", "proof", story.part, "--format", "json").json
    assert (proof["entry"], proof["size"]) == (1, 4)
    text = story.cli.done("log", "proof", story.part, "--size", "2").out
    assert text.startswith("c2sp.org/tlog-proof@v1\nindex 1\n")
    assert f"{ORIGIN}\n2\n" in text


def test_a_buyer_verifies_without_ledger_or_account(story: Story, tmp_path: Path) -> None:
    """Only evidence, trust file and chain are carried over, to where there is no ledger."""
    for path in (story.evidence, story.trust):
        shutil.copy(path, tmp_path)
    (tmp_path / "home").mkdir()
    shutil.copy(story.cli.home / "chain.sqlite", tmp_path / "home")
    answer = story.cli.done(
        "verify", tmp_path / "evidence.gz", "--trust", tmp_path / "trust.json", "--offline",
        "--format", "json",
    )  # fmt: skip
    report = answer.json
    assert report["verdict"] == "verified"
    assert report["totals"]["issuer"] == OEM
    assert report["coverage"]["checked"] == {
        "recomputed": "4.88", "assured": "95.12", "signed": "0.00", "unsigned": "0.00"
    }  # fmt: skip
    states = {s["product"]: {c["number"]: c["state"] for c in s["checks"]}
              for s in report["statements"]}  # fmt: skip
    assert states["part"][8] == "not_checked"
    assert states["part"][9] == "passed"
    assert [c["name"] for c in report["checks"]] == ["readable"]


def test_the_chain_may_lie_elsewhere_and_the_evidence_come_through_a_pipe(
    story: Story, tmp_path: Path
) -> None:
    shutil.copy(story.cli.home / "chain.sqlite", tmp_path / "chain")
    trust = story.trust.read_text().replace("home/chain.sqlite", "lost.sqlite")
    (tmp_path / "trust.json").write_text(trust)
    command = ("verify", "-", "--trust", tmp_path / "trust.json")
    data = story.evidence.read_bytes()
    assert story.cli(*command, stdin=data).code == 3
    assert story.cli(*command, "--chain-file", tmp_path / "chain", stdin=data).code == 0


def test_a_trust_file_on_stdout_names_the_chain_where_it_is(story: Story) -> None:
    text = story.cli.done("evidence", "trust", story.car).out
    assert str(story.cli.home / "chain.sqlite") in text
    assert story.cli("verify", story.evidence, "--trust", "-", stdin=text).code == 0


def test_the_verifier_says_what_it_requires(story: Story) -> None:
    verify = ("verify", story.evidence, "--trust", story.trust)
    strict = story.cli(*verify, "--require-arithmetic", "recomputed")
    assert strict.code == 3
    assert strict.last.startswith("INCOMPLETE 3 requirements not met: car > part")
    assured = story.cli(*verify, "--require-assurance", "limited")
    assert assured.code == 3
    assert "assurance: limited is required, the subject has none" in assured.last
    assert story.cli("walk", story.part, "--require-assurance", "limited").code == 0
    assert story.cli("walk", story.part, "--require-assurance", "reasonable").code == 3


def test_the_statement_is_a_pact_footprint(story: Story) -> None:
    footprint = story.cli.done("evidence", "pact", story.car).json
    assert pact.faults(footprint) == []
    assert footprint["pcf"]["pcfExcludingBiogenicUptake"] == "20.5000"
    assert footprint["companyName"] == "Example Oem (fictional)"


def test_organisations_are_shown_with_name_and_roles(story: Story) -> None:
    shown = story.cli.done("org", "show", MAKER, "--format", "json").json
    assert shown["legalName"] == "Example Maker (fictional)"
    assert [(row["status"], row["roles"]) for row in shown["rows"]] == [("admitted", ["supplier"])]
    assert story.cli.done("org", "show", "maker", "--format", "json").json == shown
    text = story.cli.done("org", "show", AUTHORITY).out
    assert text.startswith(f"Example authority (fictional), {AUTHORITY}\n20")
    assert text.endswith("  admitted   authority\n")


def test_the_evidence_goes_to_stdout_too(story: Story, tmp_path: Path) -> None:
    answer = story.cli.done("evidence", "export", story.car, "--out", "-", "--format", "json")
    (tmp_path / "evidence.gz").write_bytes(answer.raw)
    assert "a verifier with this ledger's trust file gets: VERIFIED" in answer.err
    verified = story.cli.done("verify", tmp_path / "evidence.gz", "--trust", story.trust)
    assert verified.last.startswith("VERIFIED")


def test_publishing_again_gives_the_same_entry(story: Story, tmp_path: Path) -> None:
    text = story.cli.done("present", story.part, "--show", "inventory").out
    (tmp_path / "part").write_text(text)
    receipts = story.cli.done("publish", tmp_path / "part", tmp_path / "part", "--format", "json")
    assert [one["entry"] for one in receipts.json["receipts"]] == [1, 1]


def test_an_anchored_log_has_nothing_new_to_anchor(story: Story) -> None:
    answer = story.cli.done("anchor", "--format", "json").json
    assert (answer["state"], answer["size"]) == ("nothing new", 4)


def test_what_is_anchored_is_published_again_and_says_when(story: Story) -> None:
    shown = story.cli.done("present", story.part)
    again = story.cli.done("publish", "-", "--format", "json", stdin=shown.out).json
    assert again["receipts"][0]["digest"] == story.part
    assert again["receipts"][0]["anchored"].endswith("Z")
    text = story.cli.done("publish", "-", stdin=shown.out).out
    assert "anchored 2" in text
    assert "not anchored yet" not in text
