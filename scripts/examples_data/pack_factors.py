"""The factors under the battery pack: published totals and spend, each with its gases in AR6."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from drafts import Draft, bare
from pack_texts import FACTORS, STAGES, Factor, stage_factor
from yamltext import decimal_text, listed, quoted

if TYPE_CHECKING:
    from pack_table import Figures

AR6 = {
    "CO2": Fraction(1),
    "CH4_fossil": Fraction("29.8"),
    "N2O": Fraction(273),
    "CF4": Fraction(7380),
    "C2F6": Fraction(12400),
    "SF6": Fraction(25200),
}
KEPT = 6  # significant digits of a gas that a split gives


def whole(value: Fraction) -> str:
    """A fraction that ends, with all its digits."""
    return decimal_text(value, 40)


def split(figures: Figures, industry: str, total: Fraction) -> dict[str, Fraction]:
    """Kg of the gases of a total in kg CO2e (AR6), in the proportions of an industry.

    CO2 takes what rounding leaves, so that the gases are the total exactly.
    """
    gases = {name: row.value for name, row in figures.of(f"split-{industry}", "gas").items()}
    per = total / sum(mass * AR6[name] for name, mass in gases.items())
    kept = {n: Fraction(decimal_text(m * per, KEPT)) for n, m in gases.items() if n != "CO2"}
    return {"CO2": total - sum(mass * AR6[name] for name, mass in kept.items()), **kept}


def spend(figures: Figures, subject: str) -> tuple[Fraction, dict[str, Fraction]]:
    """Total and gases of a factor per dollar: the gases that the table has, in AR6."""
    gases = {name: row.value for name, row in figures.of(subject, "gas").items()}
    return sum((mass * AR6[name] for name, mass in gases.items()), Fraction(0)), gases


def contribution(figures: Figures, subject: str) -> Fraction:
    """Kg CO2e that a published stage adds itself, per kilogram of its own product."""
    if figures.has(subject, "contribution"):
        share = figures(subject, "contribution").value / figures(subject, "per_final").value
        return Fraction(decimal_text(share))
    # Of lithium carbonate the total is published: less what its brine brings.
    brought = below(figures, subject)
    return Fraction(decimal_text(figures(subject, "published").value - brought))


def published(figures: Figures, subject: str) -> Fraction:
    """Kg CO2e per kilogram of a published stage's product, all stages below it included."""
    return contribution(figures, subject) + below(figures, subject)


def below(figures: Figures, subject: str) -> Fraction:
    """Kg CO2e that the inputs of a published stage bring, per kilogram of its product."""
    inputs = figures.of(subject, "input")
    return sum((row.value * published(figures, name) for name, row in inputs.items()), Fraction(0))


def factor_members(figures: Figures, subject: str) -> tuple[str, str]:
    """Give a factor's total as text, and its ``gases`` and ``uncertainty`` as YAML."""
    if figures.has(subject, "split"):
        total = (
            figures(subject, "total").value
            if figures.has(subject, "total")
            else contribution(figures, subject)
        )
        gases = split(figures, figures(subject, "split").text, total)
    else:
        total, gases = spend(figures, subject)
    deviation = figures(subject, "gsd").text
    held = "".join(f"  {name}: {quoted(whole(mass))}\n" for name, mass in gases.items())
    spread = (
        "uncertainty:\n  distribution: lognormal\n"
        f"  statedValue: {quoted(whole(total))}\n"
        f"  geometricStandardDeviation: {quoted(deviation)}\n"
    )
    return whole(total), f"gases: # kg\n{held}{spread}"


def draft(figures: Figures, subject: str, factor: Factor, *, id_: str = "") -> Draft:
    """Draft one factor."""
    total, blocks = factor_members(figures, subject)
    head = {"reference": quoted(factor.reference), "licence": quoted(factor.licence)}
    if factor.transmission is not None:
        head = {"includesTransmission": str(factor.transmission).lower()} | head
    if factor.classification:
        head = {"productClassifications": listed([factor.classification])} | head
    if factor.service:
        head = {"service": factor.service} | head
    if factor.direct:
        head = {"boundary": "gate-to-grave"} | head
    return Draft(
        id=id_ or subject,
        issuer=factor.issuer,
        role="factor",
        name=factor.name,
        description=factor.description,
        unit=factor.unit,
        country=factor.country,
        basis="direct-only" if factor.direct else "life-cycle",
        head=head,
        pcf=bare(total),
        blocks=blocks,
        sets="AR6",
        year=factor.year,
    )


def factor_drafts(figures: Figures) -> list[Draft]:
    """Draft every factor: those of tables, then the stages of the published chains."""
    drafts = [draft(figures, subject, factor) for subject, factor in FACTORS.items()]
    return drafts + [
        draft(figures, stage, stage_factor(text), id_=f"stage-{stage}")
        for stage, text in STAGES.items()
    ]
