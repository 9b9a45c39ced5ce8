"""Call data for the organisation and status registries; who must send it stands beside each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rootprint.ledger.chain import encode_call
from rootprint.ledger.core.chain import WORD, StatusState, organisation_id

if TYPE_CHECKING:
    from rootprint.ledger.core.chain import Contracts
    from rootprint.ledger.core.standing import Role


class Call(NamedTuple):
    """A transaction still to be signed: to which 20-byte address, with which call data."""

    to: bytes
    data: bytes


def admit(  # noqa: PLR0913 - a row's members
    contracts: Contracts,
    did: str,
    account: bytes,
    record: bytes,
    roles: Role,
    *,
    decision: bytes = bytes(WORD),
    reason: int = 0,
) -> Call:
    """Registrar: admit an organisation (again), or change its record or roles.

    ``account`` (20 bytes) serves no other organisation, and later is the present one; ``record``
    and ``decision`` are digests. With a ``reason``, and after expulsion, it takes a decision.
    """
    who = organisation_id(did)
    return _organization(contracts, "admit", who, account, record, int(roles), reason, decision)


def suspend(
    contracts: Contracts, did: str, reason: int, decision: bytes, window: tuple[int, int] = (0, 0)
) -> Call:
    """Registrar: suspend an admitted organisation.

    ``reason`` is a code of ``ledger.core.standing.REASONS``, ``decision`` the 32-byte digest of the
    signed decision. A retroactive reason takes a window [from, until) in Unix seconds.
    """
    return _organization(contracts, "suspend", organisation_id(did), reason, *window, decision)


def expel(
    contracts: Contracts, did: str, reason: int, decision: bytes, window: tuple[int, int] = (0, 0)
) -> Call:
    """Registrar: expel an organisation; arguments as ``suspend``. Only a decision readmits it."""
    return _organization(contracts, "expel", organisation_id(did), reason, *window, decision)


def add_key(contracts: Contracts, did: str, thumbprint: bytes, possession: bytes) -> Call:
    """The organisation's account: add a signing key by its 32-byte thumbprint.

    ``possession`` is the digest of its proof of possession (``ledger.core.possession``).
    """
    return _organization(contracts, "addKey", organisation_id(did), thumbprint, possession)


def retire_key(contracts: Contracts, did: str, thumbprint: bytes) -> Call:
    """The organisation's account: retire a key from the block's time on."""
    return _organization(contracts, "retireKey", organisation_id(did), thumbprint)


def report_compromise(contracts: Contracts, did: str, thumbprint: bytes, since: int) -> Call:
    """The organisation's account: no signature counts from ``since`` (Unix seconds) on.

    No earlier than the key was added, and than 90 days before the report.
    """
    return _organization(contracts, "reportCompromise", organisation_id(did), thumbprint, since)


def back_date_compromise(
    contracts: Contracts, did: str, thumbprint: bytes, since: int, decision: bytes
) -> Call:
    """Registrar: as ``report_compromise``, as far back as to the key's adding."""
    who = organisation_id(did)
    return _organization(contracts, "backDateCompromise", who, thumbprint, since, decision)


def accredit(
    contracts: Contracts, accreditor: str, body: str, scope: bytes, valid: tuple[int, int]
) -> Call:
    """The account of ``accreditor``: accredit ``body`` (both DIDs).

    ``scope`` is the digest of the signed accreditation record, ``valid`` its time [from, until) in
    Unix seconds.
    """
    ids = organisation_id(accreditor), organisation_id(body)
    return _organization(contracts, "accredit", *ids, scope, *valid)


def end_accreditation(contracts: Contracts, body: str, number: int) -> Call:
    """Its accreditor's account, or the registrar: end row ``number`` (from 0) from now on."""
    return _organization(contracts, "endAccreditation", organisation_id(body), number)


def set_status(
    contracts: Contracts, did: str, digest: bytes, state: StatusState, statement: bytes
) -> Call:
    """The organisation's account: say something of the signed record ``digest``.

    ``statement`` is the digest of the signed record that gives the reason.
    """
    data = encode_call("StatusRegistry", "set", organisation_id(did), digest, int(state), statement)
    return Call(contracts.status_registry, data)


def may_follow(state: StatusState, present: StatusState) -> bool:
    """Whether the contract takes ``state`` from one whose last word was ``present``.

    Nothing follows WITHDRAWN, ADVERSE and REVOKED; RESTORED follows SUSPENDED alone, which
    SUPERSEDED would hide; none is said twice running.
    """
    if present in {StatusState.WITHDRAWN, StatusState.ADVERSE, StatusState.REVOKED}:
        return False
    if state is StatusState.RESTORED:
        return present is StatusState.SUSPENDED
    if state is StatusState.SUPERSEDED and present is StatusState.SUSPENDED:
        return False
    return state not in {StatusState.NONE, present}


def _organization(contracts: Contracts, function: str, *arguments: object) -> Call:
    data = encode_call("OrganizationRegistry", function, *arguments)
    return Call(contracts.organization_registry, data)
