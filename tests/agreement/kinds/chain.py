"""The chain: another slot or row, an absent account, a stale or wrong block."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from eth_hash.auto import keccak

from rootprint.ledger.core.encoding import hex_text, sha256, time_text
from tests.agreement.kinds.registry import kind
from tests.agreement.making import Json, Making, Nothing, Setting
from tests.support.world import AUDITOR, AUTHORITY, PUBLISHER, SUPPLIER

if TYPE_CHECKING:
    from tests.support.memory_chain import MemoryChain
    from tests.support.solidity_storage import Storage

CONTRACTS = ("checkpointRegistry", "organizationRegistry", "statusRegistry")


def _storages(chain: MemoryChain) -> tuple[Storage, ...]:
    return chain._checkpoints, chain._organizations, chain._status


# Another slot or row.


@kind("another slot or row", 2)
def _words(making: Making) -> None:
    """A word is written over, moved to the next slot, exchanged with another, or made zero."""
    later = making.later()

    def world(setting: Setting) -> None:
        chance = later()
        words = chance.choice(_storages(setting.stage.chain)).words
        slot, other = (chance.choice(sorted(words)) for _ in range(2))
        now = words[slot]
        place = chance.randrange(256)
        turned = (int.from_bytes(now) ^ 1 << place).to_bytes(32)
        way = chance.randrange(7)
        if way == 0:
            words[slot], words[other] = words[other], now
        elif way == 1:
            words[(slot + 1) % 2**256] = now
        elif way == 2:
            words[slot] = bytes(32)
        elif way == 3:
            words[slot] = chance.choice((b"\xff" * 32, b"\0" * 31 + b"\1", b"\x80" + bytes(31)))
        elif way == 4:
            words[slot] = (int.from_bytes(now) + 1).to_bytes(33)[-32:]
        else:
            words[slot] = turned
        setting.stage.chain.mine()

    making.world(world)


@kind("another slot or row")
def _bits(making: Making) -> None:
    """One bit of a packed row: a state, a role, a time, a size."""
    later = making.later()

    def world(setting: Setting) -> None:
        chance, chain = later(), setting.stage.chain
        words = chance.choice(_storages(chain)).words
        packed = [slot for slot in sorted(words) if 0 < int.from_bytes(words[slot]) < 2**200]
        if not packed:
            raise Nothing
        slot = chance.choice(packed)
        bit = chance.choice((*range(8), *range(24, 44), *range(63, 74), 100, 128, 130, 160, 255))
        words[slot] = (int.from_bytes(words[slot]) ^ 1 << bit).to_bytes(32)
        chain.mine()

    making.world(world)


@kind("another slot or row", 2)
def _rows(making: Making) -> None:
    """The row named is another one, is not named, or names a row beyond the history."""
    later = making.later()

    def hook(file: Json, _setting: Setting) -> None:
        chance = later()
        item = chance.choice(file["statements"])
        row = item.get("row", 0)
        new = chance.choice((row + 1, row - 1, 0, 1, 2, 3, 2**32 - 1, 2**32, 2**53 - 1, None))
        item.pop("row", None)
        if new is not None:
            item["row"] = new

    making.file(hook)


@kind("another slot or row")
def _shifted(making: Making) -> None:
    """A row more, a row twice, rows that do not rise; proven or asked."""
    later = making.later()

    def world(setting: Setting) -> None:
        chance, stage = later(), setting.stage
        point = stage.checkpoint().checkpoint
        size = chance.choice((point.size, max(1, point.size - 1), point.size + 1, 1, 0, 2**40 - 1))
        root = chance.choice((point.root, sha256(b"another root"), bytes(32)))
        stage.chain.anchor(stage.log_id, size, root)
        stage.chain.mine()

    making.world(world)


@kind("another slot or row")
def _contracts(making: Making) -> None:
    """Two contracts stand in each other's place in the trust file, or have other code."""
    later = making.later()

    def hook(trust: Json, setting: Setting) -> None:
        chance, contracts = later(), dict(trust["contracts"])
        one, two = chance.sample(CONTRACTS, 2)
        way = chance.randrange(4)
        if way == 0:
            contracts[one], contracts[two] = contracts[two], contracts[one]
        elif way == 1:
            contracts[one] = contracts[two]
        elif way == 2:
            code = hex_text(sha256(b"other code"))
            contracts[one] = {**contracts[one], "codeHash": code}
        else:
            contracts[one] = {**contracts[one], "codeHash": contracts[two]["codeHash"]}
        trust["contracts"] = contracts
        del setting

    making.trust(hook)


# An absent account.


@kind("absent account")
def _absent(making: Making) -> None:
    """No account stands at a contract's address, for whoever asks or by proof."""
    number = making.chance.randrange(3)
    hidden = making.chance.random() < 0.5

    def world(setting: Setting) -> None:
        chain = setting.stage.chain
        address = sorted(chain.code_hashes)[number]
        if hidden:
            chain.code_hashes[address] = bytes(32)
        else:
            del chain.code_hashes[address]

    making.world(world)


@kind("absent account")
def _elsewhere(making: Making) -> None:
    """The trust file names an address where nothing is, or zero for the code of nothing."""
    later = making.later()

    def hook(trust: Json, _setting: Setting) -> None:
        chance, contracts = later(), dict(trust["contracts"])
        name = chance.choice(CONTRACTS)
        address = chance.choice(("0x" + "07" * 20, "0x" + "00" * 20, "0x" + "ff" * 20))
        code = chance.choice(
            (contracts[name]["codeHash"], hex_text(bytes(32)), hex_text(keccak(b"")))
        )
        contracts[name] = {"address": address, "codeHash": code}
        trust["contracts"] = contracts

    making.trust(hook)


@kind("absent account")
def _no_organisation(making: Making) -> None:
    """The organisation's account, rows or key are not there."""
    later = making.later()

    def world(setting: Setting) -> None:
        chance, stage = later(), setting.stage
        did = chance.choice((setting.subject.issuer, SUPPLIER, PUBLISHER, AUTHORITY))
        storage = stage.chain._organizations
        variable = chance.choice(("_accounts", "_rows"))
        storage.words[storage._slot(variable, sha256(did.encode()))] = bytes(32)
        stage.chain.mine()

    making.world(world)


# A stale or wrong block.


@kind("stale or wrong block", 2)
def _block(making: Making) -> None:
    """The header of another block, the hash of another block, both, or none trusted."""
    later = making.later()

    def hook(file: Json, setting: Setting) -> None:
        chance, chain = later(), setting.stage.chain
        if "chain" not in file:
            raise Nothing
        other = chance.randrange(chain.block().number + 1)
        way = chance.randrange(4)
        if way != 1:
            file["chain"]["header"] = base64.b64encode(chain.header(other)).decode()
        if way == 0:
            making.did.append("the other block is trusted")
        if way == 2:
            file["chain"]["nodes"] = []

    def trust(trust: Json, setting: Setting) -> None:
        chance, chain = later(), setting.stage.chain
        hashes = [hex_text(chain.block(number).hash) for number in range(chain.block().number + 1)]
        forms: tuple[Any, ...] = (
            hashes, hashes[:1], hashes[-1:], [hex_text(sha256(b"none"))], [], hashes * 2,
            [hashes[-1].upper()], [hashes[-1][2:]], hashes * 40,
        )  # fmt: skip
        trust["trustedBlocks"] = chance.choice(forms)

    which = making.chance.randrange(3)
    if which != 0:
        making.file(hook)
    if which != 1:
        making.trust(trust)


@kind("stale or wrong block")
def _header(making: Making) -> None:
    """Bytes that are trusted by their hash and are no header, or one with odd members."""
    later = making.later()

    def hook(file: Json, _setting: Setting) -> None:
        chance = later()
        if "chain" not in file:
            raise Nothing
        header = bytearray(base64.b64decode(file["chain"]["header"]))
        place, byte = chance.randrange(len(header)), chance.randrange(256)
        way = chance.randrange(4)
        if way == 0:
            header[place] ^= byte
        elif way == 1:
            del header[place:]
        elif way == 2:
            header.insert(place, byte)
        else:
            header += b"\0"
        file["chain"]["header"] = base64.b64encode(bytes(header)).decode()

    def trust(trust: Json, _setting: Setting) -> None:
        trust["trustedBlocks"] = [hex_text(keccak(seen[0]))]

    seen = [b""]

    def remember(file: Json, _setting: Setting) -> None:
        seen[0] = base64.b64decode(file["chain"]["header"])

    making.file(hook)
    making.file(remember)
    if making.chance.random() < 0.8:
        making.trust(trust)


@kind("stale or wrong block", 2)
def _moment(making: Making) -> None:
    """Another moment is asked, fresher states are, more confirmations, another chain."""
    later = making.later()

    def hook(trust: Json, setting: Setting) -> None:
        chance, chain = later(), setting.stage.chain
        number = chance.randrange(chain.block().number + 1)
        near = chain.block(number).time + chance.choice((-1, 0, 1))
        far = chance.choice((0, 1_700_000_000, 1_900_000_000, 253402300799))
        name, value = chance.choice(
            (
                ("asOf", time_text(near)),
                ("asOf", time_text(near)),
                ("asOf", time_text(far)),
                ("auditors", chance.choice(([AUDITOR], [SUPPLIER], [], [AUDITOR, AUDITOR]))),
                ("confirmations", chance.choice((0, 1, 2, 3, 100, 100_001))),
                ("chainId", chance.choice((1, 2**53 - 1, trust["chainId"] + 1, 0))),
            )
        )
        trust[name] = value

    making.trust(hook)
