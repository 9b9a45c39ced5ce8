"""What rests on its issuer's word: both verifiers note it in the same words, however much it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.conformance.casebook import Scene
from tests.conformance.chain_file import chain_view
from tests.conformance.verifier import answer
from tests.support.wrong import gas
from tests.support.wrong_columns import flow, stored
from tests.web.node import batch

if TYPE_CHECKING:
    from pathlib import Path

PARTS = 103
EVIDENCE = "the evidence of a removal serves "


def notices(report: dict[str, Any]) -> dict[str, list[str]]:
    """Return what is said of shared evidence, by product."""
    return {
        statement["product"]: [one for one in statement["notices"] if one.startswith(EVIDENCE)]
        for statement in report["statements"]
    }


@pytest.mark.slow
def test_one_evidence_of_many_footprints_is_named_shortly(tmp_path: Path) -> None:
    scene = Scene()
    taken = [gas("10"), flow("CO2_technological_removal", "1", removal=stored("1"))]
    parts = [scene.part(f"part-{number}", taken) for number in range(PARTS)]
    subject = scene.part("module", [scene.line(part, "1", "kilogram") for part in parts])
    scene.anchor()
    files = scene.files(subject)
    (tmp_path / "case").mkdir()
    assert not isinstance(files.trust, bytes)
    for name, data in (
        ("evidence.gz", files.evidence),
        ("trust.json", json.dumps(files.trust).encode()),
        ("chain.json", json.dumps(files.chain).encode()),
    ):
        (tmp_path / "case" / name).write_bytes(data)
    trust = (tmp_path / "case" / "trust.json").read_bytes()
    _, ours = answer(files.evidence, trust, chain_view(files.chain))
    _, theirs = batch([tmp_path / "case"], tmp_path / "list")["case"]
    said = notices(ours)
    assert notices(theirs) == said
    assert said.pop("module") == []
    assert len(said) == PARTS
    for name, [one] in said.items():
        assert one.startswith(f"{EVIDENCE}{name} and others too: ")
        assert one.endswith(" and more than 96 more")
        others = one.partition(": ")[2].removesuffix(" and more than 96 more").split(", ")
        assert len(others) == 4
        assert name not in others
