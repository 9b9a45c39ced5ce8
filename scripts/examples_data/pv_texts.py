"""What the PV module's statements say in words: names, sources, what is left out."""

from __future__ import annotations

PV_ICE = (
    "PV ICE baselines (NREL / Alliance for Sustainable Energy), commit 378a012a of 2024-09-27; "
    "Ovaitt, Mirletz et al., iScience 2022, doi:10.1016/j.isci.2021.103488"
)
BSD = "BSD-3-Clause"
NAMES = {  # material in PV ICE: (short name, product)
    "silicon": ("silicon", "silicon in solar cells"),
    "glass": ("glass", "solar glass"),
    "aluminium_frames": ("aluminium", "aluminium module frame"),
    "copper": ("copper", "copper conductor"),
    "silver": ("silver", "silver metallisation"),
    "encapsulant": ("encapsulant", "EVA encapsulant film"),
    "backsheet": ("backsheet", "backsheet film"),
}
COUNTRIES = {
    "CA": "Canada",
    "CD": "the Congo (DRC)",
    "CL": "Chile",
    "CN": "China",
    "DE": "Germany",
    "IN": "India",
    "JP": "Japan",
    "KR": "South Korea",
    "MX": "Mexico",
    "MY": "Malaysia",
    "PE": "Peru",
    "PL": "Poland",
    "RU": "Russia",
    "VN": "Viet Nam",
}
FUELS = {  # fuel in PV ICE: (short name, words)
    "Bioenergy": ("bioenergy", "bioenergy"),
    "Coal": ("coal", "coal"),
    "Gas": ("gas", "gas"),
    "Hydro": ("hydro", "hydropower"),
    "Nuclear": ("nuclear", "nuclear power"),
    "OtherFossil": ("other-fossil", "other fossil fuels"),
    "OtherRenewables": ("other-renewables", "other renewables"),
    "Solar": ("solar", "solar power"),
    "Wind": ("wind", "wind power"),
}
WORLDWIDE = (
    "The value is not specific to a country; the format has no entry for the world, so the "
    "geography is the country where the table was compiled."
)
CARBON = {
    "encapsulant": (
        "Carbon by stoichiometry (IUPAC atomic weights 12.011, 1.008, 15.999), EVA assumed with "
        "33 % vinyl acetate by mass: 0.67 * 24.022/28.054 (C2H4) + 0.33 * 48.044/86.090 (C4H6O2)."
    ),
    "backsheet": (
        "Carbon by stoichiometry (IUPAC atomic weights 12.011, 1.008, 15.999), counted as PET "
        "throughout: 120.110/192.170 (C10H8O4); fluoropolymer layers hold less, so this is an "
        "upper value."
    ),
}
NO_CARBON = "Fossil carbon content 0: the material is no carbon compound; traces are not counted."
# Whose extraction is counted: made with hydropower, it would leave out more than it counts.
EXTRACTED = (("copper", "CD"),)
ESTIMATE = "An estimate, not a measurement. Left out:"
LEFT_OUT = "upstream emissions of the heat's fuel, transport, packaging and auxiliaries"
EXTRACTION = "extraction energy (e_mat_extraction, mat_virgin_eff) as heat at 0.2266 kg CO2/kWh"
UPSTREAM = "heat's fuel upstream as natural gas at 0.03347 kg CO2e/kWh"
TRANSPORT = (
    "1,000 km by lorry, an assumption, at 0.12522 kg CO2e/tkm (UK Government factors 2025, as is "
    "the fuel's upstream figure)"
)
