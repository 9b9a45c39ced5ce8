"""The options that ask for the uncertainty view, and the view in text, made from its JSON."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

import click

from rootprint.api.cli.failing import needs
from rootprint.api.cli.terminal import plain
from rootprint.ledger.verify import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rootprint.api.cli.session import Session
    from rootprint.calc.uncertainty import Design
    from rootprint.ledger.verify import Judged

_MOST: Final = 10_000_000
_STEP: Final = 4  # draws come in fours
# A tenth of the samples each, so that ten or more tell the error; wider ones gain little more.
_CUBES, _WIDEST = 10, 1000
_SEED: Final = 1
_HYPERCUBE: Final = "latin-hypercube"
_OPTIONS: Final = (
    click.option("--uncertainty", is_flag=True, help="Show how far off the footprint may be."),
    click.option(
        "--samples",
        type=click.IntRange(1, _MOST),
        help="Sample it too, this often (rounded up to what the sampling divides into).",
    ),
    click.option(
        "--sampling",
        type=click.Choice(["monte-carlo", _HYPERCUBE]),
        help="How to sample; monte-carlo by default.",
    ),
    click.option(
        "--seed", type=click.IntRange(0, 2**64 - 1), help=f"Of the sample; {_SEED} by default."
    ),
)


@dataclass(frozen=True)
class Uncertainty:
    """The view that was asked for, with a sample or without."""

    design: Design | None

    def view(self, session: Session) -> Callable[[Judged], dict[str, Any]]:
        """Return what makes the view of a walk; it counts samples for whoever is watching."""
        from rootprint.ledger.analysis import (  # noqa: PLC0415 - numpy is slow to load
            uncertainty as off_by,
        )

        def made(judged: Judged) -> dict[str, Any]:
            if self.design is None:
                return off_by(judged)
            with session.counting("samples drawn") as drawn:
                return off_by(judged, self.design, progress=drawn)

        return made


def uncertainty_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--uncertainty``, ``--samples``, ``--sampling`` and ``--seed`` to a command.

    They arrive together as ``uncertainty``, an Uncertainty or None.
    """

    @wraps(command)
    def asked(
        *arguments: Any,
        uncertainty: bool,
        samples: int | None,
        sampling: str | None,
        seed: int | None,
        **others: Any,
    ) -> Any:
        given = {"--samples": samples, "--sampling": sampling, "--seed": seed}
        needs(given, asked=uncertainty, of="the uncertainty", remedy="add --uncertainty")
        more = "say how many, for instance --samples 10000"
        needs(given, asked=samples is not None, of="a sample", remedy=more)
        start = _SEED if seed is None else seed
        design = None if samples is None else design_of(samples, start, sampling)
        view = Uncertainty(design) if uncertainty else None
        return command(*arguments, uncertainty=view, **others)

    found: Callable[..., Any] = asked
    for option in reversed(_OPTIONS):
        found = option(found)
    return found


def design_of(samples: int, seed: int, sampling: str | None) -> Design:
    """Return a design of at least so many samples: plain ones, or ten hypercubes or more."""
    from rootprint.calc.uncertainty import Design  # noqa: PLC0415 - numpy is slow to load

    if sampling != _HYPERCUBE:
        return Design(_up(samples, _STEP), seed)
    strata = min(_WIDEST, _up(-(-samples // _CUBES), _STEP))
    return Design(max(2 * strata, _up(samples, strata)), seed, strata)


def _up(number: int, to: int) -> int:
    return number + -number % to


def uncertainty_text(view: Mapping[str, Any]) -> str:
    """Return stated value, median and mean apart, the interval, what it supposes, what matters."""
    view = plain(view)
    if not view["applicable"]:
        return f"Uncertainty  not applicable: {view['reason']}"
    first = view["firstOrder"]
    if _nothing_stated(first):
        return "Uncertainty  no spread is stated: nothing can be said of it"
    return "\n".join([*_first_order(view), *_sample(view), *_ranking(view)])


def interval_line(view: Mapping[str, Any]) -> str | None:
    """Return the interval in one line, the sample's where there is one; None without a spread.

    Three digits: another run of the same figures has other digests, and so another sample.
    """
    view = plain(view)
    if not view["applicable"] or _nothing_stated(view["firstOrder"]):
        return None
    first, sample = _between(view["firstOrder"]["interval95"]), view["monteCarlo"]
    if sample is None:
        return f"95 % between {first} {view['unit']}, first order"
    drawn = _between([sample["percentiles"]["2.5"], sample["percentiles"]["97.5"]])
    symmetric = ", symmetric" if view["firstOrder"]["distribution"] == "normal" else ""
    return (
        f"95 % of {sample['samples']:,} samples between {drawn} {view['unit']};"
        f" first order{symmetric}: {first}"
    )


def _between(interval: Sequence[str]) -> str:
    return " and ".join(f"{float(bound):#.3g}" for bound in interval)


def _nothing_stated(first: Mapping[str, Any]) -> bool:
    return bool(first["standardDeviation"] == "0" and first["unstatedShareOfValues"] == "1")


def _first_order(view: Mapping[str, Any]) -> Iterator[str]:
    first, unit = view["firstOrder"], view["unit"]
    low, high = first["interval95"]
    gsd = first["geometricStandardDeviation"]
    yield f"Uncertainty  first order, {first['distribution']}, {unit} per declared unit"
    yield f"  stated {first['stated']}   median {first['median']}   mean {first['mean']}"
    yield f"  95 % between {low} and {high}" + (f", geometric deviation {gsd}" if gsd else "")
    yield (
        f"  no spread is stated for {_percent(first['unstatedShareOfValues'])} of the values and"
        f" {_percent(first['unstatedShareOfAmounts'])} of the amounts, nor for"
        f" {view['outputs']['withoutSpread']} of {counted(view['outputs']['seen'], 'output')};"
        " these count as exact"
    )
    yield f"  {first['assumption']}"


def _sample(view: Mapping[str, Any]) -> Iterator[str]:
    sample = view["monteCarlo"]
    if sample is None:
        return
    low, high = sample["percentiles"]["2.5"], sample["percentiles"]["97.5"]
    strata, said = sample["strata"], f"{sample['samples']} samples, seed {sample['seed']}"
    kind = "Monte Carlo" if strata is None else "Latin hypercubes"
    yield f"{kind}  {said}" + ("" if strata is None else f", {strata} slices each")
    yield f"  stated {sample['stated']}   median {sample['median']}   mean {sample['mean']}"
    yield f"  95 % between {low} and {high}. {sample['convergence']}"


def _ranking(view: Mapping[str, Any]) -> Iterator[str]:
    if not view["ranking"]:
        return
    yield "What the spread comes from"
    for one in view["ranking"]:
        where = "its output" if one["output"] else "its value"
        what = where if one["line"] is None else f"line {one['line']}"
        yield f"  {_percent(one['shareOfVariance']):>8}  {one['product']}, {what}"
    yield f"  {_percent(view['rest']):>8}  all others"


def _percent(share: str) -> str:
    return f"{100 * float(share):.1f} %"
