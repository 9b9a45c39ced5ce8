"""Signing and publishing: what is refused before a key is opened, and what is receipted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import rootprint
from rootprint.ledger.core.errors import Unavailable
from rootprint.ledger.intake import Home, anchored
from tests.cli.running import Cli
from tests.cli.story import AUTHORITY, FACTORS, INIT, factor_file

if TYPE_CHECKING:
    from pathlib import Path

    from rootprint.ledger.core.history import History

pytestmark = pytest.mark.chain


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    cli = Cli(tmp_path_factory.mktemp("receipts") / "home")
    cli.done(*INIT)
    cli.done("org", "admit", "factors", "--did", FACTORS, "--legal-name", "Example factors",
             "--country", "CN", "--role", "factor-publisher")  # fmt: skip
    return cli


def signed(cli: Cli, name: str) -> str:
    draft = cli.done("compose", "-", stdin=factor_file(name, FACTORS, "2.5")).out
    return cli.done("sign", "-", "--as", "factors", stdin=draft).out


def test_a_chain_that_fails_after_the_append_loses_no_receipt(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, asked = signed(cli, "one"), []

    def fails(home: Home) -> History:
        asked.append(home)
        raise Unavailable("the node does not answer", remedy="ask again later")

    with monkeypatch.context() as patched:
        patched.setattr(anchored, "final", fails)
        first = cli.done("publish", "-", stdin=one)
        assert "entry 0, signed for; not anchored yet" in first.out
        assert asked == []  # what was logged just now is anchored nowhere
        again = cli.done("publish", "-", stdin=one)
        assert "entry 0, signed for; anchored or not, the chain does not say" in again.out
        assert "the node does not answer — ask again later" in again.err
        found = cli.done("publish", "-", "--format", "json", stdin=one).json
        assert found["receipts"][0]["anchored"] is None
        assert found["receipts"][0]["proof"].startswith("c2sp.org/tlog-proof@v1")
    cli.done("anchor")
    assert "entry 0, signed for; anchored 20" in cli.done("publish", "-", stdin=one).out


def test_the_chain_is_asked_once_for_all_files(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / name for name in ("two.sdjwt", "three.sdjwt", "four.sdjwt")]
    for path in paths:
        path.write_text(signed(cli, path.stem))
    cli.done("publish", *paths)
    cli.done("anchor")
    final, asked = anchored.final, []

    def counted(home: Home) -> History:
        asked.append(home)
        return final(home)

    monkeypatch.setattr(anchored, "final", counted)
    answer = json.loads(cli.done("publish", *paths, "--format", "json").out)
    assert all(one["anchored"] for one in answer["receipts"])
    assert len(asked) == 1


def test_another_s_draft_is_refused_before_the_key_is_decrypted(cli: Cli) -> None:
    """By the command and by programs, who lack the passphrase or have a wrong one."""
    draft = cli.done("compose", "-", stdin=factor_file("five", FACTORS, "2.5")).json
    said = f"this draft is another's: its issuer is {FACTORS}, and authority is {AUTHORITY}"
    locked = Cli(cli.home, passphrase="wrong")
    answer = locked("sign", "-", "--as", "authority", stdin=json.dumps(draft))
    assert (answer.code, said in answer.err) == (1, True)
    with rootprint.Ledger.open(cli.home, passphrase="wrong") as ledger:
        with pytest.raises(rootprint.Refused, match=said):
            ledger.sign(draft, "authority")
        with pytest.raises(rootprint.NotAuthorised, match="does not open"):
            ledger.sign(draft, "factors")
