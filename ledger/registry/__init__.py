"""Organisations, roles and keys in time: asking the chain, and the calls that change it."""

from __future__ import annotations

from rootprint.ledger.registry.accounts import (
    Invited,
    accept_account,
    accept_registrar,
    drop_recovery,
    invited_account,
    propose_account,
    propose_registrar,
    registrars,
    start_recovery,
)
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
    "Invited",
    "Organisation",
    "OrganisationRecord",
    "Registry",
    "accept_account",
    "accept_registrar",
    "accredit",
    "add_key",
    "admit",
    "back_date_compromise",
    "drop_recovery",
    "end_accreditation",
    "expel",
    "invited_account",
    "propose_account",
    "propose_registrar",
    "read_record",
    "record_bytes",
    "record_digest",
    "registrars",
    "report_compromise",
    "retire_key",
    "role_bits",
    "send_step",
    "set_status",
    "start_recovery",
    "suspend",
]
