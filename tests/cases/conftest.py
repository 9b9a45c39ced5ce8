"""An empty ledger with four admitted organisations for each case."""

from __future__ import annotations

from tests.intake.conftest import place

__all__ = ["place"]
