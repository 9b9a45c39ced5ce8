"""Law 6: what is cited compared with what was made; an alarm, never a failure."""

from __future__ import annotations

from typing import Any

from tests.conformance.casebook import Files, Scene, case, verified

_LATER = {
    "referencePeriodStart": "2025-06-01T00:00:00Z",
    "referencePeriodEnd": "2026-06-01T00:00:00Z",
}


def _kilograms(value: str) -> dict[str, str]:
    return {"value": value, "unit": "kilogram"}


def _delivered(
    made: str, hidden: str | None = None, *, made_unit: str = "kilogram", **module_changes: Any
) -> Files:
    """A hundred modules that take two kilograms each of a part of which so many were made."""
    scene = Scene()
    part = scene.part("part", producedAmount={"value": made, "unit": made_unit})
    lines = [scene.line(part, "2", "kilogram")]
    changes = {"producedAmount": _kilograms("100"), **module_changes}
    module = scene.part("module", lines, **changes)
    scene.anchor()
    if hidden is None:
        return scene.files(module)
    statement = part if hidden == "part" else module
    kept = {f"{name}[{index}]" for name, index in statement.sources}
    return scene.files(module, keep={statement.digest: kept - {"producedAmount[0]"}})


@case(verified(notices=1))
def more_is_cited_than_was_made() -> Files:
    """Two hundred kilograms are cited of 199 that were made: reported on the part."""
    return _delivered("199")


@case(verified(notices=1))
def more_is_cited_than_was_made_in_another_unit() -> Files:
    """A hundred modules are stated as 0.1 tonne."""
    return _delivered("199", producedAmount={"value": "0.1", "unit": "tonne"})


@case(verified())
def as_much_is_cited_as_was_made() -> Files:
    """Two hundred kilograms are cited of as many that were made."""
    return _delivered("200")


@case(verified())
def more_is_cited_than_was_made_and_the_maker_hides_how_much() -> Files:
    """What was made of the part is hidden: nothing is compared or reported."""
    return _delivered("199", "part")


@case(verified())
def more_is_cited_than_was_made_and_the_taker_hides_how_much() -> Files:
    """What was made of the module is hidden: nothing is compared or reported."""
    return _delivered("199", "module")


@case(verified())
def more_is_cited_at_another_time_than_was_made() -> Files:
    """The module's period is not within the part's, so they are not compared."""
    return _delivered("1", pcf=_LATER)


@case(verified(notices=1))
def what_was_made_is_counted_in_another_kind_of_unit() -> Files:
    """What was made of the part is given in a short form, which no table has: told."""
    return _delivered("199", made_unit="kg")
