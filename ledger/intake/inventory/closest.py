"""The name that somebody probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.intake.vocabulary import most_like, names_of, sheet_names

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALL: Final = "leave it out; docs/inventory.md lists all"
_TABLES: Final = ("head", "inventory", "outputs")


def closest(name: str, known: Iterable[str], otherwise: str = _ALL) -> str:
    """Return the remedy for a name that is not known: the nearest one that is.

    One that the vocabulary has in Chinese or English is that, where it is among ``known``.
    """
    names = list(known)
    for table in (*map(names_of, _TABLES), sheet_names()):
        said = table.named(name[:64])
        steps = [] if said is None else [said, said.partition(".")[0], said.rpartition(".")[2]]
        for step in steps:
            if step in names:
                return f"say {step}"
    near = most_like(name, names)
    return f"did you mean {near}?" if near else otherwise
