"""The story is run once; tests that change a ledger make their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.running import Cli
from tests.cli.story import INIT, Story, tell

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return tell(tmp_path_factory.mktemp("story"))


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """A ledger of a test module's own, empty but for its authority."""
    cli = Cli(tmp_path_factory.mktemp("ledger") / "home")
    cli.done(*INIT)
    return cli


@pytest.fixture
def nowhere(tmp_path: Path) -> Cli:
    """A user without any ledger."""
    return Cli(tmp_path / "nowhere")
