"""Signed product carbon footprints that anyone can recompute down to their raw inputs.

The public names. Everything below ``rootprint.ledger``, ``rootprint.calc`` and ``rootprint.api`` is
private and may change. Names are loaded on first use, so ``import rootprint`` costs little.

>>> import rootprint
>>> rootprint.parse_trust(b"{}")
Traceback (most recent call last):
rootprint.ledger.core.errors.Refused: ...
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rootprint.calc.errors import CalculationError, RootprintError
    from rootprint.ledger.core.errors import (
        LedgerError,
        NotAuthorised,
        NotFound,
        Refused,
        TooLarge,
        Unavailable,
    )
    from rootprint.ledger.evidence import Evidence
    from rootprint.ledger.verify import Report, Trust, Verdict, parse_trust

__all__ = [
    "CalculationError",
    "Evidence",
    "LedgerError",
    "NotAuthorised",
    "NotFound",
    "Refused",
    "Report",
    "RootprintError",
    "TooLarge",
    "Trust",
    "Unavailable",
    "Verdict",
    "parse_trust",
]

_MODULES = {
    "Evidence": "ledger.evidence",
    "CalculationError": "calc.errors",
    "LedgerError": "ledger.core.errors",
    "NotAuthorised": "ledger.core.errors",
    "NotFound": "ledger.core.errors",
    "Refused": "ledger.core.errors",
    "Report": "ledger.verify",
    "RootprintError": "calc.errors",
    "TooLarge": "ledger.core.errors",
    "Trust": "ledger.verify",
    "Unavailable": "ledger.core.errors",
    "Verdict": "ledger.verify",
    "parse_trust": "ledger.verify",
}

if not TYPE_CHECKING:  # a type checker would take any name for one that is here

    def __getattr__(name: str) -> object:
        """Load a public name from the package that holds it (PEP 562)."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
