"""Other people's formats: views of signed statements in PACT's words and in Catena-X's."""

from __future__ import annotations

from rootprint.ledger.exchange import catena_x, pact
from rootprint.ledger.exchange.jsontext import written

__all__ = ["catena_x", "pact", "written"]
