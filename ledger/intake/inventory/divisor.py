"""The spread of what a process's amounts are divided by: its output, its yield, its share.

Each amount becomes amount × share × declared amount ÷ (output × yield), so one spread is on all of
them. To first order the squares of the relative deviations add; where the shares are those of the
outputs' own amounts, the divisor is the sum of all outputs, of which each is its share.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.allocation import plain_decimal
from rootprint.calc.errors import CalculationError
from rootprint.calc.rounding import decimal_text, half_up, total_places
from rootprint.calc.uncertainty import GSD_PLACES, Spreads, spread
from rootprint.calc.uncertainty.analytical import Z95
from rootprint.calc.uncertainty.distributions import LOGNORMAL, NORMAL
from rootprint.ledger.intake.inventory.spreads import scaled_spread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.calc.uncertainty import Spread
    from rootprint.ledger.intake.inventory.problems import Faults, Path
    from rootprint.ledger.intake.inventory.process import Process

_PATH: Final[Path] = ("process",)
_SIGNIFICANT: Final = 6
_WHOLE: Final = 100
# A part of the divisor: where its spread stands, the member, its weight; whether it divides.
_Part = tuple["Path", "Mapping[str, Any]", Fraction, bool]


def divisor_spread(
    given: Any, process: Process, faults: Faults, *, served: bool
) -> dict[str, Any] | None:
    """Return the member ``outputUncertainty`` of a process, None where it states no spread.

    ``given`` is the file's ``process``; ``served`` says that some lines serve the product alone. A
    spread that contradicts what it stands beside is noted; one of an output that nothing is divided
    by is a finding, and so is one of a share where some lines are not shared.
    """
    if not isinstance(given, dict) or process.scale is None or process.product is None:
        return None
    parts = [*_outputs(given, process, faults), *_losses(given, process)]
    read = [_read(part, _stated(part[0], given, process), faults) for part in parts]
    spreads = [one for one in read if one is not None]
    if not spreads or len(spreads) != len(parts):
        return None
    declared = plain_decimal(process.scale.declared)
    path, member, weight, divides = parts[0]
    shared = [one for one, _, portion, divides_ in parts if portion != 1 or not divides_]
    if served and shared:
        what = "is taken for the lines that serve the product alone, too"
        faults.find(shared[0], what, "make what serves it alone a process of its own")
    if len(parts) == 1 and weight == 1 and divides:
        return scaled_spread(member, Fraction(declared) / Fraction(member["statedValue"]))
    found = _combined(spreads, [weight for _, _, weight, _ in parts], declared)
    if found is None:
        what = "with the others makes an output that may be nothing"
        faults.add(path, what, "state the spreads as lognormals")
    return found


def _outputs(given: Mapping[str, Any], process: Process, faults: Faults) -> list[_Part]:
    """Return the outputs that the divisor rests on, each with its part of it."""
    outputs = given["outputs"]
    together = process.method == "physical" and not any("physical" in one for one in outputs)
    shares = {one.name: Fraction(one.share) / _WHOLE for one in process.table}
    found: list[_Part] = []
    for number, one in enumerate(outputs):
        path: Path = (*_PATH, "outputs", number, "uncertainty")
        if "uncertainty" not in one:
            continue
        own = one["name"] == process.product
        weight = shares.get(one["name"], Fraction(0)) if together else Fraction(int(own))
        if weight:
            found.append((path, one["uncertainty"], weight, True))
        else:
            what = "is not used: no amount of the product's is divided by this output"
            faults.find(path, what, "state the spread of the share under process.allocation")
    return found


def _losses(given: Mapping[str, Any], process: Process) -> list[_Part]:
    found: list[_Part] = []
    if "yieldUncertainty" in given:
        path: Path = (*_PATH, "yieldUncertainty")
        found.append((path, given["yieldUncertainty"], Fraction(1), True))
    shared = given.get("allocation", {}).get("uncertainty")
    if shared is not None and process.method is not None:
        found.append(((*_PATH, "allocation", "uncertainty"), shared, Fraction(1), False))
    return found


def _stated(path: Path, given: Mapping[str, Any], process: Process) -> Fraction:
    """Return the value that a spread stands beside; of a share it is a percentage."""
    if path[1] == "outputs":
        return Fraction(given["outputs"][path[2]]["amount"]["value"])
    scale = process.scale
    if scale is None:
        return Fraction(0)
    return scale.good if path[1] == "yieldUncertainty" else scale.share * _WHOLE


def _read(part: _Part, stated: Fraction, faults: Faults) -> Spread | None:
    path, member, _, divides = part
    if faults.within(path):
        return None
    value = Fraction(member["statedValue"])
    if not divides:
        # A share is computed: it is stated as far as it is written out.
        places = len(member["statedValue"].partition(".")[2])
        stated = value if Fraction(half_up(stated, places)) == value else stated
    try:
        return spread(member, stated=stated)
    except CalculationError as error:
        faults.add(path, f"can't be: {error.args[0]}", error.remedy)
        return None


def _combined(
    spreads: Sequence[Spread], weights: Sequence[Fraction], declared: Any
) -> dict[str, Any] | None:
    """Return one spread of the declared amount, None where a normal one would reach zero."""
    parts = zip(Spreads.of(list(spreads)).deviation.tolist(), weights, strict=True)
    deviation = math.sqrt(math.fsum((float(weight) * sigma) ** 2 for sigma, weight in parts))
    stated = {"statedValue": decimal_text(declared)}
    if all(one.distribution == LOGNORMAL for one in spreads):
        gsd = half_up(Fraction(math.exp(deviation)), GSD_PLACES)
        return {
            "distribution": LOGNORMAL,
            **stated,
            "geometricStandardDeviation": decimal_text(gsd),
        }
    half = Fraction(Z95 * deviation) * Fraction(declared)
    if half >= Fraction(declared):
        return None
    places = max(0, total_places(half, _SIGNIFICANT, 0))
    lower, upper = (
        decimal_text(half_up(Fraction(declared) + sign * half, places)) for sign in (-1, 1)
    )
    interval = {"lower": lower, "upper": upper, "percent": "95"}
    return {"distribution": NORMAL, **stated, "interval": interval}
