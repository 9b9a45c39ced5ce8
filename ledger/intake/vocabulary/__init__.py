"""What people call an inventory's members, sheets and words: one vocabulary, Chinese and English.

What a unit and a gas are called is in ledger.core.tables, since lines are read by it everywhere.
"""

from rootprint.ledger.intake.vocabulary.examples import MARK, example_rows, is_example
from rootprint.ledger.intake.vocabulary.likeness import most_like
from rootprint.ledger.intake.vocabulary.names import LANGUAGES, Names, key, names_of, sheet_names
from rootprint.ledger.intake.vocabulary.words import (
    group_at,
    in_signed_words,
    label_of,
    nearest_word,
    word_named,
    words_of,
)

__all__ = [
    "LANGUAGES",
    "MARK",
    "Names",
    "example_rows",
    "group_at",
    "in_signed_words",
    "is_example",
    "key",
    "label_of",
    "most_like",
    "names_of",
    "nearest_word",
    "sheet_names",
    "word_named",
    "words_of",
]
