"""The evidence file: ``application/vnd.rootprint.evidence+gzip;v=3``.

One member of gzip with lines of canonical JSON. The first is the head, ``{version, subject, made,
keys, possession?, records, proofs, chain?}``; each of the others is a statement
(``ledger.evidence.lines``). The file contains nothing that is trusted. Every member but ``made`` is
covered by a signature, a proof or a row on chain, or is an error when it is not needed: a file
holds what the walk looks at, and nothing else. Keys, records, statements and nodes rise by
thumbprint, digest, place and hash, so that their order says nothing.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.canonical import MAX_INTEGER, Json, decode, encode
from rootprint.ledger.core.encoding import b64_bytes, digest_bytes, digest_text, sha256, time_text
from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.core.files import read_file
from rootprint.ledger.core.keccak import keccak
from rootprint.ledger.core.keys import PublicKey
from rootprint.ledger.core.merkle import HASH_BYTES, MAX_PROOF
from rootprint.ledger.core.schema import rules
from rootprint.ledger.core.schema.kinds import CREDENTIAL, FOOTPRINT
from rootprint.ledger.core.schema.rules import array, integer, mapping, members, text
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.core.stateproof import MAX_HEADER_BYTES
from rootprint.ledger.core.trie import MAX_NODE_BYTES
from rootprint.ledger.evidence.container import pack
from rootprint.ledger.evidence.lines import MAX_CHECKPOINTS, read_line, written_line
from rootprint.ledger.evidence.possession import (
    POSSESSION,
    read_possession,
    written_possession,
)
from rootprint.ledger.evidence.readable import MAX_HEAD_STRING, VERSION, read_values
from rootprint.ledger.evidence.treepool import TreePool
from rootprint.ledger.verify import LogPlace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rootprint.ledger.core.files import FileName
    from rootprint.ledger.evidence.possession import Held
    from rootprint.ledger.evidence.treepool import Place

MEDIA_TYPE: Final = "application/vnd.rootprint.evidence+gzip;v=3"
MAX_BYTES: Final = 256 * 1024 * 1024
MAX_STATEMENTS: Final = 100_000
MAX_NODES: Final = 1_000_000
MAX_TREE_NODES: Final = 2_000_000
# Members that no signature or proof covers; they can change no verdict, subject, statement set,
# total or coverage (docs/evidence.md; tests/mutations holds the list).
UNCOVERED: Final = ("made",)
_STATEMENT, _RECORD, _KEY, _NODE = "statement", "record", "key", "trie node"
_POSSESSION = "proof of possession"

_node = array(lambda _value, _path: None, 3, 3)
_head = members(
    {
        "version": integer(VERSION, VERSION),
        "subject": rules.digest,
        "made": rules.time,
        # Both may be empty: a pending statement's issuer record is not asked for.
        "keys": array(mapping(text, text, 8), 0, MAX_STATEMENTS),
        "records": array(lambda _value, _path: None, 0, MAX_STATEMENTS),
        "proofs": members(
            {
                "checkpoints": array(text, 0, MAX_CHECKPOINTS, unique=True),
                "nodes": array(_node, 0, MAX_TREE_NODES),
            }
        ),
    },
    {
        "possession": array(POSSESSION, 1, MAX_STATEMENTS),
        "chain": members({"header": text, "nodes": array(text, most=MAX_NODES)}),
    },
)
_level, _index = integer(0, MAX_PROOF - 1), integer(0, MAX_INTEGER)


@dataclass
class StateProof:
    """What the chain's storage holds: a block header in RLP, and trie nodes by keccak-256."""

    header: bytes
    nodes: dict[bytes, bytes]


@dataclass
class Evidence:
    """A parsed evidence file, serving the walk's ``Sources``. It counts what was asked for.

    ``state`` is its optional proof of the chain's state; ``proven`` says that the walk reads the
    chain from it (``ledger.evidence.proven``) and not from a node.
    """

    subject: bytes
    statements: dict[bytes, str] = field(default_factory=dict)
    places: dict[bytes, LogPlace] = field(default_factory=dict)
    tree: TreePool = field(default_factory=TreePool)
    keys: dict[str, Json] = field(default_factory=dict)
    possessions: dict[Held, bytes] = field(default_factory=dict)
    records: dict[bytes, bytes] = field(default_factory=dict)
    about: dict[bytes, list[bytes]] = field(default_factory=dict)
    state: StateProof | None = None
    proven: bool = False
    used: set[tuple[str, bytes | str | Held]] = field(default_factory=set)

    @classmethod
    def load(cls, name: FileName) -> Evidence:
        """Read an evidence file; raises NotFound, Unavailable, and Refused as ``read`` does."""
        return read(read_file(name, MAX_BYTES))

    def statement(self, digest: bytes) -> str | None:
        """See ``Sources.statement``."""
        self.used.add((_STATEMENT, digest))
        return self.statements.get(digest)

    def place(self, digest: bytes) -> LogPlace | None:
        """See ``Sources.place``."""
        return self.places.get(digest)

    def tree_node(self, level: int, index: int) -> bytes | None:
        """See ``Sources.tree_node``."""
        return self.tree.get(level, index)

    def key(self, kid: str) -> Json | None:
        """See ``Sources.key``."""
        self.used.add((_KEY, kid))
        return self.keys.get(kid)

    def possession(self, did: str, kid: str) -> bytes | None:
        """See ``Sources.possession``."""
        self.used.add((_POSSESSION, (did, kid)))
        return self.possessions.get((did, kid))

    def record(self, did: str, digest: bytes) -> bytes | None:  # noqa: ARG002 - the protocol's
        """See ``Sources.record``."""
        self.used.add((_RECORD, digest))
        return self.records.get(digest)

    def concerning(self, digest: bytes) -> Sequence[bytes]:
        """See ``Sources.concerning``."""
        return self.about.get(digest, [])

    def node(self, digest: bytes) -> bytes | None:
        """Return the trie node with this keccak-256, or None."""
        self.used.add((_NODE, digest))
        return None if self.state is None else self.state.nodes.get(digest)

    def unneeded(self) -> str | None:
        """Return what the file holds beyond what was asked for, or None."""
        for name, held in (
            (_STATEMENT, self.statements),
            (_RECORD, self.records),
            (_KEY, self.keys),
            (_POSSESSION, self.possessions),
            (_NODE, self.state.nodes if self.state is not None and self.proven else {}),
        ):
            for identity in held:
                if (name, identity) not in self.used:
                    return f"it holds a {name} that nothing on the walk needs: {_shown(identity)}"
        spare = self.tree.unused()
        if spare is not None:
            return (
                "it holds a node of the log's tree that nothing on the walk needs:"
                f" level {spare[0]}, index {spare[1]}"
            )
        return None


def read(data: bytes) -> Evidence:
    """Parse an evidence file.

    Raises NotReadable for what is none as it was written (``ledger.evidence.readable``), and
    Refused or TooLarge with what is wrong in one (check 0).
    """
    if len(data) > MAX_BYTES:
        message = f"the evidence file is longer than {MAX_BYTES} bytes"
        raise TooLarge(message)
    return read_values(data, _parsed)


def _parsed(values: Iterator[Json]) -> Evidence:
    """Return what a head and its statements hold; raises Refused with what is wrong."""
    head = next(values)
    _head(head, "evidence")
    evidence = Evidence(digest_bytes(head["subject"]))
    for jwk in head["keys"]:
        _once(evidence.keys, PublicKey.from_jwk(jwk).kid, jwk, "key")
    for record in head["records"]:
        content = encode(record)
        _once(evidence.records, sha256(content), content, "organisation record")
    _rising(list(evidence.keys), "keys")
    _rising(list(evidence.records), "records")
    for held, proof in read_possession(head.get("possession", [])):
        _once(evidence.possessions, held, proof, _POSSESSION)
    _rising(list(evidence.possessions), "possession")
    evidence.tree = _tree(head["proofs"]["nodes"])
    if "chain" in head:
        evidence.state = _state(head["chain"])
    _take_all(evidence, values, head["proofs"]["checkpoints"])
    if evidence.subject not in evidence.statements:
        message = "the evidence file does not hold its own subject: there is nothing to verify"
        raise Refused(message)
    return evidence


def write(evidence: Evidence, *, made: int) -> bytes:
    """Return the file; raises Refused for a statement that is not canonical."""
    return pack(_written(evidence, made))


def _written(evidence: Evidence, made: int) -> Iterator[bytes]:
    places = evidence.places
    ordered = sorted(evidence.statements)
    # In the order in which statements name them, each once.
    notes = dict.fromkeys(places[digest].checkpoint for digest in ordered if digest in places)
    numbers = {note: number for number, note in enumerate(notes)}
    head: dict[str, Any] = {
        "version": VERSION,
        "subject": digest_text(evidence.subject),
        "made": time_text(made),
        "keys": [evidence.keys[kid] for kid in sorted(evidence.keys)],
        "records": [
            decode(evidence.records[digest], what="record") for digest in sorted(evidence.records)
        ],
        "proofs": {
            "checkpoints": list(notes),
            "nodes": [[*place, _b64(node)] for place, node in evidence.tree.least().items()],
        },
    }
    if evidence.possessions:
        head["possession"] = written_possession(evidence.possessions)
    if evidence.state is not None:
        nodes = evidence.state.nodes
        head["chain"] = {
            "header": _b64(evidence.state.header),
            "nodes": [_b64(nodes[digest]) for digest in sorted(nodes)],
        }
    yield encode(head, max_string=MAX_HEAD_STRING)
    for digest in ordered:
        place = places.get(digest)
        number = None if place is None else numbers[place.checkpoint]
        yield written_line(digest, evidence.statements[digest], place, number)


def _shown(identity: bytes | str | Held) -> str:
    if isinstance(identity, tuple):
        return " ".join(identity)
    return identity if isinstance(identity, str) else digest_text(identity)


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _state(value: dict[str, Any]) -> StateProof:
    header = b64_bytes(value["header"], what="evidence.chain.header")
    if len(header) > MAX_HEADER_BYTES:
        message = f"evidence.chain.header is longer than {MAX_HEADER_BYTES} bytes"
        raise TooLarge(message)
    nodes: dict[bytes, bytes] = {}
    for number, encoded in enumerate(value["nodes"]):
        what = f"evidence.chain.nodes[{number}]"
        node = b64_bytes(encoded, what=what)
        if len(node) > MAX_NODE_BYTES:
            message = f"{what} is longer than {MAX_NODE_BYTES} bytes"
            raise TooLarge(message)
        _once(nodes, keccak(node), node, "trie node")
    _rising(list(nodes), "chain.nodes")
    return StateProof(header, nodes)


def _tree(listed: list[Any]) -> TreePool:
    held: dict[Place, bytes] = {}
    for number, (level, index, encoded) in enumerate(listed):
        path = f"evidence.proofs.nodes[{number}]"
        _level(level, f"{path}[0]")
        _index(index, f"{path}[1]")
        text(encoded, f"{path}[2]")
        node = b64_bytes(encoded, what=f"{path}[2]")
        if len(node) != HASH_BYTES:
            message = f"{path}[2] is not {HASH_BYTES} bytes"
            raise Refused(message)
        _once(held, (level, index), node, "node of the log's tree")
    _rising(list(held), "proofs.nodes")
    tree = TreePool(held)
    spare = tree.spare()
    if spare is not None:
        message = (
            f"evidence.proofs.nodes holds level {spare[0]}, index {spare[1]},"
            " which follows from those below it"
        )
        raise Refused(message)
    return tree


def _take_all(evidence: Evidence, values: Iterator[Json], checkpoints: list[str]) -> None:
    named, last = 0, b""
    for number, value in enumerate(values):
        path = f"evidence.statements[{number}]"
        if number >= MAX_STATEMENTS:
            message = f"the evidence file has more than {MAX_STATEMENTS} statements"
            raise TooLarge(message)
        line = read_line(value, path)
        _once(evidence.statements, line.digest, line.text, "statement")
        _rising([last, line.digest], "statements")
        last = line.digest
        if line.index is not None and line.checkpoint is not None:
            if line.checkpoint > min(named, len(checkpoints) - 1):
                message = f"{path}.checkpoint is none, or not the next one that is named"
                raise Refused(message)
            named = max(named, line.checkpoint + 1)
            note = checkpoints[line.checkpoint]
            evidence.places[line.digest] = LogPlace(line.index, note, line.row)
        concerned = _concerns(line.payload, line.text)
        if concerned is not None:
            evidence.about.setdefault(concerned, []).append(line.digest)
    if named < len(checkpoints):
        message = "evidence.proofs.checkpoints holds one that no statement names"
        raise Refused(message)


def _concerns(payload: Json, sdjwt: str) -> bytes | None:
    # Only where to look. A statement that does not parse is judged by check 1 if the walk needs
    # it, and is an unneeded statement if it does not. Nearly all are footprints.
    if isinstance(payload, dict) and payload.get("type") == [CREDENTIAL, FOOTPRINT]:
        return None
    try:
        return parse_statement(sdjwt).concerns
    except Refused:
        return None


def _rising(identities: Sequence[Any], name: str) -> None:
    if any(low >= high for low, high in pairwise(identities)):
        message = f"evidence.{name} does not rise by thumbprint, digest, place or hash"
        raise Refused(message)


def _once(held: dict[Any, Any], identity: object, value: object, what: str) -> None:
    if identity in held:
        message = f"the evidence file holds the same {what} twice"
        raise Refused(message)
    held[identity] = value
