"""What a line says of carbon, a balance's streams or land that was changed, as it is calculated."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.balance import Stream, leaves_as_co2, released
from rootprint.calc.landuse import land_use_change
from rootprint.calc.lines import Carbon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.calc.units import UnitTable

# What an amount of each counts: whole balances, and hectares used for a year.
COUNTED: Final = {"balance": "piece", "landUseChange": "hectare"}
_WHOLE: Final = 100


def carbon_source(source: Mapping[str, Any], units: UnitTable) -> Carbon | None:
    """Return a line's source if it is a balance or land-use change, else None.

    Raises UnitNotConvertible for a stream that is no mass; CalculationError where more carbon comes
    out than goes in, or where the land has gained some.
    """
    if "balance" in source:
        found = released([_stream(one, units) for one in source["balance"]])
        flows = {"CO2": found.fossil}
        if found.biogenic is not None:
            flows["CO2_biogenic"] = found.biogenic
        return Carbon(flows, COUNTED["balance"])
    if "landUseChange" in source:
        land = source["landUseChange"]
        before, after = (Fraction(Decimal(land[name])) for name in ("before", "after"))
        charged = land_use_change(Fraction(1), before=before, after=after, years=land["years"])
        return Carbon({"CO2_land_use_change": charged}, COUNTED["landUseChange"])
    return None


def hidden_co2(source: Mapping[str, Any]) -> tuple[int, str] | None:
    """Return the place of a stream by which a balance makes CO2 vanish, and why; None without."""
    for place, stream in enumerate(source.get("balance", ())):
        if leaves_as_co2(stream["direction"], Fraction(Decimal(stream["carbon"]))):
            return place, (
                f"stream {place + 1} is CO2: captured or transferred CO2 is a line of its own, with"
                " its evidence"
            )
    return None


def _stream(written: Mapping[str, Any], units: UnitTable) -> Stream:
    mass, share = written["mass"], written.get("biogenicShare")
    return Stream(
        written["stream"],
        written["direction"],
        Fraction(Decimal(mass["value"])) * units.factor(mass["unit"], "kilogram"),
        Fraction(Decimal(written["carbon"])),
        None if share is None else Fraction(Decimal(share)) / _WHOLE,
    )
