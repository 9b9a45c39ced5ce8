"""The log: another one, another checkpoint of the same size, the proof of another index."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rootprint.ledger.core.chain import log_id
from rootprint.ledger.core.checkpoint import LogKey, parse_checkpoint
from rootprint.ledger.core.encoding import hex_text
from rootprint.ledger.core.entry import entry_of
from rootprint.ledger.core.merkle import (
    completed_by,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    subtree_root,
)
from tests.agreement.kinds.registry import kind
from tests.agreement.kinds.rewriting import note_of, proven, show_under
from tests.agreement.making import Json, Making, Nothing, Setting
from tests.agreement.scenes import cosignature, witness
from tests.support.evidence_file import digest_of, with_nodes
from tests.support.memory_chain import OPERATOR
from tests.support.world import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from rootprint.ledger.core.merkle import Nodes
    from rootprint.ledger.core.statement import Statement
    from tests.agreement.stage import Parts

OTHER = "log.rootprint.example/other"


class Fork:
    """Another log of these statements in this order, signed by a key of its own choice."""

    def __init__(self, key: LogKey, statements: Sequence[Statement]) -> None:
        self.key, self._nodes = key, dict[tuple[int, int], bytes]()
        self.indices = {one.digest: number for number, one in enumerate(statements)}
        for number, statement in enumerate(statements):
            leaf = leaf_hash(entry_of(statement))
            for level, place, node in completed_by(number, leaf, self._node):
                self._nodes[level, place] = node

    def _node(self, level: int, index: int) -> bytes:
        return self._nodes[level, index]

    def root(self, size: int) -> bytes:
        """Return the root over the first ``size`` entries."""
        return subtree_root(0, size, self._node)

    def note(self, size: int) -> str:
        """Return the checkpoint of that size."""
        return self.key.sign(size, self.root(size)).text

    def nodes(self, digest: bytes, size: int) -> dict[tuple[int, int], bytes]:
        """Return the nodes that prove an entry under the checkpoint of that size."""
        return _asked(self._node, lambda node: inclusion_proof(self.indices[digest], size, node))


def _asked(node: Nodes, use: Callable[[Nodes], object]) -> dict[tuple[int, int], bytes]:
    """Return the nodes that ``use`` asks for."""
    found: dict[tuple[int, int], bytes] = {}

    def noted(level: int, index: int) -> bytes:
        found[level, index] = node(level, index)
        return found[level, index]

    use(noted)
    return found


def _proofs(file: Json, setting: Setting, fork: Fork, chance: Random) -> None:
    """Give statements of the file the fork's proofs: one of them, or all."""
    items = proven(file)
    chosen = items if chance.random() < 0.5 else [chance.choice(items)]
    for item in chosen:
        digest = _digest(setting, item)
        size = _size(note_of(file, item))
        if fork.indices[digest] >= size:
            size = len(fork.indices)
        item["index"] = fork.indices[digest]
        show_under(file, item, fork.note(size))
        with_nodes(file, fork.nodes(digest, size))


def _size(note: str) -> int:
    return parse_checkpoint(note).checkpoint.size


def _digest(setting: Setting, item: Json) -> bytes:
    digest = digest_of(item)
    if digest not in {one.digest for one in setting.stage.published}:
        raise Nothing
    return digest


# Replayed under another log.


@kind("replayed under another log", 2)
def _replayed(making: Making) -> None:
    """Proofs come from another log of the same statements; the trust file knows this one."""
    origin = making.chance.choice((OTHER, ORIGIN, f"{ORIGIN}/", ORIGIN.upper()))
    later = making.later()

    def hook(file: Json, setting: Setting) -> None:
        key = LogKey(origin, Ed25519PrivateKey.generate())
        _proofs(file, setting, Fork(key, setting.stage.published), later())

    making.file(hook)


@kind("replayed under another log")
def _meant_for_another(making: Making) -> None:
    """A statement names another log, signed by its issuer, and stands in this one."""
    origin = making.chance.choice((OTHER, f"{ORIGIN}/", ORIGIN[:-1], "x" * 255, "x" * 256, "a b"))

    def hook(parts: Parts) -> None:
        value = {**json.loads(parts.payload), "log": origin}
        parts.payload = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    making.signing(hook)


@kind("replayed under another log", 2)
def _another_trusted(making: Making) -> None:
    """The trust file knows another log: its key, its name, its id, or all of them."""
    later = making.later()

    def hook(trust: Json, _setting: Setting) -> None:
        chance = later()
        origin = chance.choice((OTHER, ORIGIN))
        key = LogKey(origin, Ed25519PrivateKey.generate()).note_key
        whole = {"vkey": key.vkey, "origin": origin, "logId": hex_text(log_id(OPERATOR, key.vkey))}
        names = chance.choice((list(whole), ["vkey"], ["logId"], ["origin"], ["vkey", "origin"]))
        trust.update({name: whole[name] for name in names})

    making.trust(hook)


@kind("replayed under another log")
def _bad_vkey(making: Making) -> None:
    """The log's key or a witness's is of small order, of another type, or its id is another's."""
    later = making.later()

    def hook(trust: Json, _setting: Setting) -> None:
        chance = later()
        name, number, data = trust["vkey"].split("+", 2)
        key = base64.b64decode(data)
        small = chance.choice((bytes(32), b"\1" + bytes(31), b"\xec" + 30 * b"\xff" + b"\x7f"))
        forms = (
            _vkey(name, b"\1" + small), _vkey(name, b"\4" + key[1:]), _vkey(name, b"\2" + key[1:]),
            _vkey(name, key[:-1]), _vkey(name, b"\1" + b"\xff" * 32), f"{name}+00000000+{data}",
            f"{name}+{number.upper()}+{data}", f"{name}+{number}+{data}=", f"{name}+{number}",
            _vkey(name, key + b"\0"), _vkey(name, b""),
        )  # fmt: skip
        trust["vkey"] = chance.choice(forms)

    making.trust(hook)


def _vkey(name: str, data: bytes) -> str:
    number = hashlib.sha256(name.encode() + b"\n" + data).hexdigest()[:8]
    return f"{name}+{number}+{base64.b64encode(data).decode()}"


# Another checkpoint of the same size.


@kind("another checkpoint of the same size", 3)
def _forked(making: Making) -> None:
    """The log's own key signed another order of the same entries; one of the two was anchored."""
    anchored = making.chance.random() < 0.3
    later = making.later()

    def fork(setting: Setting) -> Fork:
        order = list(setting.stage.published)
        if len(order) < 2:
            order.append(setting.stage.sign(setting.stage.factor("other")))
        first = later().randrange(len(order) - 1)
        order[first], order[first + 1] = order[first + 1], order[first]
        return Fork(setting.stage.log_key, order)

    def hook(file: Json, setting: Setting) -> None:
        _proofs(file, setting, fork(setting), later())

    def world(setting: Setting) -> None:
        stage = setting.stage
        size = stage.anchored[-1]
        stage.chain._checkpoints.words[_last_root(setting)] = fork(setting).root(size)
        stage.chain.mine()

    if anchored:
        making.world(world)
    if not anchored or making.chance.random() < 0.5:
        making.file(hook)


def _last_root(setting: Setting) -> int:
    """Return the slot of the last row's root."""
    chain, log = setting.stage.chain, setting.stage.log_id
    return chain._checkpoints._slot("_roots", log, (chain.rows(log) - 1).to_bytes(32))


@kind("another checkpoint of the same size")
def _shrunk(making: Making) -> None:
    """A later checkpoint or an earlier one, with or without the way between them."""
    later = making.later()

    def hook(file: Json, setting: Setting) -> None:
        chance, stage = later(), setting.stage
        item = chance.choice(proven(file))
        digest = _digest(setting, item)
        size = chance.randrange(stage.indices[digest] + 1, len(stage.indices) + 1)
        show_under(file, item, stage.checkpoint(size).text)
        covering = [one for one in stage.anchored if one > stage.indices[digest]]
        low, high = sorted((size, covering[0])) if covering else (size, size)
        index = stage.indices[digest]
        nodes = _asked(stage.node, lambda node: inclusion_proof(index, size, node))
        if low < high:
            nodes |= _asked(stage.node, lambda node: consistency_proof(low, high, node))
        with_nodes(file, nodes)
        listed = file["proofs"]["nodes"]
        if listed and chance.random() < 0.4:
            listed.pop(chance.randrange(len(listed)))

    making.file(hook)


@kind("another checkpoint of the same size")
def _notes(making: Making) -> None:
    """Signature lines added, doubled, of another key, of another form; cosignatures too."""
    later = making.later()

    def hook(file: Json, setting: Setting) -> None:
        chance, log = later(), setting.stage.log_key
        item = chance.choice(proven(file))
        note = note_of(file, item)
        body, lines = note.split("\n\n", 1)
        kept = lines.split("\n")[:-1]
        stranger = Ed25519PrivateKey.generate()
        false = LogKey(log.note_key.name, stranger).sign(1, bytes(32)).text.split("\n")[-2]
        number = log.note_key.key_id
        own = f"\u2014 {ORIGIN} {base64.b64encode(number + bytes(64)).decode()}"
        short = f"\u2014 {ORIGIN} {base64.b64encode(number + bytes(63)).decode()}"
        none = f"\u2014 nobody.example {base64.b64encode(b'abc').decode()}"
        empty = "\u2014  AAAA"
        letters = chance.choice((60_000, 64_000, 65_000, 65_500, 66_000, 131_000))
        long = f"\u2014 {chance.choice(('x', chr(0xE9), chr(0x1F600))) * letters} AAAA"
        other = cosignature(*witness(0), note)[:-1]
        cases = (
            [*kept, long], [long, *kept],
            [*kept, kept[0]], [own, *kept], [*kept, own], [*kept, short], [*kept, false],
            [false, *kept], [*kept, none], [*kept, other], kept[1:], [*kept, ""], [*kept, empty],
            [kept[0].replace("\u2014", "-"), *kept[1:]], [kept[0].replace(" ", "  "), *kept[1:]],
            [f"{kept[0]} x", *kept[1:]], [f"{kept[0]}=", *kept[1:]], kept[::-1],
        )  # fmt: skip
        show_under(file, item, f"{body}\n\n" + "\n".join(chance.choice(cases)) + "\n")

    making.file(hook)


# The proof of another index.


@kind("proof of another index", 2)
def _moved(making: Making) -> None:
    """Another index, another entry's way under this index, another number of hashes."""
    later = making.later()

    def hook(file: Json, _setting: Setting) -> None:
        chance = later()
        items = proven(file)
        item = chance.choice(items)
        nodes, other = file["proofs"]["nodes"], chance.choice(items)
        size = _size(note_of(file, item))
        if chance.random() < 0.5 or not nodes:
            index = item["index"]
            item["index"] = chance.choice(
                (chance.randrange(size), size, index + size, index + 1, index ^ 1, other["index"],
                 -1, 2**53 - 1, 2**53, str(index))
            )  # fmt: skip
            return
        place = chance.randrange(len(nodes))
        level, number, node = nodes[place]
        nodes[place] = chance.choice(
            (
                [level + 1, number, node],
                [level, number + 1, node],
                [level, -1, node],
                [64, number, node],
                [level, 2**53 - 1, node],
                [level, number, chance.choice(nodes)[2]],
                [level, number, base64.b64encode(bytes(31)).decode()],
                [level, number, node.rstrip("=")],
                [level, number],
                [number, level, node],
                [level, number, node, 1],
            )
        )
        if chance.random() < 0.2:
            nodes.append(nodes[place])
        elif chance.random() < 0.2:
            nodes.reverse()

    making.file(hook)


@kind("proof of another index")
def _another_entry(making: Making) -> None:
    """Two statements have each other's log proof, which are both true of their entry."""
    later = making.later()

    def hook(file: Json, _setting: Setting) -> None:
        chance = later()
        one, two = chance.sample(proven(file, 2), 2)
        one["index"], two["index"] = two["index"], one["index"]
        if chance.random() < 0.5:
            one["checkpoint"], two["checkpoint"] = two["checkpoint"], one["checkpoint"]

    making.file(hook)
