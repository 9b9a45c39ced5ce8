"""The file: one footprint or many, in the forms that PACT's API answers, within limits."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.partner import CATENA_X, PACT, form_of_bytes
from tests.partner.documents import catena_x, pact, read

OTHER = pact(id="91715e5e-fd0b-4d1c-8fab-76290c46e6ee", productIds=["urn:gtin:4712345060507"])


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (pact(), ""),
        ([pact()], "[0]."),
        ({"data": pact()}, "data."),
        ({"data": [pact()]}, "data[0]."),
        ({"type": "org.wbcsd.pact.ProductFootprint.RequestFulfilledEvent.3",
          "data": {"requestEventId": "1", "pfs": [pact()]}}, "data.pfs[0]."),
        ([catena_x()], "[0]."),
    ],
)  # fmt: skip
def test_each_form_of_a_file_is_read(value: Any, place: str) -> None:
    found = read(value)
    assert [one.place for one in found.taken] == [place]


def test_one_that_is_refused_keeps_no_other_from_being_taken_in() -> None:
    found = read({"data": [pact(status="Deprecated"), OTHER]})
    assert [one.id for one in found.taken] == [OTHER["id"]]
    assert str(found.refused[0]).startswith("data[0].status is not Active")
    assert found.summary == "2 footprints read, 1 taken in, 1 refused, 0 findings"


def _row(*before: int | None, **members: Any) -> list[dict[str, Any]]:
    """Return footprints 0, 1, …, each of a product of its own, with what each replaces."""
    return [
        pact(id=f"id-{number}", productIds=[f"urn:gtin:{number}"],
             precedingPfIds=None if one is None else [f"id-{one}"],
             **members.get(f"of_{number}", {}))
        for number, one in enumerate(before)
    ]  # fmt: skip


def test_one_that_another_of_the_file_replaces_is_refused() -> None:
    found = read(_row(None, 0))
    assert [one.id for one in found.taken] == ["id-1"]
    assert [str(note) for note in found.refused] == [
        "[0].id is replaced by id-1, which is in this file — nothing to do: id-1 is taken in"
    ]


@pytest.mark.parametrize(
    ("footprints", "taken", "remedies"),
    [
        # 0 by 1 by 2, which is taken in for both.
        (_row(None, 0, 1), ["id-2"], ["nothing to do: id-2 is taken in"] * 2),
        # The newest is refused: neither holds.
        (_row(None, 0, 1, of_2={"status": "Deprecated"}), [],
         ["ask the partner for a corrected id-2, which is not taken in"] * 2),
        (_row(None, 0, of_1={"specVersion": "2.3.0"}), [],
         ["ask the partner for a corrected id-1, which is not taken in"]),
        # Each the other, and both what is before them.
        (_row(1, 0), [], ["ask the partner which of them holds: each is said to replace the other"]
         * 2),
        (_row(0), ["id-0"], []),
        ([*_row(None, 0), pact(id="id-1")], [],
         ["ask the partner for a corrected id-1, which is not taken in"]),
    ],
)  # fmt: skip
def test_the_remedy_is_true_of_what_replaces_it(
    footprints: list[dict[str, Any]], taken: list[str], remedies: list[str]
) -> None:
    found = read(footprints)
    assert [one.id for one in found.taken] == taken
    assert [note.remedy for note in found.refused if "is replaced by" in note.what] == remedies


def test_a_pcf_of_catena_x_that_another_replaces_is_refused() -> None:
    older, newer = catena_x(), catena_x()
    assessed = newer["pcfAssessmentAndMethodology"][0]["pcfAssessmentInformation"][0]
    before = assessed["idAndVersion"][0]["id"]
    assessed["idAndVersion"][0] |= {"id": OTHER["id"], "precedingPfIds": [before, {}]}
    found = read([older, newer])
    assert [one.id for one in found.taken] == [OTHER["id"]]
    assert f"is replaced by {OTHER['id']}" in str(found.refused[0])


def test_an_id_that_is_given_twice_is_refused() -> None:
    found = read([pact(), pact(companyName="Another")])
    assert found.taken == ()
    assert len(found.refused) == 2


def test_two_footprints_of_one_product_are_found() -> None:
    found = read([pact(), {**OTHER, "productIds": pact()["productIds"]}])
    assert len(found.taken) == 2
    assert all("has 2 footprints" in str(one.findings[-1]) or "of which this file has 2" in
               str(one.findings[-1]) for one in found.taken)  # fmt: skip


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "1:1 is not JSON here"),
        (b'{"specVersion": "3.0.0",\n "pcf": }', ":2:9 is not JSON here"),
        (b"[]", "holds no footprint"),
        (b'{"data": []}', "holds no footprint"),
        (b'{"hello": 1}', "holds no footprint"),
        (b'[{"hello": 1}]', r"\[0\], is no footprint"),
        (b"[[]]", r"\[0\], is no footprint"),
        (b"3", "holds no footprint"),
        (b'{"pcf": {}, "specVersion": "3.0.0", "pcf": {}}', "says 'pcf' twice"),
        (b'{"pcf": {"a": NaN}, "specVersion": "3.0.0"}', "a number that can't be read"),
        (
            b'{"specVersion": "3.0.0", "pcf": {"x": ' + b"9" * 5000 + b"}}",
            "5000 digits, more than 400",
        ),
        ("{}".encode("utf-16"), "is not UTF-8"),
    ],
)
def test_what_is_no_such_file_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words) as caught:
        read(data)
    assert caught.value.remedy


def test_limits() -> None:
    with pytest.raises(TooLarge, match="deeper than 32"):
        read(b'{"a":' * 40 + b"1" + b"}" * 40)
    with pytest.raises(TooLarge, match="400000 values"):
        read(b"[" + b"1," * 400_001 + b"1]")
    with pytest.raises(TooLarge, match="more than 1000 footprints"):
        read([{"pcf": {}, "specVersion": "3"}] * 1001)
    with pytest.raises(TooLarge, match="longer than 8388608 bytes"):
        read(b" " * (8 * 1024 * 1024 + 1))
    with pytest.raises(Refused, match="has a number that can't be read"):
        read(b'{"specVersion": "3.0.0", "pcf": {"x": ' + b"9" * 5000 + b"}}")


def test_a_form_is_told_from_inventory_files_and_other_json() -> None:
    assert form_of_bytes(json.dumps(pact()).encode()) == PACT
    assert form_of_bytes(b"\xef\xbb\xbf" + json.dumps([catena_x()]).encode()) == CATENA_X
    for other in (b"", b"kind: FootprintStatement", b"{", b"[1, 2]", b'{"a": {"pcf": {}}}',
                  b'{"kind": "FootprintStatement", "productIds": [], "pcf": {}}'):  # fmt: skip
        assert form_of_bytes(other) is None
