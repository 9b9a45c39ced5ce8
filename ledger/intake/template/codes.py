"""The template's code lists: what each member may be, in words of a language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rootprint.ledger import figures
from rootprint.ledger.core.schema.names import DECLARED_UNITS
from rootprint.ledger.core.tables import tables
from rootprint.ledger.intake.inventory.gases import Blend, gas_named
from rootprint.ledger.intake.template.layout import layout
from rootprint.ledger.intake.vocabulary import LANGUAGES, group_at, words_of

if TYPE_CHECKING:
    from rootprint.ledger.intake.inventory.problems import Path


@dataclass(frozen=True)
class Codes:
    """A list to choose from: its texts, and what each is signed as.

    Of an ``open`` list other texts are read too: units and gases have more names than it shows.
    """

    name: str
    texts: dict[str, str]
    open: bool = False


def code_lists(language: str) -> list[Codes]:
    """Return every list that a cell may be chosen from, and all units at the end."""
    at, data = LANGUAGES.index(language), layout()
    closed = [
        Codes(group, {texts[at]: word for word, texts in words_of(group).items()})
        for group in words_of()
    ]
    named = {
        name: Codes(name, {text: _unit(text) for text in data[name][language]}, open=True)
        for name in ("units", "made", "masses", "lengths")
    }
    declared = {_short(name, language): name for name in DECLARED_UNITS}
    gases = {text: _gas(text) for text in data["gases"][language]}
    every = {**tables().units["aliases"], **tables().unit_names["aliases"]}
    by_unit = sorted(every.items(), key=lambda one: one[::-1])
    return [
        *closed,
        Codes("declared", declared),
        *named.values(),
        Codes("gases", gases, open=True),
        Codes("short", dict(by_unit), open=True),
    ]


def list_at(path: Path) -> str | None:
    """Return which list the member at a path is chosen from, None where it is written freely."""
    last = str(path[-1])
    if last == "declaredUnitOfMeasurement":
        return "declared"
    if path[-2:] == ("source", "gas"):
        return "gases"
    if last == "unit" and "outputs" in path:
        return "made"  # the state of a gas that is made stands beside the declared unit
    if last in {"unit", "per"}:
        return {
            "producedAmount": "made",
            "stored": "masses",
            "distance": "lengths",
            "mass": "masses",
        }.get(str(path[-2]), "units")
    return group_at(path)


def _unit(text: str) -> str:
    """Return a unit's full name; a normal cubic metre has its state beside it."""
    return "cubic meter, 0 °C 101.325 kPa" if text == "Nm3" else figures.unit_table().named(text)


def _gas(text: str) -> str:
    """Return what a gas is signed as, of a blend its parts in percent of its mass."""
    gas = gas_named(text)
    if isinstance(gas, Blend):
        return ", ".join(f"{name} {float(part):g} %" for name, part in gas.percents.items())
    return str(gas)


def _short(name: str, language: str) -> str:
    """Return the usual text for a declared unit: the first of the language's that means it."""
    given = (*layout()["units"][language], *tables().unit_names["aliases"])
    ours = (text for text in given if text != "Nm3" and text.isascii() == (language == "en"))
    return next((text for text in ours if figures.unit_table().named(text) == name), name)
