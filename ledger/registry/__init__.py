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
    may_follow,
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
from rootprint.ledger.registry.relaying import KINDS as SIGNED_ACTS
from rootprint.ledger.registry.relaying import (
    SignedAct,
    address_for,
    nonce_of,
    read_act,
    sign_act,
)
from rootprint.ledger.registry.sending import CONTRACTS, send_step

__all__ = [
    "CONTRACTS",
    "SIGNED_ACTS",
    "Call",
    "Invited",
    "Organisation",
    "OrganisationRecord",
    "Registry",
    "SignedAct",
    "accept_account",
    "accept_registrar",
    "accredit",
    "add_key",
    "address_for",
    "admit",
    "back_date_compromise",
    "drop_recovery",
    "end_accreditation",
    "expel",
    "invited_account",
    "may_follow",
    "nonce_of",
    "propose_account",
    "propose_registrar",
    "read_act",
    "read_record",
    "record_bytes",
    "record_digest",
    "registrars",
    "report_compromise",
    "retire_key",
    "role_bits",
    "send_step",
    "set_status",
    "sign_act",
    "start_recovery",
    "suspend",
]
