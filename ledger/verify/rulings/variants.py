"""Law 5, variants: a variant's number is its row of a pool, and the pool is the base number.

Variants that take from a pool take from one another: those whose reason is energy attributes,
recycled content or mass balance, and those of any reason that show what only a pool gives them:
electricity by contract or of one's own, a certificate, recycled content, attributed custody.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.errors import CalculationError
from rootprint.ledger.core.encoding import digest_bytes
from rootprint.ledger.core.livenumber import question, sites
from rootprint.ledger.core.schema.kinds import POOL
from rootprint.ledger.core.schema.pcf import GEOGRAPHY
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.figures import NotConserved, exact, per_base
from rootprint.ledger.verify.laws import Ruling, Unseen, broken, held, not_checkable
from rootprint.ledger.verify.report import State
from rootprint.ledger.verify.rulings.pools import MADE, require_made
from rootprint.ledger.verify.rulings.records import Unknown, require_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.node import Node
    from rootprint.ledger.verify.rulings.pools import Parted, Pools

LAW: Final = 5
CHECK: Final = 5
SHARING: Final = frozenset({"energy-attributes", "recycled-content", "mass-balance"})
# Of these reasons a variant may be about a part of what its base is about.
SITE: Final = "site"
_HIDDEN: Final = "whether its variant takes from a shared pool is hidden with its lines"
_ATTRIBUTED: Final = ("mass-balance", "book-and-claim")
_ATTRIBUTIONS: Final = ("attributedBiogenicCarbon", "attributedRecycledCarbon")
_SHARED_POWER: Final = ("contract", "own")
_SAID: Final = {"rule": "rule pack", "set": "GWP set"}  # in a message


def rule(node: Node, statement: Statement, nodes: Mapping[bytes, Node], pools: Pools) -> Ruling:
    """Judge a footprint's variant by its pool, as far as the pool is open."""
    variant = statement.subject.get("variant")
    if variant is None:
        return held(LAW)
    if "pool" not in variant:
        why = unnamed(statement)
        if why is not None:
            return not_checkable(LAW, why, Unseen.UNSAID)
        hides = has_inventory(statement) and not statement.opened.complete
        return not_checkable(LAW, _HIDDEN, Unseen.HIDDEN) if hides else held(LAW)
    digest = digest_bytes(variant["pool"])
    try:
        record = require_record(node, digest, nodes, POOL, "its variant pool")
        parted = pools.require(nodes[digest], record.statement)
        made = _require_row(statement, record.statement, parted)
    except Unknown as error:
        return error.ruling(LAW)
    except CalculationError as error:
        return broken(LAW, str(error.args[0]))
    if not parted.whole:
        return not_checkable(LAW, "its variant pool hides rows", Unseen.HIDDEN)
    unknown = made or parted.unknown or record.unknown
    return held(LAW) if unknown is None else unknown.ruling(LAW)


def unnamed(statement: Statement) -> str | None:
    """Say that a footprint is a variant that takes from others and names no pool, or None.

    Of what is hidden nothing is said.
    """
    taken = unpooled(statement.subject, statement.opened.lines.items())
    return taken and f"its variant {taken}"


def unpooled(
    subject: Mapping[str, Any], lines: Iterable[tuple[int, Mapping[str, Any]]]
) -> str | None:
    """Say what a variant with these open lines, by number, takes of a pool unnamed, or None.

    A reason that takes from no pool is no way around one::

        unpooled({"variant": {"reason": "site", "code": "A"}}, [(0, {"electricity": "contract"})])
    """
    variant = subject.get("variant")
    if variant is None or "pool" in variant:
        return None
    if variant["reason"] in SHARING:
        return "takes from a shared pool and names none"
    found = [_attributed(subject.get("chainOfCustody", {}))]
    found += [_named(number, _drawn(line)) for number, line in lines]
    drawn = next((what for what in found if what is not None), None)
    return drawn and f"takes from a shared pool ({drawn}) and names none"


def _attributed(custody: Mapping[str, Any]) -> str | None:
    """Return what a chain of custody gives to one variant, and so not to another."""
    if custody.get("freeAttribution") or custody.get("model") in _ATTRIBUTED:
        return "chainOfCustody attributes to it"
    if any(Fraction(custody.get(name, "0")) for name in _ATTRIBUTIONS):
        return "chainOfCustody attributes carbon to it"
    return None


def _named(number: int, what: str | None) -> str | None:
    return what and f"line {number}: {what}"


def _drawn(line: Mapping[str, Any]) -> str | None:
    """Return what a line gives to one variant that its maker could give to another instead."""
    if line.get("electricity") in _SHARED_POWER:
        return f"electricity {line['electricity']}"
    if "certificate" in line:
        return "a certificate"
    if "circular" in line and Fraction(line["circular"]["R1"]):
        return "recycled content"
    return None


def hides_law(node: Node) -> bool:
    """Whether check 5 was not made for law 5 alone, and what it asks for is here and not shown.

    That is a pool or base of a variant that names a pool, and the lines of one that names none.
    """
    check = node.checks.get(CHECK)
    if check is None or check.state is not State.NOT_CHECKED or check.law != LAW:
        return False
    return check.unseen in {Unseen.HIDDEN, Unseen.PENDING}


def _require_row(statement: Statement, pool: Statement, parted: Parted) -> Unknown | None:
    """Hold a variant to its base and to its row; return what of it is hidden."""
    subject, code = statement.subject, statement.subject["variant"]["code"]
    of_base = parted.base.subject
    require_base(subject, pool.subject, of_base)
    if MADE not in subject:
        message = "it does not state how much was produced, which the volume of its row is"
        raise NotConserved(message)
    own = parted.rows.get(code)
    if own is None:
        if parted.whole:
            message = "its variant pool has no row of its code"
            raise NotConserved(message)
        message = "its row of its variant pool is hidden"
        raise Unknown(message, Unseen.HIDDEN)
    if exact(own["value"]) != per_base(subject["pcf"], of_base["pcf"]):
        message = "its number is not that of its row of the variant pool"
        raise NotConserved(message)
    return require_made(
        statement, exact(own["volume"]), pool.subject["unit"], "its row of the pool"
    )


def require_base(
    subject: Mapping[str, Any], pool: Mapping[str, Any], base: Mapping[str, Any]
) -> None:
    """Raise NotConserved if a variant is not of its pool's product and its base's question.

    The three are subjects: of the variant, composed or signed, of its pool and of the pool's base.
    """
    if pool["product"] not in subject["productIds"]:
        message = "its variant pool is of another product"
        raise NotConserved(message)
    mine, theirs = _asked(subject), _asked(base)
    other = next((name for name, value in mine.items() if theirs[name] != value), None)
    if other is not None:
        message = f"the base of its variant pool is of another {other}"
        raise NotConserved(message)
    _require_place(subject, base)


def _asked(subject: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a variant has in common with its base: the number's question and period."""
    pcf, asked = subject["pcf"], question(subject)
    del asked["variant"]
    period = pcf["referencePeriodStart"], pcf["referencePeriodEnd"]
    return {_SAID.get(name, name): value for name, value in asked.items()} | {
        "reference period": period
    }


def _require_place(subject: Mapping[str, Any], base: Mapping[str, Any]) -> None:
    """Raise NotConserved if a variant is of other sites or of another geography than its base.

    One whose reason is its site may be of some of the base's sites, and of their geography.
    """
    mine, theirs = sites(subject), sites(base)
    if subject["variant"]["reason"] == SITE:
        if theirs and not (mine and mine <= theirs):
            message = "the base of its variant pool is not of its site"
            raise NotConserved(message)
        return
    if mine != theirs:
        message = "the base of its variant pool is of other sites"
        raise NotConserved(message)
    one, other = subject["pcf"], base["pcf"]
    if any(one.get(name) != other.get(name) for name in GEOGRAPHY):
        message = "the base of its variant pool is of another geography"
        raise NotConserved(message)
