"""Nodes of the proven tries written anew, with every hash above them up to the trusted block.

So that an odd node is not merely missing under its name: it is what the state root says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rlp
from eth_hash.auto import keccak

from tests.agreement.kinds.registry import kind
from tests.agreement.making import Json, Making, Nothing, Setting
from tests.support.rewritten_state import nodes_of, rewrite

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random


@kind("trie nodes under a trusted block", 2)
def _node(making: Making) -> None:
    """A node has other members: an odd path, value, child, number of members, encoding."""
    _rewritten(making, _reshaped)


@kind("trie nodes under a trusted block")
def _bytes(making: Making) -> None:
    """A node has one byte more, one less, or another one."""
    _rewritten(making, _turned)


@kind("trie nodes under a trusted block")
def _leaves(making: Making) -> None:
    """What stands in a leaf is another word or account, or no word at all."""
    _rewritten(making, _refilled)


def _rewritten(making: Making, change: Callable[[bytes, Random], bytes]) -> None:
    later, block = making.later(), [""]

    def hook(file: Json, _setting: Setting) -> None:
        chance = later()
        if not file.get("chain", {}).get("nodes"):
            raise Nothing
        nodes = nodes_of(file["chain"])
        place = chance.randrange(len(nodes))
        block[0] = rewrite(file["chain"], place, change(nodes[place], chance))

    def trust(trust: Json, _setting: Setting) -> None:
        trust["trustedBlocks"] = block

    making.file(hook)
    making.trust(trust)


def _reshaped(node: bytes, chance: Random) -> bytes:
    members = list(rlp.decode(node))
    place = chance.randrange(len(members))
    way = chance.randrange(9)
    if way == 0:
        members[place] = chance.choice((b"", b"\0", b"\1", bytes(32), bytes(31), [], [b"", b""]))
    elif way == 1:
        members.append(b"")
    elif way == 2:
        members.pop()
    elif way == 3:
        members.reverse()
    elif way == 4:
        members[-1] = b"value"
    elif len(members) == 2 and way < 7:
        members[0] = _path(bytes(members[0]), chance)
    elif way == 7:
        one, two = chance.randrange(len(members)), chance.randrange(len(members))
        members[one], members[two] = members[two], members[one]
    else:
        small = rlp.encode([b"\x20", b"\1"])
        members[place] = chance.choice((rlp.decode(small), small, [b"\x35", bytes(40)]))
    return _changed(node, bytes(rlp.encode(members)))


def _path(path: bytes, chance: Random) -> bytes:
    first = path[0] if path else 0
    forms = (
        b"", bytes([first ^ 0x20]) + path[1:], bytes([first ^ 0x10]) + path[1:],
        bytes([first | 0x40]) + path[1:], bytes([first | 0x0F]) + path[1:], path[:-1],
        path + b"\0", b"\0", b"\x20", path[:1],
    )  # fmt: skip
    return chance.choice(forms)


def _turned(node: bytes, chance: Random) -> bytes:
    place, byte = chance.randrange(len(node)), chance.randrange(1, 256)
    forms = (
        node[:place] + bytes([node[place] ^ byte]) + node[place + 1 :],
        node[:place] + node[place + 1 :],
        node[:place] + bytes([byte]) + node[place:],
        node + b"\0",
        node[:-1],
        node + bytes(1025),
        b"",
        b"\x80",
        b"\xc0",
        b"\xf8" + bytes([len(node) % 256]) + node,
    )
    return _changed(node, chance.choice(forms))


def _refilled(node: bytes, chance: Random) -> bytes:
    members = list(rlp.decode(node))
    if len(members) != 2 or not isinstance(members[1], bytes):
        raise Nothing
    try:
        inside = rlp.decode(members[1])
    except rlp.exceptions.DecodingError as error:
        raise Nothing from error
    if isinstance(inside, bytes):
        words = (
            b"", b"\0", b"\1", b"\0\1", b"\xff" * 32, b"\1" * 33, inside[:-1], inside + b"\0",
            [inside], inside[1:],
        )  # fmt: skip
        members[1] = rlp.encode(chance.choice(words))
        if chance.random() < 0.3:
            members[1] = chance.choice((b"", b"\x81\x01", b"\xb8\x01\x01", inside, b"\x82\x01"))
    else:
        members[1] = rlp.encode(_account(list(inside), chance))
    return _changed(node, bytes(rlp.encode(members)))


def _account(account: list[Any], chance: Random) -> list[Any]:
    empty = keccak(b"\x80")
    forms = (
        [*account, b""], account[:-1], [b"\0", *account[1:]], [account[0], b"\0\1", *account[2:]],
        [*account[:2], empty, account[3]], [*account[:2], bytes(31), account[3]],
        [*account[:3], keccak(b"")], [*account[:3], b""], [b"\1" * 33, *account[1:]],
        [[], *account[1:]], account[::-1], [*account[:2], account[3], account[2]],
    )  # fmt: skip
    return list(chance.choice(forms))


def _changed(old: bytes, new: bytes) -> bytes:
    if old == new:
        raise Nothing
    return new
