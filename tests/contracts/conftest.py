"""What the contracts' tests share: the script that compiles, and the compiled contracts."""

from __future__ import annotations

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


@pytest.fixture(scope="session")
def script(root: Path) -> ModuleType:
    """scripts/contracts as a module, with what it needs from npm installed."""
    loader = SourceFileLoader("contracts_script", str(root / "scripts" / "contracts"))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    module.install()
    return module


@pytest.fixture(scope="session")
def built(script: ModuleType) -> dict[str, dict[str, Any]]:
    """The artifacts that py-solc-x makes of today's sources."""
    made: dict[str, dict[str, Any]] = script.build()
    return made
