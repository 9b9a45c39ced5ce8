"""What the tables of the UK flat file cover: source by source, as its columns tell.

The scopes are those of the GHG Protocol: 1 own combustion, 2 purchased energy where it is made, 3
what others emit. WTT is "well to tank": a fuel's upstream part, without burning it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rootprint.ledger.core.schema.components import BIOGENIC_EMISSIONS
from rootprint.ledger.factors.drafting import Source
from rootprint.ledger.factors.gwp import METHANE
from rootprint.ledger.factors.releases import Release

LICENCE: Final = (
    "Open Government Licence v3.0; contains public sector information licensed under it"
)


@dataclass(frozen=True)
class Coverage:
    """Boundary, basis, what to say of it, and the component of PACT that it is."""

    boundary: str
    basis: str
    says: str
    component: str = "fossilGhgEmissions"


_DIRECT = Coverage(
    "gate-to-gate",
    "direct-only",
    "Direct emissions only: what is upstream of the fuel or the electricity is in the WTT table.",
)
_OWN_VEHICLE = Coverage(
    "gate-to-gate",
    "direct-only",
    "Direct emissions of the vehicle itself, which are none where it drives on electricity: that is"
    " in the tables for EVs, what is upstream of the fuel in the WTT table.",
)
_HIRED_VEHICLE = Coverage(
    "gate-to-gate",
    "direct-only",
    "Direct emissions, of electric vehicles those of the power stations with losses on the way:"
    " what is upstream of the fuel or the electricity is in the WTT table.",
)
_GAS = Coverage(
    "gate-to-gate",
    "direct-only",
    "A kilogram of the gas set free, by its global warming potential.",
)
_BIO = Coverage(
    "gate-to-gate",
    "direct-only",
    "Direct methane and nitrous oxide of biomass burnt; its biogenic CO2 stands outside of scopes"
    " and is not in here.",
    "biogenicNonCO2Emissions",
)
_BIO_CO2 = Coverage(
    "gate-to-gate",
    "direct-only",
    "Biogenic CO2 of combustion alone, which the publication has outside of scopes: it stands"
    " beside a footprint, next to what the biomass took up. Methane and nitrous oxide are in the"
    " bioenergy table.",
    BIOGENIC_EMISSIONS,
)
_GRID = Coverage(
    "gate-to-gate",
    "direct-only",
    "Direct emissions of power stations: neither upstream fuel (WTT) nor losses on the way"
    " (transmission and distribution) are in it.",
)
_LOSS = Coverage(
    "gate-to-gate",
    "direct-only",
    "Direct emissions of what is lost on the way; it is added to the factor of generation, once.",
)
_UPSTREAM = Coverage(
    "cradle-to-gate",
    "life-cycle",
    "Upstream part (well to tank) alone: the direct emissions are a factor of their own.",
)
_MATERIAL = Coverage(
    "cradle-to-gate",
    "life-cycle",
    "Material from the cradle to the point of sale, as the table's material use has it.",
)
_WASTE = Coverage(
    "gate-to-grave",
    "direct-only",
    "Waste from the gate on: transport and treatment.",
)

REFRIGERANT: Final = "Refrigerant & other"
OUTSIDE: Final = "Outside of scopes"
# A table that is not here is refused: what it covers was not read.
COVERAGE: Final[dict[str, Coverage]] = {
    "Fuels": _DIRECT,
    "Bioenergy": _BIO,
    OUTSIDE: _BIO_CO2,
    REFRIGERANT: _GAS,
    "Passenger vehicles": _OWN_VEHICLE,
    "Delivery vehicles": _OWN_VEHICLE,
    "Freighting goods": _HIRED_VEHICLE,
    "Managed assets- vehicles": _HIRED_VEHICLE,
    "Business travel- land": _HIRED_VEHICLE,
    "Business travel- air": _DIRECT,
    "Business travel- sea": _DIRECT,
    "UK electricity": _GRID,
    "Managed assets- electricity": _GRID,
    "UK electricity for EVs": _GRID,
    "Heat and steam": _DIRECT,
    "Transmission and distribution": _LOSS,
    "UK electricity T&D for EVs": _LOSS,
    "Material use": _MATERIAL,
    "Waste disposal": _WASTE,
    "WTT- fuels": _UPSTREAM,
    "WTT- bioenergy": _UPSTREAM,
    "WTT- UK electricity": _UPSTREAM,
    "WTT- heat and steam": _UPSTREAM,
    "WTT- pass vehs & travel- land": _UPSTREAM,
    "WTT- delivery vehs & freight": _UPSTREAM,
    "WTT- business travel- air": _UPSTREAM,
    "WTT- business travel- sea": _UPSTREAM,
}
# Of which kind of service a table is (law 7): what it is counted by does not always say it.
SERVICES: Final[dict[str, str]] = {
    **dict.fromkeys(
        (
            *("Passenger vehicles", "Delivery vehicles", "Freighting goods"),
            *("Managed assets- vehicles", "Business travel- land", "Business travel- air"),
            *("Business travel- sea", "WTT- pass vehs & travel- land"),
            *("WTT- delivery vehs & freight", "WTT- business travel- air"),
            # Per distance driven: what of the electricity is a vehicle's is a part of transport.
            *("WTT- business travel- sea", "UK electricity for EVs", "UK electricity T&D for EVs"),
        ),
        "transport",
    ),
    **dict.fromkeys(
        (
            *("UK electricity", "Managed assets- electricity", "Heat and steam"),
            *("Transmission and distribution", "WTT- UK electricity", "WTT- heat and steam"),
        ),
        "energy",
    ),
    "Waste disposal": "waste-treatment",
}
# Column texts of flights. The first multiplies CO2 by 1.7 for what else an aircraft does to the
# climate (contrails, nitrogen oxides), which is no warming potential of a gas.
WITH_FORCING: Final = "With RF"
FLIGHTS: Final = frozenset({WITH_FORCING, "Without RF"})
FORCING_SAYS: Final = (
    " The CO2 in it is multiplied by the publisher's index of radiative forcing, which is no GWP"
    " and no mass; the row without it states what the aircraft emits."
)
# Tables whose text stands in no sheet of the flat file, so it isn't known whether they begin at the
# cradle: the operational emissions of water companies hold some upstream parts and not others.
UNREAD: Final = frozenset({"Water supply", "Water treatment", "Hotel stay", "Homeworking"})
ENERGY_TABLES: Final = frozenset(
    {"SECR kWh pass & delivery vehs", "SECR kWh UK electricity for EVs"}
)
ELECTRICITY: Final = frozenset(
    {
        "UK electricity",
        "Managed assets- electricity",
        "WTT- UK electricity",
        "Transmission and distribution",
    }
)
ELECTRIC_VEHICLE: Final = "Electric Vehicle"  # battery or plug-in hybrid, at the column text's end
# Whether the losses on the way are in it: hired vehicles have the sum of own vehicle, electricity
# for EVs and its T&D, in each row of the table of 2025.
EV_LOSSES: Final[dict[str, bool]] = {
    "UK electricity for EVs": False,
    "UK electricity T&D for EVs": True,
    "Freighting goods": True,
    "Managed assets- vehicles": True,
    "Business travel- land": True,
}
# Units of measurement, as the table writes them, to the unit table's names.
UNITS: Final[dict[str, str]] = {
    "tonnes": "tonne",
    "kg": "kilogram",
    "litres": "liter",
    "cubic metres": "cubic meter",
    "GJ": "gigajoule",
    "kWh": "kilowatt hour",
    "kWh (Net CV)": "kilowatt hour",
    "kWh (Gross CV)": "kilowatt hour",
    "tonne.km": "ton kilometer",
    "km": "kilometer",
    "miles": "mile",
    "passenger.km": "passenger kilometer",
}
# By which calorific value a kilowatt hour of fuel is counted.
CALORIFIC: Final = {"kWh (Net CV)": "net", "kWh (Gross CV)": "gross"}
GASES: Final[dict[str, str]] = {
    "kg CO2e of CO2 per unit": "Carbon dioxide",
    "kg CO2e of CH4 per unit": "Methane",
    "kg CO2e of N2O per unit": "Nitrous oxide",
}
# The table's names of gases whose GWP our sets know, for recognising the set.
GAS_NAMES: Final[dict[str, str]] = {
    "Carbon dioxide": "CO2",
    "Methane": METHANE,
    "Nitrous oxide": "N2O",
    "Sulphur hexafluoride (SF6)": "SF6",
    "Nitrogen trifluoride": "NF3",
    "Perfluoromethane (PFC-14)": "CF4",
    "Perfluoroethane (PFC-116)": "C2F6",
    "Perfluoropropane (PFC-218)": "C3F8",
    **{
        name: name
        for name in (
            *("HFC-23", "HFC-32", "HFC-41", "HFC-125", "HFC-134a", "HFC-143a", "HFC-152a"),
            *("HFC-227ea", "HFC-236fa", "HFC-245fa", "HFC-365mfc"),
        )
    },
}
# The SHA-256 are of the files as their publisher has them.
RELEASES: Final = (
    Release(
        Source(
            "uk-gov-ghg-2025",
            "UK Government GHG Conversion Factors for Company Reporting 2025 (DESNZ), flat file",
            LICENCE,
        ),
        "2025",
        ("sha256:8bfdb45b81ec4a88e3bdf4584637330f62e6bd09ce1940e654c5d7b7f736de94",),
    ),
)
