"""Signed product carbon footprints that anyone can recompute down to their raw inputs.

The public names; docs/library.md shows each at work. Everything below ``rootprint.ledger``,
``rootprint.calc`` and ``rootprint.api`` is private and may change. Names are loaded on first use,
so ``import rootprint`` costs little.

>>> import rootprint
>>> rootprint.Policy(assurance="limited").assurance
'limited'
>>> rootprint.Trust.load("absent.json")
Traceback (most recent call last):
rootprint.ledger.core.errors.NotFound: ...
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rootprint.api.service import Founding, Ledger
    from rootprint.calc.errors import CalculationError, RootprintError
    from rootprint.ledger.core.errors import NotAuthorised, NotFound, Refused, Unavailable
    from rootprint.ledger.core.keys import SigningKey
    from rootprint.ledger.evidence import Evidence
    from rootprint.ledger.intake import compose_file as compose
    from rootprint.ledger.intake import sign_draft as sign
    from rootprint.ledger.verifier import Verifier
    from rootprint.ledger.verify import Policy, Report, Trust, Verdict

__all__ = [
    "CalculationError",
    "Evidence",
    "Founding",
    "Ledger",
    "NotAuthorised",
    "NotFound",
    "Policy",
    "Refused",
    "Report",
    "RootprintError",
    "SigningKey",
    "Trust",
    "Unavailable",
    "Verdict",
    "Verifier",
    "compose",
    "sign",
]

# Where each name is, and what it is called there.
_HOME = {
    "CalculationError": ("calc.errors", "CalculationError"),
    "Evidence": ("ledger.evidence", "Evidence"),
    "Founding": ("api.service", "Founding"),
    "Ledger": ("api.service", "Ledger"),
    "NotAuthorised": ("ledger.core.errors", "NotAuthorised"),
    "NotFound": ("ledger.core.errors", "NotFound"),
    "Policy": ("ledger.verify", "Policy"),
    "Refused": ("ledger.core.errors", "Refused"),
    "Report": ("ledger.verify", "Report"),
    "RootprintError": ("calc.errors", "RootprintError"),
    "SigningKey": ("ledger.core.keys", "SigningKey"),
    "Trust": ("ledger.verify", "Trust"),
    "Unavailable": ("ledger.core.errors", "Unavailable"),
    "Verdict": ("ledger.verify", "Verdict"),
    "Verifier": ("ledger.verifier", "Verifier"),
    "compose": ("ledger.intake", "compose_file"),
    "sign": ("ledger.intake", "sign_draft"),
}

if not TYPE_CHECKING:  # a type checker would take any name for one that is here

    def __getattr__(name: str) -> object:
        """Load a public name from the package that holds it (PEP 562)."""
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        package, called = _HOME[name]
        return getattr(import_module(f"{__name__}.{package}"), called)
