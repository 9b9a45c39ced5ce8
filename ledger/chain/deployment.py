"""Where the contracts stand on a chain: the address file, one per chain id."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from rootprint.ledger.core.chain import ADDRESS_BYTES, WORD
from rootprint.ledger.core.errors import Refused

_MEMBERS = {"chainId", "deployer", "contracts"}
_NAMES = ("CheckpointRegistry", "OrganizationRegistry", "StatusRegistry")
_TEXT_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class DeployedContract:
    """A contract's 20-byte address and the keccak-256 of its code (32 bytes)."""

    address: bytes
    code_hash: bytes


@dataclass(frozen=True, slots=True)
class Deployment:
    """The three contracts of one chain, and the 20-byte address of what created them."""

    chain_id: int
    deployer: bytes
    checkpoint_registry: DeployedContract
    organization_registry: DeployedContract
    status_registry: DeployedContract

    def to_json(self) -> str:
        """Return the address file's text: lower-case hexadecimal, members in a fixed order."""
        contracts = (self.checkpoint_registry, self.organization_registry, self.status_registry)
        content = {
            "chainId": self.chain_id,
            "deployer": f"0x{self.deployer.hex()}",
            "contracts": {
                name: {"address": f"0x{c.address.hex()}", "codeHash": f"0x{c.code_hash.hex()}"}
                for name, c in zip(_NAMES, contracts, strict=True)
            },
        }
        return json.dumps(content, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Deployment:
        """Read an address file. Raises Refused for anything but what ``to_json`` writes."""
        if len(text) > _TEXT_BYTES:
            raise Refused(f"an address file has at most {_TEXT_BYTES} characters")
        try:
            content = json.loads(text)
        except ValueError as error:
            raise Refused("the address file is not JSON") from error
        _expect_members(content, _MEMBERS, "address file")
        _expect_members(content["contracts"], set(_NAMES), "contracts")
        if type(content["chainId"]) is not int or content["chainId"] < 1:
            raise Refused("the address file's chainId is not a whole number above zero")
        contracts = [_contract(content["contracts"][name], name) for name in _NAMES]
        return cls(content["chainId"], _bytes(content["deployer"], ADDRESS_BYTES), *contracts)


def _contract(value: object, name: str) -> DeployedContract:
    members = _expect_members(value, {"address", "codeHash"}, name)
    return DeployedContract(
        _bytes(members["address"], ADDRESS_BYTES), _bytes(members["codeHash"], WORD)
    )


def _expect_members(value: object, names: set[str], place: str) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != names:
        raise Refused(f"the address file's {place} must have exactly {', '.join(sorted(names))}")
    return value


def _bytes(value: object, length: int) -> bytes:
    if not isinstance(value, str) or not re.fullmatch(rf"0x[0-9a-f]{{{2 * length}}}", value):
        raise Refused(f"the address file holds something else where {length} bytes should be")
    return bytes.fromhex(value[2:])
