"""A partner's footprint, taken in from its JSON file: what its receiver attests, or why not.

Reading is of bytes that the caller has. What comes out is a footprint of role *attested*
(docs/partner.md): the receiver says what it was given; no signature of the partner stands behind
the figures, and they count as unsigned.
"""

from __future__ import annotations

from rootprint.ledger.partner.attesting import Attested, PartnerFile, inventory_text, read_partner
from rootprint.ledger.partner.document import CATENA_X, PACT, form_of_bytes
from rootprint.ledger.partner.noted import Note

__all__ = [
    "CATENA_X",
    "PACT",
    "Attested",
    "Note",
    "PartnerFile",
    "form_of_bytes",
    "inventory_text",
    "read_partner",
]
