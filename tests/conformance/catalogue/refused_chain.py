"""Words on the chain beyond counting, records that can't be read, and who is withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.chain import MAX_ROWS, StatusState, organisation_id
from rootprint.ledger.core.encoding import sha256
from rootprint.ledger.core.standing import MAX_RECORD, Role
from tests.conformance.casebook import (
    Files,
    Scene,
    case,
    failed,
    incomplete,
    not_readable,
    rewritten,
    verified,
)
from tests.conformance.catalogue.by_table import enter
from tests.support.world import AUTHORITY, SUPPLIER

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement


def _anchored() -> tuple[Scene, Statement]:
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    return scene, subject


def _state(named: tuple[int, int]) -> Files:
    """Write a status row with a state and a time of no contract's."""
    state, time = named
    scene, subject = _anchored()
    evidence = scene.evidence(subject)
    keys = (organisation_id(SUPPLIER), subject.digest)
    row = {"statement": 7, "time": time, "state": state}
    scene.chain._status.append("_rows", *keys, **row)
    scene.chain.mine()
    return scene.files(subject, evidence)


enter(
    incomplete(None),
    _state,
    {
        "a_status_that_does_not_exist_fail": (
            "The status registry's word holds state 7: whoever answered did not read the chain.",
            (7, 1_790_000_000),
        ),
        "a_status_after_the_year_9999_fail": (
            "The status registry's word holds a time beyond every calendar.",
            (StatusState.SUPERSEDED, 253_402_300_800),
        ),
    },
)


def _history(rows: int) -> Files:
    """Admit the maker anew, as the last of so many rows; those between were never written."""
    scene = Scene()
    maker = organisation_id(SUPPLIER)
    slot = scene.chain._organizations._slot("_rows", maker)
    scene.chain._organizations.words[slot] = (rows - 1).to_bytes(32)
    record = next(text for text in scene.records.values() if SUPPLIER.encode() in text)
    scene.chain.admit(SUPPLIER, sha256(SUPPLIER.encode())[:20], sha256(record), Role.SUPPLIER)
    scene.chain.mine()
    subject = scene.part()
    scene.anchor()
    return scene.files(subject, scene.whole(subject))


@case(verified())
def an_organisation_of_1024_rows() -> Files:
    """The maker's history is as long as it may be, and its last row admits it."""
    return _history(MAX_ROWS)


@case(failed(0))
def an_organisation_of_1025_rows_fail() -> Files:
    """The maker's history is longer than a verifier reads: leaving a row out could hide one."""
    return _history(MAX_ROWS + 1)


@case(failed(0))
def an_adverse_list_of_1025_auditors_fail() -> Files:
    """More auditors concluded adversely than a verifier reads."""
    scene, subject = _anchored()
    slot = scene.chain._status._slot("_adverse", subject.digest)
    scene.chain._status.words[slot] = (MAX_ROWS + 1).to_bytes(32)
    scene.chain.mine()
    return scene.files(subject, scene.whole(subject))


def _record(record: bytes) -> Files:
    """Let the maker's row name this record, and the file hold it."""
    scene = Scene()
    scene.records = {
        digest: text for digest, text in scene.records.items() if SUPPLIER.encode() not in text
    }
    scene.chain.admit(SUPPLIER, sha256(SUPPLIER.encode())[:20], sha256(record), Role.SUPPLIER)
    scene.chain.mine()
    scene.records[sha256(record)] = record
    subject = scene.part()
    scene.anchor()
    return scene.files(subject, scene.whole(subject))


def _of_length(length: int) -> bytes:
    bare = encode({"did": SUPPLIER, "legalName": ""})
    return encode({"did": SUPPLIER, "legalName": (length - len(bare)) * "m"})


@case(verified())
def a_record_of_16384_bytes() -> Files:
    """The maker's record is as long as it may be."""
    return _record(_of_length(MAX_RECORD))


@case(failed(2))
def a_record_of_16385_bytes_fail() -> Files:
    """The maker's record is a byte longer than it may be."""
    return _record(_of_length(MAX_RECORD + 1))


@case(failed(2))
def a_record_without_a_legal_name_fail() -> Files:
    """The maker's record does not say what the organisation is called."""
    return _record(encode({"country": "CN", "did": SUPPLIER}))


@case(failed(2))
def a_record_whose_legal_name_is_a_number_fail() -> Files:
    """The maker's record calls the organisation by a number."""
    return _record(encode({"did": SUPPLIER, "legalName": 7}))


@case(verified())
def a_record_with_the_largest_integer() -> Files:
    """The maker's record holds 2^53 - 1, the largest integer that every reader keeps."""
    return _record(encode({"did": SUPPLIER, "employees": 2**53 - 1, "legalName": "Maker"}))


@case(not_readable())
def a_record_with_an_integer_too_large_fail() -> Files:
    """The maker's record holds 2^53, which some readers take for its neighbour."""
    files = a_record_with_the_largest_integer()
    larger = rewritten(files.evidence, b"9007199254740991", b"9007199254740992")
    return Files(larger, files.trust, files.chain)


def _deep(levels: int) -> Files:
    """The file, its records and the record are three levels; so many more stand in it."""
    value: object = "deep"
    for _ in range(levels):
        value = [value]
    return _record(encode({"did": SUPPLIER, "legalName": "Maker", "more": value}))


@case(verified())
def sixteen_levels_of_json() -> Files:
    """The file is nested as deep as it may be."""
    return _deep(12)


@case(not_readable())
def seventeen_levels_of_json_fail() -> Files:
    """The file is nested a level deeper than it may be; its record alone is not."""
    files = _deep(12)
    deeper = rewritten(files.evidence, b'"deep"', b'["deep"]')
    return Files(deeper, files.trust, files.chain)


def _said(who: str) -> Files:
    """Log and anchor a withdrawal that no row on chain repeats."""
    scene = Scene()
    part = scene.part()
    words = {"state": "withdrawn", "reason": "The meter was wrong."}
    scene.publish({**scene.about("StatusStatement", part, **words), "issuer": who})
    scene.anchor()
    return scene.files(part)


@case(failed(5))
def a_withdrawal_that_is_only_logged_fail() -> Files:
    """The maker signed and logged a withdrawal, and wrote no row: it counts all the same."""
    return _said(SUPPLIER)


@case(failed(5))
def a_withdrawal_by_the_authority_that_is_only_logged_fail() -> Files:
    """The authority signed and logged a withdrawal, and wrote no row: it counts all the same."""
    return _said(AUTHORITY)
