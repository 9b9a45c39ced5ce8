"""Putting the contracts on a chain, once, at addresses known beforehand (CREATE2, EIP-1014).

A contract's CREATE2 address commits to its creation code and constructor arguments, so code with
the right hash at the right address is the right contract with the right registrar.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rootprint.ledger.chain.abi import artifact, decode_error, encode_call, encode_constructor
from rootprint.ledger.chain.deployment import DeployedContract, Deployment
from rootprint.ledger.chain.sending import Reverted
from rootprint.ledger.chain.step import Step
from rootprint.ledger.chain.transactions import (
    address_of,
    create2_address,
    create_address,
)
from rootprint.ledger.core.chain import ADDRESS_BYTES, WORD
from rootprint.ledger.core.errors import Refused, Unavailable

if TYPE_CHECKING:
    from rootprint.ledger.chain.sending import SendingChain
    from rootprint.ledger.chain.spending import Limits
    from rootprint.ledger.chain.transactions import Account

# The factory is looked for among the first contracts its account could have created.
_NONCES_SEARCHED = 64


@dataclass(frozen=True, slots=True)
class _Step:
    """One contract wanted at an address, and the transaction that puts it there."""

    name: str
    address: bytes
    to: bytes | None
    data: bytes


def deploy_contracts(  # noqa: PLR0913 - what it acts on, each named by the caller
    chain: SendingChain,
    account: Account,
    registrar: bytes,
    salt: bytes = bytes(WORD),
    *,
    limits: Limits | None = None,
    timeout: float = 120.0,
) -> Deployment:
    """Deploy the factory and the three contracts, or find those of an earlier call.

    ``account`` pays and may be anyone's: only ``registrar`` (20 bytes) gets a right, and only in
    the organisation registry. All missing contracts are sent in one step; where gas is
    estimated, each is sent once the one before it stands. Raises Refused if a constructor refuses
    or other code stands at an address, OutOfFunds, Unavailable if the chain is slow.
    """
    if len(registrar) != ADDRESS_BYTES or not any(registrar):
        raise Refused("the registrar is an account: 20 bytes, not all zero")
    sender = address_of(account)
    nonce = chain.nonce(sender)
    steps = _plan(_find_factory(chain, sender, nonce), registrar, salt)
    missing = [step for step in steps if not _stands(chain, step)]
    sending = Step(chain, limits=limits, timeout=timeout)
    try:
        for step in missing:
            sending.add(account, step.to, step.data, depends=True)
        receipts = sending.done()
    except Reverted as error:
        raise _refused(missing[sending.sent], error.data) from error
    for step, receipt in zip(missing, receipts, strict=True):
        if not receipt.status:
            raise _refused(step, receipt.revert)
        if not _stands(chain, step):
            raise Unavailable(f"{step.name} was deployed and is not at 0x{step.address.hex()}")
    return _deployment(chain.chain_id, steps)


def _find_factory(chain: SendingChain, sender: bytes, nonce: int) -> bytes:
    """Return the factory's address: where it stands, else where the next transaction puts it."""
    head = chain.block().number
    wanted = artifact("Deployer").code_hash
    for earlier in range(min(nonce, _NONCES_SEARCHED)):
        address = create_address(sender, earlier)
        if chain.code_hash(address, head) == wanted:
            return address
    return create_address(sender, nonce)


def _plan(factory: bytes, registrar: bytes, salt: bytes) -> list[_Step]:
    """Return the four steps in their order; a later one may name an earlier one's address."""
    organizations = _create2(factory, salt, "OrganizationRegistry", registrar)
    checkpoints = _create2(factory, salt, "CheckpointRegistry", organizations.address)
    status = _create2(factory, salt, "StatusRegistry", organizations.address)
    creation = _Step("Deployer", factory, None, encode_constructor("Deployer"))
    return [creation, organizations, checkpoints, status]


def _create2(factory: bytes, salt: bytes, name: str, *arguments: object) -> _Step:
    init_code = encode_constructor(name, *arguments)
    call = encode_call("Deployer", "deploy", salt, init_code)
    return _Step(name, create2_address(factory, salt, init_code), factory, call)


def _stands(chain: SendingChain, step: _Step) -> bool:
    """Say whether the contract stands at its address; raise Refused if something else does."""
    found = chain.code_hash(step.address, chain.block().number)
    if found == artifact(step.name).code_hash:
        return True
    if any(found):
        raise Refused(f"other code than {step.name} stands at 0x{step.address.hex()}")
    return False


def _refused(step: _Step, revert: bytes) -> Refused:
    reason = decode_error(step.name if step.to is None else "Deployer", revert)
    return Refused(f"{step.name} could not be deployed: {reason}")


def _deployment(chain_id: int, steps: list[_Step]) -> Deployment:
    factory, *contracts = steps
    organizations, checkpoints, status = (
        DeployedContract(step.address, artifact(step.name).code_hash) for step in contracts
    )
    return Deployment(chain_id, factory.address, checkpoints, organizations, status)
