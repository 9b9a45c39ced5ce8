"""Organisation records: one byte string for one organisation, and its digest."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.ledger.core.errors import NotCanonical, Refused, TooLarge
from rootprint.ledger.core.spelling import unassigned
from rootprint.ledger.registry import OrganisationRecord, read_record, record_bytes, record_digest

DID = "did:web:maker.example"


def test_a_record_is_canonical_json_named_by_its_sha256() -> None:
    data = record_bytes("Beispiel Ä GmbH", "DE", DID, {"LEI": "529900T8BM49AURSDO55"})
    assert data.decode() == (
        '{"country":"DE","did":"did:web:maker.example","legalName":"Beispiel Ä GmbH",'
        '"registerNumbers":{"LEI":"529900T8BM49AURSDO55"}}'
    )
    assert record_digest(data) == hashlib.sha256(data).digest()


@given(
    name=st.text(st.characters(exclude_categories=("Cs", "Cn")), min_size=1, max_size=50).filter(
        lambda text: text.strip() and unassigned(text) is None
    ),
    numbers=st.dictionaries(
        st.text("ABCXYZ", min_size=1, max_size=8), st.text("0123456789", min_size=1), max_size=4
    ),
)
def test_reading_gives_back_what_was_written(name: str, numbers: dict[str, str]) -> None:
    data = record_bytes(name, "FR", DID, numbers)
    assert read_record(data) == OrganisationRecord(name, "FR", DID, numbers)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("", "DE", DID, {}), r"record\.legalName is not non-empty text"),
        (("A", "Germany", DID, {}), r"record\.country is not an ISO 3166-1"),
        (("A", "DE", "did:web:UPPER", {}), r"record\.did is not a lower-case DID"),
        (("A", "DE", DID, {"LEI": ""}), r"record\.registerNumbers\.LEI is not non-empty"),
        (("A", "DE", DID, {f"N{n}": "1" for n in range(33)}), "at most 32 register numbers"),
    ],
)
def test_faults_are_named(arguments: tuple[str, str, str, dict[str, str]], words: str) -> None:
    with pytest.raises(Refused, match=words):
        record_bytes(*arguments)


def test_only_canonical_bytes_of_bounded_length_are_read() -> None:
    data = record_bytes("A", "DE", DID, {})
    with pytest.raises(NotCanonical):
        read_record(data.replace(b":", b": ", 1))
    with pytest.raises(TooLarge, match="the limit is 16384"):
        read_record(data + b" " * 20_000)
    with pytest.raises(Refused, match="does not know"):
        read_record(data.replace(b'"country"', b'"colour":1,"country"'))
