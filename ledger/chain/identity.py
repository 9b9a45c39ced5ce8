"""What the embedded chain calls itself."""

from __future__ import annotations

# A test chain, and every verdict says so by this number; EIP-155 ids below 2^31 fit every wallet.
EMBEDDED_CHAIN_ID = 20_261_120
