"""Sound examples of every form that is read: where the changing of bytes begins.

All of it is made here, from the tests' own drafts; nothing is anybody's data.
"""

from __future__ import annotations

import copy
import gzip
import json
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from uuid import UUID

import rlp
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from eth_hash.auto import keccak

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.checkpoint import LogKey
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.logproof import LogProof
from rootprint.ledger.core.merkle import inclusion_proof
from rootprint.ledger.core.schema.hidden import FOOTPRINT_HIDDEN
from rootprint.ledger.core.seal import redact, seal
from tests.core.full_statements import full
from tests.factors.tables import cpcd, epa, flat_file, gases
from tests.partner import documents
from tests.support import statements
from tests.support.evidence_file import raw_lines
from tests.support.world import ORIGIN, World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rootprint.ledger.core.statement import Statement

FIRST_STEPS = Path(__file__).resolve().parents[2] / "examples" / "first-steps"
OWN_SHEET = FIRST_STEPS.parent / "own-sheet"
PACKS = Path(__file__).resolve().parents[2] / "ledger" / "rules" / "data"
# In a trie's seed: the hash of the node that comes next, which the target fills in.
NEXT = b"\xee" * 32
TRIE_KEY = keccak(bytes(32))


@contextmanager
def _repeatable() -> Iterator[None]:
    """Make keys, salts, signatures and places follow from one number: a finding can be repeated."""
    random = Random(20261120)
    ecdsa = ec.ECDSA(SHA256(), deterministic_signing=True)
    with ExitStack() as stack:
        for name, stand_in in (
            ("secrets.token_bytes", random.randbytes),
            ("secrets.SystemRandom", lambda: random),
            ("uuid.uuid4", lambda: UUID(bytes=random.randbytes(16), version=4)),
            ("rootprint.ledger.core.keys._ECDSA", ecdsa),
        ):
            stack.enter_context(patch(name, stand_in))
        stack.enter_context(
            patch.object(
                SigningKey,
                "generate",
                lambda: SigningKey(ec.derive_private_key(random.getrandbits(250), ec.SECP256R1())),
            )
        )
        yield


@cache
def key() -> SigningKey:
    """Return the issuer whom all the statements outside the world are of."""
    return SigningKey(ec.derive_private_key(20261120, ec.SECP256R1()))


@cache
def world() -> World:
    """Return a log with a factor, a product that takes it, and an assurance of that."""
    with _repeatable():
        made = World(log_key=LogKey(ORIGIN, Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)))
        fuel = made.publish(made.factor("fuel"))
        line = made.line(fuel, "2", "kilogram")
        part = made.publish(made.product("part", [line, {**line, "stage": "distribution"}]))
        made.publish(made.assurance(part))
        made.anchor()
    return made


@cache
def product() -> Statement:
    """Return the world's product."""
    return next(held for held in world().held.values() if held.subject.get("role") == "product")


def evidence() -> list[bytes]:
    """Return what the product's evidence holds: whole, its lines hidden, with the chain's state."""
    held, subject = world(), product()
    files = (held.evidence(subject), held.evidence(subject, keep={subject.digest: set()}))
    return [*(b"\n".join(raw_lines(file)) for file in files), proven()]


def packed_evidence() -> list[bytes]:
    """Return the product's evidence as it is packed, and by other programs."""
    file = world().evidence(product())
    content = gzip.decompress(file)
    return [file, gzip.compress(content, mtime=1), content]


@cache
def proven() -> bytes:
    """Return what evidence holds that is verified with its block's hash alone."""
    return b"\n".join(raw_lines(world().evidence(product(), proven=True)))


def trust() -> list[bytes]:
    """Return a trust file with each of its members."""
    held = world()
    vkey = held.log_key.note_key.vkey
    return [
        encode(held.trust_json(product())),
        encode(
            {
                **held.trust_json(product()),
                "witnessPolicy": {"threshold": 1, "witnesses": [vkey]},
                "expect": {"digest": statements.DIGEST},
                "auditors": ["did:web:auditor.example"],
                "asOf": "2026-06-01T00:00:00Z",
                "trustedBlocks": ["0x" + "11" * 32],
                "chainFile": "chain.sqlite",
                "rpc": "http://127.0.0.1:1",
            }
        ),
    ]


@cache
def sealed() -> tuple[Statement, ...]:
    """Return one statement of each kind, the footprints with every member that there is."""
    with _repeatable():
        return tuple(seal(full(kind), key(), statements.LOG) for kind in _KINDS)


_KINDS = (
    *("product", "factor", "attested", "assurance", "status"),
    *("process", "retirement", "claim", "pool"),
)


def sd_jwts() -> list[bytes]:
    """Return statements open, redacted and bare."""
    texts = [statement.text for statement in sealed()]
    some = redact(sealed()[0], {"inventory", "inventoryShape"})
    return [text.encode() for text in (*texts, some.text, sealed()[0].bare.text)]


def contents() -> list[bytes]:
    """Return what footprints sign: the payload, and by member what stands behind its slots."""
    return [encode(_content(statement)) for statement in world().held.values()]


def _content(statement: Statement) -> dict[str, Any]:
    opened, payload = statement.opened, copy.deepcopy(statement.envelope.payload)
    hidden = {
        "inventory": [{**line, "line": place} for place, line in enumerate(opened.lines.values())],
        "inventoryShape": [list(range(len(opened.lines)))],
        "cells": [opened.cells],
    }
    for name in FOOTPRINT_HIDDEN:
        payload["credentialSubject"].pop(name, None)
    return {"payload": payload, "hidden": hidden if opened.lines else {}}


def drafts() -> list[bytes]:
    """Return drafts of each kind, as ``rootprint sign`` takes them."""
    return [encode(full(kind)) for kind in _KINDS]


def values() -> list[bytes]:
    """Return canonical JSON: a payload, a record, small things."""
    small: list[Any] = [None, True, 0, -1, 2**53 - 1, "é", [], {}, {"a": [1, {"b": "c"}]}]
    return [*(encode(value) for value in small), encode(sealed()[0].envelope.payload)]


def notes() -> list[bytes]:
    """Return a signed checkpoint, and one with a witness's line."""
    point = world().checkpoint()
    line = point.text.splitlines()[-1]
    return [point.text.encode(), f"{point.text}{line}\n".encode()]


def vkeys() -> list[bytes]:
    """Return a log's verifier key."""
    return [world().log_key.note_key.vkey.encode()]


def log_proofs() -> list[bytes]:
    """Return a tlog-proof, with and without its extra line."""
    held, index = world(), world().indices[product().digest]
    path = inclusion_proof(index, len(held.indices), held.node)
    text = LogProof(index, tuple(path), held.checkpoint()).text()
    return [text.encode(), text.replace("\nindex", "\nextra AAAA\nindex", 1).encode()]


def merkle() -> list[bytes]:
    """Return hashes in a row, of which the target makes sizes and proofs."""
    random = Random(9162)
    return [random.randbytes(16 + 32 * count) for count in (1, 2, 5, 66)]


def rlps() -> list[bytes]:
    """Return RLP of a header, nodes and nested lists."""
    return [header(), *nodes(), b"\xc0", b"\x80", b"\xc2\xc1\xc0", bytes(rlp.encode([b"a" * 60]))]


def header() -> bytes:
    """Return a header of the Cancun fork's 20 members."""
    members = [bytes(32), bytes(32), bytes(20), bytes(32), bytes(32), bytes(32), bytes(256), b""]
    more = [b"\x05", b"\x01\xc9", b"", b"\x65\x00\x00\x00", b"", bytes(32), bytes(8), b"\x01"]
    return bytes(rlp.encode([*members, *more, bytes(32), b"", b"", bytes(32)]))


def nodes() -> list[bytes]:
    """Return the nodes on a way to an account: branch, extension, branch, leaf."""
    digits = TRIE_KEY.hex()
    branch = [*[NEXT] * 16, b""]
    way = [bytes.fromhex("1" + digits[1]), NEXT]
    leaf = [bytes.fromhex("3" + digits[3:]), rlp.encode([b"", b"\x01", NEXT, bytes(32)])]
    return [bytes(rlp.encode(node)) for node in (branch, way, branch, leaf)]


def tries() -> list[bytes]:
    """Return nodes in the order of their use, each after its length in two bytes."""
    inner = [bytes.fromhex("3" + TRIE_KEY.hex()[1:]), b"\x05"]
    short = bytes(rlp.encode([*[b""] * 16, b""]))
    return [_row(nodes()), _row([bytes(rlp.encode([*[inner] * 16, b""]))]), _row([short])]


def _row(found: list[bytes]) -> bytes:
    return b"".join(len(node).to_bytes(2) + node for node in found)


def answers() -> list[bytes]:
    """Return a block and a proof as a chain's endpoint gives them."""
    hashes = dict.fromkeys(("parentHash", "sha3Uncles", "stateRoot", "hash"), "0x" + "11" * 32)
    block = {**hashes, "number": "0x5", "timestamp": "0x65", "logsBloom": "0x", "gasUsed": "0x0"}
    proof = {"accountProof": ["0xc0"], "storageProof": [{"proof": ["0x80", "0xc0"]}]}
    return [encode({**block, **proof, "code": 3, "data": "0x08c379a0", "message": "revert"})]


def bodies() -> list[bytes]:
    """Return requests: media type, length and body."""
    return [b"application/json; charset=utf-8\n2\n{}", b"application/vc+sd-jwt\n\na.b.c~"]


def jwks() -> list[bytes]:
    """Return a public key."""
    return [encode(key().public.jwk())]


def records() -> list[bytes]:
    """Return an organisation's record."""
    numbers = {"LEI": "529900T8BM49AURSDO55", "USCC": "91110000600007156H"}
    record = {"legalName": "Maker (fictional)", "country": "CN", "did": statements.MAKER}
    return [encode({**record, "registerNumbers": numbers})]


def decimals() -> list[bytes]:
    """Return decimals that are sound, and nearly."""
    return [b"0", b"-1.5", b"0." + b"0" * 30 + b"1", b"9" * 34, b"100", b"100.0000", b"5", b"-0.1"]


def times() -> list[bytes]:
    """Return times that are sound, and nearly."""
    return [b"2026-02-28T23:59:59Z", b"0001-01-01T00:00:00Z", b"9999-12-31T23:59:59Z"]


def yamls() -> list[bytes]:
    """Return the inventories that beginners start from."""
    return [(FIRST_STEPS / name).read_bytes() for name in ("bracket.yaml", "electricity.yaml")]


def csvs() -> list[bytes]:
    """Return inventories as tables."""
    return [(FIRST_STEPS / name).read_bytes() for name in ("bracket.csv", "broken.csv")]


def workbooks() -> list[bytes]:
    """Return an inventory as a workbook."""
    return [(FIRST_STEPS / "bracket.xlsx").read_bytes()]


def own_workbooks() -> list[bytes]:
    """Return a sheet of somebody's own, which ``mappings`` read."""
    return [(OWN_SHEET / "ledger-2025.xlsx").read_bytes()]


def own_tables() -> list[bytes]:
    """Return a sheet of somebody's own as a CSV file."""
    return ["名称,数量,单位\n外购电力,10,kWh\n天然气,20,m3\n合计,30,\n".encode()]


def mappings() -> list[bytes]:
    """Return a mapping file."""
    return [(OWN_SHEET / "map.yaml").read_bytes()]


def epa_tables() -> list[bytes]:
    """Return a table in EPA's form."""
    unit = '"kg CO2e/2022 USD, purchaser price"'
    return [epa(f'"111110","Soybeans","All GHGs",{unit},"0.488"',
                f'"111120","Oilseeds","Carbon dioxide",{unit},"1.2e-3"')]  # fmt: skip


def cpcd_tables() -> list[bytes]:
    """Return a table in CPCD's form."""
    row = "1011A01001,电力,从摇篮到大门,0.5777kgCO2e / 千瓦时,2023"
    return [cpcd(row, row.replace("A01", "A02").replace("大门", "坟墓"))]


def uk_tables() -> list[bytes]:
    """Return a flat file in the UK's form."""
    levels = ("Scope 1", "Fuels", "Gaseous fuels", "Natural gas", None, None)
    return [flat_file(gases("1_1_1", levels, "kWh", 0.18, 0.179, 0.0005, 0.0005))]


def partners() -> list[bytes]:
    """Return footprints as partners send them, in both forms."""
    values = (documents.pact(), {"data": [documents.pact()]}, documents.catena_x())
    return [json.dumps(value).encode() for value in values]


def rule_tests() -> list[bytes]:
    """Return a test of each shape."""
    path = "subject.pcf.fossilGhgEmissions"
    present, flag = {"op": "present", "paths": [path]}, {"op": "flag", "path": path, "value": True}
    least = {"op": "at_least", "path": path, "value": "0", "absent": "1"}
    both = {"op": "all", "tests": [present, least, {"op": "not", "test": flag}]}
    return [encode(both), encode({"op": "every_line", "test": both, "where": flag})]


def packs() -> list[bytes]:
    """Return the rule packs that this version brings."""
    return [path.read_bytes() for path in sorted(PACKS.glob("*.json"))]
