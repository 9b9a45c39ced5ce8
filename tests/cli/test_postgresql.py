"""A ledger whose store is in PostgreSQL does what one in a file does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.core.errors import Unavailable
from tests.cli.running import Cli
from tests.cli.story import INIT, tell

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.postgresql import Server

pytestmark = pytest.mark.chain


def test_all_that_supplier_auditor_and_exporter_do(
    tmp_path: Path, postgresql_server: Server
) -> None:
    address = postgresql_server.schema()
    story = tell(tmp_path, None, "--store", address)
    cli = story.cli
    assert not list(tmp_path.glob("**/ledger.sqlite"))
    assert "VERIFIED" in cli.done("walk", story.car).out
    assert "VERIFIED" in cli.done("verify", story.evidence, "--trust", story.trust).out
    assert "all is as derived: entries 4" in cli.done("log", "fsck").out
    cli.done("withdraw", story.part, "--as", "maker", "--reason", "a wrong meter")
    assert cli("walk", story.car).code == 1
    other = Cli(tmp_path / "other")
    refused = other(*INIT, "--store", address)
    assert refused.code == 1
    assert "holds a store already" in refused.err


def test_a_founding_that_was_stopped_goes_on_with_its_store(
    tmp_path: Path, postgresql_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, cli = postgresql_server.schema(), Cli(tmp_path / "home")

    def unreachable(*_: object, **__: object) -> None:
        message = "the chain does not answer"
        raise Unavailable(message)

    with monkeypatch.context() as patch:
        patch.setattr("rootprint.api.service.founding.deploy_contracts", unreachable)
        assert cli(*INIT, "--store", address).code == 3
    assert Cli(tmp_path / "other")(*INIT, "--store", address).code == 1
    cli.done(*INIT, "--store", address)
    assert "the log is empty" in cli("log", "fsck").out


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://me:s3cret@127.0.0.1/ledger", "holds a password"),
        ("postgresql://me@127.0.0.1/ledger?password=s3cret", "holds a password"),
        ("mysql://me@127.0.0.1/ledger", "not one of PostgreSQL"),
        ("postgresql://me@127.0.0.1:1/ledger", "start the server"),
    ],
)
def test_an_address_that_will_not_do(tmp_path: Path, address: str, said: str) -> None:
    refused = Cli(tmp_path / "home")(*INIT, "--store", address)
    assert refused.code in {1, 3}
    assert said in refused.err
    assert "s3cret" not in refused.err + refused.out
