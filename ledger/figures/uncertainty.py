"""A footprint's uncertainty from its own lines and what it cites: composed, and recomputed.

One statement at a time, as with every other number: what a cited footprint says of its own spread
is taken as it is signed. Lines that cite the same statement share its error.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from rootprint.calc.columns import excluding
from rootprint.calc.lines import Cited, signed_scale
from rootprint.calc.uncertainty import (
    ALONE,
    OWN,
    Model,
    Spread,
    Spreads,
    first_orders,
    member,
    spread,
)
from rootprint.ledger.core.encoding import sha256
from rootprint.ledger.figures import signed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from numpy.typing import NDArray

    from rootprint.calc.lines import Line
    from rootprint.ledger.core.statement import Statement

_PRODUCT = sha256(b"the product itself")  # names a stream that first order never draws from


def composed_uncertainty(  # noqa: PLR0913 - what the spread is of, in parts
    written: Sequence[Mapping[str, Any]],
    lines: Sequence[Line],
    results: Sequence[Mapping[str, Fraction]],
    cited: Sequence[Statement | None],
    total: Decimal,
    *,
    output: Spread | None = None,
) -> dict[str, Any] | None:
    """Return the member ``uncertainty``, None unless every line and input states its spread.

    ``written`` are the lines as signed, the others the same lines as calculated, with their exact
    results; ``output`` is the spread of what all their amounts are divided by. No spread is
    invented: one that is missing or hidden leaves the whole unsaid. Raises CalculationError for a
    spread that contradicts what it stands beside.
    """
    found = possible_uncertainties(written, lines, results, cited, total, output=output)
    return found[0] if found else None


def possible_uncertainties(  # noqa: PLR0913 - as above
    written: Sequence[Mapping[str, Any]],
    lines: Sequence[Line],
    results: Sequence[Mapping[str, Fraction]],
    cited: Sequence[Statement | None],
    total: Decimal,
    *,
    output: Spread | None = None,
) -> Sequence[dict[str, Any]]:
    """Return every member that another machine's floats may come to, ours first; or none.

    Arguments and errors are those of ``composed_uncertainty``.
    """
    upstream = {other.digest: other for other in cited if other is not None}
    if not total or any("uncertainty" not in value for value in written):
        return ()
    spreads = [_of_statement(other) for other in upstream.values()]
    if any(found is None for found in spreads):
        return ()
    place = {digest: number for number, digest in enumerate(upstream)}
    product = len(place)
    model = Model(
        digests=np.array([list(digest) for digest in (*place, _PRODUCT)], dtype=np.uint8),
        values=np.array([*map(_total, upstream.values()), 0.0]),
        value_spreads=Spreads.of([*spreads, None]),
        citing=np.full(len(lines), product),
        cited=np.array([OWN if other is None else place[other.digest] for other in cited]),
        medians=np.array([_median(*pair) for pair in zip(lines, results, strict=True)]),
        positions=np.arange(len(lines)),
        line_spreads=Spreads.of([_of_line(value) for value in written]),
        groups=groups(written),
        output_spreads=None if output is None else Spreads.of([*(None for _ in place), output]),
    )
    return [member(one, total) for one in first_orders(model, product)]


def groups(written: Sequence[Mapping[str, Any]]) -> NDArray[np.int64]:
    """Return a number for each line, the same for lines that name one group, or ALONE."""
    numbers: dict[str, int] = {}
    named = [value.get("uncertainty", {}).get("group") for value in written]
    return np.array(
        [ALONE if one is None else numbers.setdefault(one, len(numbers)) for one in named],
        dtype=np.int64,
    )


def output_spread(subject: Mapping[str, Any], member: Mapping[str, Any] | None) -> Spread | None:
    """Return the spread of the output that a footprint's amounts are divided by.

    Raises CalculationError for one that is not of the declared amount.
    """
    if member is None:
        return None
    return spread(member, stated=Fraction(subject["pcf"]["declaredUnitAmount"]))


def _of_statement(statement: Statement) -> Spread | None:
    found = statement.opened.uncertainty
    stated = Fraction(statement.subject["pcf"]["pcfExcludingBiogenicUptake"])
    return None if found is None else spread(found, stated=stated)


def _of_line(value: Mapping[str, Any]) -> Spread:
    return spread(value["uncertainty"], stated=Fraction(value["amount"]["value"]))


def _total(statement: Statement) -> float:
    return float(statement.subject["pcf"]["pcfExcludingBiogenicUptake"])


def _median(line: Line, result: Mapping[str, Fraction]) -> float:
    if isinstance(line.source, Cited):
        return float(signed_scale(line, signed.unit_table()))
    return float(excluding(result))
