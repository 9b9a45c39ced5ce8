"""What a ledger holds, listed; and the one statement that a short name means.

Both read every statement once, from the oldest to the newest: their cost grows with the ledger.
A digest, whole or its beginning, is looked up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.encoding import digest_bytes, digest_text
from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.core.schema.kinds import FOOTPRINT, PROCESS, STATUS
from rootprint.ledger.core.sdjwt import join
from rootprint.ledger.core.spelling import fold
from rootprint.ledger.core.statement import parse_statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake.home import Home

FEWEST_DIGITS: Final = 6
MOST_NAMED: Final = 5
_PREFIX: Final = re.compile(rf"(?:sha256:)?([0-9a-f]{{{FEWEST_DIGITS},64}})")
_LAST_PART: Final = re.compile(r"[^:/]+$")


@dataclass(frozen=True)
class Listed:
    """A logged statement in a line: its place, what it is, whose and whether it stands.

    ``title`` is the name that its issuer gives; ``names`` are its product ids or its process.
    ``total`` is kg CO2e per ``unit``, None but of a footprint. ``state`` is ``live``, or what a
    status statement of its own issuer in this ledger says: ``superseded`` or ``withdrawn``.
    """

    index: int
    digest: bytes
    kind: str
    issuer: str
    title: str
    names: tuple[str, ...]
    total: str | None
    unit: str | None
    state: str

    def json(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "entry": self.index,
            "digest": digest_text(self.digest),
            "kind": self.kind,
            "issuer": self.issuer,
            "title": self.title,
            "names": list(self.names),
            "total": self.total,
            "unit": self.unit,
            "state": self.state,
        }


def catalogue(home: Home) -> Iterator[Listed]:
    """Yield every logged statement that this ledger holds, in the order of the log."""
    with home.store.read() as tx:
        held = [
            (index, parse_statement(join(row.jwt, ())))
            for index, _, _, row in tx.statements.logged()
            if row is not None
        ]
    states = dict(map(_state, (one for _, one in held if one.kind == STATUS)))
    for index, statement in held:
        state = states.get((statement.digest, statement.issuer), "live")
        yield _listed(index, statement, state)


def found(home: Home, text: str) -> Iterator[Listed]:
    """Yield what has ``text`` in its names, its title or its issuer, whatever the case of letters.

    >>> import inspect; inspect.isgeneratorfunction(found)
    True
    """
    wanted = fold(text)
    for one in catalogue(home):
        if any(wanted in fold(name) for name in (one.title, one.issuer, *one.names)):
            yield one


def named(home: Home, text: str) -> bytes:
    """Return the digest of the one statement that ``text`` names.

    It is a digest, the beginning of one (six hexadecimal digits at least), a product id, the last
    part of one, or a title; by name only a live footprint or process record is meant. Raises
    NotFound where there is none, and Refused with the candidates where there are several.
    """
    if len(text) == len(digest_text(bytes(32))) and text.startswith("sha256:"):
        return digest_bytes(text, what=text)
    if (digits := _PREFIX.fullmatch(text)) is not None:
        with home.store.read() as tx:
            by_digest = tx.statements.beginning_with(digits[1])
        if by_digest:
            return _the_one(text, [digest_text(digest) for digest in by_digest])
    wanted = fold(text)
    live = [one for one in catalogue(home) if one.state == "live" and _may_be_named(one)]
    exact = [one for one in live if wanted in map(fold, one.names)]
    matching = exact or [one for one in live if wanted in map(fold, _short_names(one))]
    if not matching:
        message = f"there is no live statement called {text!r} here"
        raise NotFound(message, remedy="see what there is with: rootprint list")
    return _the_one(text, [digest_text(one.digest) for one in matching])


def _the_one(text: str, digests: list[str]) -> bytes:
    if len(digests) == 1:
        return digest_bytes(digests[0], what=text)
    more = "" if len(digests) <= MOST_NAMED else f" and {len(digests) - MOST_NAMED} more"
    message = f"{text!r} may mean {', '.join(digests[:MOST_NAMED])}{more}"
    raise Refused(message, remedy="give more of the digest of the one that is meant")


def _may_be_named(one: Listed) -> bool:
    return one.kind in {FOOTPRINT, PROCESS}


def _short_names(one: Listed) -> Iterator[str]:
    yield one.title
    for name in one.names:
        last = _LAST_PART.search(name)
        if last is not None:
            yield last[0]


def _state(status: Statement) -> tuple[tuple[bytes, str], str]:
    about = digest_bytes(status.subject["statement"], what="statement")
    return (about, status.issuer), str(status.subject["state"])


def _listed(index: int, statement: Statement, state: str) -> Listed:
    subject, total, unit = statement.subject, None, None
    title, names = "", tuple[str, ...]()
    if statement.kind == FOOTPRINT:
        title, names = subject["productNameCompany"], tuple(subject["productIds"])
        total = subject["pcf"]["pcfExcludingBiogenicUptake"]
        amount = subject["pcf"]["declaredUnitAmount"]
        unit = f"{amount} {subject['pcf']['declaredUnitOfMeasurement']}"
    elif statement.kind == PROCESS:
        title, names = subject["process"], (subject["process"],)
    elif statement.concerns is not None:
        title = f"of {digest_text(statement.concerns)}"
    return Listed(
        index, statement.digest, statement.kind, statement.issuer, title, names, total, unit, state
    )
