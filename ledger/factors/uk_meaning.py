"""What one factor of the UK flat file means: its name, unit, coverage and gases, or why not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.calc.compatibility import UNSTATED
from rootprint.calc.rounding import half_up
from rootprint.ledger.factors.drafting import Row, Unfit
from rootprint.ledger.factors.gwp import METHANE, origin_decides, set_of_gwps
from rootprint.ledger.factors.uk_tables import (
    CALORIFIC,
    COVERAGE,
    ELECTRIC_VEHICLE,
    ELECTRICITY,
    ENERGY_TABLES,
    EV_LOSSES,
    FLIGHTS,
    FORCING_SAYS,
    GAS_NAMES,
    GASES,
    OUTSIDE,
    SERVICES,
    UNITS,
    UNREAD,
    WITH_FORCING,
    Coverage,
)
from rootprint.ledger.factors.units import declared

if TYPE_CHECKING:
    from collections.abc import Mapping

FIGURE: Final = "GHG Conversion Factor"
TOTAL: Final = "kg CO2e"
_CO2: Final = "kg CO2e of CO2 per unit"
_UPSTREAM: Final = "WTT-"
# The table has five decimal places; four numbers were rounded.
_TOLERANCE: Final = Decimal("0.00002")
_MASS_PLACES: Final = 12


@dataclass(frozen=True)
class Group:
    """The rows of one factor: ``values`` by what the column "GHG/Unit" says; None is no number."""

    id: str
    row: int
    scope: str
    level1: str
    level2: str
    level3: str
    level4: str
    column_text: str
    unit: str
    values: dict[str, Decimal | None]

    @property
    def name(self) -> str:
        """Its place in the table, from the general to the special."""
        levels = (self.level1, self.level2, self.level3, self.level4, self.column_text)
        parts = [part for part in dict.fromkeys(levels) if part and part != self.unit]
        return f"{', '.join(parts)}, per {self.unit}"


def understand(group: Group, year: int, table_gwp: Mapping[str, Decimal]) -> Row:
    """Return the factor that a group is; raises Unfit with the reason."""
    coverage = _coverage(group)
    value = group.values.get(_CO2 if group.level1 == OUTSIDE else TOTAL)
    if value is None:
        raise Unfit(FIGURE, "no-number", f"{group.name} has no number",
                    "nothing: the publisher gives none for it")  # fmt: skip
    if value < 0:
        raise Unfit(FIGURE, "negative", f"{group.name} is below zero",
                    "state it as a removal, with its method")  # fmt: skip
    if group.unit not in UNITS:
        raise Unfit("UOM", "unit-unknown", f"{group.name}: the unit table does not have that unit",
                    "take the factor of the same activity per litre, kWh or km")  # fmt: skip
    forced = group.column_text == WITH_FORCING and not group.level1.startswith(_UPSTREAM)
    loss = "T&D" in group.level2 or "T&D" in group.level1
    electric = group.level1 in ELECTRICITY and "heat" not in group.level2
    return Row(
        number=group.row,
        id=group.id,
        name=group.name,
        description=f"{group.scope}. {coverage.says}{FORCING_SAYS if forced else ''} The year is"
        " the publication's; the data behind it may be older.",
        value=value,
        declared=declared(UNITS[group.unit]),
        year=year,
        geography={"geographyCountry": "GB"},
        boundary=coverage.boundary,
        basis=coverage.basis,
        gwp_set=UNSTATED if forced else _gwp_set(table_gwp),
        component=coverage.component,
        gases=_gases(group, table_gwp),
        includes_transmission=_transmission(group, loss=loss, electric=electric),
        is_transmission=loss,
        calorific_value=CALORIFIC.get(group.unit),
        is_heat=_is_heat(group, coverage, electric=electric),
        aircraft=_aircraft(group, value),
        service=SERVICES.get(group.level1),
    )


def _gwp_set(table_gwp: Mapping[str, Decimal]) -> str:
    return set_of_gwps({GAS_NAMES[n]: v for n, v in table_gwp.items() if n in GAS_NAMES})


def _aircraft(group: Group, value: Decimal) -> Decimal | None:
    """What of a flight's figure its aircraft emits: all of it, and nothing of a fuel's upstream."""
    if group.column_text not in FLIGHTS:
        return None
    return Decimal(0) if group.level1.startswith(_UPSTREAM) else value


def _coverage(group: Group) -> Coverage:
    if group.level1 in ENERGY_TABLES:
        raise Unfit("GHG/Unit", "not-emissions", f"{group.name} is an amount of energy",
                    "use it as activity data, with a factor for the energy")  # fmt: skip
    if group.level1 not in COVERAGE:
        known = "is not read" if group.level1 in UNREAD else "is not known"
        raise Unfit("Level 1", "coverage-unknown",
                    f"what {group.level1!r} covers {known}: life cycle or direct emissions; the"
                    " flat file has no sheet that says it",
                    "read the text of the same table in the full set or in the methodology paper,"
                    " and write the factor by hand with its boundary and basis")  # fmt: skip
    return COVERAGE[group.level1]


def _transmission(group: Group, *, loss: bool, electric: bool) -> bool | None:
    """Whether transmission is in it: said of electricity, and of nothing else."""
    if group.column_text.endswith(ELECTRIC_VEHICLE):
        return EV_LOSSES.get(group.level1)
    return loss if electric and UNITS.get(group.unit) == "kilowatt hour" else None


def _is_heat(group: Group, coverage: Coverage, *, electric: bool) -> bool:
    """Whether it is a life cycle of kilowatt hours that are neither electricity nor a fuel's."""
    per_kwh = UNITS.get(group.unit) == "kilowatt hour" and group.unit not in CALORIFIC
    return per_kwh and coverage.basis == "life-cycle" and not electric


def _gases(group: Group, table_gwp: Mapping[str, Decimal]) -> dict[str, Decimal] | None:
    """Return kg of each gas per unit: what the table prints in CO2e, divided by its own GWP.

    The table never says whether methane is fossil. It is called so where that decides nothing (see
    ``origin_decides``); elsewhere there are no gases.
    """
    if group.level1 == OUTSIDE:
        carbon_dioxide = group.values.get(_CO2)
        return None if carbon_dioxide is None else {"CO2_biogenic": carbon_dioxide}
    parts = {kind: group.values.get(kind) for kind in GASES}
    known = {kind: value for kind, value in parts.items() if value is not None}
    total = group.values[TOTAL]
    if len(known) < len(parts) or total is None or not all(n in table_gwp for n in GASES.values()):
        return None
    if abs(sum(known.values(), Decimal(0)) - total) > _TOLERANCE:
        raise Unfit(FIGURE, "gases-disagree",
                    f"{group.name}: CO2, CH4 and N2O do not add to kg CO2e",
                    "ask the publisher which of the rows is right")  # fmt: skip
    if group.column_text in FLIGHTS:
        # An index of radiative forcing is no mass; and of methane and nitrous oxide no flow says
        # that an aircraft emits them, so the gases would not be its aircraft emissions.
        return None
    masses = {
        GAS_NAMES[name]: _plain(Fraction(known[kind]) / Fraction(table_gwp[name]))
        for kind, name in GASES.items()
    }
    methane = masses.pop(METHANE)
    if origin_decides(methane, total):
        return None
    return {**masses, "CH4_fossil": methane}


def _plain(mass: Fraction) -> Decimal:
    return half_up(mass, _MASS_PLACES).normalize() + Decimal(0)
