"""scripts/contracts as a module: the compiler, and what npm brings with it."""

from __future__ import annotations

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


def contracts_script(root: Path) -> ModuleType:
    """Return the script as a module, with what it needs from npm installed."""
    loader = SourceFileLoader("contracts_script", str(root / "scripts" / "contracts"))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    module.install()
    return module
