"""Publishing: judged, appended, acknowledged with a receipt. All interfaces call this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.intake.citable import lapsed_inputs
from rootprint.ledger.intake.judging import judge
from rootprint.ledger.intake.placing import placed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake.home import Home
    from rootprint.ledger.log import Log, Receipt


def publish(  # noqa: PLR0913 - what is published, where, and who is told
    home: Home,
    log: Log,
    texts: Sequence[str],
    *,
    keep_disclosures: bool = False,
    names: Sequence[str] = (),
    tell: Callable[[str], None] = lambda _said: None,
) -> list[Receipt]:
    """Log statements in this order and return a receipt for each; all of them or none.

    ``log`` is the home's log with its private key, which only a publisher's process holds.
    ``names`` say in messages which text is meant, a file's name for instance.

    ``keep_disclosures`` is for the holder of the ledger's folder: what the statements disclose is
    kept there, and what is kept there is read in judging them. Whoever else publishes is answered
    from what anybody can read and from ``texts``.

    ``tell`` is called with what refuses nothing and should be known: that a statement cites one
    whose issuer is no longer admitted.

    When this returns, every statement is on disk under a signed checkpoint. Raises what ``judge``
    raises for the first that is refused.
    """
    batch: dict[bytes, tuple[int, Statement]] = {}
    statements = []
    size = log.size
    for number, text in enumerate(texts):
        place = names[number] if names else _place(number, len(texts))
        with placed(place):
            statement = judge(text, home, batch, holder=keep_disclosures)
        for said in lapsed_inputs(home, statement):
            tell(f"{place}: {said}" if place else said)
        batch.setdefault(statement.digest, (size + len(batch), statement))
        statements.append(statement)
    return log.append(statements, keep_disclosures=keep_disclosures)


def _place(number: int, count: int) -> str:
    return "" if count == 1 else f"statement {number + 1} of {count}"
