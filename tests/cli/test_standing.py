"""Keys, admissions, withdrawals and successors: each a signed word and a row on the chain."""

from __future__ import annotations

import time
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.core.encoding import time_text
from rootprint.ledger.core.statement import parse_statement
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
    since = time_text(int(time.time()))
    stolen = _fuel(cli, "stolen", "factors-3")
    cli.done("anchor")
    cli.done("walk", stolen)
    early = cli("key", "compromised", "factors-3", "--since", "2026-01-01T00:00:00Z")
    assert early.code == 1
    assert "the time is before the key was added" in early.err
    kid = cli.done("key", "compromised", "factors-3", "--since", since,
                   "--format", "json").json["kid"]  # fmt: skip
    walked = cli("walk", stolen)
    assert walked.code == 1
    assert "check 2 issuer of stolen: the key was reported as compromised" in walked.last
    later = cli("key", "compromised", "factors", FACTORS, kid, "--since", since)
    assert later.code == 1
    assert "not earlier than the one reported before" in later.err


@pytest.mark.parametrize("begins", ["-e", "--", "-h", "e-"])
def test_a_key_id_may_begin_with_a_dash(admitted: Cli, begins: str) -> None:
    """One in 64 does, and is no option; nor is an option that follows it read as another id."""
    kid = begins + "A" * 41
    tried = (
        admitted("key", "compromised", "factors", FACTORS, kid, "--since", "2026-09-01T00:00:00Z"),
        admitted("key", "compromised", "factors", kid, "--since", "2026-09-01T00:00:00Z"),
        admitted("key", "compromised", "--since", "2026-09-01T00:00:00Z", "factors", "--", kid),
    )
    for refused in tried:
        assert refused.code == 1
        assert "the key was never added to this organisation" in refused.err


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


def test_suspended_readmitted_expelled(admitted: Cli, tmp_path: Path) -> None:
    cli = admitted
    did = "did:web:newcomer.example"
    admit = ("org", "admit", "newcomer", "--did", did, "--legal-name", "New", "--country", "CN",
             "--role", "supplier")  # fmt: skip
    cli.done(*admit)
    cli.done("anchor")
    repeated = cli(*admit)
    assert repeated.code == 1
    assert f"{did} was admitted before, and its history stands" in repeated.err
    decision = tmp_path / "decision.txt"
    decision.write_text("Its meters are examined.", encoding="utf-8")
    why = ("--reason", "inquiry", "--decision", str(decision))
    suspended = cli.done("org", "suspend", did, *why, "--format", "json").json
    assert (suspended["status"], suspended["affected"]["affected"]) == ("suspended", [])
    twice = cli("org", "suspend", did, *why)
    assert twice.code == 1
    assert f"{did} is suspended already" in twice.err
    cli.done("org", "readmit", did)
    windowed = ("--window", "2026-01-01T00:00:00Z..2026-02-01T00:00:00Z")
    refused = cli("org", "expel", did, *why, *windowed)
    assert refused.code == 2
    assert "the reason inquiry holds from the next block on and has no window" in refused.err
    cli.done("org", "expel", did, "--decision", str(decision))
    rows = cli.done("org", "show", did, "--format", "json").json["rows"]
    assert [(row["status"], row.get("reason")) for row in rows] == [
        ("admitted", None), ("suspended", "inquiry"), ("admitted", None), ("expelled", "ceased"),
    ]  # fmt: skip
    assert rows[1]["decision"] == suspended["decision"]
    # Someone expelled adds no key; nothing is left behind that would stand in the way.
    assert cli("key", "add", "newcomer", "--as", "newcomer-2").code == 1
    # What was decided is a signed record in the log, which anybody can read and walk.
    record = cli.done("present", suspended["decision"]).out
    subject = parse_statement(record.strip()).subject
    assert (subject["action"], subject["reasonCode"], subject["reach"]) == (
        "suspend", "inquiry", "future",
    )  # fmt: skip
    assert subject["concerns"] == f"sha256:{sha256(did.encode()).hexdigest()}"
    assert subject["reasoning"] == f"sha256:{sha256(decision.read_bytes()).hexdigest()}"
    cli.done("anchor")
    assert cli("walk", suspended["decision"]).last.startswith("VERIFIED signature, log and anchor")


def test_expelled_for_fraud_what_was_signed_in_the_window_fails(admitted: Cli) -> None:
    cli = admitted
    cli.done("org", "admit", "mill", "--did", "did:web:mill.example", "--legal-name", "Mill",
             "--country", "CN", "--role", "supplier")  # fmt: skip
    cli.done("key", "add", "factors", "--as", "factors-5")
    fuel = _fuel(cli, "oil", "factors-5")
    plate = publish_file(cli, product_file("plate", "did:web:mill.example", {"fuel": "2"}),
                         "mill", fuel=fuel)  # fmt: skip
    box = publish_file(cli, product_file("box", MAKER, {"plate": "2"}), "maker", plate=plate)
    cli.done("anchor")
    fraud = ("org", "expel", "mill", "--reason", "fraud", "--from", "2026-01-01T00:00:00Z")
    asked = cli(*fraud)
    assert asked.code == 2
    assert "others' footprints would fail, and nobody can be asked here — say --yes" in asked.err
    assert "1 footprint of 1 organisation rests on it; of the gross of each:" in asked.err
    assert f"box | maker | {box}" in asked.err
    assert cli("org", "expel", "mill", "--reason", "fraud").code == 2
    cli.done(*fraud, "--yes")
    walked = cli("walk", box)
    assert walked.code == 1
    assert "FAILED check 2 issuer of box > plate: the issuer was expelled at" in walked.last
    assert "for fraud: what it signed from" in walked.last
    refused = cli("compose", "-", "--input", f"plate={plate}",
                  stdin=product_file("crate", MAKER, {"plate": "1"}))  # fmt: skip
    assert refused.code != 0
    assert "can't be cited: the issuer was expelled at" in refused.err
    cli.done("org", "readmit", "mill")
    assert cli("walk", box).code == 1
    cli.done("org", "readmit", "mill", "--appeal")
    assert cli("walk", box).last.startswith("VERIFIED")


def test_a_body_is_accredited_and_its_accreditation_ends(admitted: Cli) -> None:
    cli = admitted
    for name, role in (("bureau", "accreditor"), ("verifiers", "auditor")):
        cli.done("org", "admit", name, "--did", f"did:web:{name}.example", "--legal-name", name,
                 "--country", "CN", "--role", role)  # fmt: skip
    given = ("org", "accredit", "verifiers", "--as", "bureau", "--standard", "ISO 14064-3:2019",
             "--level", "limited", "--from", "2026-01-01T00:00:00Z")  # fmt: skip
    said = cli.done(*given, "--until", "2036-01-01T00:00:00Z", "--format", "json").json
    assert (said["body"], said["accreditor"]) == (
        "did:web:verifiers.example", "did:web:bureau.example",
    )  # fmt: skip
    shown = cli.done("org", "show", "verifiers", "--format", "json").json
    assert [(row["record"], row["until"], row["ended"]) for row in shown["accreditations"]] == [
        (said["record"], "2036-01-01T00:00:00Z", None)
    ]
    ending = ("org", "end-accreditation", "verifiers", "--as", "bureau", "--record")
    cli.done(*ending, said["record"])
    shown = cli.done("org", "show", "verifiers", "--format", "json").json
    assert shown["accreditations"][0]["ended"] is not None
    again = cli(*ending, said["record"])
    assert again.code == 1
    assert "has no accreditation by" in again.err
    assert cli("org", "accredit", "maker", *given[3:], "--until", "2036-01-01T00:00:00Z").code == 1


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
