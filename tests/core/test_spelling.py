"""One spelling: the fold, URNs of GS1 keys, and ranges of certificates, here and in JavaScript."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.ledger.core.spelling import fold, in_common, same_site, same_urn, spans, unassigned
from rootprint.ledger.core.unicode14 import ASSIGNED
from tests.web.node import VERIFIER, node

if TYPE_CHECKING:
    from pathlib import Path

RANGES = [[int(code, 16) for code in one.split("-")] for one in ASSIGNED.split()]
CODES = [code for one in RANGES for code in range(one[0], one[-1] + 1)]

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


def in_javascript(called: str, given_: list[str], folder: Path) -> Any:
    """Return what a function of spelling.js gives of each text."""
    (folder / "texts.json").write_text(json.dumps(given_))
    script = folder / "asked.mjs"
    script.write_text(
        f"import {{ {called} }} from '{VERIFIER / 'core' / 'spelling.js'}';\n"
        "import { readFileSync } from 'node:fs';\n"
        f"const texts = JSON.parse(readFileSync('{folder / 'texts.json'}', 'utf8'));\n"
        f"console.log(JSON.stringify(texts.map((text) => {called}(text))));\n"
    )
    return json.loads(node(script).stdout)


def test_each_character_of_unicode_14_folds_alike_in_javascript(tmp_path: Path) -> None:
    """Whatever version either library has; each between letters, where sigma is not final."""
    given_ = [f"A{chr(code)}b " for code in CODES]
    given_ += ["ΑΣ", "ΑΣ\u0301 ", "İI", "e\u200d\u0301", "\u3164", "A\u0300\u0327\u0301"]
    found = in_javascript("fold", given_, tmp_path)
    assert [(one, got) for one, got in zip(given_, found, strict=True) if fold(one) != got] == []
    assert [one for one in given_ if fold(fold(one)) != fold(one)] == []


def test_both_verifiers_refuse_the_same_characters(tmp_path: Path) -> None:
    """At the ends of each range of the table, within and beyond, and of each surrogate's."""
    ends = {code for one in RANGES for code in (one[0], one[-1])} | {0xD800, 0xDFFF}
    codes = sorted({near for code in ends for near in (code - 1, code, code + 1)} - {-1, 0x110000})
    given_ = [f"é\U0001f600{chr(code)}{chr(code)}" for code in codes]
    mine = [unassigned(one) for one in given_]
    known = set(CODES)
    assert mine == [None if code in known else 2 for code in codes]
    assert in_javascript("unassigned", given_, tmp_path) == mine
    assert unassigned("a text") is None


def test_both_verifiers_have_one_table() -> None:
    script = (VERIFIER / "core" / "unicode14.js").read_text(encoding="ascii")
    assert "".join(re.findall("'(.*)'", script)) == ASSIGNED


@pytest.mark.skipif(
    unicodedata.unidata_version != "14.0.0", reason="this Python has another version of Unicode"
)
def test_the_table_is_that_of_unicode_14() -> None:
    every = range(sys.maxunicode + 1)
    assert [c for c in every if unicodedata.category(chr(c)) not in {"Cn", "Cs"}] == CODES


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


def test_a_site_has_one_spelling_without_case() -> None:
    assert same_site("urn:gs1:414:4012345000009") == same_site("URN:GLN:4012345000009")
    assert same_site("URN:Example:Site:A") == same_site("urn:example:site:a")


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
