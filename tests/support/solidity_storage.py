"""Contract storage written and read by variable name, as a committed artifact's layout has it.

Apart from ``ledger.core.chain`` on purpose: that module has slot numbers and packing as constants,
this one takes them from the compiler. Whatever one writes and the other reads compares the two.
Rules: Solidity documentation, "Layout of State Variables in Storage".
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from eth_hash.auto import keccak

ARTIFACTS = Path(__file__).resolve().parents[2] / "ledger" / "chain" / "artifacts"
SIZES = {
    "address": 20,
    "bool": 1,
    "bytes32": 32,
    "uint160": 20,
    "uint256": 32,
    **{f"uint{8 * size}": size for size in (1, 4, 5, 7, 8)},
}
_STRUCT = re.compile(r"struct [A-Za-z0-9_.]+")

Members = dict[str, int]


@cache
def artifact(contract: str) -> dict[str, Any]:
    """Return the committed artifact of a contract."""
    content: dict[str, Any] = json.loads((ARTIFACTS / f"{contract}.json").read_text())
    return content


class Storage:
    """The words of one contract, by slot; what is not in ``words`` is zero.

    ``keys`` are mapping keys of at most 32 bytes, outermost first; structs, arrays of structs and
    arrays of bytes32 are the only compound values these contracts have.
    """

    def __init__(self, contract: str) -> None:
        layout = artifact(contract)["storageLayout"]
        self._variables = {item["label"]: item for item in layout["storage"]}
        self._structs = layout["structs"]
        self.words: dict[int, bytes] = {}

    def set(self, variable: str, *keys: bytes, value: bytes) -> None:
        """Write a value type on its own, such as an address."""
        self.words[self._slot(variable, *keys)] = value.rjust(32, b"\x00")

    def set_struct(self, variable: str, *keys: bytes, **members: int) -> None:
        """Write a struct in a mapping, every member given."""
        self._write(self._slot(variable, *keys), variable, members)

    def struct(self, variable: str, *keys: bytes) -> Members:
        """Return a struct in a mapping; all zero if it was never written."""
        return self._read(self._slot(variable, *keys), variable)

    def append(self, variable: str, *keys: bytes, **members: int) -> None:
        """Push a struct on the array that a mapping holds."""
        length = self.length(variable, *keys)
        self._write(self._element(variable, *keys, number=length), variable, members)
        self.words[self._slot(variable, *keys)] = (length + 1).to_bytes(32)

    def change(self, variable: str, *keys: bytes, number: int, **members: int) -> None:
        """Change members of a struct in the array that a mapping holds."""
        first = self._element(variable, *keys, number=number)
        self._write(first, variable, {**self._read(first, variable), **members})

    def push(self, variable: str, key: bytes, word: bytes) -> None:
        """Push a word on the array of bytes32 that a mapping holds."""
        if not self._variables[variable]["type"].endswith("=> bytes32[])"):
            message = f"{variable} holds no array of bytes32"
            raise ValueError(message)
        slot, length = self._slot(variable, key), self.length(variable, key)
        first = int.from_bytes(keccak(slot.to_bytes(32)))
        self.words[(first + length) % 2**256] = word.rjust(32, b"\x00")
        self.words[slot] = (length + 1).to_bytes(32)

    def word(self, variable: str, *keys: bytes) -> int:
        """Return a number that a mapping holds."""
        return int.from_bytes(self.words.get(self._slot(variable, *keys), b""))

    def length(self, variable: str, *keys: bytes) -> int:
        """Return the length of the array that a mapping holds."""
        return self.word(variable, *keys)

    def last(self, variable: str, *keys: bytes) -> Members:
        """Return the last struct of the array that a mapping holds."""
        last = self._element(variable, *keys, number=self.length(variable, *keys) - 1)
        return self._read(last, variable)

    def _slot(self, variable: str, *keys: bytes) -> int:
        slot = int(self._variables[variable]["slot"])
        for key in keys:
            slot = int.from_bytes(keccak(bytes(32 - len(key)) + key + slot.to_bytes(32)))
        return slot

    def _element(self, variable: str, *keys: bytes, number: int) -> int:
        array = keccak(self._slot(variable, *keys).to_bytes(32))
        return int.from_bytes(array) + number * self._width(variable)

    def _write(self, first: int, variable: str, members: Members) -> None:
        layout = self._members(variable)
        if {member["label"] for member in layout} != set(members):
            message = f"the struct of {variable} has other members than {sorted(members)}"
            raise ValueError(message)
        words = [0] * self._width(variable)
        for member in layout:
            value, bits = members[member["label"]], 8 * SIZES[member["type"]]
            if not 0 <= value < 1 << bits:
                message = f"{member['label']} does not fit {member['type']}"
                raise ValueError(message)
            words[int(member["slot"])] |= value << 8 * int(member["offset"])
        for offset, word in enumerate(words):
            self.words[(first + offset) % 2**256] = word.to_bytes(32)

    def _read(self, first: int, variable: str) -> Members:
        members = {}
        for member in self._members(variable):
            word = self.words.get((first + int(member["slot"])) % 2**256, b"")
            shifted = int.from_bytes(word) >> 8 * int(member["offset"])
            members[member["label"]] = shifted % (1 << 8 * SIZES[member["type"]])
        return members

    def _width(self, variable: str) -> int:
        return 1 + max(int(member["slot"]) for member in self._members(variable))

    def _members(self, variable: str) -> list[dict[str, Any]]:
        name = _STRUCT.search(self._variables[variable]["type"])
        if name is None:
            message = f"{variable} holds no struct"
            raise ValueError(message)
        members: list[dict[str, Any]] = self._structs[name[0]]
        return members
