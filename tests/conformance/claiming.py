"""What the cases of law 4 share: a part of 10 MWh, a claim on them, and what was retired."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.conformance.casebook import Files, Scene
from tests.support.processes import (
    claim,
    composed,
    contract,
    file,
    output,
    retirement,
    with_registry,
)

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

Draft = dict[str, Any]
Change = Callable[[Draft], object]
HALL = {"name": "Hall 1", "outputs": [output("part", "1")]}


def nothing(_draft: Draft) -> None:
    """Change nothing."""


def part_of(claimed: Statement | None, *kwh: str) -> Draft:
    """Draft a part with a line of contract electricity for each of ``kwh``, on that claim."""
    lines = [
        contract("wind", each, claimed, description=f"meter {n}") for n, each in enumerate(kwh)
    ]
    return composed(file("part", HALL, lines), **({} if claimed is None else {"wind": claimed}))


def on_a_claim(
    retired: Draft | None = None,
    claimed: Draft | None = None,
    changed: Change = nothing,
    before: Callable[[Scene, Statement], None] | None = None,
    then: Callable[[Scene, Statement, Statement], None] | None = None,
) -> Files:
    """Return a case: a part of 10 MWh that rest on a claim, and that on a retirement of 10 MWh.

    ``before`` comes before the claim, ``then`` after the part.
    """
    scene = Scene()
    with_registry(scene)
    record = scene.publish(retirement(**(retired or {})))
    if before is not None:
        before(scene, record)
    drawn = scene.publish(claim(record, **(claimed or {})))
    draft = part_of(drawn, "10000")
    changed(draft)
    subject = scene.publish(draft)
    if then is not None:
        then(scene, record, drawn)
    scene.anchor()
    return scene.files(subject)


def line_of(draft: Draft) -> Draft:
    """Return a draft's first line (not a copy)."""
    line: Draft = draft["credentialSubject"]["inventory"][0]
    return line
