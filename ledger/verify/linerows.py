"""What the open lines of one statement say, as rows of the line table without their weight."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.columns import EXCLUDING, MEMO, excluding, memo
from rootprint.calc.exact import exact_sum
from rootprint.calc.lines import Carbon, Gas, Published, characterisation
from rootprint.calc.rounding import decimal_text, half_up, shortest_text
from rootprint.ledger import figures
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.schema.names import RATINGS
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.core.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rootprint.calc.lines import Line, Ratings
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.figures import Part, Parts
    from rootprint.ledger.verify.node import Node

_FACTOR_PLACES: Final = 12
_EXACT_PLACES: Final = 34  # no signed decimal has more digits
_RATING_PLACES: Final = 2
_CARBON: Final = {"balance": "carbon balance", "landUseChange": "change of land use"}
_SAYS_NOTHING: Final = dict.fromkeys(
    ("line", "stage", "amount", "unit", "source", "source_issuer", "factor", "factor_unit", "data",
     "primary_share", "technological", "geographical", "temporal")
)  # fmt: skip


def line_rows(
    node: Node, statement: Statement, nodes: Mapping[bytes, Node]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each open line's index and row, in line order.

    ``checked`` is None where check 8 did not recompute the line and no publication is named.
    """
    product = statement.subject["role"] == "product"  # a factor is secondary data
    for part in figures.parts(statement).lines:
        cited = None if part.cites is None else _read(nodes.get(part.cites))
        yield (
            part.index,
            {
                **_place(node),
                "line": part.index,
                "stage": part.written["stage"],
                "description": part.written["description"],
                "amount": part.written["amount"]["value"],
                "unit": part.written["amount"]["unit"],
                **_source(part.written["source"], cited),
                **_calculated(node, part, cited, product=product),
                "result": _sum(part.written["result"], EXCLUDING),
                "biogenic": _sum(part.written["result"], MEMO),
                "data": "primary" if product and part.written["primary"] else "secondary",
                "checked": _checked(node, part),
            },
        )


def rest_row(node: Node, statement: Statement) -> dict[str, Any]:
    """Return the row of all that open and recomputed lines do not show of a statement."""
    found = figures.parts(statement)
    proven = {part.index for part in found.lines if _checked(node, part) is not None}
    unproven = [part.index for part in found.lines if part.index not in proven]
    rest = found.rest(but=unproven)
    return {
        **_place(node),
        **_SAYS_NOTHING,
        "description": _not_shown(statement, found, len(unproven)),
        "result": _exact(excluding(rest)),
        "biogenic": _exact(memo(rest)),
    }


def _place(node: Node) -> dict[str, str]:
    return {"path": " > ".join(node.path), "statement": digest_text(node.digest)}


def _checked(node: Node, part: Part) -> str | None:
    if "published" in part.written["source"]:
        return "unsigned"
    return "recomputed" if part.index in node.recomputed else None


def _not_shown(statement: Statement, found: Parts, unproven: int) -> str:
    if not has_inventory(statement):
        return "the figure as signed, without an inventory"
    said = []
    shape = statement.opened.shape
    if shape is None:
        said.append("lines hidden, their number too")
    elif len(shape) > len(found.lines):
        said.append(_lines(len(shape) - len(found.lines), "hidden"))
    if unproven:
        said.append(_lines(unproven, "not recomputed"))
    return ", ".join(said)


def _lines(count: int, what: str) -> str:
    return f"1 line {what}" if count == 1 else f"{count} lines {what}"


def _read(node: Node | None) -> Node | None:
    """Return a cited footprint if its signature is true, as check 8 takes it."""
    return node if node is not None and node.passed(1) and node.is_footprint else None


def _source(source: Mapping[str, Any], cited: Node | None) -> dict[str, str | None]:
    """Name what the line takes: a product and its issuer, or what it was measured or read as."""
    if "productId" in source:
        name = source["productId"] if cited is None else cited.name
        return {"source": name, "source_issuer": source["issuer"]}
    if "gas" in source:
        name = f"{source['gas']}, GWP of {source['set']}"
    else:
        name = source.get("reference") or next(_CARBON[one] for one in _CARBON if one in source)
    return {"source": name, "source_issuer": None}


def _calculated(
    node: Node, part: Part, cited: Node | None, *, product: bool
) -> dict[str, str | None]:
    """Return factor and quality; of a line that was not recomputed only what it states itself."""
    if _checked(node, part) is None:
        own = figures.ratings(part.written.get("quality"))
        return {"factor": None, "factor_unit": None, "primary_share": None, **_ratings(own)}
    if cited is None:
        line = part.line()
    else:
        gap = figures.gap_rating(node.terms.period, cited.terms.period)
        line = figures.line(part.written, cited.cited, gap)
    value, unit = _factor(line, part, cited)
    share = line.primary_share if product else Fraction(0)
    return {
        "factor": f"-{value}" if part.credit and Fraction(value) else value,
        "factor_unit": f"kg CO2e/{unit}",
        "primary_share": shortest_text(share, _RATING_PLACES),
        **_ratings(line.ratings),
    }


def _factor(line: Line, part: Part, cited: Node | None) -> tuple[str, str]:
    """Return kg CO2e in pcfExcludingBiogenicUptake, and what it is per."""
    source, gwp = line.source, tables().gwp
    if isinstance(source, Gas):
        return _factored(characterisation(source.name, source.gwp_set, gwp)), "kilogram"
    if isinstance(source, Carbon):
        flows = {gwp["component"][flow]: mass for flow, mass in source.flows.items()}
        return _factored(flows), source.per
    if isinstance(source, Published):
        counts = source.component in EXCLUDING
        return part.written["source"]["published"] if counts else "0", source.per
    if cited is None or cited.statement is None:
        message = "a line was recomputed without the footprint that it cites"
        raise RuntimeError(message)
    pcf = cited.statement.subject["pcf"]
    amount, unit = pcf["declaredUnitAmount"], pcf["declaredUnitOfMeasurement"]
    return pcf["pcfExcludingBiogenicUptake"], unit if Decimal(amount) == 1 else f"{amount} {unit}"


def _factored(components: Mapping[str, Fraction]) -> str:
    return shortest_text(excluding(components), _FACTOR_PLACES)


def _ratings(ratings: Ratings | None) -> dict[str, str | None]:
    names = [name.removesuffix("DQR") for name in RATINGS]
    if ratings is None:
        return dict.fromkeys(names)
    return {
        name: shortest_text(one, _RATING_PLACES) for name, one in zip(names, ratings, strict=True)
    }


def _sum(result: Mapping[str, str], names: tuple[str, ...]) -> str:
    """Return the sum of components with the decimal places of the longest."""
    texts = [result[name] for name in names if name in result]
    places = max((len(text.partition(".")[2]) for text in texts), default=0)
    return decimal_text(half_up(exact_sum(map(Decimal, texts)), places))


def _exact(value: Fraction) -> str:
    return shortest_text(value, _EXACT_PLACES)
