"""One spelling: the fold, URNs of GS1 keys, and ranges of certificates, here and in JavaScript."""

from __future__ import annotations

import json
import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.ledger.core.spelling import fold, in_common, same_urn, spans
from tests.web.node import VERIFIER, node

if TYPE_CHECKING:
    from pathlib import Path

texts = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from(
            "aA1 \t\n\u00a0\u200b\u200d\u00ad\u034f\ufe0f\u0301\u03a3\u03c3\u03c2İßＡ１"
        ),
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    "spelled",
    [
        "Furnace 1 ",
        " furnace  1",
        "FURNACE\t1",
        "Furnace\u00a01",
        "Fur\u200bnace 1",
        "Fur\u00adnace 1\u2060",
        "Ｆurnace １",
        "Furnace\ufe0f 1",
        "Fur\u0000nace 1",
    ],
)
def test_what_reads_as_one_name_is_one(spelled: str) -> None:
    assert fold(spelled) == fold("Furnace 1") == "furnace 1"


def test_what_reads_as_two_names_is_two() -> None:
    assert fold("Furnace 1") != fold("Furnace1") != fold("Furnace 2")
    assert fold("e\u200d\u0301") == fold("\u00e9")
    assert fold("ΣΑΣ") == fold("σας")


@given(texts)
def test_to_fold_again_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert not any(unicodedata.category(character) in {"Cf", "Cc"} for character in once)
    assert once == once.strip()
    assert "  " not in once


@given(texts, st.sampled_from([" ", "\u200b", "\u00ad", "\t", "\ufeff"]))
def test_case_and_what_is_not_seen_say_nothing(text: str, unseen: str) -> None:
    assert fold(f"{unseen}{text}{unseen}") == fold(text)
    assert fold(unicodedata.normalize("NFKC", text)) == fold(text)


def test_each_character_of_unicode_folds_alike_in_javascript(tmp_path: Path) -> None:
    """Of what this Python's Unicode assigns; each between letters, where sigma is not final."""
    given_ = [
        f"A{chr(code)}b "
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) not in {"Cn", "Cs"}
    ]
    given_ += ["ΑΣ", "ΑΣ\u0301 ", "İI", "e\u200d\u0301", "\u3164", "A\u0300\u0327\u0301"]
    (tmp_path / "texts.json").write_text(json.dumps(given_))
    script = tmp_path / "fold.mjs"
    script.write_text(
        f"import {{ fold }} from '{VERIFIER / 'core' / 'spelling.js'}';\n"
        "import { readFileSync } from 'node:fs';\n"
        f"const texts = JSON.parse(readFileSync('{tmp_path / 'texts.json'}', 'utf8'));\n"
        "console.log(JSON.stringify(texts.map(fold)));\n"
    )
    found = json.loads(node(script).stdout)
    assert [(one, got) for one, got in zip(given_, found, strict=True) if fold(one) != got] == []
    assert [one for one in given_ if fold(fold(one)) != fold(one)] == []


@pytest.mark.parametrize(
    "spelled",
    ["urn:gtin:4712345060507", "urn:gs1:gtin:04712345060507", "urn:gs1:01:4712345060507",
     "URN:GTIN:04712345060507"],
)  # fmt: skip
def test_a_gtin_has_one_spelling(spelled: str) -> None:
    assert same_urn(spelled) == "urn:gtin:04712345060507"


def test_a_place_has_one_spelling() -> None:
    names = {f"urn:{name}:4012345000009" for name in ("gln", "gs1:gln", "gs1:414", "GS1:414")}
    assert {same_urn(name) for name in names} == {"urn:gln:4012345000009"}


def test_of_other_urns_only_scheme_and_namespace_have_no_case() -> None:
    assert same_urn("URN:Example:Part:A") == "urn:example:Part:A"
    assert same_urn("urn:gtin:471234506050X") == "urn:gtin:471234506050X"


def within(text: str, first: str, last: str) -> bool:
    return in_common(spans(text, text), spans(first, last))


@pytest.mark.parametrize(
    ("text", "first", "last", "is_in"),
    [
        ("W-0001", "W-0001", "W-0120", True),
        ("W-0120", "W-0001", "W-0120", True),
        ("w-0064", "W-0001", "W-0120 ", True),
        ("W-0121", "W-0001", "W-0120", False),
        ("W-64", "W-0001", "W-0120", False),
        ("X-0064", "W-0001", "W-0120", False),
        ("W-5", "W-1", "W-120", False),
        ("W-1", "W-1", "W-120", True),
        ("W-0064", "W-0120", "W-0001", False),
        ("alone", "alone", "other", True),
        ("b", "a", "c", False),
    ],
)
def test_a_certificate_is_in_a_range(text: str, first: str, last: str, *, is_in: bool) -> None:
    assert within(text, first, last) is is_in


numbers = st.integers(0, 99)
ranges = st.tuples(st.sampled_from(["W-", "X"]), numbers, numbers, st.integers(2, 3))


def _members(one: tuple[str, int, int, int]) -> set[str]:
    stem, low, high, width = one
    ends = {low, high}
    return {f"{stem}{n:0{width}}" for n in (range(low, high + 1) if low <= high else ends)}


def _spans(one: tuple[str, int, int, int]) -> tuple[tuple[str, str, str], ...]:
    stem, low, high, width = one
    return spans(f"{stem}{low:0{width}}", f"{stem}{high:0{width}}")


@given(ranges, ranges)
def test_two_ranges_have_in_common_what_their_members_have(
    one: tuple[str, int, int, int], other: tuple[str, int, int, int]
) -> None:
    expected = not _members(one).isdisjoint(_members(other))
    assert in_common(_spans(one), _spans(other)) is expected
    assert in_common(_spans(other), _spans(one)) is expected
    for text in sorted(_members(other))[:3]:
        assert in_common(spans(text, text), _spans(one)) is (text in _members(one))
