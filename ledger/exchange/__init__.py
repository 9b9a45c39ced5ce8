"""Other people's formats: views of signed statements in PACT's words."""

from __future__ import annotations

from rootprint.ledger.exchange import pact

__all__ = ["pact"]
