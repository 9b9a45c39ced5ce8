"""Organisations, roles and keys in time: asking the chain, and the calls that change it."""

from __future__ import annotations

from rootprint.ledger.registry.calls import (
    Call,
    accredit,
    add_key,
    admit,
    back_date_compromise,
    end_accreditation,
    expel,
    report_compromise,
    retire_key,
    set_status,
    suspend,
)
from rootprint.ledger.registry.organisations import Organisation, Registry, role_bits
from rootprint.ledger.registry.records import (
    OrganisationRecord,
    read_record,
    record_bytes,
    record_digest,
)
from rootprint.ledger.registry.sending import CONTRACTS, send_step

__all__ = [
    "CONTRACTS",
    "Call",
    "Organisation",
    "OrganisationRecord",
    "Registry",
    "accredit",
    "add_key",
    "admit",
    "back_date_compromise",
    "end_accreditation",
    "expel",
    "read_record",
    "record_bytes",
    "record_digest",
    "report_compromise",
    "retire_key",
    "role_bits",
    "send_step",
    "set_status",
    "suspend",
]
