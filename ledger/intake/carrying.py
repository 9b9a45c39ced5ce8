"""Which outputs of a process have a footprint: what takes a share needs one (law 2).

Asked of this ledger, which holds its maker's statements. A verifier of one co-product sees that
one alone, and can't say it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from rootprint.calc.sharing import WASTE
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.kinds import FOOTPRINT, PROCESS

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.store import Store


@dataclass(frozen=True)
class Output:
    """An open row of a process record: ``share`` is in percent of what is shared out.

    ``footprints`` are those of its issuer that cite the row and are neither superseded nor
    withdrawn, sorted.
    """

    row: int
    name: str
    product: str | None
    method: str
    share: Fraction
    footprints: tuple[bytes, ...]

    @property
    def is_carried(self) -> bool:
        """Whether a footprint carries it; waste carries nothing."""
        return self.method == WASTE or bool(self.footprints)


@dataclass(frozen=True)
class Outputs:
    """A process record, its open rows in their order, and whether these are all."""

    record: Statement
    rows: tuple[Output, ...]
    whole: bool

    @property
    def not_carried(self) -> tuple[Output, ...]:
        """The rows that no footprint carries."""
        return tuple(row for row in self.rows if not row.is_carried)


def outputs_of(store: Store, digest: bytes) -> Outputs:
    """Return the outputs of a process record, each with its footprints in this ledger.

    Raises NotFound for what is not here, Refused for another kind of statement. Reads every
    statement of the record's issuer.
    """
    with store.read() as tx:
        record = tx.statements.get(digest)
        if record.kind != PROCESS:
            message = f"{digest_text(digest)} is a {record.kind}, and no {PROCESS}"
            raise Refused(message, remedy=f"name the digest of a {PROCESS}")
        carrying: dict[int, list[bytes]] = {}
        for other in tx.statements.by_issuer(record.issuer):
            found = tx.statements.get(other)
            cited = found.subject.get("process") if found.kind == FOOTPRINT else None
            if cited is None or cited["record"] != digest_text(digest) or tx.exclusive.ended(other):
                continue
            carrying.setdefault(cited["row"], []).append(other)
    rows = tuple(
        Output(
            index,
            row["name"],
            row.get("productId"),
            row["method"],
            Fraction(row["share"]),
            tuple(carrying.get(index, ())),
        )
        for index, row in record.opened.items("allocation").items()
    )
    return Outputs(record, rows, record.opened.whole("allocation", "allocationShape"))
