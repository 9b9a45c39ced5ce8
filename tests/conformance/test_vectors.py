"""Each clause of a specification names vectors, and each vector is a case that exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
DOCS = HERE.parents[1] / "docs"
SPECIFICATIONS = (
    "statement.md",
    "verifying.md",
    "verifying-walk.md",
    "verifying-laws.md",
    "verifying-arithmetic.md",
)
_CLAUSE = re.compile(r"^(\d+\.\d+)\. ", re.MULTILINE)
_VECTORS = re.compile(r"^\*Vectors\*: (.+(?:\n`.+)*)$", re.MULTILINE)


def clauses(name: str) -> dict[str, list[str]]:
    """Return the vectors of each numbered clause of a document."""
    text = (DOCS / name).read_text(encoding="utf-8")
    parts = _CLAUSE.split(text)[1:]
    found = {}
    for number, body in zip(parts[::2], parts[1::2], strict=True):
        named = _VECTORS.search(body)
        found[number] = [] if named is None else re.findall(r"`([^`]+)`", named[1])
    return found


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_each_clause_names_vectors_that_exist(name: str) -> None:
    found = clauses(name)
    assert len(found) > 20
    assert [number for number, vectors in found.items() if not vectors] == []
    missing = [
        vector
        for vectors in found.values()
        for vector in vectors
        if not (HERE / "cases" / vector / "evidence.gz").exists()
        and not (vector.startswith("operators/") and (HERE / vector).exists())
    ]
    assert missing == []


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_clauses_are_numbered_in_order_and_say_what_must_be(name: str) -> None:
    numbers = [tuple(map(int, number.split("."))) for number in clauses(name)]
    assert numbers == sorted(set(numbers))
    assert "BCP 14" in (DOCS / name).read_text(encoding="utf-8")
