"""A cancun EVM in memory for the contracts' tests: pure calls, and whole transactions with gas.

It knows nothing of ledger.chain, so what is tested here is the bytecode alone.
"""

from __future__ import annotations

from typing import Any, cast

from eth.chains.base import MiningChain
from eth.constants import ZERO_ADDRESS
from eth.db.atomic import AtomicDB
from eth.vm.forks.cancun import CancunVM
from eth_abi.abi import decode, encode
from eth_hash.auto import keccak
from eth_keys.datatypes import PrivateKey

GAS = 5_000_000
FEE = 10**9
RICH = 10**24
GENESIS: Any = {"difficulty": 0, "gas_limit": 30_000_000, "timestamp": 1_800_000_000}


class Reverted(Exception):
    """A call or transaction that reverted; ``data`` is what it returned."""

    def __init__(self, data: bytes) -> None:
        super().__init__(f"reverted with {data.hex() or 'nothing'}")
        self.data = data


class Contract:
    """An ABI (as solc writes it) and creation code."""

    def __init__(self, abi: list[dict[str, Any]], bytecode: str) -> None:
        self.bytecode = bytes.fromhex(bytecode.removeprefix("0x"))
        self._functions = {item["name"]: item for item in abi if item["type"] == "function"}

    def call_data(self, name: str, *arguments: object) -> bytes:
        """Return selector and arguments."""
        types = [_type(item) for item in self._functions[name]["inputs"]]
        return keccak(f"{name}({','.join(types)})".encode())[:4] + encode(types, arguments)

    def result(self, name: str, data: bytes) -> Any:
        """Return the function's single result."""
        return decode([_type(item) for item in self._functions[name]["outputs"]], data)[0]


class Account:
    """A sender with a balance; its key follows from a word."""

    def __init__(self, word: str) -> None:
        self.key = PrivateKey(keccak(word.encode()))
        self.address = self.key.public_key.to_canonical_address()
        self.nonce = 0


class Evm:
    """A chain of one open block: transactions apply at once and nothing is ever mined."""

    chain_id = 1

    def __init__(self, *accounts: Account) -> None:
        rich = {"balance": RICH, "nonce": 0, "code": b"", "storage": {}}
        state: Any = {account.address: dict(rich) for account in accounts}
        configured = MiningChain.configure(
            __name__="TestChain", vm_configuration=((0, CancunVM),), chain_id=self.chain_id
        )
        self._chain = cast("Any", configured.from_genesis(AtomicDB(), GENESIS, state))
        # One virtual machine for all calls: opening one costs more than most of them.
        self._vm: Any = self._chain.get_vm()

    @property
    def now(self) -> int:
        """The time of the open block, Unix seconds."""
        time: int = self._vm.state.timestamp
        return time

    def call(self, to: bytes, contract: Contract, name: str, *arguments: object) -> Any:
        """Return what a view says; for contracts that ``transact`` deployed, or raise Reverted."""
        code = self.code(to)
        data = contract.call_data(name, *arguments)
        done = self._vm.execute_bytecode(
            ZERO_ADDRESS, FEE, GAS, to, ZERO_ADDRESS, 0, data, code, to
        )
        if done.is_error:
            raise Reverted(done.output)
        return contract.result(name, done.output)

    def code(self, address: bytes) -> bytes:
        """Return an account's code."""
        return bytes(self._vm.state.get_code(address))

    def slot(self, address: bytes, key: bytes) -> bytes:
        """Return the 32-byte word in a storage slot."""
        number: int = self._vm.state.get_storage(address, int.from_bytes(key))
        return number.to_bytes(32)

    def transact(self, sender: Account, to: bytes, data: bytes) -> tuple[int, bytes]:
        """Apply a transaction; return its gas used, whole, and the address it created, if any."""
        unsigned = self._chain.create_unsigned_transaction(
            nonce=sender.nonce, gas_price=FEE, gas=GAS, to=to, value=0, data=data
        )
        sender.nonce += 1
        header = self._vm.get_header()
        receipt, done = self._vm.apply_transaction(
            header, unsigned.as_signed_transaction(sender.key, chain_id=self.chain_id)
        )
        if done.is_error:
            raise Reverted(done.output)
        # Each transaction counts alone: the block's running total is never carried on.
        return receipt.gas_used, done.msg.storage_address


def _type(item: dict[str, Any]) -> str:
    if not item["type"].startswith("tuple"):
        return cast("str", item["type"])
    inner = ",".join(_type(part) for part in item["components"])
    return f"({inner}){item['type'].removeprefix('tuple')}"
