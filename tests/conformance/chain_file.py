"""A chain as a file: what a verifier of the conformance cases reads in place of a node.

``chain.json`` is ``{chainId, blocks: [{number, hash, time, code?, storage?}]}``. ``code`` maps an
address to its code hash, ``storage`` an address to ``{slot: word}``; both say only what changed in
that block. What was never written is zero: no account, no word. ``null`` in place of it all: no
chain is available. README.md has the same in words.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.chain import ADDRESS_BYTES, WORD, Block
from rootprint.ledger.core.encoding import hex_bytes, hex_text
from rootprint.ledger.core.errors import NotFound
from rootprint.ledger.evidence import NoChain

if TYPE_CHECKING:
    from pathlib import Path

    from rootprint.ledger.core.chain import ChainView
    from tests.support.memory_chain import MemoryChain

MAX_BYTES = 4 * 1024 * 1024
ZERO = bytes(WORD)

Document = dict[str, Any]


class ChainFile:
    """A ``ChainView`` over a ``chain.json``, parsed once."""

    def __init__(self, document: Document) -> None:
        self.chain_id: int = document["chainId"]
        self._blocks = [
            Block(block["number"], hex_bytes(block["hash"], WORD, what="hash"), block["time"])
            for block in document["blocks"]
        ]
        if [block.number for block in self._blocks] != list(range(len(self._blocks))):
            message = "chain.json does not number its blocks from 0"
            raise ValueError(message)
        # By what changed: the blocks in which it did, rising, and the value from there on.
        self._code: dict[bytes, list[tuple[int, bytes]]] = {}
        self._words: dict[tuple[bytes, bytes], list[tuple[int, bytes]]] = {}
        for block in document["blocks"]:
            self._take(block)

    def block(self, number: int | None = None) -> Block:
        """Return the block with that number, or the newest one. Raises NotFound beyond it."""
        wanted = len(self._blocks) - 1 if number is None else number
        if not 0 <= wanted < len(self._blocks):
            message = f"the chain has no block {wanted}"
            raise NotFound(message)
        return self._blocks[wanted]

    def slot(self, contract: bytes, key: bytes, block: int) -> bytes:
        """Return the word at ``key`` after ``block``."""
        return _after(self._words.get((contract, key), []), self.block(block).number)

    def code_hash(self, contract: bytes, block: int) -> bytes:
        """Return the account's code hash after ``block``, or 32 zero bytes."""
        return _after(self._code.get(contract, []), self.block(block).number)

    def _take(self, block: Document) -> None:
        number = block["number"]
        for address, code in block.get("code", {}).items():
            contract = hex_bytes(address, ADDRESS_BYTES, what="address")
            value = hex_bytes(code, WORD, what="code hash")
            self._code.setdefault(contract, []).append((number, value))
        for address, words in block.get("storage", {}).items():
            contract = hex_bytes(address, ADDRESS_BYTES, what="address")
            for slot, word in words.items():
                place = (contract, hex_bytes(slot, WORD, what="slot"))
                value = hex_bytes(word, WORD, what="word")
                self._words.setdefault(place, []).append((number, value))


def read_chain(path: Path) -> ChainView:
    """Read a ``chain.json`` of at most 4 MiB; ``null`` is no chain at all."""
    data = path.read_bytes()
    if len(data) > MAX_BYTES:
        message = f"{path.name} is longer than {MAX_BYTES} bytes"
        raise ValueError(message)
    return chain_view(json.loads(data))


def chain_view(document: Document | None) -> ChainView:
    """Return the chain that comes with a case."""
    return NoChain() if document is None else ChainFile(document)


def snapshot(chain: MemoryChain) -> Document:
    """Return the ``chain.json`` of a chain in memory."""
    blocks: list[Document] = []
    for number in range(chain.block().number + 1):
        block = chain.block(number)
        written: Document = {"number": number, "hash": hex_text(block.hash), "time": block.time}
        if number == 0:
            written["code"] = {
                hex_text(address): hex_text(code) for address, code in chain.code_hashes.items()
            }
        storage = _changed(chain, number)
        if storage:
            written["storage"] = storage
        blocks.append(written)
    return {"chainId": chain.chain_id, "blocks": blocks}


def _changed(chain: MemoryChain, number: int) -> Document:
    before = chain._snapshots[number - 1] if number else {}
    changed: Document = {}
    for contract, words in chain._snapshots[number].items():
        delta = {
            hex_text(slot.to_bytes(WORD)): hex_text(word)
            for slot, word in sorted(words.items())
            if before.get(contract, {}).get(slot, ZERO) != word
        }
        if delta:
            changed[hex_text(contract)] = delta
    return changed


def _after(changes: list[tuple[int, bytes]], block: int) -> bytes:
    value = ZERO
    for number, changed in changes:
        if number <= block:
            value = changed
    return value
