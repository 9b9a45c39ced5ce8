"""Random chains, composed, signed, published and verified: each number is the exact computation's.

The ordinary run draws two small chains, one of products that end at the gate and one of such that
go to the grave, and, marked slow, ten of 200 products.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.encoding import hex_text
from rootprint.ledger.verify.rulings.processes import UNBOUNDED
from tests.intake.exact_chains import COMPONENTS, Exact, of_factor, of_file
from tests.intake.random_chains import Drawing, drawn
from tests.support.processes import composed, record_draft
from tests.web.node import VERIFIER, node

if TYPE_CHECKING:
    from pathlib import Path

    from rootprint.ledger.core.statement import Statement
    from tests.intake.place import Place

TOTALS = ("pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake")
FULL = 200


@dataclass
class Chain:
    """What was published by name, and what was computed of the same files."""

    drawing: Drawing
    signed: dict[str, Statement]
    exact: dict[str, Exact]

    @property
    def last(self) -> Statement:
        """The product that everything is in."""
        return self.signed["whole"]


def publish(place: Place, drawing: Drawing) -> Chain:
    """Publish factors and products by the product's own way, and compute each file beside it."""
    chain = Chain(drawing, {}, {})
    for name, pcf in drawing.factors.items():
        exact = chain.exact[name] = of_factor(pcf)
        totals = dict(zip(TOTALS, (text(exact.excluding), text(exact.including)), strict=True))
        power = pcf["declaredUnitOfMeasurement"] == "kilowatt hour"
        more: dict[str, Any] = {"includesTransmission": True} if power else {}
        draft = place.world.factor(name, pcf={**pcf, **totals}, **more)
        chain.signed[name] = place.published(draft)
    for batch in drawing.batches:
        inputs = dict(chain.signed)
        if batch.record is not None:
            record = place.published(record_draft(batch.files[0], **inputs))
            inputs[batch.record] = record
        for file in batch.files:
            name = file["productNameCompany"]
            chain.signed[name] = place.published(composed(file, **inputs))
            chain.exact[name] = of_file(file, chain.exact)
    return chain


def text(value: Fraction) -> str:
    """Write a fraction that ends."""
    found = f"{float(value):.6f}"
    assert Fraction(found) == value
    return found


def mismatches(chain: Chain) -> list[str]:
    """Return each product's component, cell or total that is not the exact computation's."""
    found = []
    for name, exact in chain.exact.items():
        if name in chain.drawing.factors:
            continue
        subject = chain.signed[name].subject
        pcf = subject["pcf"]
        stated = {one: Fraction(pcf[one]) for one in COMPONENTS if one in pcf}
        cells = {
            stage: {one: Fraction(value) for one, value in row.items()}
            for stage, row in (chain.signed[name].opened.cells or {}).items()
        }
        totals = [Fraction(pcf[one]) for one in TOTALS]
        wanted = [exact.excluding, exact.including]
        different = [one for one in COMPONENTS if stated.get(one) != exact.components.get(one)]
        found += [f"{name} {one}: {stated.get(one)}" for one in different]
        found += [f"{name} cells: {cells} and {exact.cells}"] * (cells != exact.cells)
        found += [f"{name} totals: {totals} and {wanted}"] * (totals != wanted)
    return found


def check(place: Place, drawing: Drawing, count: int, folder: Path) -> None:
    chain = publish(place, drawing)
    assert sum(len(batch.files) for batch in chain.drawing.batches) == count
    assert mismatches(chain) == []
    place.anchor()
    verifier = place.home.verifier(clock=lambda: place.world.now)
    made = verifier.prove(place.home.export(chain.last.digest, verifier))
    report = made.report
    if drawing.to_grave:
        assert report.verdict == "verified", report.deciding or report.unmet
        assert chain.exact["whole"].including < chain.exact["whole"].excluding
    else:
        # Of credits beside no process record law 2 can't be checked: nothing else is open.
        assert report.verdict == "incomplete", report.deciding
        assert report.unmet
        assert all(UNBOUNDED in one for one in report.unmet), report.unmet
    digests = {one.digest for one in report.statements}
    products = {
        one.digest for name, one in chain.signed.items() if name not in chain.drawing.factors
    }
    assert products <= digests
    assert not any("broken" in map(str, one.laws.values()) for one in report.statements)
    in_javascript(place, chain, made.data, report.json(), folder)


def in_javascript(
    place: Place, chain: Chain, evidence: bytes, ours: dict[str, Any], folder: Path
) -> None:
    """The other verifier comes to the same answer for the last product, and the same totals."""
    trust = place.world.trust_json(chain.last)
    trust["trustedBlocks"] = [hex_text(place.world.chain.block().hash)]
    (folder / "evidence.gz").write_bytes(evidence)
    (folder / "trust.json").write_text(json.dumps(trust), encoding="utf-8")
    done = node(VERIFIER / "main.js", folder / "evidence.gz", folder / "trust.json")
    code = 0 if ours["verdict"] == "verified" else 3
    assert done.returncode == code, done.stdout[-2000:] + done.stderr
    theirs = json.loads(done.stdout)
    assert theirs["totals"] == ours["totals"]
    exact = chain.exact["whole"]
    assert [Fraction(theirs["totals"][one]) for one in TOTALS] == [exact.excluding, exact.including]


@pytest.mark.parametrize("to_grave", [False, True])
def test_a_small_chain_is_exact(to_grave: bool, place: Place, tmp_path: Path) -> None:  # noqa: FBT001
    check(place, drawn(random.Random(1), 30, to_grave=to_grave), 30, tmp_path)


def test_a_last_digit_is_a_mismatch(place: Place) -> None:
    chain = publish(place, drawn(random.Random(1), 5))
    whole = chain.exact["whole"]
    chain.exact["whole"] = replace(whole, including=whole.including + Fraction(1, 10**12))
    assert [one.split(":")[0] for one in mismatches(chain)] == ["whole totals"]


@pytest.mark.slow
@pytest.mark.parametrize("to_grave", [False, True])
@pytest.mark.parametrize("seed", range(2, 7))
def test_a_long_chain_is_exact(seed: int, to_grave: bool, place: Place, tmp_path: Path) -> None:  # noqa: FBT001
    check(place, drawn(random.Random(seed), FULL, to_grave=to_grave), FULL, tmp_path)
