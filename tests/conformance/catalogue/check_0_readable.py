"""Check 0, readable: the file, and whose it should be."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.checkpoint import NoteKey
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.evidence.container import pack
from tests.conformance.casebook import (
    Files,
    Payload,
    Scene,
    case,
    edit,
    failed,
    not_readable,
    rewritten,
    usage,
    verified,
    without,
)
from tests.conformance.catalogue.by_table import enter
from tests.support.evidence_file import jwt_of, opened, raw_lines
from tests.support.world import SUPPLIER

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement


def _plain() -> tuple[Scene, bytes]:
    scene = Scene()
    _, module = scene.pair()
    scene.anchor()
    return scene, scene.evidence(module)


def _changed(name: str, value: object) -> Files:
    scene, evidence = _plain()
    return scene.files(_subject(scene), edit(evidence, lambda file: file.update({name: value})))


def _subject(scene: Scene) -> Statement:
    return list(scene.held.values())[-1]


@case(verified())
def a_product_with_its_factor() -> Files:
    """A product whose one input is a published factor, everything open."""
    scene, evidence = _plain()
    return scene.files(_subject(scene), evidence)


@case(not_readable())
def evidence_is_empty_fail() -> Files:
    """A file without a byte has nothing to verify."""
    scene, _ = _plain()
    return scene.files(_subject(scene), b"")


@case(not_readable())
def evidence_is_not_canonical_fail() -> Files:
    """The same JSON with spaces is another file than the one that was written."""
    scene, evidence = _plain()
    return scene.files(_subject(scene), _spaced(evidence))


def _spaced(evidence: bytes, **more: object) -> bytes:
    """Return a file with spaces in its lines, and more members in its head."""
    head, *lines = map(json.loads, raw_lines(evidence))
    written = [json.dumps(one, sort_keys=True).encode() for one in ({**head, **more}, *lines)]
    return pack(written)


def _zipped(evidence: bytes, name: str = "", time: int = 0) -> bytes:
    """Return a file that another program unpacked and packed again."""
    made = io.BytesIO()
    with gzip.GzipFile(name, "wb", mtime=time, fileobj=made) as file:
        file.write(_unpacked(evidence))
    return made.getvalue()


def _unpacked(evidence: bytes) -> bytes:
    return gzip.decompress(evidence)


def _bit(evidence: bytes, place: int) -> bytes:
    """Return a file with a bit of one byte turned."""
    changed = bytearray(evidence)
    changed[place] ^= 1
    return bytes(changed)


def _without_end(evidence: bytes) -> bytes:
    content = _unpacked(evidence)[:-1]
    raw = zlib.compressobj(9, zlib.DEFLATED, -15)
    sums = zlib.crc32(content).to_bytes(4, "little") + len(content).to_bytes(4, "little")
    return evidence[:10] + raw.compress(content) + raw.flush() + sums


def _other(change: Callable[[bytes], bytes]) -> Files:
    scene, evidence = _plain()
    return scene.files(_subject(scene), change(evidence))


enter(
    not_readable(),
    _other,
    {
        "evidence_that_ends_early_fail": (
            "The last half of the file is missing: a download that was stopped.",
            lambda evidence: evidence[: len(evidence) // 2],
        ),
        "evidence_with_a_mark_of_utf_8_fail": (
            "An editor put three bytes before the file, and changed nothing else.",
            lambda evidence: b"\xef\xbb\xbf" + evidence,
        ),
        "evidence_saved_again_with_another_member_fail": (
            "The file is in another layout, and a member that no version knows is in it too.",
            lambda evidence: _spaced(evidence, note="see mail"),
        ),
        "evidence_with_a_member_twice_fail": (
            "The subject is named twice, so that two readers could take two.",
            lambda evidence: rewritten(evidence, b'"subject":', b'"subject":"sha256:","subject":'),
        ),
        "a_pdf_for_evidence_fail": (
            "A report in PDF was sent in place of the evidence that belongs to it.",
            lambda _evidence: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        ),
        "a_zip_archive_for_evidence_fail": (
            "The file is still packed as a mail program packed it.",
            lambda evidence: b"PK\x03\x04\x14\x00\x00\x00" + evidence,
        ),
        "one_statement_for_evidence_fail": (
            "A signed statement alone, without log proof and issuer's record.",
            lambda evidence: f"{jwt_of(opened(evidence)['statements'][0])}~".encode(),
        ),
        "other_json_for_evidence_fail": (
            "JSON of another program, canonical by chance.",
            lambda _evidence: b'{"pcf":{"declaredUnit":"kilogram"},"version":2}',
        ),
        "evidence_that_was_unpacked_fail": (
            "A program unpacked the file on its way: what it holds is the same.",
            _unpacked,
        ),
        "evidence_that_was_unpacked_and_changed_fail": (
            "A program unpacked the file, and something in it is another.",
            lambda evidence: _unpacked(evidence).replace(b'"version":3', b'"version":"3"', 1),
        ),
        "evidence_packed_again_with_a_name_fail": (
            "Another program packed the file, and wrote its name into it.",
            lambda evidence: _zipped(evidence, "evidence"),
        ),
        "evidence_packed_again_with_a_time_fail": (
            "Another program packed the file, and wrote the time into it.",
            lambda evidence: _zipped(evidence, time=1_790_000_000),
        ),
        "evidence_with_a_byte_behind_it_fail": (
            "A byte follows the end of the file.",
            lambda evidence: evidence + b"\n",
        ),
        "evidence_of_two_members_of_gzip_fail": (
            "A second member follows, which some programs would read on in.",
            lambda evidence: evidence + pack([b"{}"]),
        ),
        "evidence_with_another_check_sum_fail": (
            "One bit of the check sum is another.",
            lambda evidence: _bit(evidence, -8),
        ),
        "evidence_with_another_length_fail": (
            "One bit of the length is another.",
            lambda evidence: _bit(evidence, -4),
        ),
        "evidence_with_a_flipped_bit_fail": (
            "One bit in the middle of the file is another.",
            lambda evidence: _bit(evidence, len(evidence) // 2),
        ),
        "evidence_that_no_program_unpacks_fail": (
            "Behind the header stand bytes that no compressor writes.",
            lambda evidence: evidence[:10] + b"\xff" * 20 + evidence[30:],
        ),
        "evidence_without_its_last_byte_fail": (
            "The last byte of the file is missing.",
            lambda evidence: evidence[:-1],
        ),
        "evidence_of_two_bytes_fail": (
            "Nothing but the beginning of gzip is there.",
            lambda evidence: evidence[:2],
        ),
        "evidence_without_its_last_end_of_line_fail": (
            "The last line was packed without its end.",
            _without_end,
        ),
        "evidence_with_an_empty_line_fail": (
            "An empty line follows the last statement.",
            lambda evidence: pack([*raw_lines(evidence), b""]),
        ),
        "evidence_of_nothing_packed_fail": (
            "A whole member of gzip, and nothing in it.",
            lambda _evidence: pack([]),
        ),
        "a_page_for_evidence_fail": (
            "A web page was saved in place of the file.",
            lambda _evidence: b"<!doctype html><title>Sign in</title>",
        ),
        "evidence_without_a_subject_fail": (
            "A file of statements that does not say which of them it is about.",
            lambda evidence: edit(evidence, lambda file: file.pop("subject")),
        ),
    },
)


@case(not_readable())
def evidence_of_version_2_fail() -> Files:
    """A file of the version before, which was one JSON object and not packed."""
    scene, evidence = _plain()
    value = {**opened(evidence), "version": 2}
    del value["proofs"]
    return scene.files(_subject(scene), encode(value, max_depth=32))


@case(not_readable())
def a_trust_file_for_evidence_fail() -> Files:
    """Evidence and trust file were swapped, or one was given twice."""
    scene, evidence = _plain()
    files = scene.files(_subject(scene), evidence)
    return Files(json.dumps(files.trust).encode(), files.trust, files.chain)


@case(not_readable())
def evidence_has_an_unknown_version_fail() -> Files:
    """Version 4 may mean anything by the same members."""
    return _changed("version", 4)


@case(failed(0))
def evidence_has_an_unknown_member_fail() -> Files:
    """A member that version 3 does not know is refused, not skipped."""
    return _changed("trust", {})


@case(not_readable())
def evidence_is_nested_too_deep_fail() -> Files:
    """Twenty arrays inside each other are beyond the depth of 16."""
    scene, evidence = _plain()
    deep = rewritten(evidence, b'"records":[', b'"records":[' + 20 * b"[" + 20 * b"]" + b",")
    return scene.files(_subject(scene), deep)


@case(failed(0))
def evidence_lacks_its_own_subject_fail() -> Files:
    """The statement that the file names as its subject is not in it."""
    scene, evidence = _plain()
    subject = _subject(scene)
    return scene.files(subject, edit(evidence, lambda file: without(file, subject)))


@case(failed(0))
def the_same_statement_stands_twice_fail() -> Files:
    """One statement is written twice in the file."""
    scene, evidence = _plain()
    twice = edit(evidence, lambda file: file["statements"].append(deepcopy(file["statements"][-1])))
    return scene.files(_subject(scene), twice)


@case(failed(0))
def statements_stand_in_another_order_fail() -> Files:
    """Statements rise by digest, so that their order can say nothing."""
    scene, evidence = _plain()
    return scene.files(_subject(scene), edit(evidence, lambda file: file["statements"].reverse()))


@case(failed(0))
def a_statement_that_nothing_needs_fail() -> Files:
    """The file holds a signed, logged statement that no line cites."""
    scene = Scene()
    _, module = scene.pair()
    scene.fuel("stowaway")
    scene.anchor()
    return scene.files(module, scene.whole(module))


@case(failed(0))
def a_key_that_nothing_needs_fail() -> Files:
    """The file holds a key that signed none of its statements."""
    scene, evidence = _plain()
    spare = scene.keys["did:web:auditor.example"].public

    def add(file: Payload) -> None:
        held = {
            scene.keys[did].public.kid: scene.keys[did].public
            for did in ("did:web:maker.example", "did:web:factors.example")
        }
        held[spare.kid] = spare
        file["keys"] = [held[kid].jwk() for kid in sorted(held)]

    return scene.files(_subject(scene), edit(evidence, add))


@case(failed(0))
def a_record_that_nothing_needs_fail() -> Files:
    """The file holds the record of an organisation that signed none of its statements."""
    scene, evidence = _plain()

    def add(file: Payload) -> None:
        dids = {"did:web:maker.example", "did:web:factors.example", "did:web:auditor.example"}
        records = {digest: json.loads(text) for digest, text in scene.records.items()}
        file["records"] = [
            records[digest] for digest in sorted(records) if records[digest]["did"] in dids
        ]

    return scene.files(_subject(scene), edit(evidence, add))


@case(failed(0))
def another_issuer_is_expected_fail() -> Files:
    """The file is genuine, and another organisation's than the verifier asked for."""
    scene, evidence = _plain()
    expect = {"issuer": "did:web:other.example", "product": "urn:example:module"}
    return scene.files(_subject(scene), evidence, expect=expect)


@case(failed(0))
def another_product_is_expected_fail() -> Files:
    """The file is genuine, and of another product of the same maker."""
    scene, evidence = _plain()
    expect = {"issuer": "did:web:maker.example", "product": "urn:example:other"}
    return scene.files(_subject(scene), evidence, expect=expect)


@case(failed(0))
def another_digest_is_expected_fail() -> Files:
    """The file is genuine, and its subject is not the statement with the digest expected."""
    scene, evidence = _plain()
    expect = {"digest": digest_text(bytes(32))}
    return scene.files(_subject(scene), evidence, expect=expect)


@case(verified())
def the_digest_is_expected() -> Files:
    """The verifier names the statement by its digest alone."""
    scene, evidence = _plain()
    subject = _subject(scene)
    return scene.files(subject, evidence, expect={"digest": digest_text(subject.digest)})


@case(usage())
def it_is_not_said_whose_statement_is_expected_fail() -> Files:
    """Without an expectation any genuine file would do, so there is no verdict: exit 2."""
    scene, evidence = _plain()
    return scene.files(_subject(scene), evidence, expect=None)


@case(usage())
def only_the_issuer_is_expected_fail() -> Files:
    """An issuer without a product is half an expectation: exit 2."""
    scene, evidence = _plain()
    return scene.files(_subject(scene), evidence, expect={"issuer": "did:web:maker.example"})


@case(usage())
def the_trust_file_names_another_origin_than_its_vkey_fail() -> Files:
    """A trust file that contradicts itself is refused before the evidence is read: exit 2."""
    scene, evidence = _plain()
    return scene.files(_subject(scene), evidence, origin="log.rootprint.example/other")


@case(usage())
def the_witness_policy_asks_for_more_than_there_are_fail() -> Files:
    """A threshold beyond the number of witnesses can never be met: exit 2."""
    scene, evidence = _plain()
    witness = NoteKey("witness.example/0", scene.log_key.note_key.key, 0x04)
    policy = {"threshold": 2, "witnesses": [witness.vkey]}
    return scene.files(_subject(scene), evidence, witnessPolicy=policy)


@case(usage())
def a_log_stands_where_a_witness_should_fail() -> Files:
    """The policy names the log's own key as a witness: exit 2."""
    scene, evidence = _plain()
    policy = {"threshold": 1, "witnesses": [scene.log_key.note_key.vkey]}
    return scene.files(_subject(scene), evidence, witnessPolicy=policy)


@case(usage())
def a_witness_stands_where_the_log_should_fail() -> Files:
    """The log's vkey is of the kind that cosigns: exit 2."""
    scene, evidence = _plain()
    note_key = scene.log_key.note_key
    witness = NoteKey(note_key.name, note_key.key, 0x04)
    return scene.files(_subject(scene), evidence, vkey=witness.vkey)


@case(failed(0))
def another_product_is_expected_and_no_chain_is_available_fail() -> Files:
    """The file is of another product than expected: that needs no chain to be said."""
    scene, evidence = _plain()
    expect = {"issuer": SUPPLIER, "product": "urn:rootprint-example:another"}
    return scene.files(_subject(scene), evidence, with_chain=False, expect=expect)


@case(usage())
def the_trust_file_has_a_minus_zero_fail() -> Files:
    """JSON has -0 and integers have not: exit 2."""
    scene, evidence = _plain()
    files = scene.files(_subject(scene), evidence, confirmations=0)
    text = json.dumps(files.trust, indent=1)
    return replace(files, trust=text.replace('"confirmations": 0', '"confirmations": -0').encode())


@case(usage())
def the_trust_file_has_a_member_twice_fail() -> Files:
    """Two members of one name: which of them counts would be the parser's choice. Exit 2."""
    scene, evidence = _plain()
    files = scene.files(_subject(scene), evidence)
    text = json.dumps(files.trust, indent=1)
    return replace(files, trust=text.replace("{", '{"confirmations": 0,', 1).encode())
