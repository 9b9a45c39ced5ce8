"""Exit codes: 0 done, 1 failed, 2 usage, 3 can't say, 4 not authorised, 5 not readable."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
import pytest
from eth_hash.auto import keccak

from rootprint.api.cli import failing, group
from rootprint.ledger.evidence import read
from tests.cli.running import PASSPHRASE, Cli
from tests.cli.story import AUDITOR, MAKER, OEM, Story, product_file

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.chain
NONE = "sha256:" + "00" * 32
ASSURE = ("--standard", "ISO 14064-3:2019", "--level", "limited", "--outcome", "positive",
          "--examined", "x", "--accreditation", "Body", "1")  # fmt: skip

VERDICTS = {0: "verified", 1: "failed", 3: "incomplete", 5: "not_readable"}

# command, code, what the message says; {names} stand for the story's digests and files
CASES = {
    "verified": ("verify {evidence} --trust {trust}", 0, ""),
    "walked": ("walk {car}", 0, ""),
    "offline": ("walk {car} --offline", 0, ""),
    "another-issuer": (
        f"verify {{evidence}} --trust {{trust}} --issuer {MAKER} --product urn:example:car",
        1,
        f"FAILED check 0 readable of the file: its subject is {OEM}'s, {MAKER} is expected",
    ),
    "another-digest": ("verify {evidence} --trust {trust} --digest {part}", 1, "another digest"),
    "no-evidence": ("verify {trust} --trust {trust}", 5, "NOT READABLE this looks like a trust"),
    "swapped": ("verify {trust} --trust {evidence}", 2, "looks like an evidence file; were the"),
    "empty-evidence": ("verify {empty} --trust {trust}", 5, "NOT READABLE it is empty: it has 0"),
    "none-expected": ("verify {evidence} --trust {nobody}", 2, "it is not said whose statement"),
    "half-expected": (f"verify {{evidence}} --trust {{trust}} --issuer {MAKER}", 2, "not said"),
    "no-trust-file": ("verify {evidence} --trust {evidence}", 2, "evidence.gz is no trust file"),
    "one-stdin": ("verify - --trust -", 2, "can't both come from stdin"),
    "no-such-file": ("verify gone.json --trust {trust}", 2, "'gone.json' does not exist"),
    "wrong-option": ("verify {evidence} --skip", 2, "No such option '--skip'"),
    "no-trust": ("verify {evidence}", 2, "Missing option '--trust'"),
    "wrong-time": ("walk {car} --at yesterday", 2, "'yesterday' is not an RFC 3339 time in UTC"),
    "wrong-digest": ("walk sha256:00", 2, "'sha256:00' is not sha256: and 64 lower-case hexadec"),
    "wrong-check": ("walk {car} --explain 11", 2, "11 is not in the range 0<=x<=10"),
    "no-command": ("audit", 2, "No such command 'audit'"),
    "unknown-statement": (f"walk {NONE}", 2, f"there is no statement {NONE} here"),
    "another-ledger": (f"walk {NONE}", 2, "if it is in another ledger, name yours: --home FOLDER"),
    "unknown-export": (f"evidence export {NONE} --out x", 2, f"there is no statement {NONE} here"),
    "unknown-proof": (f"log proof {NONE}", 2, "the log has no entry for statement"),
    "unsigned-size": ("log checkpoint --size 77", 2, "the log signed no checkpoint of size 77"),
    "unknown-name": ("sign {draft} --as nobody", 2, "there is no key file nobody.signing.pem"),
    "unknown-holder": (f"withdraw {NONE} --as nobody --reason x", 2, "no keys of 'nobody' in"),
    "unknown-did": ("org show did:web:nobody.example", 2, "was never admitted — the registrar"),
    "nobody": ("org show nobody", 2, "there are no keys of 'nobody' in"),
    "no-did": ("org show did:Web:x", 2, "'did:Web:x' is not a lower-case DID"),
    "no-name": ("compose {car_file}", 2, "source.input is not usable: it is not said which"),
    "no-names": ("compose {kit_file}", 2, "kit_file has 2 problems:"),
    "faults": ("compose {faulty_file}", 1, "faulty_file has 4 problems:"),
    "nothing-to-hide": (f"evidence export {{car}} --hide {NONE} --out x", 2, "so nothing to hide"),
    "not-reached": ("evidence export {fuel} --hide {car} --out {out}", 2, "is not reached from"),
    "nothing-open": ("evidence export {car} --hide {car}:gases --out x", 2, "here — open of it"),
    "no-such-place": ("evidence export {car} --hide {car}:recipe --out x", 2, "can't be hidden"),
    "proven": ("verify {evidence} --trust {trust} --block {block}", 0, ""),
    "other-block": ("verify {evidence} --trust {trust} --block {other}", 3, "does not prove"),
    "no-block": ("verify {evidence} --trust {trust} --block 0x12", 2, "'0x12' is not 0x and 64"),
    "no-time": ("verify {evidence} --trust {trust} --seconds 0.000001", 3, "time ran out after"),
    "forwarding": ("evidence forward {trust} --trust {trust} --out x", 5, "like a trust file"),
    "no-place": ("present {car} --show recipe", 2, "'recipe' is not a place that can be hidden"),
    "nothing-held": ("present {car} --show gases", 2, "nothing of gases of sha256:"),
    "before-the-chain": ("walk {car} --at 2020-01-01T00:00:00Z", 3, "no block with 0 confirm"),
    "before-the-anchor": ("verify {evidence} --trust {trust} --at 2020-01-01T00:00:00Z", 3, ""),
    "hidden": (
        "verify {evidence} --trust {trust} --require-arithmetic recomputed", 3, "INCOMPLETE 3 req",
    ),
    "no-chain": ("verify {evidence} --trust {chainless}", 3, "gone.sqlite is not there"),
    "no-chain-file": ("verify {evidence} --trust {trust} --chain-file {trust}", 3, "can't be used"),
    "no-folder": ("evidence export {car} --out {folder}/gone/x", 2, "make the folder first"),
    "no-trust-folder": ("evidence trust {car} --out {folder}/gone/x", 2, "there is no folder"),
    "until-alone": ("walk {car} --until 80", 2, "--until is of the contribution view"),
    "cut-off-alone": ("walk {car} --cut-off 1 --uncertainty", 2, "--cut-off is of the contrib"),
    "by-alone": ("verify {evidence} --trust {trust} --by stage", 2, "add --contributions"),
    "nodes-alone": ("walk {car} --nodes 5", 2, "add --contributions, --tree or --explain"),
    "nodes-explained": ("walk {car} --explain 3 --nodes 5", 0, ""),
    "nodes-of-what": ("verify {evidence} --trust {trust} --contributions --nodes 5", 0, ""),
    "float": ("sign {float_draft} --as maker", 1, "has the number 2.5, which JSON readers round"),
    "no-json": ("sign {empty} --as maker", 1, "empty is not JSON"),
    "no-statement": ("publish {empty}", 1, "empty: a statement is not an ASCII SD-JWT"),
    "unsigned-draft": ("publish {draft}", 1, "is not signed — sign it first: rootprint sign"),
    "no-yaml": ("compose {evidence_like}", 1, "is not a mapping of members"),
    "own-assurance": ("assure {part} --as maker {assure}", 4, "was not admitted as auditor"),
    "no-authority": ("withdraw {part} --as auditor --reason x", 4,
                     f"{AUDITOR} may not state the status of {MAKER}'s statement"),
}  # fmt: skip


@pytest.fixture(scope="module")
def names(story: Story, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Write the spoilt files of the cases; return what the cases' names stand for."""
    folder = tmp_path_factory.mktemp("cases")
    trust = json.loads(story.trust.read_text())
    trust["chainFile"] = str(story.cli.home / "chain.sqlite")
    files = {
        "nobody": json.dumps({k: v for k, v in trust.items() if k != "expect"}),
        "chainless": json.dumps({**trust, "chainFile": "gone.sqlite"}),
        "empty": "",
        "float_draft": '{"amount": 2.5}',
        "draft": "{}",
        "evidence_like": "[1, 2]",
        "car_file": product_file("car", OEM, {"part": "3"}),
        "kit_file": product_file("kit", OEM, {"part": "3", "lamp": "1"}),
        "faulty_file": product_file("car", OEM, {"part": "0", "lamp": "1,5"}),
    }
    for name, text in files.items():
        (folder / name).write_text(text)
    header = read(story.evidence.read_bytes()).state
    assert header is not None
    given = {
        "car": story.car, "part": story.part, "fuel": story.fuel, "evidence": story.evidence,
        "folder": folder, "out": folder / "out", "other": "0x" + 64 * "0",
        "block": f"0x{keccak(header.header).hex()}",
    }  # fmt: skip
    paths = {name: folder / name for name in files}
    return {name: str(value) for name, value in {**given, "trust": story.trust, **paths}.items()}


def _arguments(command: str, names: dict[str, str]) -> list[str]:
    filled = [part.format(**names, assure="ASSURE") for part in command.split()]
    return [one for part in filled for one in (ASSURE if part == "ASSURE" else (part,))]


@pytest.mark.parametrize("case", CASES)
def test_exit_code_and_message(case: str, story: Story, names: dict[str, str]) -> None:
    command, code, message = CASES[case]
    answer = story.cli(*_arguments(command, names))
    assert answer.code == code, answer.err + answer.out
    assert message in answer.err + answer.out
    assert "invalid" not in answer.err.replace("Invalid value for", "").lower()
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("case", CASES)
def test_json_on_stdout_whether_it_works_or_not(
    case: str, story: Story, names: dict[str, str]
) -> None:
    command, code, message = CASES[case]
    answer = story.cli(*_arguments(command, names), "--format", "json")
    assert answer.code == code
    content = answer.json
    if "verdict" in content:
        assert VERDICTS[code] == content["verdict"]
    else:
        problems = {"problems"} if content["error"]["code"] == "inventory" else set()
        assert set(content["error"]) == {"code", "message", "remedy"} | problems
        whole = f"{content['error']['message']} — {content['error']['remedy']}"
        assert message in whole
        assert message in answer.err


def test_json_has_every_problem_of_a_file(story: Story, names: dict[str, str]) -> None:
    answer = story.cli("compose", names["faulty_file"], "--format", "json")
    first, unnamed, second, another = answer.json["error"]["problems"]
    assert first == {
        "file": names["faulty_file"],
        "line": 25,
        "column": 68,
        "cell": "",
        "member": "inventory.1.amount.value",
        "what": "is not more than zero",
        "remedy": "correct it there",
    }
    assert (second["line"], second["member"]) == (26, "inventory.2.amount.value")
    assert second["remedy"].startswith("write the decimal point as a point")
    assert {unnamed["member"], another["member"]} == {
        "inventory.1.source.input",
        "inventory.2.source.input",
    }


def test_compose_says_what_is_allowed_but_should_be_known(story: Story) -> None:
    text = product_file("kit", MAKER, {"fuel": "2"}).replace(
        "primary: true}", "primary: false, defaultFor: fuel of one supplier}"
    )
    answer = story.cli.done("compose", "-", f"--input=fuel={story.fuel}", stdin=text)
    assert "inventory.1.defaultFor stands in for data that is missing — ask for it" in answer.err
    assert answer.json["credentialSubject"]["inventory"][0]["primary"] is False


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["walk", NONE], 2),
        (["publish", "-"], 2),
        (["log", "fsck"], 2),
        (["anchor"], 2),
        (["serve"], 2),
    ],
)
def test_without_a_ledger_nothing_is_made(nowhere: Cli, arguments: list[str], code: int) -> None:
    answer = nowhere(*arguments, stdin="")
    assert answer.code == code
    if "without the HTTP API" not in answer.err:
        assert f"there is no ledger in {nowhere.home} — make one with: rootprint init" in answer.err
        assert ", or name yours: --home FOLDER or ROOTPRINT_HOME" in answer.err
    assert not nowhere.home.exists()


def test_an_empty_log_is_not_found_all_right(ledger: Cli) -> None:
    answer = ledger("log", "fsck")
    assert (answer.code, answer.last) == (3, "the log is empty: there was nothing to check")
    assert ledger("log", "checkpoint").code == 2


def test_a_bug_is_reported_as_one_and_is_never_a_verdict(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        message = "an unforeseen error"
        raise KeyError(message)

    monkeypatch.setattr("rootprint.ledger.verifier.Verifier.export", broken)
    answer = story.cli("walk", story.car, "--format", "json")
    assert answer.code == 70
    assert answer.error["code"] == "internal"
    assert "KeyError: 'an unforeseen error'" in answer.err
    assert "this is a bug in rootprint; nothing was decided" in answer.err


def test_a_reader_who_has_had_enough_is_no_error(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object, **__: object) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    monkeypatch.setattr("rootprint.api.cli.views.report_text", closed)
    assert "Traceback" not in story.cli("walk", story.car).err


def test_interrupting_is_no_verdict_either(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("rootprint.ledger.verifier.Verifier.export", interrupted)
    answer = story.cli("walk", story.car)
    assert answer.code == 130
    assert "stopped; what was acknowledged is kept" in answer.err


def test_every_command_has_help_on_one_screen_and_can_answer_in_json(nowhere: Cli) -> None:
    top = nowhere.done("--help").out
    assert len(top.splitlines()) <= 50
    listed = top.partition("Commands:\n")[2]
    assert "..." not in listed  # no sentence is cut off
    commands = [line.split()[0] for line in listed.splitlines() if line]
    assert set(commands) == set(group._COMMANDS)
    for command in commands:
        text = nowhere.done(command, "--help").out
        if "Commands:\n" in text:
            for line in text.partition("Commands:\n")[2].splitlines():
                assert "--format" in nowhere.done(command, line.split()[0], "--help").out
        else:
            assert "--format [text|json]" in text


def test_the_help_says_of_each_command_what_the_command_says() -> None:
    context = click.Context(group.rootprint)
    for name, (_, sentence) in group._COMMANDS.items():
        command = group.rootprint.get_command(context, name)
        assert command is not None
        assert command.get_short_help_str(limit=200) == sentence


def test_a_bare_call_shows_the_help_as_click_does(nowhere: Cli) -> None:
    """Bug: to see whether JSON is asked for, no argument at all ended in a traceback."""
    answer = nowhere()
    assert answer.code == 2
    assert answer.err == nowhere.done("--help").out
    assert "ROOTPRINT_HOME" in answer.err


def test_no_colour_is_asked_for_and_none_is_given(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = story.cli("walk", story.car).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert story.cli("walk", story.car).out == plain
    assert "\x1b" not in plain


def test_no_passphrase_and_no_key_is_ever_shown(story: Story, names: dict[str, str]) -> None:
    keys = story.cli.home / "keys"
    secrets = [line for path in keys.iterdir() for line in path.read_text().splitlines()
               if len(line) > 40 and "-----" not in line]  # fmt: skip
    assert secrets
    for command, _, _ in CASES.values():
        answer = story.cli(*_arguments(command, names))
        for secret in (PASSPHRASE, *secrets):
            assert secret not in answer.out + answer.err


def test_another_passphrase_opens_nothing(story: Story, tmp_path: Path) -> None:
    (tmp_path / "draft").write_text("{}")
    stranger = Cli(story.cli.home, passphrase="guessed")
    answer = stranger("sign", tmp_path / "draft", "--as", "maker", "--format", "json")
    assert (answer.code, answer.error["code"]) == (4, "not_authorised")
    assert "key file maker.signing.pem does not open with this passphrase" in answer.err
    assert "guessed" not in answer.err + answer.out
    assert "is not set" not in answer.err
    nobody = Cli(story.cli.home, passphrase=None)("anchor")
    assert nobody.code == 4
    assert "; ROOTPRINT_PASSPHRASE is not set\n" in nobody.err


def test_codes_are_those_of_the_error_tree() -> None:
    assert (failing.DONE, failing.FAILED, failing.USAGE) == (0, 1, 2)
    assert (failing.INCOMPLETE, failing.NOT_AUTHORISED, failing.INTERNAL) == (3, 4, 70)
    assert failing.asks_for_json(["walk", "x", "--format", "json"])
    assert failing.asks_for_json(["--format=json"])
    assert not failing.asks_for_json(["walk", "--format", "text", "json"])
    assert not failing.asks_for_json(["walk", "--format"])
    assert not failing.asks_for_json([])
