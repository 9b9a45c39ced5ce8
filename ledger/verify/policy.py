"""The policy: what a reader requires of what it reads, as data.

The trust file says whom a reader believes, the policy what it requires. Nothing in it changes what
a check finds of a statement; it decides which assurances count, and what leaves a report incomplete
(``ledger.verify.required`` judges it).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final, Self

from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.core.files import read_file
from rootprint.ledger.core.schema import rules as schema
from rootprint.ledger.core.schema.rules import array, integer, members, one_of, percent
from rootprint.ledger.verify.written import parse_written

if TYPE_CHECKING:
    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.core.files import FileName
    from rootprint.ledger.core.schema.rules import Rule

VERSION: Final = 1
MAX_BYTES: Final = 64 * 1024
MAX_SECONDS: Final = 10**10
MAX_LISTED: Final = 64
ARITHMETIC: Final = ("recomputed", "recomputed-or-assured")  # the stricter first
ASSURANCE: Final = ("none", "limited", "reasonable")  # rising
ALL: Final = "100"
NOTHING: Final = "0"


def _or_null(rule: Rule) -> Rule:
    def judge(value: Json, path: str) -> None:
        if value is not None:
            rule(value, path)

    return judge


_seconds = _or_null(integer(0, MAX_SECONDS))
_KNOWN: Final[dict[str, Rule]] = {
    "arithmetic": one_of(*ARITHMETIC),
    "mostUnsigned": percent,
    "leastPrimary": percent,
    "mostNoLongerAdmitted": percent,
    "mostExempted": percent,
    "assurance": one_of(*ASSURANCE),
    "assuredBy": array(schema.did, 0, MAX_LISTED, unique=True),
    "mostMateriality": percent,
    "oldestAssurance": _seconds,
    "oldestStatus": _seconds,
    "oldestPeriod": _seconds,
    "rules": array(schema.text, 0, MAX_LISTED, unique=True),
    "mostRemovals": _or_null(percent),
    "mostCredits": _or_null(percent),
}
_document = members({"version": integer(VERSION, VERSION)}, _KNOWN)


@dataclass(frozen=True)
class Policy:
    """What is required; what is left out asks for nothing, but for ``most_removals`` and credits.

    Percents are decimals in texts, ages seconds, None is *not asked*. ``arithmetic`` is one of
    ARITHMETIC: whether an assurance may stand in for what is hidden; with ``recomputed`` nothing of
    the gross may be unsigned, whatever ``most_unsigned`` says. ``most_no_longer_admitted`` is how
    much of it may rest on issuers who are no longer admitted or are not seen, and how much may be
    assured by such bodies, ``most_exempted`` the most that a footprint of the walk may say that it
    leaves out. ``assurance`` is the level that the subject
    itself must have; an assurance counts only from a body of ``assured_by`` (empty: any that is
    independent), within ``most_materiality``, and begun at most ``oldest_assurance`` ago.
    ``oldest_status`` is the most between the block asked and the time asked, ``oldest_period``
    between the end of the subject's reference period and that time. ``rules`` names packs that must
    hold, by name or digest. Removals with what is captured, and credits, are bounded in percent of
    the gross.

    >>> print(Policy(assurance="limited", most_unsigned="20").json()["mostUnsigned"])
    20
    """

    arithmetic: str = ARITHMETIC[1]
    most_unsigned: str = ALL
    least_primary: str = NOTHING
    most_no_longer_admitted: str = ALL
    most_exempted: str = ALL
    assurance: str = ASSURANCE[0]
    assured_by: tuple[str, ...] = ()
    most_materiality: str = ALL
    oldest_assurance: int | None = None
    oldest_status: int | None = None
    oldest_period: int | None = None
    rules: tuple[str, ...] = ()
    most_removals: str | None = ALL
    most_credits: str | None = ALL

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
        return cls().with_members(parse_written(data, "policy"))

    def with_members(self, value: Json) -> Self:
        """Return it with the members of a policy's JSON, ``version`` among them, in their place.

        Raises Refused with the place for an unknown member or word.
        """
        try:
            _document(value, "policy")
        except Refused as error:
            error.remedy = "see every member and its default with: rootprint policy"
            raise
        said = {field: value[name] for field, name in MEMBERS.items() if name in value}
        lists = {field: tuple(one) for field, one in said.items() if isinstance(one, list)}
        return replace(self, **(said | lists))

    def json(self) -> dict[str, Any]:
        """Return every member, the defaults too."""
        return {"version": VERSION, **self.words()}

    def words(self) -> dict[str, Any]:
        """Return what is required by name, as a report has it."""
        values = ((name, getattr(self, field)) for field, name in MEMBERS.items())
        return {name: list(v) if isinstance(v, tuple) else v for name, v in values}

    def text(self) -> str:
        """Return a policy file that says the same."""
        return json.dumps(self.json(), indent=2) + "\n"


def _member(field: str) -> str:
    first, *rest = field.split("_")
    return first + "".join(word.capitalize() for word in rest)


# The field of each member's name in JSON, in the order of the document.
MEMBERS: Final = {one.name: _member(one.name) for one in fields(Policy)}
if list(MEMBERS.values()) != list(_KNOWN):
    raise RuntimeError("a policy's fields are not its members")
