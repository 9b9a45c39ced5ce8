"""Law 4, decided by check 7: a claim serves once.

A line's certificate rests on its issuer's claim, and that on the retirement record of a registry:
beneficiary, period, amount. Whoever sees the log can add the claims on one retirement; what came
first is covered, whoever else claims later. Without a retirement record a claim is unsigned, and
said to be.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.claims import AS_ROUNDED, Drawn, overdrawn
from rootprint.calc.errors import CalculationError
from rootprint.ledger.core.encoding import digest_bytes, digest_text
from rootprint.ledger.core.livenumber import of_one_number
from rootprint.ledger.core.schema.kinds import CLAIM, RETIREMENT
from rootprint.ledger.core.spelling import fold, in_common, spans
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.figures import NotConserved, exact, unit_table
from rootprint.ledger.verify.laws import Ruling, Unseen, broken, held, not_applicable, not_checkable
from rootprint.ledger.verify.rulings.markets import elsewhere
from rootprint.ledger.verify.rulings.records import (
    Unknown,
    process_record,
    require_record,
    rested_on,
)
from rootprint.ledger.verify.rulings.retirements import retired_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.node import Node

LAW: Final = 4
_MEGAWATT_HOUR: Final = "megawatt hour"
_AVERAGED: Final = ("grid", "residual")
_HIDDEN: Final = "its inventory is hidden"
_PROVEN: Final = range(1, 5)
MAX_TAKERS: Final = 1024
_Name = tuple[str, str]


def rule(node: Node, statement: Statement, nodes: Mapping[bytes, Node]) -> Ruling:
    """Judge what the open lines of a footprint take of certificates; note what is unsigned."""
    lines = {index: line for index, line in statement.opened.lines.items() if "certificate" in line}
    if not lines:
        hidden = has_inventory(statement) and not statement.opened.complete
        return not_checkable(LAW, _HIDDEN, Unseen.HIDDEN) if hidden else not_applicable(LAW)
    uses = _Uses(node, statement, nodes, lines)
    found = _judged(uses, statement)
    return found.noting(*uses.notices())


def _judged(uses: _Uses, statement: Statement) -> Ruling:
    try:
        uses.require_within_certificates()
        resting = uses.claims()
    except Unknown as error:
        return error.ruling(LAW)
    except CalculationError as error:
        return broken(LAW, str(error.args[0]))
    if not statement.opened.complete:
        return not_checkable(LAW, _HIDDEN, Unseen.HIDDEN)
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
        self._record = process_record(statement, nodes)
        self._unknown: Unknown | None = None
        self._unsigned: dict[_Name, Mapping[str, Any]] = {}
        self._contested: dict[bytes, list[str]] = {}
        self._twice: dict[bytes, tuple[str, ...]] = {}
        self._elsewhere: dict[bytes, str] = {}
        for line in lines.values():
            if "claim" not in line["certificate"]:
                self._unsigned.setdefault(_name(line["certificate"]), line["certificate"])

    def notices(self) -> Iterator[str]:
        """Yield what readers should know of the claims."""
        for named in self._unsigned.values():
            yield (
                f"certificate {named['id']} of {named['registry']} rests on no retirement record:"
                " an unsigned claim"
            )
        for retirement, others in self._contested.items():
            yield (
                f"retirement {digest_text(retirement)} is claimed by {', '.join(others)} too:"
                " contested"
            )
        for retirement, records in self._twice.items():
            yield (
                f"certificates of retirement {digest_text(retirement)} are retired by"
                f" {', '.join(records)} too: contested"
            )
        yield from self._elsewhere.values()

    def require_within_certificates(self) -> None:
        """Raise NotConserved if the lines of one certificate take more than it has.

        A certificate makes no average of a grid its holder's own, so no such line has one.
        """
        used: dict[_Name, Fraction] = {}
        limits: dict[_Name, Fraction] = {}
        named: dict[_Name, str] = {}
        for index, line in self._lines.items():
            certificate = line["certificate"]
            if line.get("electricity") in _AVERAGED:
                message = f"line {index} has a certificate, and its electricity is"
                raise NotConserved(f"{message} {line['electricity']}, an average")
            name, stated = _name(certificate), exact(certificate["MWh"])
            named.setdefault(name, f"{certificate['id']} of {certificate['registry']}")
            found = self._of_certificate(index, line)
            used[name] = used.get(name, Fraction(0)) + found
            limits[name] = min(limits.get(name, stated), stated)
        for name, amount in used.items():
            if amount > limits[name]:
                message = f"the lines of certificate {named[name]} take more MWh than it has"
                raise NotConserved(message)

    def claims(self) -> bool:
        """Judge every claim that a line names; return whether one rests on a retirement record."""
        by_claim: dict[str, list[int]] = {}
        for index, line in self._lines.items():
            if "claim" in line["certificate"]:
                by_claim.setdefault(line["certificate"]["claim"], []).append(index)
        unknown = self._unknown
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
        claimed = subject["periodStart"], subject["periodEnd"]
        period = pcf["referencePeriodStart"], pcf["referencePeriodEnd"]
        if not (_within(claimed, period) or _within(period, claimed)):
            message = f"claim {digest_text(digest)} is of another time than its reference period"
            raise NotConserved(message)
        undetermined = self._require_covered(self._nodes[digest], claim, indices)
        by_certificate = "certificate" in subject
        if by_certificate:
            self._by_certificate(subject["certificate"], indices)
        else:
            unknown = self._retirement(self._nodes[digest], claim, indices) or record.unknown
            if unknown is not None:
                raise unknown
        if undetermined is not None:
            raise undetermined
        return not by_certificate

    def _by_certificate(self, named: Mapping[str, Any], indices: list[int]) -> None:
        """Hold the lines to the certificate that their claim names, which nothing retired."""
        for index in indices:
            certificate = self._lines[index]["certificate"]
            if _name(certificate) != _name(named):
                message = f"line {index} names another certificate than its claim"
                raise NotConserved(message)
            self._unsigned.setdefault(_name(certificate), certificate)

    def _require_covered(self, claim: Node, said: Statement, indices: list[int]) -> Unknown | None:
        """Raise NotConserved if the claim's uses up to this footprint are more than it.

        What of the uses can't be determined is returned.
        """
        amount, unknown = said.subject["amount"], None
        takers = takers_of(claim, self._node)
        shared: dict[tuple[bytes, int], Fraction] = {}
        for taker, lines in takers:
            for index, line in lines.items():
                try:
                    use = _use(taker, self._nodes, index, line)
                    factor = unit_table().factor(use.unit, amount["unit"])
                except Unknown as error:
                    unknown = unknown or error
                    continue
                except CalculationError:  # breaks that footprint's law
                    continue
                shared[use.source] = max(shared.get(use.source, Fraction(0)), use.amount * factor)
        earlier = bool(shared)
        for index in indices:
            try:
                use = _use(self._statement, self._nodes, index, self._lines[index])
            except Unknown as error:
                unknown = unknown or error
                continue
            found = use.amount * _factor(use.unit, amount["unit"], index)
            shared[use.source] = max(shared.get(use.source, Fraction(0)), found)
        if sum(shared.values(), Fraction(0)) > exact(amount["value"]):
            who = "its lines and earlier footprints" if earlier else "its lines"
            message = f"{who} take more of claim {digest_text(claim.digest)} than was claimed"
            raise NotConserved(message)
        return unknown

    def _retirement(self, node: Node, claim: Statement, indices: list[int]) -> Unknown | None:
        """Judge the retirement record that a claim names; return what of it is not known."""
        subject = claim.subject
        digest = digest_bytes(subject["retirement"])
        record = require_record(
            node, digest, self._nodes, RETIREMENT, "the retirement of a claim", own=False
        )
        retired = record.statement.subject
        kept = self._nodes[digest]
        own = self._claims_on(node, kept)
        if kept.retired_too:
            self._twice[digest] = kept.retired_too
        self._note_market(record.statement, indices)
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
            certificate = line["certificate"]
            if fold(certificate["registry"]) != fold(retired["registry"]):
                message = f"line {index} names {certificate['registry']}, its retirement"
                raise NotConserved(f"{message} record is of {retired['registry']}")
            if not in_common(spans(certificate["id"], certificate["id"]), retired_spans(retired)):
                message = f"line {index} names certificate {certificate['id']}, which is not among"
                raise NotConserved(f"{message} those of retirement {digest_text(digest)}")
            if self._is_electricity(line) and retired["attribute"] != "electricity":
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

    def _note_market(self, retirement: Statement, indices: list[int]) -> None:
        lines = (self._lines[index] for index in indices)
        market = elsewhere(retirement, self._statement, lines, self._nodes)
        if market is not None:
            self._elsewhere.setdefault(retirement.digest, market)

    def _is_electricity(self, line: Mapping[str, Any]) -> bool:
        """Return whether a line takes electricity: it, or what it cites, says so."""
        cited = line["source"].get("statement")
        node = None if cited is None else self._nodes.get(digest_bytes(cited))
        factor = None if node is None else node.statement
        stated = factor is not None and "includesTransmission" in factor.subject
        return "electricity" in line or stated

    def _claims_on(self, claim: Node, retirement: Node) -> list[Statement]:
        """Return the claims in use on a retirement by the claim's issuer, and note the others'."""
        own, others = [], set()
        for node in dict.fromkeys((claim, *retirement.cited_by, *retirement.concerned_by)):
            other = node.statement
            if other is None or other.kind != CLAIM or other.concerns != retirement.digest:
                continue
            held = not node.ended or rested_on(node)
            if node is not claim and not (held and all(map(node.passed, _PROVEN))):
                continue
            if claim.statement is not None and other.issuer == claim.statement.issuer:
                own.append(other)
            else:
                others.add(other.issuer)
        if others:
            self._contested[retirement.digest] = sorted(others)
        return own

    def _of_certificate(self, index: int, line: Mapping[str, Any]) -> Fraction:
        """Return what a line takes of its certificate, in MWh; what is hidden takes nothing yet."""
        try:
            use = _use(self._statement, self._nodes, index, line)
        except _Unsaid:  # the line's own amount is what it takes at least once
            amount = line["amount"]
            return exact(amount["value"]) * _factor(amount["unit"], _MEGAWATT_HOUR, index)
        except Unknown as error:
            self._unknown = self._unknown or error
            return Fraction(0)
        return use.amount * _factor(use.unit, _MEGAWATT_HOUR, index)


class _Unsaid(Unknown):
    """What a footprint does not state openly: how much was produced."""


@dataclass(frozen=True)
class _Use:
    """What a line uses in its whole period, of which activity of a record, or which own line."""

    source: tuple[bytes, int]
    amount: Fraction
    unit: str


def _use(
    statement: Statement, nodes: Mapping[bytes, Node], index: int, line: Mapping[str, Any]
) -> _Use:
    """Return what a line uses: the activity it is a share of, else its part of the production."""
    amount, number = line["amount"], line.get("allocation", {}).get("activity")
    if "process" in statement.subject and number is not None:
        record = process_record(statement, nodes)
        if record is None or number not in record["activities"]:
            message = f"the activity that line {index} is a share of is hidden"
            raise Unknown(message, Unseen.HIDDEN)
        amount = record["activities"][number]["amount"]
        return _Use((record["digest"], number), exact(amount["value"]), amount["unit"])
    made, pcf = statement.opened.single("producedAmount"), statement.subject["pcf"]
    try:
        factor = unit_table().factor(made["unit"], pcf["declaredUnitOfMeasurement"]) if made else 0
    except CalculationError:
        factor = Fraction(0)
    produced = exact(made["value"]) * factor if made else Fraction(0)
    if produced <= 0:
        message = "what was produced is not stated"
        signed = made is None and "producedAmount" in statement.subject
        raise _Unsaid(message, Unseen.HIDDEN if signed else Unseen.UNSAID)
    times = produced / exact(pcf["declaredUnitAmount"]) * AS_ROUNDED
    return _Use((statement.digest, index), exact(amount["value"]) * times, amount["unit"])


def takers_of(claim: Node, last: Node) -> list[tuple[Statement, Mapping[int, dict[str, Any]]]]:
    """Return the footprints, and their lines that use a claim, that are before ``last``.

    They are of its issuer and in force. One that a later of them, or ``last``, names in
    precedingStatements, of one number with it, is replaced. Raises Unknown where they are too many.
    """
    if len(claim.cited_by) > MAX_TAKERS:
        message = f"more than {MAX_TAKERS} footprints rest on claim {digest_text(claim.digest)}"
        raise Unknown(message, Unseen.NOT_REACHED)
    if last.index is None or last.statement is None:
        return []
    replaced: set[str] = set()
    found = {
        digest_text(node.digest): (node, node.statement)
        for node in dict.fromkeys(claim.cited_by)
        if node.statement is not None
        and node.statement.issuer == last.statement.issuer
        and (-1 if node.index is None else node.index) < last.index
        and not node.ended
        and all(map(node.passed, _PROVEN))
    }
    for new in (*(statement for _, statement in found.values()), last.statement):
        for text in new.subject.get("precedingStatements", ()):
            if text in found and of_one_number(new, found[text][1]):
                replaced.add(text)
    return [
        (statement, node.claimed.get(claim.digest, {}))
        for text, (node, statement) in found.items()
        if text not in replaced
    ]


def _factor(unit: str, wanted: str, index: int) -> Fraction:
    try:
        return unit_table().factor(unit, wanted)
    except CalculationError as error:
        message = f"line {index} has a certificate, and its amount: {error.args[0]}"
        raise NotConserved(message) from error


def _within(inner: tuple[str, str], outer: tuple[str, str]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _name(certificate: Mapping[str, Any]) -> _Name:
    return fold(certificate["registry"]), fold(certificate["id"])
