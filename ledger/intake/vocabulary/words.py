"""Words that a statement takes from a closed list, as people write them in Chinese and English."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.errors import CalculationError
from rootprint.ledger import figures
from rootprint.ledger.core.schema.names import FACTOR_UNITS
from rootprint.ledger.intake.vocabulary.likeness import most_like
from rootprint.ledger.intake.vocabulary.names import LANGUAGES, key, vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    Path = tuple[str | int, ...]

_DECLARED: Final = "declaredUnitOfMeasurement"
_TRUTH: Final = {"true": True, "false": False}
_STEPS: Final = 3
_LISTED: Final = re.compile(r"\bone of ([^()]+)")


def in_signed_words(members: Mapping[str, Any]) -> dict[str, Any]:
    """Return an inventory's members with the statement's words in place of what people write.

    ``{"stage": "原材料"}`` becomes ``{"stage": "raw-material"}``. What is no word of the
    vocabulary stays, for the rules to refuse.
    """
    return {name: _said(value, (name,)) for name, value in members.items()}


def label_of(group: str, word: str, language: str) -> str:
    """Return a word's label; the word itself, where it has none."""
    texts = vocabulary()["words"].get(group, {}).get(word)
    return word if texts is None else str(texts[LANGUAGES.index(language)])


def group_at(path: Path) -> str | None:
    """Return which list of words the member at a path takes its value from."""
    places: Mapping[str, str] = vocabulary()["places"]
    steps = ["{n}" if isinstance(step, int) else step for step in path]
    tails = (".".join(steps[-length:]) for length in range(_STEPS, 0, -1))
    return next((places[tail] for tail in tails if tail in places), None)


def word_named(group: str, text: str) -> str | None:
    """Return the statement's word for a text, None where the list has none."""
    return _words(group).get(key(text))


def nearest_word(path: Path, value: object, what: str) -> str | None:
    """Return the remedy for a word that is in no closed list: the nearest one, or None.

    ``what`` says what is wrong; where it lists what may stand there, only that is offered.
    """
    listed, group = _LISTED.search(what), group_at(path)
    if not isinstance(value, str) or (listed is None and group is None):
        return None
    words = {} if group is None else vocabulary()["words"][group]
    allowed = list(words) if listed is None else [one.strip() for one in listed[1].split(", ")]
    texts = {key(text): word for word, all_ in words.items() if word in allowed for text in all_}
    texts |= {key(word): word for word in allowed}
    near = most_like(key(value), texts)
    return None if near is None else f"did you mean {texts[near]}?"


def _said(value: Any, path: Path) -> Any:
    if isinstance(value, dict):
        return {name: _said(one, (*path, name)) for name, one in value.items()}
    if isinstance(value, list):
        return [_said(one, (*path, number)) for number, one in enumerate(value)]
    if not isinstance(value, str):
        return value
    if path[-1] == _DECLARED:
        return _declared(value)
    group = group_at(path)
    word = None if group is None else word_named(group, value)
    return value if word is None else _TRUTH.get(word, word)


def _declared(text: str) -> str:
    """Return the declared unit by its full name; one that can't be declared stays as it is."""
    try:
        named = figures.unit_table().named(text)
    except CalculationError:
        return text
    return named if named in FACTOR_UNITS else text


@cache
def _words(group: str) -> dict[str, str]:
    words: Mapping[str, list[str]] = vocabulary()["words"][group]
    return {key(text): word for word, texts in words.items() for text in (word, *texts)}


def words_of(group: str | None = None) -> Mapping[str, Any]:
    """Return a closed list's words, each with its texts; without a name, every list.

    The first text is Chinese, the second English.
    """
    words: Mapping[str, Any] = vocabulary()["words"]
    return words if group is None else words[group]
