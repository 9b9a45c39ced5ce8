"""What the contracts' tests share: the compiled contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types import ModuleType


@pytest.fixture(scope="session")
def built(script: ModuleType) -> dict[str, dict[str, Any]]:
    """The artifacts that py-solc-x makes of today's sources."""
    made: dict[str, dict[str, Any]] = script.build()
    return made
