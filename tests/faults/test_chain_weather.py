"""Every fault between a log and its chain, on a node of its own, as scripts/faults --chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.scenarios import SCENARIOS
from tests.faults.weather import weather
from tests.support.anvil import anvil_program

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

pytestmark = [pytest.mark.contracts, pytest.mark.slow]


def test_there_are_thirty_and_each_says_what_it_is() -> None:
    assert len(SCENARIOS) >= 30
    assert all(one.__doc__ for one in SCENARIOS.values())


@pytest.mark.parametrize("name", SCENARIOS)
def test_it_heals_without_a_hand_or_says_what_to_do(
    name: str, tmp_path: Path, root: Path, script: ModuleType
) -> None:
    assert script  # it installs what the node comes with
    program = anvil_program(root)
    if program is None:
        pytest.skip("the locked npm packages have no anvil for this machine; see ROOTPRINT_ANVIL")
    with weather(tmp_path, program) as made:
        SCENARIOS[name](made)
