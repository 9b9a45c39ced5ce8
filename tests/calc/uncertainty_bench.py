"""How fast Monte Carlo samples: ``python -m tests.calc.uncertainty_bench [STATEMENTS]``.

Any-to-any: each statement is cited by five later ones, so that the product reaches all of them;
every value and every line is lognormal. Compared in the same run with numpy's own generator, one
object a statement, which would keep the same promise about streams.
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np

from rootprint.calc.uncertainty import Design, Model, Spreads, first_order, monte_carlo
from rootprint.calc.uncertainty.streams import uniforms

SIGMA = 0.1
INPUTS = 5
SAMPLES = 64


def any_to_any(nodes: int, seed: int = 1) -> Model:
    """A model in which the last statement reaches every other."""
    random = np.random.default_rng(seed)
    cited = np.repeat(np.arange(nodes - 1), INPUTS)
    citing = cited + 1 + (random.random(len(cited)) * (nodes - 1 - cited)).astype(np.int64)
    order = np.argsort(citing, kind="stable")
    citing, cited = citing[order], cited[order]
    return Model(
        digests=random.integers(0, 256, (nodes, 32), dtype=np.uint8),
        values=random.random(nodes),
        value_spreads=Spreads.lognormal(np.full(nodes, SIGMA)),
        citing=citing,
        cited=cited,
        medians=random.random(len(cited)) / INPUTS,
        positions=np.arange(len(citing)) - np.searchsorted(citing, citing),
        line_spreads=Spreads.lognormal(np.full(len(citing), SIGMA)),
    )


def measure(nodes: int) -> None:
    """Print one line a measurement."""
    model = any_to_any(nodes)
    built = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    parameters = nodes + len(model.citing)
    begin = time.perf_counter()
    first_order(model, nodes - 1)
    say("first order, ms", (time.perf_counter() - begin) * 1e3)
    for workers in (1, 2):
        begin = time.perf_counter()
        monte_carlo(model, nodes - 1, Design(SAMPLES, seed=1), workers=workers)
        seconds = time.perf_counter() - begin
        say(f"Monte Carlo with {workers} threads, ms a sample", seconds / SAMPLES * 1e3)
        say("  million draws a second, pass included", parameters * SAMPLES / seconds / 1e6)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    say("memory beyond the model, MiB", (peak - built) / 1024)
    streams(model)


def streams(model: Model) -> None:
    """Compare the streams alone, a batch of 16 for each of up to 20,000 statements."""
    some, count = min(20_000, model.nodes), 16
    words, codes = model.words[:some], np.zeros(some, dtype=np.int64)
    begin = time.perf_counter()
    uniforms(words, codes, 1, 0, count)
    say("our streams, ns a draw", (time.perf_counter() - begin) / (some * count) * 1e9)
    begin = time.perf_counter()
    for word in words:
        key = int(word[0]) | int(word[1]) << 32
        np.random.Generator(np.random.Philox(key=key)).random(count)
    say(
        "numpy's Philox a statement, ns a draw",
        (time.perf_counter() - begin) / (some * count) * 1e9,
    )


def say(what: str, value: float) -> None:
    sys.stdout.write(f"{what:44s} {value:10.2f}\n")


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
