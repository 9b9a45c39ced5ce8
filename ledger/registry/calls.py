"""Call data for the organisation and status registries; who must send it stands beside each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rootprint.ledger.chain import encode_call
from rootprint.ledger.core.chain import organisation_id

if TYPE_CHECKING:
    from rootprint.ledger.core.chain import Contracts, StatusState
    from rootprint.ledger.core.standing import Role


class Call(NamedTuple):
    """A transaction still to be signed: to which 20-byte address, with which call data."""

    to: bytes
    data: bytes


def admit(contracts: Contracts, did: str, account: bytes, record: bytes, roles: Role) -> Call:
    """Registrar: admit an organisation (again), or change its record or roles.

    ``account`` (20 bytes) is fixed by the first admission; ``record`` is the record's digest.
    """
    return _organization(contracts, "admit", organisation_id(did), account, record, int(roles))


def suspend(contracts: Contracts, did: str) -> Call:
    """Registrar: suspend an admitted organisation."""
    return _organization(contracts, "suspend", organisation_id(did))


def expel(contracts: Contracts, did: str) -> Call:
    """Registrar: expel an organisation for good."""
    return _organization(contracts, "expel", organisation_id(did))


def add_key(contracts: Contracts, did: str, thumbprint: bytes) -> Call:
    """The organisation's account: add a signing key by its 32-byte thumbprint."""
    return _organization(contracts, "addKey", organisation_id(did), thumbprint)


def retire_key(contracts: Contracts, did: str, thumbprint: bytes) -> Call:
    """The organisation's account: retire a key from the block's time on."""
    return _organization(contracts, "retireKey", organisation_id(did), thumbprint)


def report_compromise(contracts: Contracts, did: str, thumbprint: bytes, since: int) -> Call:
    """The organisation's account: no signature counts from ``since`` (Unix seconds) on."""
    return _organization(contracts, "reportCompromise", organisation_id(did), thumbprint, since)


def set_status(
    contracts: Contracts, did: str, digest: bytes, state: StatusState, statement: bytes
) -> Call:
    """The organisation's account: say something of the statement ``digest``, once and for all.

    ``statement`` is the digest of the signed StatusStatement that gives the reason.
    """
    data = encode_call("StatusRegistry", "set", organisation_id(did), digest, int(state), statement)
    return Call(contracts.status_registry, data)


def _organization(contracts: Contracts, function: str, *arguments: object) -> Call:
    data = encode_call("OrganizationRegistry", function, *arguments)
    return Call(contracts.organization_registry, data)
