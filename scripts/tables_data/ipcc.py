"""Write ledger/core/data/gwp.json from the IPCC's table as the US EPA's LCIAformatter prints it.

Usage: python scripts/tables_data/ipcc.py IPCC_GWP_values.csv > ledger/core/data/gwp.json

Columns: AR, Name, CAS, Acronym, Formula, Parameter, Value. A gas is called by its acronym, else by
its name in AR6; what earlier reports call otherwise is in ``ipcc_names``. Where AR5 prints a gas
twice, its first row counts. A GWP that is printed as 0 tells nothing, and is left out.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path
from typing import Final

from ipcc_names import EARLIER, FLOWS, OWN, SOURCE

HORIZON: Final = "GWP100"
SETS: Final = ("AR4", "AR5", "AR6")
METHANE: Final = {"AR4": ("25", "25"), "AR5": ("30", "28"), "AR6": ("29.8", "27.0")}
_GAS: Final = re.compile(r"\s*[(/].*")
_DESIGNATION: Final = re.compile(r"(?:[ni]-)?[A-Z](?:-R316c|[A-Z]|alon)")
_AFTER_DIGITS: Final = re.compile(r"(?<=\d-)[A-Z]")
Row = dict[str, str]


def names_of_ar6(rows: list[Row]) -> dict[str, str]:
    """Return what each gas is called, by the name, acronym and formula that AR6 prints."""
    found: dict[str, str] = {}
    for row in rows:
        own = row["Acronym"].replace("CFC 1112", "CFC-1112") or row["Name"]
        name = OWN.get(row["Formula"], _plain(own))
        for said in (row["Acronym"], row["Name"].lower(), row["Formula"]):
            if said:
                found.setdefault(said, name)
    return found


def called(row: Row, ar6: dict[str, str]) -> str:
    """Return what a row's gas is called."""
    if row["Formula"] in OWN:
        return OWN[row["Formula"]]
    printed = row["Name"]
    short = row["Acronym"] if row["AR"] == "AR6" else _GAS.sub("", printed) or printed
    for said in (short, printed.lower()):
        if said in ar6:
            return ar6[said]
    return EARLIER.get(printed, _plain(short if _DESIGNATION.match(short) else printed))


def table(rows: list[Row]) -> dict[str, object]:
    """Return the whole file's value."""
    stated = [row for row in rows if row["Parameter"] == HORIZON and row["Formula"] != "0"]
    ar6 = names_of_ar6([row for row in stated if row["AR"] == "AR6"])
    sets: dict[str, dict[str, str]] = {name: {} for name in SETS}
    for row in stated:
        name, value = called(row, ar6), row["Value"]
        if name not in {"CH4", "CO2"} and float(value) > 0:
            sets[row["AR"]].setdefault(name, value)
    for name, values in sets.items():
        fossil, other = METHANE[name]
        values |= {"CH4_fossil": fossil, "CH4_non_fossil": other, "CH4_land_use_change": other}
        values |= {flow: values["N2O"] for flow in FLOWS if flow.startswith("N2O_")}
        values |= {flow: "1" for flow in ("CO2", *FLOWS) if flow.startswith("CO2")}
    all_methane = {gas: "28" for gas in sets["AR5"] if gas.startswith("CH4_")}
    sets["AR5-28"] = {**sets["AR5"], **all_methane}
    gases = sorted({gas for values in sets.values() for gas in values})
    return {
        "component": {gas: FLOWS.get(gas, "fossilGhgEmissions") for gas in gases},
        "id": "rootprint-gwp100",
        "negative": [
            "CO2_captured",
            "CO2_land_management_removal",
            "CO2_technological_removal",
            "CO2_uptake",
        ],
        "ofWhich": {"CO2_aircraft": "aircraftGhgEmissions"},
        "sets": {name: dict(sorted(values.items())) for name, values in sorted(sets.items())},
        "source": SOURCE,
        "unit": "kg CO2e per kg of gas, 100 years",
        "version": "2",
    }


def _plain(name: str) -> str:
    """Write a word in lower case, and leave a designation (HFC-23, PTPA) as it is."""
    return (
        name if _DESIGNATION.match(name) else name[:1].lower() + _AFTER_DIGITS.sub(_small, name)[1:]
    )


def _small(found: re.Match[str]) -> str:
    return found[0].lower()


def main() -> None:
    """Read the CSV named on the command line, and print the table."""
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows = [{k: "" if v == "(no data)" else v.strip() for k, v in row.items()} for row in rows]
    print(json.dumps(table(rows), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
