"""Generated product figures whose totals are their exact sums, and open members beside them."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import Any

from hypothesis import strategies as st

from rootprint.ledger.core.spelling import unassigned

_SUM = Context(prec=200)
EMISSIONS = (
    "fossilGhgEmissions",
    "biogenicNonCO2Emissions",
    "landUseChangeGhgEmissions",
    "landManagementBiogenicCO2Emissions",
)
TAKEN_OFF = (
    "landManagementBiogenicCO2Removals",
    "technologicalCO2Removals",
    "ccsTechnologicalCO2Capture",
)
PARTS = ("aircraftGhgEmissions", "landManagementFossilGhgEmissions")
MEMO = ("biogenicCO2Uptake", "biogenicCO2Emissions")
_amounts = st.from_regex(r"(0|[1-9][0-9]{0,6})(\.[0-9]{1,20})?", fullmatch=True)
_negative = _amounts.map(lambda text: text if not text.strip("0.") else f"-{text}")
_maybe = st.booleans()
_SETS = (
    [{"set": "AR6", "share": "100.0000"}],
    [{"set": "AR5-28", "share": "100.0000"}],
    [{"set": "AR6", "share": "48.7415"}, {"set": "unstated", "share": "51.2585"}],
    [{"set": "AR4", "share": "1.0000"}, {"set": "AR5", "share": "99.0000"}],
)


@st.composite
def figures(draw: st.DrawFn) -> dict[str, str]:
    """Draw a ``pcf``'s figures; both totals add up as decimals."""
    found = {"fossilGhgEmissions": draw(_amounts)}
    optional = dict.fromkeys((*EMISSIONS[1:], *PARTS, MEMO[1]), _amounts)
    optional |= dict.fromkeys((*TAKEN_OFF, MEMO[0]), _negative)
    optional |= {"publicationDifference": _amounts | _negative, "substitutionCredits": _negative}
    rare = {"publicationDifference", "substitutionCredits", *TAKEN_OFF[1:]}
    for name, amounts in optional.items():
        if draw(_maybe) and (name not in rare or draw(_maybe)):
            found[name] = draw(amounts)
    fossil = Decimal(found["fossilGhgEmissions"])
    for name in PARTS:
        if name in found:
            found[name] = min(found[name], found["fossilGhgEmissions"], key=Decimal)
    assert all(Decimal(found.get(name, "0")) <= fossil for name in PARTS)
    counted = [name for name in found if name not in PARTS]
    excluding = total(found[name] for name in counted if name not in MEMO)
    including = total((excluding, *(found[name] for name in MEMO if name in found)))
    return {
        **found,
        "pcfExcludingBiogenicUptake": excluding,
        "pcfIncludingBiogenicUptake": including,
    }


def subjects() -> st.SearchStrategy[dict[str, Any]]:
    """Draw open members that change how a number may be used."""
    assigned = st.characters(codec="utf-8", exclude_categories=("Cs", "Cn"))
    texts = st.text(assigned, min_size=1).filter(
        lambda text: text.strip() and unassigned(text) is None
    )
    return st.fixed_dictionaries(
        {"characterizationSets": st.sampled_from(_SETS)},
        optional={
            "service": st.just("waste-treatment"),
            "sites": st.just(["urn:example:site:1"]),
            "licence": texts,
            "reference": texts,
            "variant": st.just({"reason": "energy-attributes", "code": "A1B2C3"}),
            "interpretation": st.fixed_dictionaries(
                {"limitations": st.lists(texts, min_size=1, max_size=3)}
            ),
            "chainOfCustody": st.just(
                {"model": "mass-balance", "scheme": "Example scheme", "freeAttribution": True}
            ),
        },
    )


def total(texts: Any) -> str:
    """Add decimals exactly, in this module's own way."""
    value = Decimal(0)
    for text in texts:
        value = _SUM.add(value, Decimal(text))
    return format(value or abs(value), "f")
