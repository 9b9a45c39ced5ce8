"""Law 7: a stage belongs to its boundary.

A cradle-to-gate footprint ends at the gate (ISO 14067:2018 section 6.3.4; PACT Methodology V3
section 3.2.3): no use and no end of life of the product, also no credit for its recycling, and
outbound distribution stands beside the total. Scrap of the own production that is recycled within
the product system (ISO 14044:2006 section 4.3.4.3) is of stage manufacturing. What a service emits
to its own grave, transport or the treatment of production waste, is an input like any other. A part
that brings its own end of life has none more in the whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.circular import AT_THE_GATE
from rootprint.calc.laws.finding import Finding, Weight

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from rootprint.calc.compatibility import Terms

USE: Final = "use"
END_OF_LIFE: Final = "end-of-life"
RECYCLING: Final = "recycling"
DISTRIBUTION: Final = "distribution"
_AFTER_USE: Final = (END_OF_LIFE, RECYCLING)
_MAKING: Final = ("raw-material", "manufacturing")
_STAGE: Final = "stage"
_WASTE: Final = (
    "leave the product's end of life out; waste of production, and a credit for its scrap, is of"
    " stage manufacturing"
)
_YES, _NO, _UNSAID = "yes", "no", "unsaid"


@dataclass(frozen=True)
class StageLine:
    """A line's stage and what it takes: ``cited`` is None where it cites nothing.

    ``emission`` says that the line is an own emission, whose factor counts no life cycle; ``term``
    is which one of the Circular Footprint Formula it is, if it is one.
    """

    stage: str
    cited: Terms | None = None
    emission: bool = False
    term: str | None = None


def check_stages(
    rule: Mapping[str, Any],
    own: Terms,
    lines: Mapping[int, StageLine],
    stages: Collection[str] = (),
) -> Iterator[Finding]:
    """Yield what law 7 finds of a footprint's lines, in line order.

    ``stages`` are those that the footprint states figures of, where lines may be hidden.
    """
    gate = own.boundary.endswith("-to-gate")
    for number, line in lines.items():
        if gate:
            yield from _beyond_the_gate(rule, own, number, line)
        if line.cited is not None and not line.emission:
            yield from _boundary(rule, own, number, line.cited)
            if not gate:
                yield from _second_grave(rule, number, lines)
    if gate:
        yield from _distribution(lines)
        shown = {line.stage for line in lines.values()}
        yield from _beyond_in_cells(own, [one for one in stages if one not in shown])


def _beyond_in_cells(own: Terms, stages: Collection[str]) -> Iterator[Finding]:
    if USE in stages:
        what = f"cells has the stage {USE}, which lies beyond {own.boundary}"
        yield Finding(Weight.BROKEN, what)
    for stage in _AFTER_USE:
        if stage in stages:
            beyond = f"what of it lies beyond {own.boundary} is hidden"
            what = f"cells has the stage {stage}, and {beyond}"
            yield Finding(Weight.UNSAID, what)


def _beyond_the_gate(
    rule: Mapping[str, Any], own: Terms, number: int, line: StageLine
) -> Iterator[Finding]:
    beyond = f"is of stage {line.stage}, which lies beyond {own.boundary}"
    if line.stage == USE:
        remedy = "leave it out, or state the footprint cradle-to-grave"
        yield Finding(Weight.BROKEN, beyond, remedy, (number,), _STAGE)
    if line.term is not None and line.term not in AT_THE_GATE:
        what = f"is a term of the end of life ({line.term}), which lies beyond {own.boundary}"
        remedy = "leave the term out, or state the footprint cradle-to-grave"
        yield Finding(Weight.BROKEN, what, remedy, (number,), "circular")
        return
    if line.stage not in _AFTER_USE:
        return
    waste = _NO if line.emission or line.cited is None else _treats_waste(rule, line.cited)
    if waste == _NO:
        yield Finding(Weight.BROKEN, beyond, _WASTE, (number,), _STAGE)
    elif waste == _UNSAID:
        what = f"{beyond}, unless what it cites treats waste of production, which is not said"
        remedy = "the publisher says service: waste-treatment; or the line is of manufacturing"
        yield Finding(Weight.UNSAID, what, remedy, (number,), _STAGE)


def _boundary(rule: Mapping[str, Any], own: Terms, number: int, cited: Terms) -> Iterator[Finding]:
    whole = own.boundary.endswith("-to-grave")
    allowed = rule["cradleToGraveInputs" if whole else "cradleToGateInputs"]
    if cited.boundary in allowed:
        return
    service = _is_service(rule, cited)
    what = f"cites what is {cited.boundary}, and this place takes {', '.join(allowed)}"
    if service == _NO or (service == _UNSAID and not cited.boundary.endswith("-to-grave")):
        remedy = "cite a footprint that ends at the gate; a service says so by the member service"
        yield Finding(Weight.BROKEN, what, remedy, (number,))
    elif service == _UNSAID:
        what = f"cites what is {cited.boundary} and does not say whether it is a service"
        remedy = (
            "its publisher says service if it is one; if not, its use and its end of life are"
            " counted here"
        )
        yield Finding(Weight.UNSAID, what, remedy, (number,))


def _second_grave(
    rule: Mapping[str, Any], number: int, lines: Mapping[int, StageLine]
) -> Iterator[Finding]:
    line = lines[number]
    if line.cited is None or line.cited.boundary != "cradle-to-grave":
        return
    service = _is_service(rule, line.cited)
    graves = [n for n, one in lines.items() if one.stage == END_OF_LIFE and n != number]
    uses = [n for n, one in lines.items() if one.stage == USE and n != number]
    if service == _YES or not (graves or uses):
        return
    remedy = "cite what ends at the gate, or leave out what the part counts of its own"
    if service == _UNSAID:
        what = (
            "cites what is cradle-to-grave and does not say whether it is a service: if not, its"
            " use and end of life are counted twice"
        )
        yield Finding(Weight.UNSAID, what, remedy, (number,))
    elif graves and line.stage in _MAKING:
        what = f"brings its own end of life, and line {graves[0]} counts one more"
        yield Finding(Weight.BROKEN, what, remedy, (number, graves[0]))
    else:
        what = f"brings its own use and end of life, beside those of line {(graves or uses)[0]}"
        yield Finding(Weight.NOTICE, what, remedy, (number, (graves or uses)[0]))


def _distribution(lines: Mapping[int, StageLine]) -> Iterator[Finding]:
    found = tuple(number for number, line in lines.items() if line.stage == DISTRIBUTION)
    if found:
        what = "is of stage distribution, which stands beside the production total"
        remedy = (
            "give outbound distribution as pcf.outboundLogisticsGhgEmissions; what brings inputs"
            " is of stage raw-material"
        )
        yield Finding(Weight.NOTICE, what, remedy, found, _STAGE)


def _is_service(rule: Mapping[str, Any], cited: Terms) -> str:
    """Whether what is cited is a service, whose own grave is part of it: yes, no or unsaid.

    A factor is often published without saying so; a product's or a partner's statement is of a
    product unless it says otherwise.
    """
    if cited.service is not None or cited.unit in rule["serviceUnits"]:
        return _YES
    if cited.role != "factor":
        return _NO
    return _YES if cited.unit in rule["serviceUnitsOfFactors"] else _UNSAID


def _treats_waste(rule: Mapping[str, Any], cited: Terms) -> str:
    if cited.service in rule["wasteServices"] or cited.unit in rule["serviceUnits"]:
        return _YES
    unsaid = cited.role == "factor" and cited.service is None
    return _UNSAID if unsaid and cited.boundary.endswith("-to-grave") else _NO
