"""Rule packs that did not come with this version: composing, publishing, walking, verifying."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.rules import library, parse_pack
from tests.cli.running import Cli
from tests.cli.story import (
    FACTORS,
    INIT,
    MAKER,
    factor_file,
    product_file,
    publish_file,
)

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.chain
COMPOSED = product_file("part", MAKER, {"fuel": "2"}, gas="1.5")


def rule(limit: str) -> dict[str, Any]:
    return {
        "id": "cut-off-limit",
        "severity": "warning",
        "clause": "made up",
        "verified": False,
        "what": "Little is left out.",
        "remedy": "measure more",
        "test": {"op": "less_than", "path": "subject.pcf.exemptedEmissionsPercent", "value": limit},
    }


def document(name: str, *inherits: str, limit: str = "1", **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "version": "7",
        "title": "Fictional",
        "status": "group",
        "validFrom": "2025-01-01T00:00:00Z",
        **({"inherits": list(inherits)} if inherits else {}),
        "rules": [rule(limit)],
        **more,
    }


def written(folder: Path, name: str, content: dict[str, Any]) -> tuple[Path, str]:
    """Write a pack file; return it and the pack's name with digest."""
    path = folder / f"{name}.json"
    path.write_text(json.dumps(content))
    return path, parse_pack(path.read_bytes(), where=name).name


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A national pack over the base, and a maker's own over that, which it can't soften."""
    base = library().get("rootprint-base-rules").name
    national = document("nation", base, limit="0", status="national", jurisdiction="CN")
    nation, name = written(tmp_path, "nation", national)
    return nation, written(tmp_path, "own", document("own", name, limit="100"))[0]


def both(files: tuple[Path, Path]) -> list[object]:
    return [option for path in files for option in ("--pack-file", path)]


def test_a_statement_composed_by_a_pack_is_verified_by_who_holds_it(
    tmp_path: Path, files: tuple[Path, Path]
) -> None:
    """With the pack, verified; without, check 7 is not made and nothing is called wrong."""
    cli = Cli(tmp_path / "home")
    cli.done(*INIT)
    for name, did, role in (("factors", FACTORS, "factor-publisher"), ("maker", MAKER, "supplier")):
        cli.done("org", "admit", name, "--did", did, "--legal-name", f"Example {name} (fictional)",
                 "--country", "CN", "--role", role)  # fmt: skip
    fuel = publish_file(cli, factor_file("fuel", FACTORS, "2.5"), "factors")
    packs = both(files)
    made = cli.done(
        "compose", "-", f"--input=fuel={fuel}", "--rules", "own", *packs, stdin=COMPOSED
    )
    # The national rule prevails over the maker's own, which inherits it.
    assert "WARN cut-off-limit" in made.err
    assert "exemptedEmissionsPercent is 0" in made.err
    digest = parse_pack(files[1].read_bytes(), where="own").digest
    named = json.loads(made.out)["credentialSubject"]["computedWith"]["rule"]
    assert named == {"id": "own", "digest": digest}

    statement = cli.done("sign", "-", "--as", "maker", stdin=made.out).out
    unknown = cli("publish", "-", stdin=statement)
    assert unknown.code == 1
    assert "its rule is not one that this verifier holds — compose it with" in unknown.err
    expected = cli.done("publish", "-", *packs, "--format", "json", stdin=statement).json
    part = expected["receipts"][0]["digest"]
    cli.done("anchor")

    assert cli("walk", part).last.startswith("INCOMPLETE")
    assert cli.done("walk", part, *packs).last.startswith("VERIFIED")
    evidence, trust = tmp_path / "evidence.gz", tmp_path / "trust.json"
    cli.done("evidence", "export", part, "--out", evidence)
    cli.done("evidence", "trust", part, "--out", trust)
    without = cli("verify", evidence, "--trust", trust, "--format", "json")
    assert without.code == 3
    checks = {one["number"]: one for one in without.json["statements"][0]["checks"]}
    assert checks[7]["state"] == "not_checked"
    assert checks[8]["state"] == "passed"
    assert cli("verify", evidence, "--trust", trust, *packs).code == 0


def test_packs_are_listed_with_what_decides_whether_to_use_them(
    nowhere: Cli, files: tuple[Path, Path]
) -> None:
    listed = {one["id"]: one for one in nowhere.done(
        "rules", "list", *both(files), "--format", "json").json["packs"]}  # fmt: skip
    assert {"rootprint-base-rules", "rootprint-pv-module", "nation", "own"} <= listed.keys()
    own, base = listed["own"], listed["rootprint-base-rules"]
    assert own == {
        "id": "own",
        "version": "7",
        "status": "group",
        "jurisdiction": None,
        "validFrom": base["validFrom"],  # the narrowest of its ancestry
        "validUntil": None,
        "digest": parse_pack(files[1].read_bytes(), where="own").digest,
        "inherits": [f"nation@{listed['nation']['digest']}"],
        "ruleCount": base["ruleCount"],
        "unverified": base["unverified"],
    }
    text = nowhere.done("rules", "list", *both(files)).out
    assert "    national of CN, in force from 2025-04-30T00:00:00Z\n" in text
    assert f"    inherits nation@{listed['nation']['digest']}\n" in text


def test_a_pack_is_shown_with_what_gave_way(nowhere: Cli, files: tuple[Path, Path]) -> None:
    shown = nowhere.done("rules", "show", "own", *both(files), "--format", "json").json
    (limit,) = [one for one in shown["rules"] if one["id"] == "cut-off-limit"]
    assert limit["test"]["value"] == "0"
    assert {one["of"].partition("@")[0] for one in shown["givenWay"]} == {
        "own", "rootprint-base-rules"
    }  # fmt: skip
    assert (
        "cut-off-limit (warning, unverified; made up): Little is left out."
        in nowhere.done("rules", "show", "nation", "--pack-file", files[0]).out
    )
    assert nowhere("rules", "show", "own").code == 2


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"inherits": ["rootprint-base-rules@sha256:" + "0" * 64]},
            "a version of rootprint-base-r",
        ),
        ({"inherits": ["nobody@sha256:" + "0" * 64]}, "there is no rule pack nobody@sha256:"),
        ({"inherits": ["rootprint-base-rules"]}, "inherits[0] is not a pack's name and digest"),
        ({"rules": [{**rule("1"), "test": {"op": "eval"}}]}, "has an operator 'eval' that is not"),
        ({"status": "national"}, "does not say of which jurisdiction"),
    ],
)
def test_a_pack_file_that_judges_nothing_is_the_user_s_to_mend(
    nowhere: Cli, tmp_path: Path, changes: dict[str, Any], expected: str
) -> None:
    """Exit 2 wherever it is given: it says nothing of a draft or of evidence."""
    path = tmp_path / "own.json"
    path.write_text(json.dumps({**document("own"), **changes}))
    answer = nowhere("rules", "list", "--pack-file", path, "--format", "json")
    assert answer.code == 2
    assert answer.error["code"] == "usage"
    assert answer.error["message"].startswith("--pack-file: ")
    assert expected in answer.error["message"]


def test_a_pack_that_is_not_in_force_is_refused(nowhere: Cli, tmp_path: Path) -> None:
    """Judging and composing alike, as of the time asked."""
    later = document("own", validFrom="2098-01-01T00:00:00Z", validUntil="2099-01-01T00:00:00Z")
    path, _ = written(tmp_path, "own", {**later, "inherits": [library().get("catena-x-pcf").name]})
    draft = json.dumps({"credentialSubject": {"role": "product"}})
    command = ("rules", "check", "-", "--pack", "own", "--pack-file", path, "--format", "json")
    early = nowhere(*command, stdin=draft)
    assert early.code == 1
    assert "own version 7 is in force from 2098-01-01T00:00:00Z on" in early.error["message"]
    late = nowhere(*command, "--at", "2099-01-01T00:00:00Z", stdin=draft)
    assert "was in force until 2099-01-01T00:00:00Z" in late.error["message"]
    within = nowhere(*command, "--at", "2098-06-01T00:00:00Z", stdin=draft)
    assert within.json["findings"][0]["state"] == "passed"
