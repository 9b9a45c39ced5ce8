"""Which accounting laws an auditor can cover: those that its own tool checked, and that hold.

An assurance stands in, for readers who see less, for what its auditor saw. So it names no law that
could not be checked here, and none is signed on a statement that breaks one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.kinds import FOOTPRINT
from rootprint.ledger.verify import NAMES, LawState, State

if TYPE_CHECKING:
    from collections.abc import Collection

    from rootprint.ledger.intake.home import Home
    from rootprint.ledger.verify import StatementReport

_GOOD: Final = frozenset({LawState.HELD, LawState.NOT_APPLICABLE})
_LIVE_NUMBER: Final = 5


def assurable_laws(home: Home, digest: bytes, *, asked: Collection[int] = ()) -> list[int]:
    """Return the laws that a positive conclusion on a footprint may name, rising.

    They are all that could be checked with what is open here, or those ``asked`` for. Raises
    NotFound; Refused where a check of the statement fails, naming check, law and place, or where a
    law that is asked for could not be checked.
    """
    with home.store.read() as tx:
        statement = tx.statements.get(digest)
    if statement.kind != FOOTPRINT:
        raise Refused("only a footprint can be assured", remedy="name a footprint's digest")
    report = home.export(digest).report
    own = next(one for one in report.statements if one.digest == digest)
    _require_sound(own)
    covered = {law for law, state in own.laws.items() if state in _GOOD}
    if "variant" not in statement.subject:
        # This log took it, so it is the only one of its number here; an anchor may be to come.
        covered.add(_LIVE_NUMBER)
    missing = sorted(set(asked) - covered)
    if missing:
        named = ", ".join(map(str, missing))
        message = f"law {named} of {digest_text(digest)} could not be checked with what is open"
        raise Refused(
            message,
            remedy="ask its issuer to open what is hidden (and what it cites), anchor the log, and"
            " leave out what no check covers; rootprint walk tells what is missing",
        )
    return sorted(set(asked) or covered)


def _require_sound(own: StatementReport) -> None:
    for number in sorted(own.checks):
        check = own.checks[number]
        if check.state is State.FAILED:
            what = f"check {number} {NAMES[number]} of {digest_text(own.digest)} fails"
            message = f"a positive conclusion is not signed: {what}: {check.reason}"
            raise Refused(
                message,
                remedy="its issuer corrects it and publishes it anew; if it stands as it is,"
                " conclude adversely",
            )
