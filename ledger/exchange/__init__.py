"""Other people's formats: PACT first."""

from __future__ import annotations

from ledger.exchange import pact

__all__ = ["pact"]
