"""Other people's formats: PACT first."""

from __future__ import annotations

from rootprint.ledger.exchange import pact

__all__ = ["pact"]
