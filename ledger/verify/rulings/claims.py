"""Law 4, decided by check 7: a claim serves once.

A line's certificate rests on its issuer's claim, and that on the retirement record of a registry:
beneficiary, period, amount. Whoever sees the log can add the claims on one retirement; what came
first is covered, whoever else claims later. Without a retirement record a claim is unsigned, and
said to be.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.claims import Drawn, overdrawn
from rootprint.calc.errors import CalculationError
from rootprint.ledger.core.encoding import digest_bytes, digest_text
from rootprint.ledger.core.schema.kinds import CLAIM, RETIREMENT
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.figures import NotConserved, exact, unit_table
from rootprint.ledger.verify.laws import Ruling, broken, held, not_applicable, not_checkable
from rootprint.ledger.verify.rulings.records import Unknown, require_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.node import Node

LAW: Final = 4
_MEGAWATT_HOUR: Final = "megawatt hour"
_HIDDEN: Final = "its inventory is hidden"
_PROVEN: Final = range(1, 5)
_Name = tuple[str, str]


def rule(node: Node, statement: Statement, nodes: Mapping[bytes, Node]) -> Ruling:
    """Judge what the open lines of a footprint take of certificates; note what is unsigned."""
    lines = {index: line for index, line in statement.opened.lines.items() if "certificate" in line}
    if not lines:
        hidden = has_inventory(statement) and not statement.opened.complete
        return not_checkable(LAW, _HIDDEN) if hidden else not_applicable(LAW)
    uses = _Uses(node, statement, nodes, lines)
    found = _judged(uses, statement)
    return found.noting(*uses.notices())


def _judged(uses: _Uses, statement: Statement) -> Ruling:
    try:
        uses.require_within_certificates()
        resting = uses.claims()
    except Unknown as error:
        return not_checkable(LAW, str(error))
    except CalculationError as error:
        return broken(LAW, str(error.args[0]))
    if not statement.opened.complete:
        return not_checkable(LAW, _HIDDEN)
    return held(LAW) if resting else not_applicable(LAW)


class _Uses:
    """The lines of one footprint that have a certificate, and what was found of them."""

    def __init__(
        self,
        node: Node,
        statement: Statement,
        nodes: Mapping[bytes, Node],
        lines: Mapping[int, dict[str, Any]],
    ) -> None:
        self._node, self._statement, self._nodes, self._lines = node, statement, nodes, lines
        self._record = _process_record(statement, nodes)
        self._unsigned: dict[_Name, None] = {}
        self._contested: dict[bytes, list[str]] = {}
        for line in lines.values():
            if "claim" not in line["certificate"]:
                self._unsigned[_name(line)] = None

    def notices(self) -> Iterator[str]:
        """Yield what readers should know of the claims."""
        for registry, certificate in self._unsigned:
            yield (
                f"certificate {certificate} of {registry} rests on no retirement record:"
                " an unsigned claim"
            )
        for retirement, others in self._contested.items():
            yield (
                f"retirement {digest_text(retirement)} is claimed by {', '.join(others)} too:"
                " contested"
            )

    def require_within_certificates(self) -> None:
        """Raise NotConserved if the lines of one certificate take more than it has."""
        used: dict[_Name, Fraction] = {}
        limits: dict[_Name, Fraction] = {}
        for index, line in self._lines.items():
            name, stated = _name(line), exact(line["certificate"]["MWh"])
            used[name] = used.get(name, Fraction(0)) + self._used(index, _MEGAWATT_HOUR)
            limits[name] = min(limits.get(name, stated), stated)
        for name, amount in used.items():
            if amount > limits[name]:
                registry, certificate = name
                message = f"the lines of certificate {certificate} of {registry} take more MWh"
                raise NotConserved(f"{message} than it has")

    def claims(self) -> bool:
        """Judge every claim that a line names; return whether one rests on a retirement record."""
        by_claim: dict[str, list[int]] = {}
        for index, line in self._lines.items():
            if "claim" in line["certificate"]:
                by_claim.setdefault(line["certificate"]["claim"], []).append(index)
        unknown: Unknown | None = None
        resting = False
        for text, indices in by_claim.items():
            try:
                resting = self._claim(digest_bytes(text), indices) or resting
            except Unknown as error:
                unknown = unknown or error
        if unknown is not None:
            raise unknown
        return resting

    def _claim(self, digest: bytes, indices: list[int]) -> bool:
        record = require_record(self._node, digest, self._nodes, CLAIM, "the claim of a line")
        claim = record.statement
        subject, pcf = claim.subject, self._statement.subject["pcf"]
        if self._record is not None and digest_text(digest) not in self._record.get("claims", ()):
            message = f"its process record does not draw on claim {digest_text(digest)}"
            raise NotConserved(message)
        apart = (
            subject["periodStart"] > pcf["referencePeriodEnd"]
            or pcf["referencePeriodStart"] > subject["periodEnd"]
        )
        if apart:
            message = f"claim {digest_text(digest)} is of another time than its reference period"
            raise NotConserved(message)
        used = sum((self._used(n, subject["amount"]["unit"]) for n in indices), Fraction(0))
        if used > exact(subject["amount"]["value"]):
            message = f"its lines take more of claim {digest_text(digest)} than was claimed"
            raise NotConserved(message)
        if "certificate" in subject:
            named = subject["certificate"]
            for index in indices:
                if _name(self._lines[index]) != (named["registry"], named["id"]):
                    message = f"line {index} names another certificate than its claim"
                    raise NotConserved(message)
                self._unsigned[_name(self._lines[index])] = None
            return False
        unknown = self._retirement(self._nodes[digest], claim, indices) or record.unknown
        if unknown is not None:
            raise Unknown(unknown)
        return True

    def _retirement(self, node: Node, claim: Statement, indices: list[int]) -> str | None:
        """Judge the retirement record that a claim names; return what of it is not known."""
        subject = claim.subject
        digest = digest_bytes(subject["retirement"])
        record = require_record(
            node, digest, self._nodes, RETIREMENT, "the retirement of a claim", own=False
        )
        retired = record.statement.subject
        own = self._claims_on(node, record.statement)
        if retired["beneficiary"] != claim.issuer:
            message = f"retirement {digest_text(digest)} is for {retired['beneficiary']}"
            raise NotConserved(f"{message}, and {claim.issuer} claims it")
        within = (
            retired["productionStart"] <= subject["periodStart"]
            and subject["periodEnd"] <= retired["productionEnd"]
        )
        if not within:
            message = f"claim {digest_text(claim.digest)} is not of the time in which it was made"
            raise NotConserved(message)
        for index in indices:
            line = self._lines[index]
            if line["certificate"]["registry"] != retired["registry"]:
                message = f"line {index} names {line['certificate']['registry']}, its retirement"
                raise NotConserved(f"{message} record is of {retired['registry']}")
            if line.get("electricity") == "contract" and retired["attribute"] != "electricity":
                message = f"line {index} takes electricity, and {retired['attribute']} was retired"
                raise NotConserved(message)
        drawn = []
        for one in own:
            amount = one.subject["amount"]
            factor = unit_table().factor(amount["unit"], retired["amount"]["unit"])
            place = self._nodes[one.digest].index or 0
            drawn.append(Drawn(place, exact(amount["value"]) * factor))
        over = overdrawn(drawn, exact(retired["amount"]["value"]))
        if over is not None and over.place <= (node.index or 0):
            message = f"claims on retirement {digest_text(digest)} exceed its amount"
            raise NotConserved(message)
        return record.unknown

    def _claims_on(self, claim: Node, retirement: Statement) -> list[Statement]:
        """Return the live claims on a retirement by the claim's issuer, and note the others'."""
        own, others = [], set()
        for node in self._nodes.values():
            other = node.statement
            if other is None or other.kind != CLAIM or other.concerns != retirement.digest:
                continue
            if node is not claim and (node.ended or not all(map(node.passed, _PROVEN))):
                continue
            if claim.statement is not None and other.issuer == claim.statement.issuer:
                own.append(other)
            else:
                others.add(other.issuer)
        if others:
            self._contested[retirement.digest] = sorted(others)
        return own

    def _used(self, index: int, unit: str) -> Fraction:
        """Return what a line takes, in ``unit``: of the whole activity that it is a share of."""
        line = self._lines[index]
        amount = line["amount"]
        number = line.get("allocation", {}).get("activity")
        if self._activities is not None and number in self._activities:
            amount = self._activities[number]["amount"]
        try:
            factor = unit_table().factor(amount["unit"], unit)
        except CalculationError as error:
            message = f"line {index} has a certificate, and its amount: {error.args[0]}"
            raise NotConserved(message) from error
        return exact(amount["value"]) * factor

    @property
    def _activities(self) -> Mapping[int, Any] | None:
        return None if self._record is None else self._record["activities"]


def _name(line: Mapping[str, Any]) -> _Name:
    return line["certificate"]["registry"], line["certificate"]["id"]


def _process_record(statement: Statement, nodes: Mapping[bytes, Node]) -> dict[str, Any] | None:
    """Return the claims and the open activities of the process record that is cited."""
    cited = statement.subject.get("process")
    node = None if cited is None else nodes.get(digest_bytes(cited["record"]))
    record = None if node is None else node.readable
    if record is None or "activities" not in record.subject:
        return None
    claims = record.subject.get("claims", ())
    return {"claims": claims, "activities": record.opened.items("activities")}
