"""``walk --uncertainty``: first order, a sample of two kinds, and what is wrong use."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.api.cli.session import Session
from rootprint.api.cli.uncertainty import design_of
from tests.cli.story import FACTORS, MAKER, factor_file, product_file, publish_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cli.running import Cli

SPREAD = (
    'uncertainty: {distribution: lognormal, statedValue: "2.5",'
    ' geometricStandardDeviation: "1.3"}\n'
)
PEDIGREE = (
    "primary: true, pedigree: {version: '2', basic: energy-and-materials, scores: {reliability: 3,"
    " completeness: 2, temporal: 1, geographical: 1, technological: 2}}}"
)


@dataclass(frozen=True)
class Uncertain:
    """A fuel with a spread, and a part that takes some of it by pedigree."""

    cli: Cli
    part: str

    def view(self, *options: object) -> Any:
        """The view as JSON."""
        answer = self.cli.done("walk", self.part, "--uncertainty", *options, "--format", "json")
        return answer.json["uncertainty"]


@pytest.fixture(scope="module")
def uncertain(ledger: Cli) -> Uncertain:
    for name, did, role in (("factors", FACTORS, "factor-publisher"), ("maker", MAKER, "supplier")):
        legal_name = f"Example {name} (fictional)"
        ledger.done("org", "admit", name, "--did", did, "--legal-name", legal_name, "--country",
                    "CN", "--role", role)  # fmt: skip
    fuel = publish_file(ledger, factor_file("fuel", FACTORS, "2.5") + SPREAD, "factors")
    text = product_file("part", MAKER, {"fuel": "2"}, gas="1.5").replace("primary: true}", PEDIGREE)
    part = publish_file(ledger, text, "maker", fuel=fuel)
    ledger.done("anchor")
    return Uncertain(ledger, part)


def test_the_first_order_needs_no_sample(uncertain: Uncertain) -> None:
    view = uncertain.view()
    assert (view["firstOrder"]["stated"], view["monteCarlo"]) == ("6.5", None)
    assert view["firstOrder"]["unstatedShareOfAmounts"] == "0"


def test_an_output_without_a_spread_is_counted(uncertain: Uncertain) -> None:
    """The part states none of what is made; the fuel is a factor, whose lines nobody sees."""
    assert uncertain.view()["outputs"] == {"seen": 1, "withoutSpread": 1}
    shown = uncertain.cli.done("walk", uncertain.part, "--uncertainty").out
    assert "nor for 1 of 1 output; these count as exact" in shown


def test_a_sample_is_repeatable_and_near_the_exact_mean(uncertain: Uncertain) -> None:
    view = uncertain.view("--samples", "4000", "--seed", "7")
    sample = view["monteCarlo"]
    assert (sample["samples"], sample["seed"], sample["strata"]) == (4000, 7, None)
    exact = float(view["firstOrder"]["mean"])
    assert abs(float(sample["mean"]) - exact) < 6 * float(sample["standardError"])
    assert uncertain.view("--samples", "4000", "--seed", "7")["monteCarlo"] == sample
    assert uncertain.view("--samples", "4000", "--seed", "8")["monteCarlo"] != sample


# Draws are keyed by digests, which every run makes anew: bounds are wide enough for all of them.


def test_a_latin_hypercube_knows_the_mean_better_with_as_many_samples(uncertain: Uncertain) -> None:
    plain, cubes = (
        uncertain.view("--samples", "4000", "--seed", "7", "--sampling", kind)
        for kind in ("monte-carlo", "latin-hypercube")
    )
    sample = cubes["monteCarlo"]
    assert (sample["samples"], sample["strata"]) == (4000, 400)
    assert float(sample["standardError"]) < float(plain["monteCarlo"]["standardError"]) / 2
    exact = float(cubes["firstOrder"]["mean"])
    assert abs(float(sample["mean"]) - exact) < 10 * float(sample["standardError"])
    text = uncertain.cli.done("walk", uncertain.part, "--uncertainty", "--samples", "1000",
                              "--sampling", "latin-hypercube").out  # fmt: skip
    assert "Latin hypercubes  1000 samples, seed 1, 100 slices each" in text
    assert "After 1000 Latin hypercube samples the mean is known to" in text


@pytest.mark.parametrize("samples", [1, 7, 80, 81, 999, 10_000, 12_345, 9_999_999, 10_000_000])
def test_every_number_of_samples_makes_a_design_of_at_least_as_many(samples: int) -> None:
    for sampling in (None, "monte-carlo", "latin-hypercube"):
        design = design_of(samples, 1, sampling)
        assert samples <= design.samples <= max(8, 1.1 * samples + 44)
    cubes = design_of(samples, 1, "latin-hypercube")
    assert cubes.strata is not None
    assert cubes.samples // cubes.strata >= 2


def test_samples_are_counted_for_whoever_is_watching(
    uncertain: Uncertain, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: dict[str, list[tuple[int, int | None]]] = {}

    @contextmanager
    def counting(_session: Session, what: str) -> Iterator[Callable[[int, int | None], None]]:
        made = counted.setdefault(what, [])
        yield lambda done, of: made.append((done, of))

    monkeypatch.setattr(Session, "counting", counting)
    uncertain.view("--samples", "4000")
    assert counted["samples drawn"] == [(done, 4000) for done in (1024, 2048, 3072, 4000)]
    assert counted["statements read"] == [(1, None), (2, None)]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--samples", "100"], "--samples is of the uncertainty"),
        (["--sampling", "latin-hypercube"], "--sampling is of the uncertainty"),
        (["--uncertainty", "--sampling", "latin-hypercube"], "--sampling is of a sample"),
        (["--uncertainty", "--seed", "3"], "--seed is of a sample"),
        (["--uncertainty", "--samples", "0"], "--samples"),
        (["--uncertainty", "--samples", "10000001"], "--samples"),
        (["--uncertainty", "--samples", "100", "--sampling", "sobol"], "--sampling"),
    ],
)
def test_wrong_use_is_reported(uncertain: Uncertain, options: list[str], message: str) -> None:
    answer = uncertain.cli("walk", uncertain.part, *options)
    assert answer.code == 2
    assert message in answer.err
