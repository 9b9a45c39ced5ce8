"""Every reader of bytes from outside, in one table: its name, how it is called, where to begin.

A target takes any bytes. It returns, or raises an error of the one tree (``calc.errors``); whatever
else comes out is a finding. A target that makes something of what it read goes on with it, so that
the steps behind a parser are reached as well.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import orjson
from eth_hash.auto import keccak
from starlette.requests import Request

from rootprint.api.http.body import read_body
from rootprint.ledger.chain import rpc_values
from rootprint.ledger.core import canonical, encoding, merkle, rlp
from rootprint.ledger.core.checkpoint import NoteKey, parse_checkpoint
from rootprint.ledger.core.entry import entry_of
from rootprint.ledger.core.errors import BadProof
from rootprint.ledger.core.keys import PublicKey
from rootprint.ledger.core.logproof import parse_log_proof
from rootprint.ledger.core.schema import rules
from rootprint.ledger.core.seal import seal
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.core.stateproof import Header, account, word
from rootprint.ledger.core.trie import trie_value
from rootprint.ledger.evidence import NoChain, read, restored, write
from rootprint.ledger.evidence.container import pack
from rootprint.ledger.exchange import pact
from rootprint.ledger.factors import inventory_text, read_cpcd, read_epa, read_uk
from rootprint.ledger.intake import (
    parse_draft,
    parse_inventory,
    parse_mapped,
    propose_mapping,
    read_yaml,
)
from rootprint.ledger.partner import inventory_text as inventory_text_of
from rootprint.ledger.partner import read_partner
from rootprint.ledger.registry.records import read_record
from rootprint.ledger.rules import check_test, parse_pack
from rootprint.ledger.verify import parse_trust
from tests.fuzz import hostile, seeds
from tests.support.statements import LOG

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rootprint.ledger.factors import FactorTable

BODY_BYTES: Final = 1024


@dataclass(frozen=True)
class Target:
    """A reader of untrusted bytes; ``seeds`` are sound examples, made when asked for."""

    name: str
    call: Callable[[bytes], object]
    seeds: Callable[[], Sequence[bytes]]


def _text(data: bytes) -> str:
    # What reaches a reader of text has been UTF-8 before: a JSON string, a file, a header.
    return data.decode(errors="replace")


def _packed(content: bytes) -> bytes:
    """Return a file of these lines: what is read once the container was sound."""
    return pack(content.split(b"\n"))


def _container(data: bytes) -> None:
    hostile.tolerated(lambda: restored(data))
    read(data)


def _evidence(data: bytes) -> None:
    bundle = read(_packed(data))
    again = write(bundle, made=0)
    if read(again).statements != bundle.statements:
        raise AssertionError("what was written is read as something else")


def _verify(data: bytes) -> None:
    held = seeds.world()
    trust = held.trust(seeds.product())
    report = held.verifier(trust).verify(_packed(data))
    orjson.dumps(report.json())


def _state(data: bytes) -> None:
    """Verify by the hash of whatever block the file says: the forger's own is the worst case."""
    held = seeds.world()
    state = read(_packed(data)).state
    if state is not None:
        blocks = [encoding.hex_text(keccak(state.header))]
        trust = held.trust(seeds.product(), trustedBlocks=blocks)
        report = held.verifier(trust, chain=NoChain()).verify(_packed(data))
        orjson.dumps(report.json())


def _statement(data: bytes) -> None:
    statement = parse_statement(_text(data))
    _ = statement.concerns, statement.validity, statement.digest
    _ = statement.opened.complete
    hostile.tolerated(lambda: pact.footprint(statement, orjson.loads(seeds.records()[0])))
    statement.verify(seeds.key().public)


def _draft(data: bytes) -> None:
    seal(parse_draft(data, where="draft"), seeds.key(), LOG)


def _canonical(data: bytes) -> None:
    value = canonical.decode(data, what="value")
    if canonical.encode(value) != data:
        raise AssertionError("one value has two canonical encodings")


def _checkpoint(data: bytes) -> None:
    signed = parse_checkpoint(_text(data))
    key = seeds.world().log_key.note_key
    signed.verify(key)
    hostile.tolerated(lambda: signed.verify_quorum([key], 1))


def _log_proof(data: bytes) -> None:
    proof = parse_log_proof(_text(data))
    if parse_log_proof(proof.text()) != proof:
        raise AssertionError("what was written is read as something else")
    proof.verify(entry_of(seeds.product()))


def _merkle(data: bytes) -> None:
    head, hashes = data[:16], [data[at : at + 32] for at in range(16, len(data), 32)]
    old, new = int.from_bytes(head[:8]), int.from_bytes(head[8:])
    for verify in (merkle.verify_inclusion, merkle.verify_consistency):
        args: Any = (old, new, *hashes[:1], hashes[2:], *hashes[1:2])
        if verify is merkle.verify_consistency:
            args = (old, new, *hashes[:2], hashes[2:])
        if len(hashes) > 1:
            try:
                verify(*args)
            except BadProof:
                continue


def _trie(data: bytes) -> None:
    nodes: list[bytes] = []
    while data:
        length = int.from_bytes(data[:2])
        nodes.append(data[2 : 2 + length])
        data = data[2 + length :]
    # From the last to the first: each names the next by its hash, as a forger would have it.
    held: dict[bytes, bytes] = {}
    digest = bytes(32)
    for node in reversed(nodes):
        linked = node.replace(seeds.NEXT, digest)
        digest = keccak(linked)
        held[digest] = linked
    hostile.tolerated(lambda: account(held.get, digest, bytes(20)))
    hostile.tolerated(lambda: word(held.get, digest, bytes(32)))
    trie_value(held.get, digest, seeds.TRIE_KEY)


def _endpoint(data: bytes) -> None:
    value = canonical.decode(data, what="answer")
    hostile.tolerated(lambda: list(rpc_values.headers_of(value)))
    for call in (rpc_values.block_of, rpc_values.proof_of):
        hostile.tolerated(partial(call, value))
    rpc_values.revert_of(value)


def _decimal(data: bytes) -> None:
    text = _text(data)
    for rule in (rules.percent, rules.rating, rules.positive, rules.not_positive):
        hostile.tolerated(partial(rule, text, "value"))
    rules.decimal(text, "value")


def _words(data: bytes) -> None:
    text = _text(data)
    for call in (
        lambda: encoding.time_text(encoding.time_seconds(text, what="time")),
        lambda: encoding.digest_bytes(text),
        lambda: encoding.hex_bytes(text, 20, what="address"),
        lambda: encoding.b64_bytes(text, what="text"),
        lambda: encoding.b64url_bytes(text, what="text"),
        lambda: NoteKey.parse(text),
    ):
        hostile.tolerated(call)


def _inventory(suffix: str) -> Callable[[bytes], object]:
    def call(data: bytes) -> None:
        parse_inventory(data, where=f"fuzz.{suffix}")

    return call


def _own_sheet(data: bytes) -> None:
    parse_mapped(data, seeds.mappings()[0], where="fuzz.xlsx", mapping_where="map.yaml")


def _mapping(data: bytes) -> None:
    parse_mapped(seeds.own_workbooks()[0], data, where="own.xlsx", mapping_where="fuzz.yaml")


def _partner(data: bytes) -> None:
    read = read_partner(data, received="2026-06-01T00:00:00Z", where="fuzz.json", country="CN")
    for one in read.taken:
        inventory_text_of(one, issuer="did:web:maker.example")


_cpcd = partial(read_cpcd, release="2026-01-01")


def _factors(reader: Callable[[bytes], FactorTable]) -> Callable[[bytes], object]:
    def call(data: bytes) -> None:
        for made in reader(data).drafts:
            inventory_text(
                made,
                issuer="did:web:factors.example",
                valid_from="2026-01-01T00:00:00Z",
                valid_until="2027-01-01T00:00:00Z",
            )

    return call


def _body(data: bytes) -> None:
    kind, _, rest = data.partition(b"\n")
    length, _, body = rest.partition(b"\n")
    headers = [(b"content-type", kind), (b"content-length", length)]
    scope = {"type": "http", "method": "POST", "path": "/", "headers": headers}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    request = Request(scope, receive)
    media_types = ("application/json", "application/vc+sd-jwt")
    asyncio.run(read_body(request, media_types=media_types, limit=BODY_BYTES, seconds=5))


TARGETS: Final = {
    target.name: target
    for target in (
        Target("container", _container, seeds.packed_evidence),
        Target("evidence", _evidence, seeds.evidence),
        Target("evidence-walk", _verify, seeds.evidence),
        Target("evidence-state", _state, lambda: [seeds.proven()]),
        Target("signed-content", hostile.walk_signed, seeds.contents),
        Target("trust", parse_trust, seeds.trust),
        Target("statement", _statement, seeds.sd_jwts),
        Target("draft", _draft, seeds.drafts),
        Target("canonical", _canonical, seeds.values),
        Target("checkpoint", _checkpoint, seeds.notes),
        Target("log-proof", _log_proof, seeds.log_proofs),
        Target("merkle", _merkle, seeds.merkle),
        Target("rlp", rlp.decode, seeds.rlps),
        Target("header", Header.parse, lambda: [seeds.header()]),
        Target("trie", _trie, seeds.tries),
        Target("endpoint", _endpoint, seeds.answers),
        Target("jwk", lambda data: PublicKey.from_jwk(canonical.decode(data, what="key")),
               seeds.jwks),
        Target("record", read_record, seeds.records),
        Target("decimal", _decimal, seeds.decimals),
        Target("words", _words, lambda: [*seeds.times(), *seeds.vkeys(), b"sha256:" + b"0" * 64]),
        Target("inventory-yaml", _inventory("yaml"), seeds.yamls),
        Target("inventory-csv", _inventory("csv"), seeds.csvs),
        Target("inventory-xlsx", _inventory("xlsx"), seeds.workbooks),
        Target("own-sheet", _own_sheet, seeds.own_workbooks),
        Target("own-table", lambda data: propose_mapping(data, where="fuzz.csv"), seeds.own_tables),
        Target("mapping", _mapping, seeds.mappings),
        Target("yaml", lambda data: read_yaml(data, where="fuzz.yaml"), seeds.yamls),
        Target("factors-epa", _factors(read_epa), seeds.epa_tables),
        Target("factors-cpcd", _factors(_cpcd), seeds.cpcd_tables),
        Target("factors-uk", _factors(read_uk), seeds.uk_tables),
        Target("partner", _partner, seeds.partners),
        Target("rule-pack", lambda data: parse_pack(data, where="fuzz.json"), seeds.packs),
        Target("rule-test", lambda data: check_test(canonical.decode(data, what="test"), "test"),
               seeds.rule_tests),
        Target("http-body", _body, seeds.bodies),
    )
}  # fmt: skip
