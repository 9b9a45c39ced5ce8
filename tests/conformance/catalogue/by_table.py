"""Cases that differ by one change only: a row each, with name, sentence and change."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tests.conformance.casebook import Expected, Files, case

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Change = TypeVar("Change")


def enter(
    expected: Expected,
    build: Callable[[Change], Files],
    rows: Mapping[str, tuple[str, Change]],
) -> None:
    """Enter a case for each row: ``{name: (sentence, what build is given)}``."""
    for name, (says, change) in rows.items():

        def made(change: Change = change) -> Files:
            return build(change)

        made.__name__, made.__doc__ = name, says
        case(expected)(made)
