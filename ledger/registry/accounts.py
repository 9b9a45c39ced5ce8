"""Who acts for whom: accounts and the registrar handed over in two steps, and recovered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rootprint.ledger.chain import decode_result, encode_call
from rootprint.ledger.core.chain import ADDRESS_BYTES, organisation_id
from rootprint.ledger.registry.calls import Call

if TYPE_CHECKING:
    from rootprint.ledger.chain import SendingChain
    from rootprint.ledger.core.chain import Contracts

_CONTRACT = "OrganizationRegistry"
_NO_ACCOUNT = bytes(ADDRESS_BYTES)


class Invited(NamedTuple):
    """An account that may take over from ``not_before`` (Unix seconds) on.

    ``recovery``: the registrar named it, since the present account is lost or taken.
    """

    account: bytes
    not_before: int
    recovery: bool


def propose_account(contracts: Contracts, did: str, account: bytes | None) -> Call:
    """The organisation's account: invite the next one (20 bytes); None takes back what is pending.

    That also ends a recovery, as long as the organisation is admitted.
    """
    return _call(contracts, "proposeAccount", organisation_id(did), account or _NO_ACCOUNT)


def start_recovery(contracts: Contracts, did: str, account: bytes, decision: bytes) -> Call:
    """Registrar: name another account for an organisation, which may accept after seven days.

    ``decision`` is the 32-byte digest of the signed decision that gives the reasons.
    """
    return _call(contracts, "startRecovery", organisation_id(did), account, decision)


def drop_recovery(contracts: Contracts, did: str) -> Call:
    """Registrar: end a recovery that was begun."""
    return _call(contracts, "dropRecovery", organisation_id(did))


def accept_account(contracts: Contracts, did: str) -> Call:
    """The invited account: act for the organisation from the next block on, alone."""
    return _call(contracts, "acceptAccount", organisation_id(did))


def propose_registrar(contracts: Contracts, account: bytes | None) -> Call:
    """Registrar: invite the next one (20 bytes); None takes the invitation back."""
    return _call(contracts, "proposeRegistrar", account or _NO_ACCOUNT)


def accept_registrar(contracts: Contracts) -> Call:
    """The invited account: be the registrar from the next block on."""
    return _call(contracts, "acceptRegistrar")


def invited_account(chain: SendingChain, contracts: Contracts, did: str) -> Invited | None:
    """Return who may take over an organisation's account, None if nothing is pending."""
    ((account, not_before, recovery),) = _asked(
        chain, contracts, "pendingAccountOf", organisation_id(did)
    )
    found = _address(account)
    return Invited(found, not_before, recovery) if any(found) else None


def registrars(chain: SendingChain, contracts: Contracts) -> tuple[bytes, bytes | None]:
    """Return the registrar and the account that it invited, 20 bytes each, None if it did not."""
    (present,) = _asked(chain, contracts, "registrar")
    (invited,) = _asked(chain, contracts, "pendingRegistrar")
    return _address(present), _address(invited) if any(_address(invited)) else None


def _call(contracts: Contracts, function: str, *arguments: object) -> Call:
    return Call(contracts.organization_registry, encode_call(_CONTRACT, function, *arguments))


def _asked(
    chain: SendingChain, contracts: Contracts, function: str, *arguments: object
) -> tuple[Any, ...]:
    data = encode_call(_CONTRACT, function, *arguments)
    return decode_result(_CONTRACT, function, chain.call(contracts.organization_registry, data))


def _address(text: object) -> bytes:
    return bytes.fromhex(str(text).removeprefix("0x"))
