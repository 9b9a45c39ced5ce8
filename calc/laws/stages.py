"""Law 7: a stage belongs to its boundary.

A cradle-to-gate footprint ends at the gate (ISO 14067:2018 section 6.3.4; PACT Methodology V3
section 3.2.3): no use and no end of life of the product, also no credit for its recycling, and
outbound distribution stands beside the total. Scrap of the own production that is recycled within
the product system (ISO 14044:2006 section 4.3.4.3) is of stage manufacturing. What a service emits
to its own grave, transport or the treatment of production waste, is an input like any other. A part
that brings its own end of life has none more in the whole. A product to the grave that counts
neither use nor end of life is reported: a stage is left out only where that is stated (section
6.3.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rootprint.calc.circular import AT_THE_GATE
from rootprint.calc.laws.finding import Finding, Weight

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from rootprint.calc.compatibility import Terms

USE: Final = "use"
END_OF_LIFE: Final = "end-of-life"
RECYCLING: Final = "recycling"
DISTRIBUTION: Final = "distribution"
_BEYOND: Final = (DISTRIBUTION, USE)
_AFTER_USE: Final = (END_OF_LIFE, RECYCLING)
_PAST_THE_GATE: Final = frozenset((*_BEYOND, *_AFTER_USE))
_MAKING: Final = ("raw-material", "manufacturing")
_STAGE: Final = "stage"
_WASTE: Final = (
    "leave the product's end of life out; waste of production, and a credit for its scrap, is of"
    " stage manufacturing"
)
# Makers add delivery to what they state at the gate; no form with a place of its own takes it so.
_WEIGHTS: Final = {DISTRIBUTION: Weight.NOTICE, USE: Weight.BROKEN}
_REMEDIES: Final = {
    DISTRIBUTION: (
        "give outbound distribution as pcf.outboundLogisticsGhgEmissions, beside the lines; what"
        " brings inputs is of stage raw-material"
    ),
    USE: "leave it out, or state the footprint cradle-to-grave",
}
# By it a drive is counted, and so is a road, a fabric or a cable.
_LENGTH: Final = "kilometer"
_YES, _NO, _UNSAID = "yes", "no", "unsaid"


class StageLine(NamedTuple):
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
    *,
    whole: bool = False,
) -> Iterator[Finding]:
    """Yield what law 7 finds of a footprint's lines, in line order, then of the whole.

    ``whole`` says that these are all its lines. Where they may not be, ``stages`` are those that it
    states figures of, none where that is hidden too.
    """
    gate = own.boundary.endswith("-to-gate")
    allowed = rule["cradleToGateInputs" if gate else "cradleToGraveInputs"]
    for number, line in lines.items():
        if gate and (line.stage in _PAST_THE_GATE or line.term is not None):
            yield from _beyond_the_gate(rule, own, number, line)
        if line.cited is not None and not line.emission:
            if line.cited.boundary not in allowed:
                yield from _boundary(rule, allowed, number, line.cited)
            if not gate:
                yield from _second_grave(rule, number, lines)
    if gate:
        shown = {line.stage for line in lines.values()} if stages else ()
        yield from _beyond_in_cells(own, [one for one in stages if one not in shown])
    elif _is_service(rule, own) == _NO:
        yield from _without_an_end(rule, own, lines, None if whole else stages)


def _beyond_in_cells(own: Terms, stages: Collection[str]) -> Iterator[Finding]:
    for stage in _BEYOND:
        if stage in stages:
            what = f"cells has the stage {stage}, which {_where(stage, own)}"
            yield Finding(_WEIGHTS[stage], what)
    for stage in _AFTER_USE:
        if stage in stages:
            beyond = f"what of it lies beyond {own.boundary} is hidden"
            what = f"cells has the stage {stage}, and {beyond}"
            yield Finding(Weight.UNSAID, what)


def _without_an_end(
    rule: Mapping[str, Any],
    own: Terms,
    lines: Mapping[int, StageLine],
    stages: Collection[str] | None,
) -> Iterator[Finding]:
    """Find a product to the grave that counts no stage after its making; ``None``: all is seen."""
    seen = {line.stage for line in lines.values()}.union(stages or ())
    if stages is not None and not stages:
        return  # lines and cells are hidden
    if not seen.isdisjoint((USE, *_AFTER_USE)) or any(_ends(rule, x) for x in lines.values()):
        return
    where = "no line is of" if stages is None else "cells has none of"
    what = f"{where} the stages use, end-of-life and recycling, and it is stated {own.boundary}"
    remedy = "give its use and its end of life, or state the footprint cradle-to-gate"
    yield Finding(Weight.NOTICE, what, remedy, member="boundary")


def _ends(rule: Mapping[str, Any], line: StageLine) -> bool:
    """Whether a line is a term of the end of life, or may bring a use and an end of its own."""
    if line.term is not None and line.term not in AT_THE_GATE:
        return True
    if line.cited is None or line.emission or not line.cited.boundary.endswith("-to-grave"):
        return False
    return _is_service(rule, line.cited) != _YES


def _beyond_the_gate(
    rule: Mapping[str, Any], own: Terms, number: int, line: StageLine
) -> Iterator[Finding]:
    beyond = f"is of stage {line.stage}, which {_where(line.stage, own)}"
    if line.stage in _BEYOND:
        weight = _WEIGHTS[line.stage]
        yield Finding(weight, beyond, _REMEDIES[line.stage], (number,), _STAGE)
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


def _boundary(
    rule: Mapping[str, Any], allowed: Sequence[str], number: int, cited: Terms
) -> Iterator[Finding]:
    """Judge what is cited with a boundary that is none of those ``allowed`` here."""
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


def _where(stage: str, own: Terms) -> str:
    beside = stage == DISTRIBUTION
    return "stands beside the production total" if beside else f"lies beyond {own.boundary}"


def _is_service(rule: Mapping[str, Any], cited: Terms) -> str:
    """Whether what is cited is a service, whose own grave is part of it: yes, no or unsaid.

    A factor is often published without saying so; a product's or a partner's statement is of a
    product unless it says otherwise.
    """
    if cited.service is not None or _counts_services(rule, cited):
        return _YES
    if cited.role != "factor":
        return _NO
    return _YES if cited.unit in rule["serviceUnitsOfFactors"] else _UNSAID


def _counts_services(rule: Mapping[str, Any], cited: Terms) -> bool:
    """Whether the unit alone says that a service is cited, which a length does not."""
    return cited.unit in rule["serviceUnits"] and cited.unit != _LENGTH


def _treats_waste(rule: Mapping[str, Any], cited: Terms) -> str:
    if cited.service in rule["wasteServices"] or _counts_services(rule, cited):
        return _YES
    unsaid = cited.role == "factor" and cited.service is None
    return _UNSAID if unsaid and cited.boundary.endswith("-to-grave") else _NO
