"""The operator vectors that a second implementation runs: tests/conformance/operators."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rootprint.ledger.rules import compile_pack, judge
from rootprint.ledger.rules.parameters import OPERATORS

FOLDER = Path(__file__).parents[1] / "conformance" / "operators"
FILES = {path.stem: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}
VECTORS = [(op, one) for op, file in FILES.items() for one in file["vectors"]]
AT = "2026-11-20T10:00:00Z"


def pack(test: dict[str, Any]) -> dict[str, Any]:
    rule = {
        "id": "x",
        "severity": "error",
        "clause": "c",
        "verified": True,
        "remedy": "r",
        "test": test,
    }
    return {"id": "p", "version": "1", "status": "group", "validFrom": AT, "rules": [rule]}


def test_every_operator_has_vectors_of_every_state_that_it_can_come_to() -> None:
    assert {op: file["operator"] for op, file in FILES.items()} == {op: op for op in OPERATORS}
    for op, file in FILES.items():
        assert {"passed", "failed"} <= {one["state"] for one in file["vectors"]}, op


@pytest.mark.parametrize(
    ("op", "vector"), VECTORS, ids=[f"{op}: {one['name']}" for op, one in VECTORS]
)
def test_each_vector_comes_to_its_state(op: str, vector: dict[str, Any]) -> None:
    assert vector["test"]["op"] == op
    found = judge(
        compile_pack(pack(vector["test"])), vector["draft"], cited=vector.get("cited", {}), at=AT
    )
    assert found[1].state == vector["state"], found[1].found
    assert found[1].found
