"""The embedded chain's fixed id, by which every verdict knows a test chain."""

from __future__ import annotations

from rootprint.ledger.core.chain import TEST_CHAIN_ID as EMBEDDED_CHAIN_ID

__all__ = ["EMBEDDED_CHAIN_ID"]
