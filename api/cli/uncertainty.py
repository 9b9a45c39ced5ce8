"""The uncertainty view in text, made from its JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.cli.render import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def uncertainty_text(view: Mapping[str, Any]) -> str:
    """Return stated value, median and mean apart, the interval, what it supposes, what matters."""
    view = plain(view)
    if not view["applicable"]:
        return f"Uncertainty  not applicable: {view['reason']}"
    first = view["firstOrder"]
    if first["standardDeviation"] == "0" and first["unstatedShareOfValues"] == "1":
        return "Uncertainty  nobody stated any spread: nothing can be said of it"
    return "\n".join([*_first_order(view), *_sample(view), *_ranking(view)])


def _first_order(view: Mapping[str, Any]) -> Iterator[str]:
    first, unit = view["firstOrder"], view["unit"]
    low, high = first["interval95"]
    gsd = first["geometricStandardDeviation"]
    yield f"Uncertainty  first order, {first['distribution']}, {unit} per declared unit"
    yield f"  stated {first['stated']}   median {first['median']}   mean {first['mean']}"
    yield f"  95 % between {low} and {high}" + (f", geometric deviation {gsd}" if gsd else "")
    yield (
        f"  nobody stated a spread for {_percent(first['unstatedShareOfValues'])} of the values and"
        f" {_percent(first['unstatedShareOfAmounts'])} of the amounts; these count as exact"
    )
    yield f"  {first['assumption']}"


def _sample(view: Mapping[str, Any]) -> Iterator[str]:
    sample = view["monteCarlo"]
    if sample is None:
        return
    low, high = sample["percentiles"]["2.5"], sample["percentiles"]["97.5"]
    yield f"Monte Carlo  {sample['samples']} samples, seed {sample['seed']}"
    yield f"  stated {sample['stated']}   median {sample['median']}   mean {sample['mean']}"
    yield f"  95 % between {low} and {high}. {sample['convergence']}"


def _ranking(view: Mapping[str, Any]) -> Iterator[str]:
    if not view["ranking"]:
        return
    yield "What the spread comes from"
    for one in view["ranking"]:
        what = "its value" if one["line"] is None else f"line {one['line']}"
        yield f"  {_percent(one['shareOfVariance']):>8}  {one['product']}, {what}"
    yield f"  {_percent(view['rest']):>8}  all others"


def _percent(share: str) -> str:
    return f"{100 * float(share):.1f} %"
