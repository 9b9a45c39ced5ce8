"""What the template asks for: members in their order, whether they are needed, and hints."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import orjson

from rootprint.ledger.intake.vocabulary import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

REQUIRED: Final = "required"
OPTIONAL: Final = "optional"
COMPUTED: Final = "computed"
TABLES: Final = ("inventory", "outputs", "inputs")


@dataclass(frozen=True)
class Asked:
    """A member that the template asks for; ``need`` is required, optional or computed."""

    member: str
    need: str
    hint: str


def sections(language: str) -> list[tuple[str, list[Asked]]]:
    """Return the head's sections: a title, and its members."""
    at = LANGUAGES.index(language)
    return [(titles[at], _asked(members, at)) for titles, members in layout()["head"]]


def columns(table: str, language: str) -> list[Asked]:
    """Return the columns of ``inventory``, ``outputs`` or ``inputs``."""
    return _asked(layout()[table], LANGUAGES.index(language))


def need_label(need: str, language: str) -> str:
    """Return in words what a colour says."""
    return str(layout()["need"][need][LANGUAGES.index(language)])


@cache
def layout() -> dict[str, Any]:
    """Return the layout's data."""
    data = files("rootprint.ledger.intake.template").joinpath("data", "layout.json")
    value: dict[str, Any] = orjson.loads(data.read_bytes())
    return value


def _asked(members: Sequence[Sequence[str]], at: int) -> list[Asked]:
    return [Asked(member, need, hints[at]) for member, need, *hints in members]
