"""Write the vectors of tests/web from other people's implementations.

Run once by an author: ``.venv/bin/python tests/web/vectors/make.py``. Random parts are new each
time; nothing here uses our own verifiers, so that both can be held against it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import random
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import pymerkle
import rfc8785
import rlp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from eth_hash.auto import keccak
from joserfc.jwk import ECKey
from joserfc.jws import JWSRegistry, serialize_compact
from trie import HexaryTrie

HERE = Path(__file__).parent
RANDOM = random.Random()


def write(name: str, content: Any) -> None:
    (HERE / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n")


def keccaks() -> None:
    """Bytes i * 7 + length, around the ends of blocks."""
    lengths = [0, 1, 3, 32, 64, 134, 135, 136, 137, 271, 272, 273, 532, 1000]
    write(
        "keccak",
        {n: keccak(bytes((i * 7 + n) & 255 for i in range(n))).hex() for n in lengths},
    )


def merkle() -> None:
    """Entries are their index in decimal. Roots of 1 to 20, and every proof between them."""
    tree: Any = pymerkle.InmemoryTree(algorithm="sha256")
    for index in range(20):
        tree.append_entry(str(index).encode())
    write(
        "merkle",
        {
            "roots": [tree.get_root(size).hex() for size in range(1, 21)],
            "inclusion": [
                [i, size, [node.hex() for node in tree.prove_inclusion(i + 1, size).path[1:]]]
                for size in (1, 2, 3, 7, 8, 13, 20)
                for i in range(size)
            ],
        },
    )


def tries() -> None:
    """Plain tries with short keys: nodes inside their parents, extensions, values in branches."""
    contents = [
        {b"do": b"verb", b"dog": b"puppy", b"doge": b"coin", b"horse": b"stallion"},
        {bytes(30) + n.to_bytes(2): bytes([n % 255 + 1]) for n in range(0, 4096, 97)},
        {keccak(n.to_bytes(4)): RANDOM.randbytes(1 + n % 40) for n in range(60)},
    ]
    made = []
    for content in contents:
        nodes: dict[bytes, bytes] = {}
        trie = HexaryTrie(nodes, prune=True)
        for key, value in content.items():
            trie[key] = value
        keys = list(content)
        absent = [key[:-1] + bytes([key[-1] ^ 1]) for key in keys] + [keys[0] + b"!", keys[0][:1]]
        made.append(
            {
                "root": trie.root_hash.hex(),
                "nodes": sorted(nodes[digest].hex() for digest in nodes),
                "values": {
                    key.hex(): content[key].hex() if key in content else None
                    for key in keys + absent
                },
            }
        )
    write("trie", made)


def state() -> None:
    """A state of 40 accounts, one with storage, and a header over it with a proof pool."""
    address, slots = RANDOM.randbytes(20), {n: RANDOM.getrandbits(8 * (1 + n)) for n in range(32)}
    slots[0] = 1
    storage_nodes: dict[bytes, bytes] = {}
    storage = HexaryTrie(storage_nodes, prune=True)
    for slot, value in slots.items():
        if value:
            storage[keccak(slot.to_bytes(32))] = rlp.encode(value)
    state_nodes: dict[bytes, bytes] = {}
    accounts = HexaryTrie(state_nodes, prune=True)
    code_hash = keccak(b"code")
    accounts[keccak(address)] = rlp.encode([1, 0, storage.root_hash, code_hash])
    for _ in range(40):
        plain = [RANDOM.getrandbits(20), RANDOM.getrandbits(60), keccak(b"\x80"), keccak(b"")]
        accounts[keccak(RANDOM.randbytes(20))] = rlp.encode(plain)
    members = [RANDOM.randbytes(32) for _ in range(17)]
    members[2], members[3], members[6] = address, accounts.root_hash, bytes(256)
    members[7], members[8], members[9], members[10] = b"", b"\x01\x02\x03", b"\x52\x08", b""
    members[11], members[12], members[14] = (1_790_000_000).to_bytes(4), b"", bytes(8)
    header = rlp.encode(members)
    asked = {slot: slots.get(slot, 0) for slot in (0, 1, 7, 31, 32, 33, 2**255)}
    pool: set[bytes] = set()
    for key in (address, bytes(20)):
        pool |= {rlp.encode(node) for node in accounts.get_proof(keccak(key))}
    for slot in asked:
        proof = storage.get_proof(keccak(slot.to_bytes(32)))
        pool |= {node for node in map(rlp.encode, proof) if len(node) >= 32}
    write(
        "state",
        {
            "header": header.hex(),
            "hash": keccak(header).hex(),
            "number": 0x010203,
            "time": 1_790_000_000,
            "address": address.hex(),
            "codeHash": code_hash.hex(),
            "absentAddress": bytes(20).hex(),
            "words": {f"{slot:064x}": f"{value:064x}" for slot, value in asked.items()},
            "nodes": [node.hex() for node in sorted(pool, key=keccak)],
        },
    )


def canonical() -> None:
    """Random values as the rfc8785 package writes them."""
    letters = [
        "a",
        "Z",
        "/",
        '"',
        "\\",
        "\n",
        "\x00",
        "\x1f",
        "\x7f",
        "é",
        "\u2028",
        "😀",
        "\ufeff",
    ]

    def text() -> str:
        return "".join(RANDOM.choices(letters, k=RANDOM.randrange(6)))

    def value(depth: int) -> Any:
        kind = RANDOM.randrange(5 if depth == 0 else 7)
        if kind == 5:
            return [value(depth - 1) for _ in range(RANDOM.randrange(4))]
        if kind == 6:
            names = [text().encode("ascii", "ignore").decode() for _ in range(3)]
            return {name: value(depth - 1) for name in [*names, "10", "9", "__proto__"]}
        return [None, True, False, RANDOM.randint(-(2**53) + 1, 2**53 - 1), text()][kind]

    write("canonical", [rfc8785.dumps(value(4)).hex() for _ in range(120)])


def notes() -> None:
    """A log, three witnesses, their keys and a signed checkpoint with its cosignatures."""

    def vkey(name: str, algorithm: int, secret: Ed25519PrivateKey) -> tuple[str, bytes]:
        public = secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        typed = bytes([algorithm]) + public
        key_id = hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]
        return f"{name}+{key_id.hex()}+{base64.b64encode(typed).decode()}", key_id

    def line(name: str, data: bytes) -> str:
        return f"\u2014 {name} {base64.b64encode(data).decode()}\n"

    log = Ed25519PrivateKey.generate()
    name = "log.example/vectors"
    log_vkey, log_id = vkey(name, 1, log)
    root = RANDOM.randbytes(32)
    body = f"{name}\n20852163\n{base64.b64encode(root).decode()}\n"
    witnesses, cosignatures = [], []
    for number in range(3):
        secret = Ed25519PrivateKey.generate()
        witness = f"witness.example/{number}"
        text, key_id = vkey(witness, 4, secret)
        time = 1_790_000_000 + number
        signature = secret.sign(f"cosignature/v1\ntime {time}\n{body}".encode())
        witnesses.append(text)
        cosignatures.append(line(witness, key_id + time.to_bytes(8) + signature))
    write(
        "note",
        {
            "vkey": log_vkey,
            "root": root.hex(),
            "body": body,
            "signature": line(name, log_id + log.sign(body.encode())),
            "witnesses": witnesses,
            "cosignatures": cosignatures,
        },
    )


def keys() -> None:
    """ES256 by joserfc: keys, thumbprints, signatures as they came (a high s about every other)."""
    registry = JWSRegistry(algorithms=["ES256"])
    made = []
    for number in range(12):
        key = ECKey.generate_key("P-256")
        jws = serialize_compact({"alg": "ES256"}, f"message {number}", key, registry=registry)
        public = key.as_dict(private=False)
        jwk = {name: public[name] for name in ("crv", "kty", "x", "y")}
        made.append({"jwk": jwk, "kid": key.thumbprint(), "jws": jws})
    write("es256", made)


def rounding() -> None:
    """Ratios with their half-up text to decimal places and to significant digits."""
    cases = []
    for _ in range(200):
        over = RANDOM.choice([RANDOM.randint(-(10**12), 10**12), RANDOM.randint(-5000, 5000)])
        under = RANDOM.choice([1, 2, 3, 7, 8, 20, 40, 1000, 2000, 10**9, RANDOM.randint(1, 10**9)])
        places, digits = RANDOM.randrange(12), RANDOM.randrange(1, 12)
        cases.append([over, under, places, digits])
    cases += [[9996, 1000, 2, 3], [-9996, 1000, 2, 3], [25, 10, 0, 1], [-25, 10, 0, 1]]
    cases += [[-4, 10, 0, 1], [999_999, 1, 1, 3], [5, 10**9, 8, 1], [0, 3, 4, 3]]
    write("rounding", [[*case, *_rounded(*case)] for case in cases])


def _rounded(over: int, under: int, places: int, digits: int) -> tuple[str, str | None]:
    value = Fraction(over, under)
    with localcontext() as context:
        context.prec, context.rounding = 400, ROUND_HALF_UP
        # A tie is a finite decimal, so 400 digits of an endless one never look like a tie.
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        fixed = exact.quantize(Decimal(1).scaleb(-places))
        context.prec = digits
        significant = +exact
        if significant:
            context.prec = 400
            exponent = significant.adjusted() - digits + 1
            significant = significant.quantize(Decimal(1).scaleb(min(exponent, 0)))
    return f"{fixed or abs(fixed):f}", f"{significant:f}" if value else None


if __name__ == "__main__":
    for make in (keccaks, merkle, tries, state, canonical, notes, keys, rounding):
        make()
