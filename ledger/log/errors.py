"""The log's own leaf of the error tree (the rest: ledger.core.errors)."""

from __future__ import annotations

from rootprint.ledger.core.errors import BadProof


class LogDamaged(BadProof):
    """What is stored is not what it is derived from; the message names the first difference."""

    code = "log_damaged"
