"""Where it was: an error from further down, with the file or line it is about."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rootprint.calc.errors import RootprintError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def placed(place: str) -> Iterator[None]:
    """Put ``place`` before the message of an error that passes; kind and remedy stay."""
    try:
        yield
    except RootprintError as error:
        if place:
            error.args = (f"{place}: {error.args[0]}", *error.args[1:])
        raise
