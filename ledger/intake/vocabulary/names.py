"""Names of members and sheets as people write them, in Chinese and in English."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

import orjson

from rootprint.ledger.intake.vocabulary.likeness import most_like

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LANGUAGES: Final = ("zh", "en")
_BETWEEN: Final = re.compile(r"[\s_,;:·、()\[\]-]+")
_NUMBER: Final = re.compile(r"[0-9]{1,5}", re.ASCII)
_ANY: Final = "{n}"


@cache
def vocabulary() -> Mapping[str, Any]:
    """Return the table: names of members, sheets and words, each with its texts.

    The first text of a name is its Chinese label, the second its English one.
    """
    data = files("rootprint.ledger.intake.vocabulary").joinpath("data", "vocabulary.json")
    table: dict[str, Any] = orjson.loads(data.read_bytes())
    return table


def key(text: str) -> str:
    """Return the form in which texts are compared: without case, width and punctuation."""
    return _BETWEEN.sub("", normalize("NFKC", text[:256]).casefold())


class Names:
    """Names, and the texts that people write for them; ``{n}`` in both stands for a position.

    ``Names({"amount.value": ["数量", "Amount"]}).named("数 量")`` is ``"amount.value"``.
    """

    def __init__(self, table: Mapping[str, Sequence[str]]) -> None:
        self._texts = table
        self._names = {key(text): name for name, texts in table.items() for text in (name, *texts)}

    def named(self, text: str) -> str | None:
        """Return the name that a text stands for, None where there is none."""
        whole = key(text)
        if whole in self._names:
            return self._at(self._names[whole], "1")
        found = _NUMBER.search(whole)
        if found is None:
            # A list of one needs no number: 产品标识 is 产品标识1.
            name = self._names.get(whole + _ANY)
            return None if name is None else self._at(name, "1")
        name = self._names.get(whole[: found.start()] + _ANY + whole[found.end() :])
        return None if name is None else self._at(name, found[0])

    def label(self, name: str, language: str) -> str:
        """Return the label of a name, which may have a number for its position."""
        if name in self._texts:
            return self._texts[name][LANGUAGES.index(language)]
        found = _NUMBER.search(name)
        general = name if found is None else name.replace(found[0], _ANY, 1)
        if found is None or general not in self._texts:
            return name
        return self._texts[general][LANGUAGES.index(language)].replace(_ANY, found[0])

    def nearest(self, text: str) -> str | None:
        """Return the likeliest name, with the text for it that is most like ``text``."""
        texts = {key(one): (one, name) for name, all_ in self._texts.items()
                 for one in (name, *all_)}  # fmt: skip
        near = most_like(key(text), texts)
        if near is None:
            return None
        written, name = (one.replace(_ANY, "1") for one in texts[near])
        return name if written == name else f"{written} ({name})"

    def __iter__(self) -> Any:
        """Go through the names in the table's order."""
        return iter(self._texts)

    @staticmethod
    def _at(name: str, number: str) -> str:
        return name.replace(_ANY, number.lstrip("0") or "0")


@cache
def names_of(table: str) -> Names:
    """Return the names of ``head``, ``inventory`` (a line), ``outputs``, ``inputs``, ``headings``.

    ``headings`` are those of the head's own columns: member, value, note.
    """
    return Names(vocabulary()["members"][table])


@cache
def sheet_names() -> Names:
    """Return the names of the template's sheets."""
    return Names(vocabulary()["sheets"])
