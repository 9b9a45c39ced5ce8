"""Keys, admissions, withdrawals and successors: each a signed word and a row on the chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.story import FACTORS, MAKER, factor_file, product_file, publish_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Cli

pytestmark = pytest.mark.chain


@pytest.fixture(scope="module")
def admitted(ledger: Cli) -> Cli:
    for name, did, role in (("maker", MAKER, "supplier"), ("factors", FACTORS, "factor-publisher")):
        ledger.done("org", "admit", name, "--did", did, "--legal-name", name, "--country", "CN",
                    "--role", role)  # fmt: skip
    return ledger


def _fuel(cli: Cli, name: str, key: str = "factors") -> str:
    return publish_file(cli, factor_file(name, FACTORS, "2.5"), key)


def test_an_added_key_signs_and_the_retired_one_does_not(admitted: Cli, tmp_path: Path) -> None:
    cli = admitted
    before = _fuel(cli, "before")
    added = cli.done("key", "add", "factors", "--as", "factors-2", "--format", "json").json
    assert added["did"] == FACTORS
    waiting = cli("key", "retire", "factors")
    assert waiting.code == 1
    assert f"1 statement of {FACTORS} not anchored yet would never count: {before}" in waiting.err
    cli.done("anchor")
    cli.done("key", "retire", "factors", FACTORS)
    again = cli("key", "retire", "factors", "--format", "json")
    assert (again.code, again.error["code"]) == (1, "refused")
    assert again.error["message"].startswith("the key is retired already, and that time stands")

    draft = cli.done("compose", "-", stdin=factor_file("after", FACTORS, "1")).out
    old = cli.done("sign", "-", "--as", "factors", stdin=draft).out
    refused = cli("publish", "-", stdin=old)
    assert refused.code == 4
    assert refused.err.startswith(f"rootprint: stdin: {FACTORS} may not issue this Footprint")
    assert "the key was retired — the issuer adds a key" in refused.err
    after = _fuel(cli, "after", "factors-2")

    # A further key speaks for the organisation in every command, with the same account.
    (tmp_path / "after").write_text(cli.done("present", after).out)
    gone = cli.done("withdraw", after, "--as", "factors-2", "--reason", "wrong table")
    assert gone.out.startswith(f"withdrawn {after} by sha256:")
    walked = cli("walk", after)
    assert walked.code == 1
    assert walked.last.startswith("FAILED check 5 status of after: withdrawn by did:web:factors")
    assert ": wrong table (expected: no withdrawal; found: withdrawn by " in walked.last
    twice = cli("withdraw", after, "--as", "factors-2", "--reason", "again")
    assert twice.code == 1
    assert "that it is withdrawn, and that stands" in twice.err


def test_a_compromised_key_counts_for_nothing_since(admitted: Cli) -> None:
    cli = admitted
    cli.done("key", "add", "factors", "--as", "factors-3")
    stolen = _fuel(cli, "stolen", "factors-3")
    cli.done("anchor")
    cli.done("walk", stolen)
    kid = cli.done("key", "compromised", "factors-3", "--since", "2026-01-01T00:00:00Z",
                   "--format", "json").json["kid"]  # fmt: skip
    walked = cli("walk", stolen)
    assert walked.code == 1
    assert "check 2 issuer of stolen: the key was reported as compromised" in walked.last
    later = cli("key", "compromised", "factors", FACTORS, kid, "--since", "2026-02-01T00:00:00Z")
    assert later.code == 1
    assert "not earlier than the one reported before" in later.err


def test_what_was_superseded_before_it_was_cited_is_refused(admitted: Cli) -> None:
    cli = admitted
    cli.done("key", "add", "factors", "--as", "factors-4")
    old, new = _fuel(cli, "old", "factors-4"), _fuel(cli, "new", "factors-4")
    part = publish_file(cli, product_file("part", MAKER, {"fuel": "2"}), "maker", fuel=old)
    cli.done("anchor")
    said = cli.done("supersede", old, "--as", "factors-4", "--by", new, "--reason", "new tables",
                    "--format", "json").json  # fmt: skip
    assert said["state"] == "superseded"
    waits = f"Notice     the status statement of old by {FACTORS} is not anchored yet: it does not"
    assert waits in cli.done("walk", part).out
    cli.done("anchor")
    assert "Notice     superseded at" in cli.done("walk", part).out
    refused = cli("compose", "-", "--input", f"fuel={old}",
                  stdin=product_file("late", MAKER, {"fuel": "2"}))  # fmt: skip
    assert refused.code == 1
    assert "stdin:25:" in refused.err
    assert "did:web:factors.example's statement can't be cited" in refused.err
    assert "superseded since" in refused.err
    assert cli("withdraw", old, "--as", "maker", "--reason", "not mine").code == 4


def test_suspended_readmitted_expelled(admitted: Cli) -> None:
    cli = admitted
    did = "did:web:newcomer.example"
    admit = ("org", "admit", "newcomer", "--did", did, "--legal-name", "New", "--country", "CN",
             "--role", "supplier")  # fmt: skip
    cli.done(*admit)
    cli.done("anchor")
    repeated = cli(*admit)
    assert repeated.code == 1
    assert f"{did} was admitted before, and its history stands" in repeated.err
    cli.done("org", "suspend", did)
    twice = cli("org", "suspend", did)
    assert twice.code == 1
    assert "the organisation's status does not allow this (StatusForbids)" in twice.err
    cli.done("org", "readmit", did)
    cli.done("org", "expel", did)
    assert cli("org", "readmit", did).code == 1
    rows = cli.done("org", "show", did, "--format", "json").json["rows"]
    assert [row["status"] for row in rows] == ["admitted", "suspended", "admitted", "expelled"]
    # Someone expelled adds no key; nothing is left behind that would stand in the way.
    assert cli("key", "add", "newcomer", "--as", "newcomer-2").code == 1


def test_a_short_name_is_given_once_and_no_path(admitted: Cli) -> None:
    def admit(name: str) -> str:
        answer = admitted("org", "admit", name, "--did", "did:web:other.example", "--legal-name",
                          "Other", "--country", "CN", "--role", "supplier")  # fmt: skip
        assert answer.code == 1
        return answer.err

    assert "the short name 'maker' is did:web:maker.example's" in admit("maker")
    assert "the short name 'registrar' is taken" in admit("registrar")
    assert "'../maker' is not a short name of lower-case letters" in admit("../maker")
    taken = admitted("key", "add", "maker", "--as", "authority")
    assert "the short name 'authority' is did:web:authority.example's" in taken.err


def test_a_failed_admission_can_be_tried_again(admitted: Cli) -> None:
    def admit(country: str) -> int:
        return admitted("org", "admit", "again", "--did", "did:web:again.example", "--legal-name",
                        "Again", "--country", country, "--role", "supplier").code  # fmt: skip

    assert admit("China") == 1
    assert admit("CN") == 0
