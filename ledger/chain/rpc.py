"""A real chain through one JSON-RPC endpoint (web3, imported on use).

Reads are the same few as the embedded chain's. The endpoint is believed in what it says of the
chain, so a verifier names one it trusts; its answers are still parsed strictly (Ethereum
JSON-RPC specification, "QUANTITY" and "DATA"). Its address may hold an access token and is never
shown beyond the host.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rootprint.ledger.chain.pins import Pins
from rootprint.ledger.chain.quoting import quoted
from rootprint.ledger.chain.rpc_values import (
    block_of,
    field,
    headers_of,
    octets,
    proof_of,
    quantity,
    revert_of,
)
from rootprint.ledger.chain.sending import REVERT_BYTES, Receipt, Reverted
from rootprint.ledger.chain.transactions import transaction_hash as hash_of
from rootprint.ledger.core.chain import ADDRESS_BYTES, WORD
from rootprint.ledger.core.errors import LedgerError, NotFound, Refused, Unavailable
from rootprint.ledger.core.keccak import keccak
from rootprint.ledger.core.stateproof import LAST_NUMBER, Header, needed
from rootprint.ledger.core.trie import MissingNode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from web3 import HTTPProvider

    from rootprint.ledger.core.chain import Block

TIMEOUT_SECONDS = 10.0
# So many ways of eight full nodes are 2 MB of hexadecimal digits; some endpoints allow 1024.
SLOTS_A_REQUEST = 256
# A block is asked for without its transactions' bodies.
_HASHES_ONLY = False


class RpcChain:
    """The chain behind an endpoint: a ``ProvingChain`` and a ``SendingChain``.

    Nothing is retried: whoever sends decides about sending again. Everything that keeps an
    answer from coming raises Unavailable.
    """

    def __init__(self, url: str, *, timeout: float = TIMEOUT_SECONDS) -> None:
        """Remember where the endpoint is; nothing is asked yet. ``timeout`` is per request, s."""
        try:
            parts = urlsplit(url)
            host = parts.hostname if parts.scheme in {"http", "https"} else None
        except ValueError:
            host = None
        if not host:  # raised outside the handler: the cause would show the whole address
            raise Refused("a chain's endpoint is an http or https address with a host")
        self._url = url
        self._timeout = timeout
        self._host = host
        self._provider: HTTPProvider | None = None
        self._chain_id: int | None = None
        self._pins = Pins()
        self._takes_hashes = True

    @property
    def host(self) -> str:
        """The endpoint's host: all of its address that is ever shown."""
        return self._host

    @property
    def mines_at_once(self) -> bool:
        """False: what is sent together may be mined apart, and is paid for."""
        return False

    @property
    def chain_id(self) -> int:
        """EIP-155 chain id as the endpoint says, asked once."""
        return self.asked_chain_id() if self._chain_id is None else self._chain_id

    def asked_chain_id(self) -> int:
        """Ask for the chain id again: another chain's node may be behind the address by now."""
        self._chain_id = quantity(self._ask("eth_chainId"), most=LAST_NUMBER)
        return self._chain_id

    def block(self, number: int | None = None) -> Block:
        """Return the canonical block with that number, or the newest one. Raises NotFound.

        What is read at its number from then on is read at this very block, or is Unavailable.
        """
        found = self._block(number)
        self._pins.put(found)
        return found

    def slot(self, contract: bytes, key: bytes, block: int) -> bytes:
        """Return the 32-byte word at ``key`` (32 bytes) of ``contract`` after a block."""
        answer = self._ask_at(block, "eth_getStorageAt", _address(contract), _slot(key))
        return octets(answer, length=WORD)

    def code_hash(self, contract: bytes, block: int) -> bytes:
        """Return keccak-256 of the contract's code after a block, or zeros without an account.

        An account without code, nonce and balance does not exist (EIP-161).
        """
        account = _address(contract)
        code = octets(self._ask_at(block, "eth_getCode", account))
        signs = ("eth_getTransactionCount", "eth_getBalance")
        if code or any(quantity(self._ask_at(block, method, account)) for method in signs):
            return keccak(code)
        return bytes(WORD)

    def header(self, block: int) -> bytes:
        """Return the RLP of a block's header, rebuilt from its members; its keccak-256 is its hash.

        Raises Refused where it isn't: a chain may hash members that Ethereum has not.
        """
        pinned = self._pinned(block)
        answer = self._ask("eth_getBlockByHash", _hex(pinned), _HASHES_ONLY)
        if answer is None:
            raise self._reorganised(block)
        header = next((one for one in headers_of(answer) if keccak(one) == pinned), None)
        if header is None:
            raise Refused(
                f"the headers of the chain at {self._host} can't be proven: the hash of block "
                f"{block} is not that of an Ethereum header with the members it was given with",
                remedy="let verifiers read the chain itself, by rpc in their trust file",
            )
        return header

    def proof(self, contract: bytes, slots: Sequence[bytes], block: int) -> list[bytes]:
        """Return each trie node on the way to the contract's account and to its slots, once.

        They were followed from the block's hash to every slot before they are returned; what the
        endpoint gave beside them is dropped.
        """
        address = _address(contract)
        state_root = Header.parse(self.header(block)).state_root
        nodes: dict[bytes, bytes] = {}
        for start in range(0, max(len(slots), 1), SLOTS_A_REQUEST):
            asked = slots[start : start + SLOTS_A_REQUEST]
            slots_asked = [_slot(slot) for slot in asked]
            answer = self._ask_at(block, "eth_getProof", address, slots_asked)
            given = {keccak(node): node for node in proof_of(answer)}
            try:
                nodes |= needed(given.get, state_root, contract, asked)
            except (MissingNode, Refused) as error:
                raise self._unavailable(f"gave a proof that does not hold: {error}") from error
        return list(nodes.values())

    def nonce(self, address: bytes, block: int | None = None) -> int:
        """Return the nonce after those mined up to a block (default: the newest)."""
        answer = self._ask_at(block, "eth_getTransactionCount", _address(address))
        return quantity(answer, most=LAST_NUMBER)

    def doubts(self) -> str:
        """Return "": one endpoint disagrees with none."""
        return ""

    def fees(self) -> tuple[int, int]:
        """Return a fee cap and a priority fee in wei per gas.

        The cap is twice the newest base fee plus the priority fee: it passes through six full
        blocks (EIP-1559 raises the base fee by an eighth at most).
        """
        newest = self._ask("eth_getBlockByNumber", "latest", _HASHES_ONLY)
        priority = quantity(self._ask("eth_maxPriorityFeePerGas"))
        return 2 * quantity(field(newest, "baseFeePerGas")) + priority, priority

    def estimate(self, sender: bytes, to: bytes | None, data: bytes) -> int:
        """Return the gas that such a transaction needs after the newest block. Raises Reverted."""
        request = {"from": _address(sender), "data": _hex(data)}
        if to is not None:
            request["to"] = _address(to)
        # Some nodes estimate over their pool unless told otherwise: our own attempt is in it.
        answer = self._answer("eth_estimateGas", request, "latest")
        if "error" not in answer:
            return quantity(answer.get("result"))
        raise self._refusal("eth_estimateGas", answer, "such a transaction now")

    def balance(self, address: bytes) -> int:
        """Return what an account has after the newest block, in wei."""
        return quantity(self._ask("eth_getBalance", _address(address), "latest"))

    def finalized(self) -> Block | None:
        """Return the newest finalised block; None where the chain or the node knows of none."""
        answer = self._answer("eth_getBlockByNumber", "finalized", _HASHES_ONLY)
        found = None if "error" in answer else answer.get("result")
        return None if found is None else block_of(found)

    def syncing(self) -> bool:
        """Tell whether the node says that it is still catching up with the chain."""
        return self._ask("eth_syncing") is not False

    def broadcast(self, raw_transactions: Sequence[bytes]) -> None:
        """Hand signed transactions over in this order.

        An endpoint's error is believed only if it doesn't hold the transaction either: then
        Unavailable is raised with its words, after all were tried.
        """
        refusals = []
        for raw in raw_transactions:
            answer = self._answer("eth_sendRawTransaction", _hex(raw))
            digest = hash_of(raw)
            if "error" in answer and self._ask("eth_getTransactionByHash", _hex(digest)) is None:
                refusals.append(f"0x{digest.hex()}: {quoted(answer['error'], self._url)}")
        if refusals:
            raise self._unavailable(f"did not take {'; '.join(refusals)}")

    def receipt(self, transaction_hash: bytes) -> Receipt | None:
        """Return what became of a transaction, or None while it is in no canonical block.

        The receipt's block hash must be the canonical one at its height; after a reorg it isn't.
        """
        answer = self._ask("eth_getTransactionReceipt", _hex(transaction_hash))
        if answer is None:
            return None
        number = quantity(field(answer, "blockNumber"), most=LAST_NUMBER)
        try:
            block = self.block(number)
        except NotFound:
            return None  # the reorg made the chain shorter than that
        if block.hash != octets(field(answer, "blockHash"), length=WORD):
            return None
        status = quantity(field(answer, "status")) == 1
        created = field(answer, "contractAddress")
        return Receipt(
            transaction_hash=transaction_hash,
            block=block,
            status=status,
            gas_used=quantity(field(answer, "gasUsed")),
            contract_address=octets(created, length=ADDRESS_BYTES) if created and status else None,
            revert=b"" if status else self._replay(transaction_hash, number - 1),
        )

    def call(self, contract: bytes, data: bytes, block: int | None = None) -> bytes:
        """Return what a contract answers after a block (default: the newest). Raises Reverted."""
        request = {"to": _address(contract), "data": _hex(data)}
        answer = self._answer_at(block, "eth_call", request)
        if "error" not in answer:
            return octets(answer.get("result"))
        raise self._refusal("eth_call", answer, f"the call at {_tag(block)} to {request['to']}")

    def _block(self, number: int | None) -> Block:
        answer = self._ask("eth_getBlockByNumber", _tag(number), _HASHES_ONLY)
        if answer is None:
            raise NotFound(f"the chain at {self._host} has no block {number}")
        found = block_of(answer)
        if number is not None and found.number != number:
            raise self._unavailable(f"answered block {found.number} when asked for {number}")
        return found

    def _pinned(self, number: int) -> bytes:
        """Return the hash that was given with a block's number, or is given now."""
        return self._pins.get(number) or self.block(number).hash

    def _ask_at(self, block: int | None, method: str, *parameters: object) -> object:
        answer = self._answer_at(block, method, *parameters)
        if "error" in answer:
            raise self._unavailable(f"refused {method}: {quoted(answer['error'], self._url)}")
        return answer.get("result")

    def _answer_at(
        self, block: int | None, method: str, *parameters: object
    ) -> Mapping[str, object]:
        """Ask for something at the very block that was given with a number (EIP-1898).

        A node that refuses a hash is asked by the number, and for that number's block after it.
        """
        if block is None:
            return self._answer(method, *parameters, _tag(None))
        pinned = self._pinned(block)
        if self._takes_hashes:
            place = {"blockHash": _hex(pinned), "requireCanonical": True}
            answer = self._answer(method, *parameters, place)
            if "error" not in answer or revert_of(answer["error"]) is not None:
                return answer
        answer = self._answer(method, *parameters, _tag(block))
        try:
            canonical = self._block(block).hash
        except NotFound:
            canonical = b""
        if canonical != pinned:
            raise self._reorganised(block)
        self._takes_hashes = self._takes_hashes and "error" in answer
        return answer

    def _reorganised(self, block: int) -> Unavailable:
        return self._unavailable(
            f"has another block {block} than it gave before: the chain was reorganised"
        )

    def _refusal(self, method: str, answer: Mapping[str, object], what: str) -> LedgerError:
        """Return what an error is: the contract's own refusal, or the endpoint's."""
        revert = revert_of(answer["error"])
        if revert is None:
            return self._unavailable(f"refused {method}: {quoted(answer['error'], self._url)}")
        return Reverted(f"the contract refuses {what}", data=revert)

    def _replay(self, transaction_hash: bytes, parent: int) -> bytes:
        """Run a failed transaction over its parent's state to learn why.

        For people only: what stood before it in its own block is not there, so the reason may
        differ or be missing. The receipt's status is what counts.
        """
        sent = self._ask("eth_getTransactionByHash", _hex(transaction_hash))
        names = {"from": "from", "to": "to", "gas": "gas", "value": "value", "data": "input"}
        try:
            request = {name: field(sent, source) for name, source in names.items()}
            answer = self._answer("eth_call", request, _tag(parent))
        except Unavailable:
            return b""
        revert = revert_of(answer["error"]) if "error" in answer else None
        return (revert or b"")[:REVERT_BYTES]

    def _ask(self, method: str, *parameters: object) -> object:
        answer = self._answer(method, *parameters)
        if "error" in answer:
            raise self._unavailable(f"refused {method}: {quoted(answer['error'], self._url)}")
        return answer.get("result")

    def _answer(self, method: str, *parameters: object) -> Mapping[str, object]:
        import requests  # noqa: PLC0415 - comes with web3, on use
        from web3.exceptions import Web3Exception  # noqa: PLC0415
        from web3.types import RPCEndpoint  # noqa: PLC0415

        try:
            return self._open().make_request(RPCEndpoint(method), parameters)
        except (requests.RequestException, Web3Exception, OSError, ValueError) as error:
            # The cause is dropped on purpose: its text holds the whole address.
            raise self._unavailable(
                f"gave no answer to {method} ({type(error).__name__})"
            ) from None

    def _open(self) -> HTTPProvider:
        if self._provider is None:
            from web3 import HTTPProvider  # noqa: PLC0415 - on use

            self._provider = HTTPProvider(
                self._url,
                request_kwargs={"timeout": self._timeout, "allow_redirects": False},
                exception_retry_configuration=None,
            )
        return self._provider

    def _quoted(self, answer: Mapping[str, object]) -> str:
        return quoted(answer["error"], self._url)

    def _unavailable(self, what: str) -> Unavailable:
        return Unavailable(
            f"the chain endpoint at {self._host} {what}", remedy="try again or name another one"
        )


def _tag(number: int | None) -> str:
    return "latest" if number is None else hex(number)


def _hex(value: bytes) -> str:
    return f"0x{value.hex()}"


def _address(value: bytes) -> str:
    if len(value) != ADDRESS_BYTES:
        raise Refused(f"an account's address has 20 bytes, not {len(value)}")
    return _hex(value)


def _slot(value: bytes) -> str:
    if len(value) != WORD:
        raise Refused(f"a storage slot has {WORD} bytes, not {len(value)}")
    return _hex(value)
