"""What kind a row of CPCD is, and what it covers for that: the table's boundary words are not kept.

The table prints one of four boundaries, and like rows bear unlike ones: of two sorts of one
carbonate one is gate-to-gate and the other cradle-to-grave, coal power is cradle-to-gate and gas
power cradle-to-grave. So what a row is (its product code, its name, its unit) decides, and what the
table prints is said in words. From the gate on, direct emissions are those of burning a fuel and of
generating electricity or heat, where nothing else is emitted. A process or a drive may as well run
on electricity that was bought (a resistance weld has no other emission): such a row is refused, for
as an own emission it would be counted beside the electricity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.calc.plausible import LEAST_OF_FUEL, carbon_for_co2
from rootprint.calc.rounding import decimal_text, half_up
from rootprint.ledger.core.schema.components import BIOGENIC_EMISSIONS, FOSSIL
from rootprint.ledger.factors.cpcd_tables import BOUNDARIES, CARBONATES
from rootprint.ledger.factors.drafting import Unfit

if TYPE_CHECKING:
    from decimal import Decimal

    from rootprint.ledger.factors.units import Declared

KWH: Final = "kilowatt hour"
_DIRECT_CO2: Final = "二氧化碳排放因子"
# Of projects that are credited for what they avoid: the margins of a grid (CDM tool 07).
_BASELINE: Final = re.compile(r"基准线|减排项目")
_LOSSES: Final = "输配电"
# Said of a footprint that is a grid's average, which holds what it takes to deliver it.
_AVERAGE: Final = re.compile(r"电力平均碳足迹因子")
_POWER: Final = re.compile(r"发电|电力|电网|输配电")
_HEAT: Final = re.compile(r"热力|蒸汽|供热|供暖")
_BIOMASS: Final = re.compile(
    r"木材|木炭|薪柴|黑液|生物燃料|生物质|秸秆|沼气|生物柴油|生物乙醇|垃圾填埋气"
)
# The whole name of a fuel that is biomass and nothing else: no work on one (木材加工), no blend.
_BIOFUEL: Final = re.compile(
    r"(木材/)?木材(废弃物)?|木炭|薪柴|(亚硫酸盐废液)?(黑液|[（(]黑液[）)])|(其他主要)?固体生物燃料"
    r"|生物质(成型)?燃料|秸秆(颗粒)?|沼气|生物柴油|生物乙醇|垃圾填埋气"
)
# Divisions of the UN's Central Product Classification, with which a product's id begins.
_ELECTRICITY: Final = "171"
_STEAM: Final = "173"
_FUELS: Final = ("11", "12", "33")
# Gas, organic chemicals and charcoal, chemical products of which biofuels are some, wastes.
_BIOFUELS: Final = ("172", "345", "354", "392", "399")
_TRANSPORT: Final = ("491", "64", "65", "66")
_TREATMENT: Final = "94"
_BY_DISTANCE: Final = ("ton kilometer", "passenger kilometer", "kilometer")
_OF_FUEL: Final = ("megajoule", "kilogram", "cubic meter", "liter")
_FROM_GATE: Final = "gate-"
_BURNT: Final = "gate-to-grave"


@dataclass(frozen=True)
class Coverage:
    """What a row covers, in our words; ``says`` tells where they differ from the table's.

    ``only`` is the gas that the whole figure is, as a flow of the GWP table; None if the table
    does not say of which gases it is.
    """

    boundary: str
    basis: str
    says: str
    component: str = FOSSIL
    service: str | None = None
    transmission: bool | None = None
    losses: bool = False
    heat: bool = False
    calorific_value: str | None = None
    only: str | None = None


def coverage_of(code: str, name: str, printed: str, unit: Declared, value: Decimal) -> Coverage:
    """Return what a row covers: the first kind that fits it, of energy before of goods.

    Raises Unfit for a row whose boundary is needed and is none of the four, for one that does not
    say what it holds, and for a baseline, which is no emission of what is supplied.
    """
    shown = f"the table prints {printed or 'no boundary'}"
    if _BASELINE.search(name):
        raise Unfit("产品名称", "project-baseline",
                    f"{code}, {name}: the baseline of projects that reduce emissions, which is what"
                    " they avoid at the margin of a grid and no average of what it supplies",
                    "take the average of the grid and year (电力平均二氧化碳排放因子 or"
                    " 电力平均碳足迹因子)")  # fmt: skip
    if _DIRECT_CO2 in name and unit.unit == KWH:
        return Coverage(
            "gate-to-gate", "direct-only", f"Direct CO2 of generation; {shown}.",
            service="energy", transmission=False, only="CO2",
        )  # fmt: skip
    if _is_carbonate(name, unit, value):
        says = f"CO2 that a carbonate sets free when it is calcined or dissolved; {shown}."
        return Coverage("gate-to-gate", "direct-only", says, only="CO2")
    boundary = BOUNDARIES.get(printed)
    if boundary is None:
        raise Unfit("核算边界", "no-boundary", f"{code} has no boundary of the four",
                    f"one of {', '.join(BOUNDARIES)}")  # fmt: skip
    if _is_heat(code, name, unit):
        return _heat(boundary, shown)
    if unit.unit == KWH:
        return _electricity(code, name, boundary, shown)
    if boundary == _BURNT and _is_fuel(code, name, unit):
        return _combustion(code, name, unit, value, shown)
    if _BIOMASS.search(name) and boundary == "cradle-to-grave" and unit.unit in _OF_FUEL:
        raise Unfit("产品名称", "biogenic-not-apart",
                    f"{code}, {name}: a life cycle to the burning of biomass, and whether the CO2"
                    " of burning is in the figure the table does not say",
                    "ask the database, and state biogenic CO2 in and out apart")  # fmt: skip
    if boundary.startswith(_FROM_GATE):
        raise Unfit("核算边界", "coverage-unknown",
                    f"{code}, {name}: is {printed}, and whether that holds the generation of"
                    " electricity that was bought, or emissions of its own alone, the table does"
                    " not say",
                    "ask the database, and write the factor by hand with its boundary and basis"
                    )  # fmt: skip
    return _other(code, boundary, unit, shown)


def _other(code: str, boundary: str, unit: Declared, shown: str) -> Coverage:
    """Return the coverage of goods, of transport and of treatment of waste, from the cradle."""
    service = None
    if code.startswith(_TRANSPORT) and unit.unit in _BY_DISTANCE:
        service = "transport"
    elif code.startswith(_TREATMENT):
        service = "waste-treatment"
    if service == "transport":
        says = f"Life cycle of the transport, which ends where it arrives; {shown}."
        return Coverage("cradle-to-gate", "life-cycle", says, service=service)
    return Coverage(boundary, "life-cycle", f"Life cycle as the table has it; {shown}.",
                    service=service)  # fmt: skip


def _heat(boundary: str, shown: str) -> Coverage:
    if boundary.startswith(_FROM_GATE):
        says = f"Direct emissions of the heat's generation, without its fuel's upstream; {shown}."
        return Coverage("gate-to-gate", "direct-only", says, service="energy", heat=True)
    says = f"Life cycle of heat, which ends where it is delivered; {shown}."
    return Coverage("cradle-to-gate", "life-cycle", says, service="energy", heat=True)


def _electricity(code: str, name: str, boundary: str, shown: str) -> Coverage:
    """Return the coverage of what is counted in kilowatt hours, which has to be electricity."""
    if not (code.startswith(_ELECTRICITY) or _POWER.search(name)):
        raise Unfit("碳足迹", "energy-of-what", f"{code}, {name}: is per kWh, and neither code nor"
                    " name says that it is electricity or heat",
                    "state by hand what the kWh is of; of a fuel, by which calorific value"
                    )  # fmt: skip
    if boundary.startswith(_FROM_GATE):
        says = f"Direct emissions of generation, without its fuel's upstream; {shown}."
        return Coverage("gate-to-gate", "direct-only", says, service="energy", transmission=False)
    losses = _LOSSES in name
    return Coverage(
        "cradle-to-gate", "life-cycle",
        f"Life cycle of electricity, which ends where it is delivered; {shown}.",
        service="energy", transmission=losses or _AVERAGE.search(name) is not None, losses=losses,
    )  # fmt: skip


def _combustion(code: str, name: str, unit: Declared, value: Decimal, shown: str) -> Coverage:
    """Return the coverage of a fuel from the gate to its grave, which is its burning.

    The table's figures are the net calorific value times a default for CO2 of IPCC 2006, volume 2,
    table 2.2: of biomass biogenic CO2, and per GJ by the net calorific value.
    """
    by_energy = unit.unit == "megajoule"
    calorific = "net" if by_energy else None
    if _BIOFUEL.fullmatch(name):
        says = f"Biogenic CO2 of burning biomass, beside the footprint; {shown}."
        return Coverage("gate-to-gate", "direct-only", says, BIOGENIC_EMISSIONS,
                        calorific_value=calorific, only="CO2_biogenic")  # fmt: skip
    if _BIOMASS.search(name):
        raise Unfit("产品名称", "biogenic-not-apart",
                    f"{code}, {name}: a fuel that is burnt, and how much of its CO2 is that of"
                    " biomass the table does not say",
                    "ask the database, and state biogenic CO2 apart by hand")  # fmt: skip
    per = Fraction(value) / Fraction(unit.amount)
    carbon = carbon_for_co2(per) if by_energy else None
    if carbon is not None:
        raise Unfit("碳足迹", "implausible",
                    f"{code}, {name}: {_per_gj(per)} kg CO2e per GJ is less than burning any fossil"
                    f" fuel gives ({_per_gj(LEAST_OF_FUEL)}; IPCC 2006, volume 2, table 2.2): it"
                    f" may be kg of carbon, which were {_per_gj(carbon)} kg CO2",
                    "compare it with the database, and state the figure by hand")  # fmt: skip
    says = f"Direct emissions of burning the fuel, nothing upstream; {shown}."
    return Coverage("gate-to-gate", "direct-only", says, calorific_value=calorific)


def _is_heat(code: str, name: str, unit: Declared) -> bool:
    """Whether a row is of heat: by its code, or by its name where it is counted as energy.

    A boiler (蒸汽锅炉) and a heating pipe (供热管) bear the word too, and a plant's electricity.
    """
    if code.startswith(_STEAM):
        return True
    if unit.unit == KWH and code.startswith(_ELECTRICITY):
        return False
    return unit.unit in {KWH, "megajoule"} and bool(_HEAT.search(name))


def _is_fuel(code: str, name: str, unit: Declared) -> bool:
    """Whether a row is of a fuel: by its energy, or by an amount of what is known to be one.

    Of biomass that is not counted by energy both the code and the whole name have to say so.
    """
    if code.startswith(_TREATMENT) or unit.unit not in _OF_FUEL:
        return False
    if unit.unit == "megajoule" or code.startswith(_FUELS):
        return True
    return code.startswith(_BIOFUELS) and bool(_BIOFUEL.fullmatch(name))


def _is_carbonate(name: str, unit: Declared, value: Decimal) -> bool:
    """Whether the figure is the CO2 that is bound in the carbonate that the row names."""
    if unit.unit != "kilogram":
        return False
    per = Fraction(value) / Fraction(unit.amount)
    return any(mark in name and Fraction(bound) == per for mark, bound in CARBONATES)


def _per_gj(per_megajoule: Fraction) -> str:
    return decimal_text(half_up(per_megajoule * 1000, 1))
