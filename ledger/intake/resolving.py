"""What stands behind the names of an inventory: one way from a name to a statement.

A name is one that was given with a digest, or a digest itself: a pool names its base number by
digest, and so may a file.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.encoding import digest_bytes, digest_text
from rootprint.ledger.core.errors import NotFound
from rootprint.ledger.core.statement import Statement, parse_statement
from rootprint.ledger.intake.citable import require_citable
from rootprint.ledger.intake.placing import placed
from rootprint.ledger.intake.vocabulary import most_like

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rootprint.ledger.intake.home import Home

Resolve = Callable[[str], "Statement"]

_DIGEST: Final = "sha256:"
_LONGEST: Final = 64
_LIKENED: Final = 50  # names without a statement for which the nearest one is looked for


def resolver(
    names: Mapping[str, bytes | str],
    fetch: Callable[[str, bytes], Statement],
    give: Callable[[str], str],
) -> Resolve:
    """Return what gives the statement behind a name, each fetched once.

    ``names`` are digests (32 bytes, or ``sha256:…``) by name, read when a name is asked for;
    ``fetch`` gets the name and its digest; ``give`` returns the remedy for a name that is neither
    among them nor a digest: how one is given. It raises NotFound for such a name, Refused for a
    digest that is none, and what ``fetch`` raises.
    """
    found: dict[str, Statement] = {}
    unknown: set[str] = set()

    def resolve(name: str) -> Statement:
        if name not in found:
            digest = names.get(name, name if name.startswith(_DIGEST) else None)
            if digest is None:
                unknown.add(name)
                raise _unnamed(name, names if len(unknown) <= _LIKENED else (), give(name))
            if isinstance(digest, str):
                digest = digest_bytes(digest, what=f"the digest of the input {name[:_LONGEST]!r}")
            found[name] = fetch(name, digest)
        return found[name]

    return resolve


def logged_resolver(
    home: Home,
    names: Mapping[str, bytes | str],
    give: Callable[[str], str],
    tell: Callable[[str, str], None] = lambda _name, _said: None,
) -> Resolve:
    """Return what gives the logged statement behind a name, if it may be cited now.

    ``tell`` is called with a name and what a composer should know of its statement: that it is not
    anchored yet, that its issuer is no longer admitted. Raises as ``resolver`` and
    ``require_citable``.
    """

    def fetch(name: str, digest: bytes) -> Statement:
        found = require_citable(home, digest, now=int(time.time()))
        for said in found.remarks():
            tell(name, said)
        return found.statement

    return resolver(names, fetch, give)


def held_resolver(
    statements: Mapping[str, Statement | str],
    names: Mapping[str, str],
    give: Callable[[str], str],
) -> Resolve:
    """Return what gives the signed statement behind a name, of those that are held without a log.

    ``statements`` are given by name, parsed or as text. ``names`` are digests that the file gives
    for names of its own: of them, too, the statements must be held, under whatever name. Raises as
    ``resolver``, and Refused for a text that is no statement.
    """
    parsed = {name: _parsed(name, one) for name, one in statements.items()}
    digests = {one.digest: one for one in parsed.values()}

    def fetch(name: str, digest: bytes) -> Statement:
        if digest not in digests:
            named = "" if name.startswith(_DIGEST) else f", which the input {name!r} is,"
            message = f"the statement {digest_text(digest)}{named} is not given"
            raise NotFound(message, remedy=give(name))
        return digests[digest]

    return resolver({**names, **{name: one.digest for name, one in parsed.items()}}, fetch, give)


def _parsed(name: str, given: Statement | str) -> Statement:
    if isinstance(given, Statement):
        return given
    with placed(f"the input {name[:_LONGEST]!r}"):
        return parse_statement(given)


def _unnamed(name: str, known: Iterable[str], give: str) -> NotFound:
    """Return the error for a name that no statement was given for; a near one may be meant."""
    near = most_like(name, known)
    message = f"it is not said which statement the input {name!r} is"
    remedy = f"name it {near}, if that is meant, or {give}" if near else give
    return NotFound(message, remedy=remedy)
