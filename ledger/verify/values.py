"""What a report says in numbers, as typed values with their units."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.encoding import time_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.standing import Lapse

UNIT: Final = "kg CO2e"
NAMED: Final = "named in the trust file"
CHECKED: Final = "checked"
NOT_CHECKED: Final = "not checked"
ADMITTED: Final = "admitted"  # the parts of two of coverage's partitions
LAPSED: Final = "noLongerAdmitted"
NOT_SEEN: Final = "notSeen"
NO_BODY: Final = "none"
SIGNED: Final = "signed"  # of those of how it was checked
UNSIGNED: Final = "unsigned"


@dataclass(frozen=True)
class Total:
    """A footprint as its issuer signed it: ``value`` in ``unit`` per ``amount`` ``of``.

    ``value`` is pcfExcludingBiogenicUptake, the sum of ``gross`` (≥ 0), ``removals``, ``captured``
    and ``credits`` (all ≤ 0): CO2 that is captured where it arises and stored is no removal from
    the atmosphere. ``including`` counts biogenic uptake and release too.
    """

    value: Decimal
    including: Decimal
    gross: Decimal
    removals: Decimal
    captured: Decimal
    credits: Decimal
    amount: Decimal
    of: str
    unit: str = UNIT

    @classmethod
    def of_totals(cls, totals: Mapping[str, Any]) -> Total:
        """Read it from the members ``totals`` of a report."""
        return cls(
            value=Decimal(totals["pcfExcludingBiogenicUptake"]),
            including=Decimal(totals["pcfIncludingBiogenicUptake"]),
            gross=Decimal(totals["gross"]),
            removals=Decimal(totals["removals"]),
            captured=Decimal(totals["captured"]),
            credits=Decimal(totals["credits"]),
            amount=Decimal(totals["declaredUnitAmount"]),
            of=totals["declaredUnitOfMeasurement"],
            unit=totals["unit"],
        )

    def __str__(self) -> str:
        return f"{self.value} {self.unit} per {self.amount} {self.of}"


@dataclass(frozen=True)
class Body:
    """Who assured, by its DID, and whether the reader's trust file names it as accredited.

    ``checked`` says that an accreditor whom the trust file names had it accredited for what counts.
    """

    did: str
    named: bool
    checked: bool = False

    def json(self) -> dict[str, str]:
        """Return the report's JSON of it."""
        known = CHECKED if self.checked else NOT_CHECKED
        return {"did": self.did, "accreditation": NAMED if self.named else known}


@dataclass(frozen=True)
class Assurance:
    """Who assured: the ``level`` that the subject itself has, and what counts below and of it.

    ``assured`` of the ``footprints`` on the walk have an assurance that counts, by ``bodies``.
    """

    level: str = "none"
    assured: int = 0
    footprints: int = 0
    bodies: tuple[Body, ...] = ()

    def json(self) -> dict[str, Any]:
        """Return the report's JSON of it."""
        return {
            "level": self.level,
            "assured": self.assured,
            "footprints": self.footprints,
            "bodies": [body.json() for body in self.bodies],
        }


@dataclass(frozen=True)
class NoLonger:
    """Who was admitted when it signed and is not as of the block asked, by DID.

    ``issuers`` are those of the statements that the subject reaches by citation, its own among
    them; ``bodies`` those of the assurances that count.
    """

    issuers: Mapping[str, Lapse] = field(default_factory=dict)
    bodies: Mapping[str, Lapse] = field(default_factory=dict)

    def json(self) -> dict[str, list[dict[str, str | None]]]:
        """Return the report's JSON of it, by rising DID."""
        return {"issuers": _lapses(self.issuers), "bodies": _lapses(self.bodies)}


@dataclass(frozen=True)
class Caveats:
    """What the shares leave unsaid: percents as they were stated, and a count.

    ``exempted`` is the most that a footprint of the walk says that it leaves out, ``materiality``
    the greatest of the assurances that count, None where there is none; ``superseded`` how many
    statements that the subject rests on were superseded after they were cited.
    """

    exempted: str | None = None
    materiality: str | None = None
    superseded: int = 0

    def json(self) -> dict[str, str | int | None]:
        """Return the report's JSON of it."""
        return {
            "exempted": self.exempted,
            "materiality": self.materiality,
            "superseded": self.superseded,
        }


@dataclass(frozen=True)
class Coverage:
    """How the contributions were checked, and on what data they rest: partitions in percent.

    ``checked`` has recomputed, assured, signed and unsigned, ``data`` primary and secondary,
    ``assurance`` none, limited and reasonable (of the highest assured statement on the path),
    ``bodies`` whose assurance that is: none, of a body that is admitted, or of one no longer
    admitted; ``standing`` what rests on issuers that are all admitted, on one who no longer is, or
    on makers that are not seen: of lines that are hidden, of what was published or attested; all of
    the gross. ``taken_off`` has those
    of ``checked`` of removals and credits, ``taken_off_standing`` those of ``standing``, and both
    are None where nothing is taken off. Each adds up to 100.00.
    """

    checked: Mapping[str, Decimal]
    data: Mapping[str, Decimal]
    assurance: Mapping[str, Decimal]
    bodies: Mapping[str, Decimal]
    standing: Mapping[str, Decimal]
    taken_off: Mapping[str, Decimal] | None = None
    taken_off_standing: Mapping[str, Decimal] | None = None
    unit: str = "%"

    @classmethod
    def of_shares(
        cls,
        taken_off: Mapping[str, str] | None = None,
        off_standing: Mapping[str, str] | None = None,
        **shares: Mapping[str, str],
    ) -> Coverage:
        """Make it of printed shares: those of each partition by its name."""
        off, whose = (None if one is None else _decimals(one) for one in (taken_off, off_standing))
        parts = {name: _decimals(one) for name, one in shares.items()}
        return cls(
            parts["checked"], parts["data"], parts["assurance"], parts["bodies"],
            parts["standing"], off, whose,
        )  # fmt: skip

    @property
    def recomputed(self) -> Decimal:
        """What was recomputed down to factors."""
        return self.checked["recomputed"]

    @property
    def primary(self) -> Decimal:
        """What primary activity data leads down to."""
        return self.data["primary"]

    @property
    def not_known_admitted(self) -> Decimal:
        """What rests on an issuer who is no longer admitted, or on issuers that are not seen."""
        return _not_known(self.standing)

    @property
    def off_not_known_admitted(self) -> Decimal:
        """What of removals and credits does; nothing where nothing is taken off."""
        return (
            Decimal(0) if self.taken_off_standing is None else _not_known(self.taken_off_standing)
        )

    def json(self) -> dict[str, dict[str, str] | None]:
        """Return the report's JSON of it."""
        return {
            "checked": _texts(self.checked),
            "data": _texts(self.data),
            "assurance": _texts(self.assurance),
            "bodies": _texts(self.bodies),
            "standing": _texts(self.standing),
            "takenOff": None if self.taken_off is None else _texts(self.taken_off),
            "takenOffStanding": (
                None if self.taken_off_standing is None else _texts(self.taken_off_standing)
            ),
        }


def _not_known(standing: Mapping[str, Decimal]) -> Decimal:
    return standing[LAPSED] + standing[NOT_SEEN]


def _lapses(lapses: Mapping[str, Lapse]) -> list[dict[str, str | None]]:
    return [
        {
            "did": did,
            "status": lapse.status,
            "since": time_text(lapse.since),
            "reason": lapse.reason,
        }
        for did, lapse in sorted(lapses.items())
    ]


def _decimals(shares: Mapping[str, str]) -> dict[str, Decimal]:
    return {name: Decimal(share) for name, share in shares.items()}


def _texts(shares: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: str(share) for name, share in shares.items()}
