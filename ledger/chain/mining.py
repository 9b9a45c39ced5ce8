"""The EVM of the embedded chain: genesis, one block per step, calls. Needs py-evm, imported here.

Gas costs nothing on this chain, by the protocol's own rules: genesis sets the base fee to zero
and EIP-1559 raises it only after a block that used more than half of its limit, which
``STEP_GAS`` rules out. So an account made a moment ago can act without being paid first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import rlp
from eth.chains.base import MiningChain
from eth.constants import ZERO_ADDRESS
from eth.db.atomic import AtomicDB
from eth.db.backends.base import BaseDB
from eth.vm.forks.prague import PragueVM
from eth_typing import Address, BlockNumber
from eth_utils.exceptions import ValidationError

from rootprint.ledger.chain.chain_file import ReceiptRow
from rootprint.ledger.chain.identity import EMBEDDED_CHAIN_ID
from rootprint.ledger.chain.sending import REVERT_BYTES, Reverted
from rootprint.ledger.chain.transactions import (
    TRANSACTION_GAS,
    TYPE_EIP1559,
    create_address,
    transaction_hash,
)
from rootprint.ledger.core.errors import Refused, TooLarge

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eth.abc import ComputationAPI, SignedTransactionAPI

    from rootprint.ledger.chain.chain_file import ChainFile

STEP_GAS = 4096 * TRANSACTION_GAS
# As go-ethereum's transaction pool: no larger transaction would travel on a real network.
TRANSACTION_BYTES = 128 * 1024


class Evm(MiningChain):
    """Prague from the first block on; proof of stake, so a block's seal is not work."""

    chain_id = EMBEDDED_CHAIN_ID
    vm_configuration = ((BlockNumber(0), PragueVM),)


class NodeStore(BaseDB):
    """The chain file as py-evm's key-value store. SQLite's transaction makes it atomic."""

    def __init__(self, file: ChainFile) -> None:
        self._file = file

    def __getitem__(self, key: bytes) -> bytes:
        value = self._file.node(key)
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key: bytes, value: bytes) -> None:
        self._file.put_node(key, value)

    def __delitem__(self, key: bytes) -> None:
        if not self._file.delete_node(key):
            raise KeyError(key)

    def _exists(self, key: bytes) -> bool:
        return self._file.node(key) is not None


def write_genesis(file: ChainFile, time: int) -> None:
    """Fill an empty chain file with block 0, stamped ``time``. No account owns anything in it."""
    parameters = {"gas_limit": 2 * STEP_GAS, "timestamp": time, "base_fee_per_gas": 0}
    with file.transaction():
        genesis = Evm.from_genesis(AtomicDB(NodeStore(file)), parameters)  # type: ignore[arg-type] # py-evm names a union it also takes as int
        file.put_block(0, genesis.get_canonical_head().hash)


def mine_step(
    file: ChainFile, raw_transactions: Sequence[bytes], block_time: Callable[[int], int]
) -> None:
    """Put the transactions that are not mined yet into one block; without any, do nothing.

    The caller holds the file's transaction, so an error leaves nothing behind. ``block_time``
    turns the parent's time into this block's. Raises Refused or TooLarge for a transaction that
    no block could hold; one that merely reverts is mined with status 0.
    """
    digests = {transaction_hash(raw): raw for raw in raw_transactions}
    fresh = {key: raw for key, raw in digests.items() if file.receipt(key) is None}
    if not fresh:
        return
    evm = Evm(AtomicDB(NodeStore(file)))
    transactions = [_decode(evm, digest, raw) for digest, raw in fresh.items()]
    _check_step(evm, transactions)
    parent = evm.get_canonical_head()
    evm.header = evm.create_header_from_parent(
        parent, timestamp=block_time(parent.timestamp), gas_limit=parent.gas_limit
    )
    try:
        result, receipts, computations = evm.mine_all(transactions)
    except ValidationError as error:
        raise Refused(
            f"a transaction of this step is not valid, nothing was mined: {error}"
        ) from error
    block = result.imported_block
    file.put_block(block.number, block.hash)
    used_before = 0
    for transaction, receipt, computation in zip(transactions, receipts, computations, strict=True):
        used = receipt.gas_used - used_before
        used_before = receipt.gas_used
        file.put_receipt(_receipt_row(transaction, block.number, used, computation))


def execute_call(file: ChainFile, contract: bytes, data: bytes, number: int) -> bytes:
    """Run a contract's code over the state after block ``number``; keep nothing of it."""
    evm = Evm(AtomicDB(NodeStore(file)))
    vm = evm.get_vm(evm.get_canonical_block_header_by_number(BlockNumber(number)))
    target = Address(contract)
    computation = vm.execute_bytecode(
        origin=ZERO_ADDRESS,
        gas_price=0,
        gas=TRANSACTION_GAS,
        to=target,
        sender=ZERO_ADDRESS,
        value=0,
        data=data,
        code=vm.state.get_code(target),
        code_address=target,
    )
    if computation.is_error:
        raise Reverted(
            f"contract 0x{contract.hex()} refused the call at block {number}",
            data=computation.output,
        )
    return computation.output


def _decode(evm: Evm, digest: bytes, raw: bytes) -> SignedTransactionAPI:
    place = f"transaction 0x{digest.hex()}"
    if len(raw) > TRANSACTION_BYTES:
        raise TooLarge(f"{place} has {len(raw)} bytes, the limit is {TRANSACTION_BYTES}")
    if raw[:1] != TYPE_EIP1559:
        raise Refused(f"{place} is not of type 2 (EIP-1559), the only one taken here")
    try:
        transaction = evm.get_vm().get_transaction_builder().decode(raw)
        transaction.validate()
    except (rlp.exceptions.RLPException, ValidationError) as error:
        raise Refused(f"{place} is not a valid signed transaction: {error}") from error
    if transaction.chain_id != EMBEDDED_CHAIN_ID:
        raise Refused(
            f"{place} is signed for chain {transaction.chain_id}, this is {EMBEDDED_CHAIN_ID}"
        )
    if transaction.gas > TRANSACTION_GAS:
        raise TooLarge(f"{place} asks for {transaction.gas} gas, the limit is {TRANSACTION_GAS}")
    return transaction


def _check_step(evm: Evm, transactions: Sequence[SignedTransactionAPI]) -> None:
    """Refuse what no block could hold, naming the transaction, before anything runs."""
    if sum(transaction.gas for transaction in transactions) > STEP_GAS:
        raise TooLarge(f"this step asks for more than {STEP_GAS} gas: send it in parts")
    state = evm.get_vm().state
    nonces: dict[Address, int] = {}
    for transaction in transactions:
        sender = transaction.sender
        due = nonces.get(sender, state.get_nonce(sender))
        if transaction.nonce != due:
            raise Refused(
                f"transaction 0x{transaction.hash.hex()} of account 0x{sender.hex()} has nonce "
                f"{transaction.nonce}, due is {due}; nothing was mined",
                remedy="sign it again with the nonce that is due",
            )
        nonces[sender] = due + 1
        _check_means(transaction, state.get_balance(sender))


def _check_means(transaction: SignedTransactionAPI, balance: int) -> None:
    place = f"transaction 0x{transaction.hash.hex()} of account 0x{transaction.sender.hex()}"
    if transaction.gas < transaction.intrinsic_gas:
        raise Refused(
            f"{place} asks for {transaction.gas} gas, it takes {transaction.intrinsic_gas} to start"
        )
    needed = transaction.value + transaction.gas * transaction.max_fee_per_gas
    if balance < needed:
        raise Refused(
            f"{place} has {balance} wei and may need {needed}",
            remedy="sign it with fees of zero: gas costs nothing here",
        )


def _receipt_row(
    transaction: SignedTransactionAPI, number: int, gas_used: int, computation: ComputationAPI
) -> ReceiptRow:
    created = computation.is_success and transaction.to == b""
    return ReceiptRow(
        hash=transaction.hash,
        number=number,
        status=computation.is_success,
        gas_used=gas_used,
        contract=create_address(transaction.sender, transaction.nonce) if created else None,
        revert=b"" if computation.is_success else computation.output[:REVERT_BYTES],
    )
