"""The log: another one, another checkpoint of the same size, the proof of another index."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rootprint.ledger.core.chain import log_id
from rootprint.ledger.core.checkpoint import LogKey
from rootprint.ledger.core.encoding import hex_text
from rootprint.ledger.core.entry import entry_of
from rootprint.ledger.core.logproof import LogProof, parse_log_proof
from rootprint.ledger.core.merkle import (
    completed_by,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    subtree_root,
)
from tests.agreement.kinds.registry import kind
from tests.agreement.kinds.rewriting import proven
from tests.agreement.making import Json, Making, Nothing, Setting
from tests.agreement.scenes import cosignature, witness
from tests.support.memory_chain import OPERATOR
from tests.support.world import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

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

    def proof(self, digest: bytes, size: int) -> str:
        """Return the log proof under the checkpoint of that size."""
        index = self.indices[digest]
        path = inclusion_proof(index, size, self._node)
        return LogProof(index, tuple(path), self.key.sign(size, self.root(size))).text()


def _proofs(file: Json, setting: Setting, fork: Fork, chance: Random) -> None:
    """Give statements of the file the fork's proofs: one of them, or all."""
    items = proven(file)
    chosen = items if chance.random() < 0.5 else [chance.choice(items)]
    for item in chosen:
        digest = _digest(setting, item)
        size = parse_log_proof(item["proof"]).checkpoint.checkpoint.size
        if fork.indices[digest] >= size:
            size = len(fork.indices)
        item["proof"] = fork.proof(digest, size)


def _digest(setting: Setting, item: Json) -> bytes:
    for one in setting.stage.published:
        if item["sdJwt"].startswith(one.envelope.jwt):
            return one.digest
    raise Nothing


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
        stage.chain._checkpoints.words[_last_row(setting)] = fork(setting).root(size)
        stage.chain.mine()

    if anchored:
        making.world(world)
    if not anchored or making.chance.random() < 0.5:
        making.file(hook)


def _last_row(setting: Setting) -> int:
    """Return the slot of the last row's root."""
    storage = setting.stage.chain._checkpoints
    log = setting.stage.log_id
    return storage._element("_history", log, storage.length("_history", log) - 1)


@kind("another checkpoint of the same size")
def _shrunk(making: Making) -> None:
    """A later checkpoint or an earlier one, with or without the way between them."""
    later = making.later()

    def hook(file: Json, setting: Setting) -> None:
        chance, stage = later(), setting.stage
        item = chance.choice(proven(file))
        digest = _digest(setting, item)
        size = chance.randrange(stage.indices[digest] + 1, len(stage.indices) + 1)
        proof = stage.proof(digest, size)
        if proof is None:
            raise Nothing
        item["proof"] = proof.text
        covering = [one for one in stage.anchored if one > stage.indices[digest]]
        ends = sorted((size, covering[0])) if covering else (size, size)
        low, high = ends
        path = consistency_proof(low, high, stage.node) if low < high else []
        shown = [base64.b64encode(node).decode() for node in path]
        shown = chance.choice((shown, shown, shown[:-1], [*shown, *shown[:1]], []))
        item.pop("consistency", None)
        if shown:
            item["consistency"] = shown

    making.file(hook)


@kind("another checkpoint of the same size")
def _notes(making: Making) -> None:
    """Signature lines added, doubled, of another key, of another form; cosignatures too."""
    later = making.later()

    def hook(file: Json, setting: Setting) -> None:
        chance, log = later(), setting.stage.log_key
        item = chance.choice(proven(file))
        head, body, lines = item["proof"].split("\n\n", 2)
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
        other = cosignature(*witness(0), item["proof"])[:-1]
        cases = (
            [*kept, long], [long, *kept],
            [*kept, kept[0]], [own, *kept], [*kept, own], [*kept, short], [*kept, false],
            [false, *kept], [*kept, none], [*kept, other], kept[1:], [*kept, ""], [*kept, empty],
            [kept[0].replace("\u2014", "-"), *kept[1:]], [kept[0].replace(" ", "  "), *kept[1:]],
            [f"{kept[0]} x", *kept[1:]], [f"{kept[0]}=", *kept[1:]], kept[::-1],
        )  # fmt: skip
        item["proof"] = "\n\n".join((head, body, "\n".join(chance.choice(cases)) + "\n"))

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
        proof, other = (
            parse_log_proof(item["proof"]),
            parse_log_proof(chance.choice(items)["proof"]),
        )
        size = proof.checkpoint.checkpoint.size
        path, hashes = proof.path, (*proof.path, bytes(32))
        shifted = chance.choice(
            (
                (chance.randrange(size), path),
                (size, path),
                (proof.index + size, path),
                (proof.index + 2 ** len(path), path),
                (proof.index, other.path),
                (other.index, other.path),
                (proof.index, path[::-1]),
                (proof.index, hashes),
                (proof.index, hashes[:-2]),
                (proof.index, hashes * 33),
                (proof.index, tuple(node[:-1] for node in path)),
            )
        )
        item["proof"] = LogProof(shifted[0], shifted[1], proof.checkpoint).text()

    making.file(hook)


@kind("proof of another index")
def _another_entry(making: Making) -> None:
    """Two statements have each other's log proof, which are both true of their entry."""
    later = making.later()

    def hook(file: Json, _setting: Setting) -> None:
        chance = later()
        one, two = chance.sample(proven(file, 2), 2)
        one["proof"], two["proof"] = two["proof"], one["proof"]

    making.file(hook)
