"""A file on its way: exported by its maker, passed on with less, brought up to date in place."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.api.cli.hiding import split_place
from rootprint.ledger.core.encoding import digest_bytes
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.evidence import read
from tests.cli.story import MAKER, product_file, publish_file
from tests.support.evidence_file import edited, opened, packed, raw_lines

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Answer, Cli
    from tests.cli.story import Story

pytestmark = pytest.mark.chain


def _exported(story: Story, path: Path, *more: str) -> dict[str, Any]:
    reported = story.cli.done(
        "evidence", "export", story.car, *more, "--out", path, "--format", "json"
    )
    found: dict[str, Any] = reported.json
    return found


def _verified(story: Story, path: Path, block: str) -> Answer:
    """Verify with no chain, from nowhere near the ledger's folder."""
    return story.cli("verify", path, "--trust", story.trust, "--block", block, "--format", "json")


def test_the_hash_of_one_block_is_all_that_is_trusted(story: Story, tmp_path: Path) -> None:
    evidence, trust = tmp_path / "evidence.gz", tmp_path / "trust.json"
    block = _exported(story, evidence)["block"]
    story.cli.done("evidence", "trust", story.car, "--block", block, "--out", trust)
    text = trust.read_text()
    assert "chainFile" not in text
    assert block in text
    answer = story.cli.done("verify", evidence, "--trust", trust, "--offline", "--format", "json")
    assert answer.json["verdict"] == "verified"
    assert answer.json["chain"] == {
        "id": 20261120, "test": True, "block": answer.json["chain"]["block"], "blockHash": block,
        "proven": True,
    }  # fmt: skip


def test_with_and_without_a_chain_the_report_is_the_same(story: Story, tmp_path: Path) -> None:
    evidence = tmp_path / "evidence.gz"
    block = _exported(story, evidence, "--hide", story.part)["block"]
    at = "2028-06-01T00:00:00Z"
    trust = ("--trust", story.trust, "--at", at, "--format", "json")
    proven = story.cli("verify", evidence, *trust, "--block", block).json
    asked = story.cli("verify", evidence, *trust).json
    assert proven["chain"].pop("proven") is True
    assert asked["chain"].pop("proven") is False
    assert proven == asked


def test_a_file_without_the_chain_needs_one(story: Story, tmp_path: Path) -> None:
    evidence = tmp_path / "evidence.gz"
    assert _exported(story, evidence, "--without-chain")["block"] is None
    assert read(evidence.read_bytes()).state is None
    story.cli.done("verify", evidence, "--trust", story.trust)
    assert _verified(story, evidence, "0x" + 64 * "0").code == 3


def test_what_is_passed_on_shows_less_and_has_the_same_digest(story: Story, tmp_path: Path) -> None:
    whole, less = tmp_path / "whole.json", tmp_path / "less.json"
    block = _exported(story, whole)["block"]
    story.cli.done(
        "evidence", "forward", whole, "--trust", story.trust,
        "--hide", f"{story.part}:inventory", "--out", less,
    )  # fmt: skip
    answer = _verified(story, less, block)
    assert answer.code == 0
    states = {
        statement["digest"]: {check["number"]: check["state"] for check in statement["checks"]}
        for statement in answer.json["statements"]
    }
    assert states[story.part][8] == "not_checked"  # the auditor's word stands in for it
    assert answer.json["subject"] == story.car
    before, after = read(whole.read_bytes()), read(less.read_bytes())
    assert after.state is not None
    assert before.state is not None
    assert set(after.state.nodes) <= set(before.state.nodes)
    assert len(less.read_bytes()) < len(whole.read_bytes())


def test_what_was_hidden_stays_hidden(story: Story, tmp_path: Path) -> None:
    """Forwarding starts from the file alone, so there is nothing it could show again."""
    hidden, on = tmp_path / "hidden.json", tmp_path / "on.json"
    _exported(story, hidden, "--hide", story.part)
    story.cli.done("evidence", "forward", hidden, "--trust", story.trust, "--out", on)
    first, second = (read(path.read_bytes()).statements for path in (hidden, on))
    assert second == first
    story.cli.done("evidence", "renew", on)
    assert read(on.read_bytes()).statements == first


def test_an_input_that_is_no_longer_reached_is_left_out(story: Story, tmp_path: Path) -> None:
    whole, total = tmp_path / "whole.json", tmp_path / "total.json"
    _exported(story, whole)
    reported = story.cli(
        "evidence", "forward", whole, "--trust", story.trust, "--hide", story.car, "--out", total
    )
    assert reported.code == 0
    assert "INCOMPLETE" in reported.err  # the car itself is not assured
    assert len(read(total.read_bytes()).statements) == 1
    assert MAKER.encode() in gzip.decompress(whole.read_bytes())
    assert MAKER.encode() not in gzip.decompress(total.read_bytes())


def _moved(file: dict[str, Any], index: int, to: int) -> None:
    """Say of the statement with an index that it has another."""
    next(one for one in file["statements"] if one["index"] == index)["index"] = to


def test_a_note_that_nothing_covers_is_not_passed_on(story: Story, tmp_path: Path) -> None:
    whole, on = tmp_path / "whole.json", tmp_path / "on.json"
    _exported(story, whole)
    note = b"price 17.20 EUR"
    packed_ = whole.read_bytes()
    whole.write_bytes(b"\x1f\x8b\x08\x10" + packed_[4:10] + note + b"\x00" + packed_[10:])
    refused = story.cli("evidence", "forward", whole, "--trust", story.trust, "--out", on)
    assert (refused.code, on.exists()) == (5, False)
    story.cli.done("evidence", "restore", whole, "--out", on)
    assert note not in on.read_bytes()
    assert on.read_bytes() == packed_


def test_what_does_not_verify_is_not_passed_on(story: Story, tmp_path: Path) -> None:
    whole, out = tmp_path / "whole.json", tmp_path / "out.json"
    _exported(story, whole)
    assert len(opened(whole.read_bytes())["statements"]) > 2
    whole.write_bytes(edited(whole.read_bytes(), lambda file: _moved(file, 2, 1)))
    reported = story.cli("evidence", "forward", whole, "--trust", story.trust, "--out", out)
    assert reported.code == 1
    assert "it does not verify, so nothing was written: check 3 of " in reported.err
    assert not out.exists()


def test_hiding_what_is_broken_does_not_make_it_pass_on(story: Story, tmp_path: Path) -> None:
    """Bug: only what was left after hiding was judged."""
    whole, out = tmp_path / "whole.json", tmp_path / "out.json"
    _exported(story, whole)
    whole.write_bytes(edited(whole.read_bytes(), lambda file: _moved(file, 0, 1)))
    assert story.cli("verify", whole, "--trust", story.trust).code == 1
    reported = story.cli("evidence", "forward", whole, "--trust", story.trust, "--hide", story.car,
                     "--out", out)  # fmt: skip
    assert reported.code == 1
    assert not out.exists()


def test_what_is_passed_on_is_what_the_trust_file_expects(story: Story, tmp_path: Path) -> None:
    """Bug: the expectation was not asked, so another product's file was passed on as verified."""
    whole, trust, out = (tmp_path / name for name in ("whole.json", "trust.json", "out.json"))
    _exported(story, whole)
    story.cli.done("evidence", "trust", story.part, "--out", trust)
    reported = story.cli("evidence", "forward", whole, "--trust", trust, "--out", out)
    assert reported.code == 1
    assert "check 0 of the file failed" in reported.err
    assert not out.exists()


@pytest.mark.parametrize("home", [True, False])
def test_renewing_leaves_a_file_as_it_is_that_does_not_verify(
    story: Story, tmp_path: Path, *, home: bool
) -> None:
    """Bug: a file with a disclosure twice was replaced by its subject alone."""
    whole = tmp_path / "whole.json"
    _exported(story, whole)
    value = opened(whole.read_bytes())
    for one in value["statements"]:
        one["disclosures"] = [*one["disclosures"][:1], *one["disclosures"]]
    spoilt = packed(value)
    whole.write_bytes(spoilt)
    reported = story.cli("evidence", "renew", whole, *([] if home else ["--trust", story.trust]))
    assert reported.code == 1
    assert whole.read_bytes() == spoilt
    assert [path.name for path in tmp_path.iterdir()] == ["whole.json"]


def test_a_pending_file_is_completed_in_place(ledger: Cli, tmp_path: Path) -> None:
    ledger.done("org", "admit", "maker", "--did", MAKER, "--legal-name", "Example",
                "--country", "CN", "--role", "supplier")  # fmt: skip
    part = publish_file(ledger, product_file("part", MAKER, {}, gas="1.5"), "maker")
    evidence, trust = tmp_path / "evidence.gz", tmp_path / "trust.json"
    ledger.done("evidence", "export", part, "--out", evidence)
    ledger.done("evidence", "trust", part, "--out", trust)
    early = evidence.read_bytes()
    assert ledger("verify", evidence, "--trust", trust).code == 3
    ledger.done("anchor")
    reported = ledger.done("evidence", "renew", evidence, "--format", "json").json
    assert reported["verdict"] == "verified"
    answer = ledger("verify", evidence, "--trust", trust, "--block", reported["block"])
    assert answer.code == 0
    assert read(evidence.read_bytes()).statements == read(early).statements
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".new"] == []


def test_without_a_ledger_the_chain_alone_renews_a_file(story: Story, tmp_path: Path) -> None:
    evidence = tmp_path / "evidence.gz"
    first = _exported(story, evidence)["block"]
    reported = story.cli.done(
        "evidence", "renew", evidence, "--trust", story.trust, "--format", "json"
    ).json
    assert reported["verdict"] == "verified"
    assert _verified(story, evidence, reported["block"]).code == 0
    assert reported["block"] == first or _verified(story, evidence, first).code == 3


def test_a_check_is_explained_with_both_values_and_how_to_repeat_it(story: Story) -> None:
    for number in range(9):
        verify = ("verify", story.evidence, "--trust", story.trust, "--explain", number)
        text = story.cli.done(*verify).out
        report = story.cli.done(*verify, "--format", "json").json
        checks = [
            check
            for statement in report["statements"]
            for check in statement["checks"]
            if check["number"] == number and "compared" in check
        ] or report["checks"]
        compared = next(check["compared"] for check in checks if "compared" in check)
        assert compared["claimed"]["from"] != compared["found"]["from"]
        label = "expected" if number in {0, 5} else "claimed"
        assert f"{label}: {compared['claimed']['value']}" in text
        assert f"found: {compared['found']['value']}" in text
        assert f"To repeat it: {compared['repeat']}." in text


def test_an_explanation_is_a_tree_that_is_cut_off(story: Story) -> None:
    verify = ("verify", story.evidence, "--trust", story.trust, "--explain", 4)
    whole, cut = story.cli.done(*verify).out, story.cli.done(*verify, "--nodes", 1).out
    assert "\n[car] PASS 4 anchor" in whole
    assert "\n  [part] PASS 4 anchor" in whole
    assert "\n  [part] PASS 4 anchor" not in cut
    assert "... and 3 more that passed (--nodes shows more of them)" in cut


def test_what_an_editor_saved_again_is_restored(story: Story, tmp_path: Path) -> None:
    sent, saved, again = (tmp_path / name for name in ("sent.json", "saved.json", "again.json"))
    block = _exported(story, sent)["block"]
    lines = [json.dumps(json.loads(line)) for line in raw_lines(sent.read_bytes())]
    saved.write_text("\ufeff" + "\r\n".join(lines), "utf-8")
    answer = _verified(story, saved, block)
    assert (answer.code, answer.json["verdict"]) == (5, "not_readable")
    reason = answer.json["checks"][0]["reason"]
    assert "nothing in it changed" in reason
    command = reason.partition("read it with: rootprint ")[2]
    words = [{"FILE": str(saved), "NEW": str(again)}.get(word, word) for word in command.split()]
    story.cli.done(*words)
    assert again.read_bytes() == sent.read_bytes()
    assert _verified(story, again, block).json["verdict"] == "verified"


def test_what_was_cut_is_not_restored(story: Story, tmp_path: Path) -> None:
    sent, cut, again = (tmp_path / name for name in ("sent.json", "cut.json", "again.json"))
    _exported(story, sent)
    cut.write_bytes(sent.read_bytes()[:-3])
    answer = story.cli("evidence", "restore", cut, "--out", again)
    assert (answer.code, again.exists()) == (5, False)
    assert "it was cut or changed" in answer.err


def test_what_is_hidden_is_named_as_elsewhere(story: Story, tmp_path: Path) -> None:
    """A title, a product id with its colons, the beginning of a digest: with a place or without."""
    file = tmp_path / "evidence.gz"
    _exported(story, file)
    subject = parse_statement(read(file.read_bytes()).statements[digest_bytes(story.part)]).subject
    places = set[str]()
    for name in (story.part, story.part[7:19], subject["productIds"][0], "part"):
        for place in ("", ":inventory"):
            _exported(story, file, "--hide", f"{name}{place}")
            shown = read(file.read_bytes()).statements[digest_bytes(story.part)]
            places.add(f"{place} {len(shown.split('~'))}")
    assert len(places) == 2  # however it is named, the same is hidden
    refused = story.cli("evidence", "forward", file, "--trust", story.trust, "--hide", "part",
                        "--out", tmp_path / "less.json")  # fmt: skip
    assert refused.code == 2


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("part", ("part", None)),
        ("part:inventory[3]", ("part", "inventory[3]")),
        ("sha256:" + 64 * "a", ("sha256:" + 64 * "a", None)),
        ("sha256:" + 64 * "a" + ":gases", ("sha256:" + 64 * "a", "gases")),
        ("urn:gtin:4712345060507", ("urn:gtin:4712345060507", None)),
        ("urn:gtin:4712345060507:cells", ("urn:gtin:4712345060507", "cells")),
    ],
)
def test_a_place_follows_the_name_after_a_colon(
    written: str, named: tuple[str, str | None]
) -> None:
    assert split_place(written) == named
