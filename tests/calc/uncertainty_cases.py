"""Small models for the tests of uncertainty: written as lists, numbered as the log would."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import numpy as np

from rootprint.calc.uncertainty import ALONE, OWN, Model, Spread, Spreads, lognormal


@dataclass(frozen=True)
class Part:
    """A statement: its value without lines, and its lines (cited name or None, median, spread)."""

    name: str
    value: float = 0.0
    spread: Spread | None = None
    lines: tuple[tuple[str | None, float, Spread | None], ...] = field(default=())
    groups: tuple[int, ...] | None = None
    output: Spread | None = None


def digest(name: str) -> np.ndarray:
    """A digest that depends on the name alone, wherever it stands in the log."""
    return np.frombuffer(hashlib.sha256(name.encode()).digest(), dtype=np.uint8)


def model(parts: list[Part], *, cyclic: bool = False) -> Model:
    """Return the model of parts given in log order, or with ``cyclic`` in any."""
    place = {part.name: number for number, part in enumerate(parts)}
    lines = [
        (place[part.name], OWN if cited is None else place[cited], median, position, spread)
        for part in parts
        for position, (cited, median, spread) in enumerate(part.lines)
    ]
    columns = list(zip(*lines, strict=True)) or [()] * 5
    groups = [
        group
        for part in parts
        for group in part.groups or (ALONE,) * len(part.lines)
    ]  # fmt: skip
    outputs = [part.output for part in parts]
    return Model(
        digests=np.stack([digest(part.name) for part in parts]),
        values=np.array([part.value for part in parts], dtype=float),
        value_spreads=Spreads.of([part.spread for part in parts]),
        citing=np.array(columns[0], dtype=np.int64),
        cited=np.array(columns[1], dtype=np.int64),
        medians=np.array(columns[2], dtype=float),
        positions=np.array(columns[3], dtype=np.int64),
        line_spreads=Spreads.of(list(columns[4])),
        cyclic=cyclic,
        groups=np.array(groups, dtype=np.int64) if any(part.groups for part in parts) else None,
        output_spreads=Spreads.of(outputs) if any(outputs) else None,
    )


def tiers(own: float, sigma: float, *, depth: int = 8, wide: int = 4) -> Model:
    """A supply chain of ``depth`` tiers: each statement emits ``own`` of its 1 kg CO2e itself.

    The rest comes in equal parts from every statement one tier down; the lowest tier is values.
    Every line and every value has ln GSD ``sigma``. The product is the last one.
    """
    spread = lognormal(float(np.exp(sigma)))
    parts = [Part(f"{depth}/{n}", value=1.0, spread=spread) for n in range(wide)]
    for tier in range(depth - 1, 0, -1):
        below = [(f"{tier + 1}/{n}", (1 - own) / wide, spread) for n in range(wide)]
        lines = ((None, own, spread), *below) if own else tuple(below)
        parts += [Part(f"{tier}/{n}", lines=lines) for n in range(wide if tier > 1 else 1)]
    return model(parts)
