"""The evidence file: ``application/vnd.rootprint.evidence+json;v=2``, canonical JSON.

``{version, subject, made, keys, records, statements, chain?}``. It contains nothing that is
trusted. Every member but ``made`` is covered by a signature, a proof or a row on chain, or is an
error when it is not needed: a file holds what the walk looks at, and nothing else. Keys, records,
statements and trie nodes rise by thumbprint, digest and hash, so that their order says nothing.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from eth_hash.auto import keccak

from rootprint.ledger.core.canonical import Json, decode, encode
from rootprint.ledger.core.encoding import b64_bytes, digest_bytes, digest_text, sha256, time_text
from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.core.files import read_file
from rootprint.ledger.core.keys import PublicKey
from rootprint.ledger.core.merkle import MAX_PROOF
from rootprint.ledger.core.schema import rules
from rootprint.ledger.core.schema.kinds import CREDENTIAL, FOOTPRINT
from rootprint.ledger.core.schema.rules import array, integer, mapping, members, text
from rootprint.ledger.core.sdjwt import MAX_BYTES as MAX_STATEMENT_BYTES
from rootprint.ledger.core.sdjwt import parse_envelope, split
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.core.stateproof import MAX_HEADER_BYTES
from rootprint.ledger.core.trie import MAX_NODE_BYTES
from rootprint.ledger.verify import ProofText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.core.files import FileName

VERSION: Final = 2
MEDIA_TYPE: Final = "application/vnd.rootprint.evidence+json;v=2"
MAX_BYTES: Final = 256 * 1024 * 1024
MAX_STATEMENTS: Final = 100_000
MAX_NODES: Final = 1_000_000
MAX_ROW: Final = 2**32 - 1
# Members that no signature or proof covers; they can change no verdict, subject, statement set,
# total or coverage (docs/evidence.md; tests/mutations holds the list).
UNCOVERED: Final = ("made",)
SWAPPED: Final = "this looks like a trust file; were the two swapped?"
_STATEMENT, _RECORD, _KEY, _NODE = "statement", "record", "key", "trie node"

_document = members(
    {
        "version": integer(VERSION, VERSION),
        "subject": rules.digest,
        "made": rules.time,
        # Both may be empty: a pending statement's issuer record is not asked for.
        "keys": array(mapping(text, text, 8), 0, MAX_STATEMENTS),
        "records": array(lambda _value, _path: None, 0, MAX_STATEMENTS),
        "statements": array(
            members(
                {"sdJwt": text},
                {
                    "proof": text,
                    "consistency": array(text, most=MAX_PROOF),
                    "row": integer(0, MAX_ROW),
                },
            ),
            most=MAX_STATEMENTS,
        ),
    },
    {"chain": members({"header": text, "nodes": array(text, most=MAX_NODES)})},
)


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
    proofs: dict[bytes, ProofText] = field(default_factory=dict)
    keys: dict[str, Json] = field(default_factory=dict)
    records: dict[bytes, bytes] = field(default_factory=dict)
    about: dict[bytes, list[bytes]] = field(default_factory=dict)
    state: StateProof | None = None
    proven: bool = False
    used: set[tuple[str, bytes | str]] = field(default_factory=set)

    @classmethod
    def load(cls, name: FileName) -> Evidence:
        """Read an evidence file; raises NotFound, Unavailable, and Refused as ``read`` does."""
        return read(read_file(name, MAX_BYTES))

    def statement(self, digest: bytes) -> str | None:
        """See ``Sources.statement``."""
        self.used.add((_STATEMENT, digest))
        return self.statements.get(digest)

    def proof(self, digest: bytes) -> ProofText | None:
        """See ``Sources.proof``."""
        return self.proofs.get(digest)

    def key(self, kid: str) -> Json | None:
        """See ``Sources.key``."""
        self.used.add((_KEY, kid))
        return self.keys.get(kid)

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
            (_NODE, self.state.nodes if self.state is not None and self.proven else {}),
        ):
            for identity in held:
                if (name, identity) not in self.used:
                    shown = identity if isinstance(identity, str) else digest_text(identity)
                    return f"it holds a {name} that nothing on the walk needs: {shown}"
        return None


def read(data: bytes) -> Evidence:
    """Parse an evidence file; raises Refused or TooLarge with what is wrong (check 0)."""
    if len(data) > MAX_BYTES:
        message = f"the evidence file is longer than {MAX_BYTES} bytes"
        raise TooLarge(message)
    try:
        value = decode(data, what="the evidence file", max_string=MAX_STATEMENT_BYTES)
        _document(value, "evidence")
    except Refused as error:
        raise _with_remedy(error, data) from error.__cause__
    evidence = Evidence(digest_bytes(value["subject"]))
    for jwk in value["keys"]:
        _once(evidence.keys, PublicKey.from_jwk(jwk).kid, jwk, "key")
    for record in value["records"]:
        content = encode(record)
        _once(evidence.records, sha256(content), content, "organisation record")
    for number, item in enumerate(value["statements"]):
        _take(evidence, item, f"statements[{number}]")
    for name, held in (
        ("keys", list(evidence.keys)),
        ("records", list(evidence.records)),
        ("statements", list(evidence.statements)),
    ):
        _rising(held, name)
    if "chain" in value:
        evidence.state = _state(value["chain"])
    if evidence.subject not in evidence.statements:
        message = "the evidence file does not hold its own subject: there is nothing to verify"
        raise Refused(message)
    return evidence


def _with_remedy(error: Refused, data: bytes) -> Refused:
    """Return the error; what names a log's key and holds no statement is no author's to correct."""
    if b'"vkey"' in data and b'"sdJwt"' not in data:
        error.remedy = SWAPPED
    return error


def write(evidence: Evidence, *, made: int) -> bytes:
    """Return the file's canonical bytes."""
    document = {
        "version": VERSION,
        "subject": digest_text(evidence.subject),
        "made": time_text(made),
        "keys": [evidence.keys[kid] for kid in sorted(evidence.keys)],
        "records": [
            decode(evidence.records[digest], what="record") for digest in sorted(evidence.records)
        ],
        "statements": [_item(evidence, digest) for digest in sorted(evidence.statements)],
    }
    if evidence.state is not None:
        nodes = evidence.state.nodes
        document["chain"] = {
            "header": _b64(evidence.state.header),
            "nodes": [_b64(nodes[digest]) for digest in sorted(nodes)],
        }
    return encode(document, max_string=MAX_STATEMENT_BYTES)


def _item(evidence: Evidence, digest: bytes) -> dict[str, Any]:
    item: dict[str, Any] = {"sdJwt": evidence.statements[digest]}
    proof = evidence.proofs.get(digest)
    if proof is not None:
        item["proof"] = proof.text
        if proof.consistency:
            item["consistency"] = [_b64(node) for node in proof.consistency]
        if proof.row is not None:
            item["row"] = proof.row
    return item


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


def _take(evidence: Evidence, item: dict[str, Any], path: str) -> None:
    jwt, _ = split(item["sdJwt"])
    digest = sha256(jwt.encode())
    _once(evidence.statements, digest, item["sdJwt"], "statement")
    for name in ("consistency", "row"):
        if name in item and "proof" not in item:
            message = f"{path} has {name} without a log proof"
            raise Refused(message)
    if "proof" in item:
        consistency = tuple(
            b64_bytes(node, what=f"{path}.consistency") for node in item.get("consistency", ())
        )
        evidence.proofs[digest] = ProofText(item["proof"], consistency, item.get("row"))
    concerned = _concerns(item["sdJwt"])
    if concerned is not None:
        evidence.about.setdefault(concerned, []).append(digest)


def _concerns(sdjwt: str) -> bytes | None:
    # Only where to look. A statement that does not parse is judged by check 1 if the walk needs
    # it, and is an unneeded statement if it does not.
    # Nearly all are footprints, which a look at the type tells without judging every member.
    try:
        payload = parse_envelope(split(sdjwt)[0]).payload
        footprint = isinstance(payload, dict) and payload.get("type") == [CREDENTIAL, FOOTPRINT]
        return None if footprint else parse_statement(sdjwt).concerns
    except Refused:
        return None


def _rising(identities: Sequence[Any], name: str) -> None:
    if any(low >= high for low, high in pairwise(identities)):
        message = f"evidence.{name} does not rise by thumbprint, digest or hash"
        raise Refused(message)


def _once(held: dict[Any, Any], identity: bytes | str, value: object, what: str) -> None:
    if identity in held:
        message = f"the evidence file holds the same {what} twice"
        raise Refused(message)
    held[identity] = value
