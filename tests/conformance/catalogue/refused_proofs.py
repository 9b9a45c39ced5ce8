"""Log proofs, checkpoints and signature lines in another form than theirs; false signatures."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rootprint.ledger.core.checkpoint import LogKey
from rootprint.ledger.core.merkle import consistency_proof
from tests.conformance.casebook import Files, Payload, Scene, case, edit, failed, item, verified
from tests.conformance.catalogue.by_table import enter
from tests.conformance.catalogue.check_3_inclusion import _line, _witnesses
from tests.support.world import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Callable

HASH = base64.b64encode(b"\x11" * 32).decode()


def _rewritten(change: Callable[[str], str]) -> Files:
    """Change the subject's log proof, its entry is the second of two."""
    scene = Scene()
    _, module = scene.pair()
    scene.anchor()

    def rewrite(file: Payload) -> None:
        mine = item(file, module)
        old = mine["proof"]
        mine["proof"] = change(old)
        assert mine["proof"] != old

    return scene.files(module, edit(scene.evidence(module), rewrite))


def _lines(change: Callable[[list[str]], object]) -> Callable[[str], str]:
    """Lines: header, index, one hash, empty, origin, size, root, empty, signature, end."""

    def rewrite(text: str) -> str:
        lines = text.split("\n")
        change(lines)
        return "\n".join(lines)

    return rewrite


def _at(number: int, line: str) -> Callable[[str], str]:
    return _lines(lambda lines: lines.__setitem__(number, line))


def _signed(change: Callable[[bytes], bytes]) -> Callable[[str], str]:
    """Change key id and signature behind the name of the first signature line."""

    def rewrite(lines: list[str]) -> None:
        dash, name, data = lines[8].split(" ")
        new = base64.b64encode(change(base64.b64decode(data))).decode()
        lines[8] = f"{dash} {name} {new}"

    return _lines(rewrite)


def _spare_bits(lines: list[str]) -> None:
    """A hash's last character has two bits that mean nothing; set one."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    lines[2] = lines[2][:-2] + alphabet[alphabet.index(lines[2][-2]) + 1] + "="


enter(
    failed(3),
    _rewritten,
    {
        "a_false_log_signature_under_the_right_key_id_fail": (
            "The signature line names the log's key, and one bit of the signature is another.",
            _signed(lambda data: data[:-1] + bytes([data[-1] ^ 1])),
        ),
        "a_log_signature_of_zeros_under_the_right_key_id_fail": (
            "The signature line names the log's key, and the signature is 64 zero bytes.",
            _signed(lambda data: data[:4] + bytes(64)),
        ),
        "a_log_signature_of_63_bytes_fail": (
            "The log's signature is a byte short.",
            _signed(lambda data: data[:-1]),
        ),
        "a_checkpoint_signed_twice_by_the_log_fail": (
            "Two lines of the log's key stand under the checkpoint, of which one could be false.",
            _lines(lambda lines: lines.insert(9, lines[8])),
        ),
        "a_signature_that_is_not_base64_fail": (
            "The log's signature ends with a character that base64 has not.",
            _lines(lambda lines: lines.__setitem__(8, lines[8][:-1] + "!")),
        ),
        "a_signature_line_with_a_hyphen_fail": (
            "The signature line begins with a hyphen and not with an em dash.",
            _lines(lambda lines: lines.__setitem__(8, lines[8].replace("\u2014", "-"))),
        ),
        "a_log_proof_of_another_version_fail": (
            "The log proof's first line names an unknown version.",
            _at(0, "c2sp.org/tlog-proof@v2"),
        ),
        "a_log_proof_without_an_index_fail": (
            "The log proof has no index line, so a hash stands in its place.",
            _lines(lambda lines: lines.pop(1)),
        ),
        "an_index_with_a_leading_zero_fail": (
            "The index is written 01, so that one proof would have two texts.",
            _at(1, "index 01"),
        ),
        "an_index_beyond_the_tree_fail": (
            "The index is as large as the tree, whose last entry is one below.",
            _at(1, "index 2"),
        ),
        "a_log_proof_of_65_hashes_fail": (
            "The inclusion proof has more hashes than any tree is high.",
            _lines(lambda lines: lines.__setitem__(2, "\n".join(65 * [HASH]))),
        ),
        "an_inclusion_proof_that_is_too_long_fail": (
            "A hash follows after the proof has reached the root.",
            _lines(lambda lines: lines.insert(3, HASH)),
        ),
        "an_inclusion_proof_that_is_too_short_fail": (
            "The one hash of the inclusion proof is missing.",
            _lines(lambda lines: lines.pop(2)),
        ),
        "a_proof_hash_of_31_bytes_fail": (
            "The inclusion proof's hash is a byte short.",
            _at(2, base64.b64encode(bytes(31)).decode()),
        ),
        "a_proof_hash_that_is_not_base64_fail": (
            "The inclusion proof's hash has a character that base64 has not.",
            _at(2, "!" + HASH[1:]),
        ),
        "a_proof_hash_with_spare_bits_fail": (
            "The hash is right, and its last character has bits that mean nothing.",
            _lines(_spare_bits),
        ),
        "extra_data_that_is_not_base64_fail": (
            "The log proof's extra line, which means nothing, is not even base64.",
            _lines(lambda lines: lines.insert(1, "extra !")),
        ),
        "a_checkpoint_with_an_extension_line_fail": (
            "The checkpoint's text has a fourth line.",
            _lines(lambda lines: lines.insert(7, "extension")),
        ),
        "a_checkpoint_without_its_last_newline_fail": (
            "The last signature line does not end.",
            lambda text: text[:-1],
        ),
        "a_tree_size_with_a_leading_zero_fail": (
            "The checkpoint's size is written 02.",
            _at(5, "02"),
        ),
        "a_tree_size_of_17_digits_fail": (
            "The checkpoint's size has more digits than any log has entries.",
            _at(5, "20000000000000000"),
        ),
        "a_root_of_31_bytes_fail": (
            "The checkpoint's root is a byte short.",
            _at(6, base64.b64encode(bytes(31)).decode()),
        ),
        "a_checkpoint_of_an_origin_with_a_space_fail": (
            "The checkpoint's first line can name no log.",
            _at(4, "log rootprint example"),
        ),
    },
)


@case(verified())
def a_log_proof_with_extra_data() -> Files:
    """The extra line is opaque: it is read over."""
    return _rewritten(_lines(lambda lines: lines.insert(1, "extra AAAA")))


@case(failed(3))
def the_checkpoint_is_of_another_origin_fail() -> Files:
    """Another log's key signed the same tree under that log's own name."""
    scene = Scene()
    _, module = scene.pair()
    scene.anchor()
    trusted = scene.log_key
    scene.log_key = LogKey(f"{ORIGIN}/other", Ed25519PrivateKey.generate())
    evidence = scene.whole(module)
    scene.log_key = trusted
    return scene.files(module, evidence)


def _false_cosignature(old: str, new: str) -> Files:
    """Two of two witnesses are asked for; what the second signed is changed afterwards."""
    scene = Scene()
    _, module = scene.pair()
    scene.anchor()
    (first, one), (second, two) = _witnesses(2)

    def change(file: Payload) -> None:
        for entry in file["statements"]:
            proof = entry["proof"]
            entry["proof"] += _line(first, one, proof)
            entry["proof"] += _line(second, two, proof.replace(old, new))

    policy = {"threshold": 2, "witnesses": [first.vkey, second.vkey]}
    return scene.files(module, edit(scene.evidence(module), change), witnessPolicy=policy)


@case(failed(3))
def a_false_cosignature_under_the_right_key_id_fail() -> Files:
    """Both witnesses have a line, and one of them signed the tree at another size."""
    return _false_cosignature("\n2\n", "\n3\n")


@case(failed(3))
def a_witness_that_signs_without_a_time_fail() -> Files:
    """A witness's line lacks the eight bytes of its time, so it is no cosignature."""
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    [(key, native)] = _witnesses(1)

    def change(file: Payload) -> None:
        mine = item(file, subject)
        body = mine["proof"].split("\n\n")[1] + "\n"
        data = base64.b64encode(key.key_id + native.sign(body.encode())).decode()
        mine["proof"] += f"\u2014 {key.name} {data}\n"

    policy = {"threshold": 1, "witnesses": [key.vkey]}
    return scene.files(subject, edit(scene.evidence(subject), change), witnessPolicy=policy)


def _consistent(change: Callable[[list[str]], object]) -> Files:
    """Show the first entry under size 3, where size 5 was anchored, with a changed proof of it."""
    scene = Scene()
    subject = scene.part()
    for number in range(4):
        scene.fuel(f"fuel-{number}")
    scene.anchor()
    path = consistency_proof(3, 5, scene.node)
    nodes = [base64.b64encode(node).decode() for node in path]
    change(nodes)

    def under(file: Payload) -> None:
        mine, proof = item(file, subject), scene.proof(subject.digest, 3)
        assert proof is not None
        mine["proof"] = proof.text
        mine.pop("row", None)
        if nodes:
            mine["consistency"] = nodes

    return scene.files(subject, edit(scene.evidence(subject), under))


enter(
    failed(4),
    _consistent,
    {
        "a_consistency_proof_that_is_missing_fail": (
            "Size 3 was shown and size 5 anchored, with nothing between.",
            lambda nodes: nodes.clear(),
        ),
        "a_consistency_proof_that_is_too_long_fail": (
            "A hash follows after the consistency proof has reached both roots.",
            lambda nodes: nodes.append(HASH),
        ),
        "a_consistency_proof_that_is_too_short_fail": (
            "The last hash of the consistency proof is missing.",
            lambda nodes: nodes.pop(),
        ),
        "a_consistency_hash_of_31_bytes_fail": (
            "One hash of the consistency proof is a byte short.",
            lambda nodes: nodes.__setitem__(0, base64.b64encode(bytes(31)).decode()),
        ),
    },
)
enter(
    verified(),
    _consistent,
    {
        "a_consistency_proof_of_two_odd_sizes": (
            "Size 3 was shown and size 5 anchored, and the one is proven to begin the other.",
            lambda nodes: nodes,
        ),
    },
)
