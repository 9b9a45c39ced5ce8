"""Closed lists of words that are signed: stages, units, regions, GWP sets."""

from __future__ import annotations

from typing import Final

RATINGS: Final = ("technologicalDQR", "geographicalDQR", "temporalDQR")
STAGES: Final = (
    "raw-material",
    "manufacturing",
    "distribution",
    "use",
    "end-of-life",
    "recycling",
)
DECLARED_UNITS: Final = (
    "liter",
    "kilogram",
    "cubic meter",
    "kilowatt hour",
    "megajoule",
    "ton kilometer",
    "square meter",
    "piece",
    "hour",
    "megabit second",
)
# What money is counted in: a currency (ISO 4217's name) at the purchaser price of a year. No two of
# them convert: what a price index says is somebody's judgement and no definition.
CURRENCIES: Final = ("US dollar", "euro", "pound sterling", "yuan renminbi")
MONEY_YEARS: Final = range(2010, 2036)
MONEY: Final = tuple(f"{currency} of {year}" for currency in CURRENCIES for year in MONEY_YEARS)
# PACT knows none of these, so no product may declare them.
FURTHER_UNITS: Final = ("kilometer", "passenger kilometer", "kilowatt")
FACTOR_UNITS: Final = (*DECLARED_UNITS, *FURTHER_UNITS, *MONEY)
REGIONS: Final = (
    "Africa", "Americas", "Asia", "Europe", "Oceania", "Australia and New Zealand",
    "Central Asia", "Eastern Asia", "Eastern Europe", "Latin America and the Caribbean",
    "Melanesia", "Micronesia", "Northern Africa", "Northern America", "Northern Europe",
    "Polynesia", "South-eastern Asia", "Southern Asia", "Southern Europe",
    "Sub-Saharan Africa", "Western Asia", "Western Europe",
)  # fmt: skip
# AR5-28 is AR5 with 28 for all methane, as some programmes read it.
GWP_SETS: Final = ("AR4", "AR5", "AR5-28", "AR6")
UNSTATED: Final = "unstated"
REPORTS: Final = ("AR4", "AR5", "AR6")
REPORT_OF: Final = {name: name.partition("-")[0] for name in GWP_SETS}
# Each service, and the declared units that count it. Money counts none: it buys products too.
SERVICE_UNITS: Final = {
    "transport": ("ton kilometer", "passenger kilometer", "kilometer"),
    "storage": ("square meter", "hour"),
    "waste-treatment": ("kilogram", "liter", "cubic meter", "piece"),
    "energy": ("kilowatt hour", "megajoule"),
    "water": ("liter", "cubic meter"),
    "telecommunication": ("megabit second", "hour"),
    "maintenance": ("hour", "piece", "square meter"),
}
SERVICES: Final = tuple(SERVICE_UNITS)
# Units of services that count goods as well. Of a factor a published table says that it is a
# service; of a product its maker does, who may gain by it.
UNITS_OF_GOODS: Final = ("piece", "square meter")
# Counted by what they treat or deliver, whose mass is the declared unit's.
WEIGHED_SERVICES: Final = ("waste-treatment", "water")
# A product classification: heat per kilowatt hour, which has no transmission.
HEAT: Final = "urn:rootprint:class:heat"
VARIANT_REASONS: Final = (
    "energy-attributes",
    "recycled-content",
    "mass-balance",
    "site",
    "customer-specification",
    "transport-mode",
)
CUSTODY_MODELS: Final = ("identity-preserved", "segregated", "mass-balance", "book-and-claim")
STATES: Final = tuple(f"{degrees} °C 101.325 kPa" for degrees in (0, 15, 20, 25))
