"""The example rows of the template: marked as such, and known again where they are left in."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import orjson

from rootprint.ledger.intake.vocabulary.names import LANGUAGES, key

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

MARK: Final = {"zh": "示例", "en": "example"}
_MARKS: Final = frozenset(map(key, MARK.values()))


def example_rows(table: str, language: str) -> list[dict[str, str]]:
    """Return a table's example rows: the text of each cell by the member of its column.

    ``table`` is ``inventory``, ``outputs`` or ``inputs``.
    """
    rows: list[dict[str, str]] = _examples()[table][language]
    return rows


def is_example(
    mark: str,
    table: str | None = None,
    row: Mapping[str, str] | None = None,
    columns: Collection[str] = (),
) -> bool:
    """Tell whether a note marks an example; with a row, also whether it is one as it was made.

    ``columns`` are those that the table still has: an example lacks what stood in the others.
    """
    if key(mark) not in _MARKS:
        return False
    if table is None or row is None:
        return True
    made = (one for language in LANGUAGES for one in example_rows(table, language))
    return any({n: t for n, t in one.items() if n in columns} == dict(row) for one in made)


@cache
def _examples() -> dict[str, Any]:
    data = files("rootprint.ledger.intake.vocabulary").joinpath("data", "examples.json")
    examples: dict[str, Any] = orjson.loads(data.read_bytes())
    return examples
