"""The policy: what a reader requires of what it reads, as data.

The trust file says whom a reader believes, the policy what it requires. Nothing in it changes what
a check finds; it decides which of what could not be checked leaves a report incomplete.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.core.files import read_file
from rootprint.ledger.core.schema.rules import integer, members, one_of
from rootprint.ledger.verify.written import parse_written

if TYPE_CHECKING:
    from rootprint.ledger.core.files import FileName

VERSION: Final = 1
MAX_BYTES: Final = 64 * 1024
ARITHMETIC: Final = ("recomputed", "recomputed-or-assured")  # the stricter first
ASSURANCE: Final = ("none", "limited", "reasonable")  # rising
_document = members(
    {"version": integer(VERSION, VERSION)},
    {"arithmetic": one_of(*ARITHMETIC), "assurance": one_of(*ASSURANCE)},
)


@dataclass(frozen=True)
class Policy:
    """What is required: one of ARITHMETIC and one of ASSURANCE.

    ``arithmetic`` says whether an assurance may stand in for lines that are hidden, ``assurance``
    which level the subject itself must have.

    >>> print(Policy(assurance="limited").text(), end="")
    {
      "version": 1,
      "arithmetic": "recomputed-or-assured",
      "assurance": "limited"
    }
    """

    arithmetic: str = ARITHMETIC[1]
    assurance: str = ASSURANCE[0]

    def __post_init__(self) -> None:
        """Refuse a word that no list has; a policy that means nothing would be met by anything."""
        _document(self.json(), "policy")

    @classmethod
    def load(cls, name: FileName) -> Self:
        """Read a policy file; raises NotFound, Unavailable, and what ``parse`` raises."""
        return cls.parse(read_file(name, MAX_BYTES))

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read a policy from JSON; what it leaves out is as ``Policy()`` has it.

        Raises Refused with the place for an unknown member or word, TooLarge beyond MAX_BYTES.
        """
        if len(data) > MAX_BYTES:
            message = f"the policy is longer than {MAX_BYTES} bytes"
            raise TooLarge(message, remedy="see a whole one with: rootprint policy")
        value = parse_written(data, "policy")
        try:
            _document(value, "policy")
        except Refused as error:
            error.remedy = "see every member and its default with: rootprint policy"
            raise
        return cls(**{name: word for name, word in value.items() if name != "version"})

    def json(self) -> dict[str, Any]:
        """Return every member, the defaults too."""
        return {"version": VERSION, **self.words()}

    def words(self) -> dict[str, str]:
        """Return what is required by name, as a report tells it."""
        return {"arithmetic": self.arithmetic, "assurance": self.assurance}

    def text(self) -> str:
        """Return a policy file that says the same."""
        return json.dumps(self.json(), indent=2) + "\n"
