"""Carry the figures of 2024 that the PV module needs into examples/pv-module/figures.csv.

Reads the public data sets: PV ICE's baselines (NREL, BSD 3-Clause, doi:10.1016/j.isci.2021.103488;
commit 378a012a). Run by hand, when the figures are to be taken anew; nothing else needs that data.

    python scripts/examples_data/pv_figures.py FOLDER_OF_PV_ICE_BASELINES
"""

from __future__ import annotations

import csv
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

YEAR = "2024"
TARGET = Path(__file__).resolve().parents[2] / "examples" / "pv-module" / "figures.csv"
COLUMNS = ("subject", "country", "figure", "value", "unit", "file", "row", "column")
MATERIALS = (
    "silicon",
    "glass",
    "aluminium_frames",
    "copper",
    "silver",
    "encapsulant",
    "backsheet",
)
LARGEST, AT_LEAST = 4, Decimal(1)  # makers kept: the four largest, ties too, with 1 % or more
# Blocs, and rows whose mix is another's to the digit: USA = UnitedKingdom, Iceland = France.
WITHOUT_OWN_MIX = {"EU", "OECD", "World", "USA", "UnitedKingdom", "Iceland", "France"}
ISO = {
    "Canada": "CA",
    "Chile": "CL",
    "China": "CN",
    "CongoDRC": "CD",
    "Germany": "DE",
    "India": "IN",
    "Japan": "JP",
    "Malaysia": "MY",
    "Mexico": "MX",
    "Peru": "PE",
    "Poland": "PL",
    "Russia": "RU",
    "SKorea": "KR",
    "VietNam": "VN",
}
MATERIAL_FIGURES = (
    ("mass", "mat_massperm2", "mass", "g/m2"),
    ("yield", "mat_MFG_eff", "mass", "%"),
    ("extraction_yield", "mat_virgin_eff", "mass", "%"),
    ("energy", "e_mat_MFG", "energy", "kWh/kg"),
    ("fuel_share", "e_mat_MFG_fuelfraction", "energy", "%"),
    ("extraction_energy", "e_mat_extraction", "energy", "kWh/kg"),
)
FUELS = (
    "Bioenergy",
    "Coal",
    "Gas",
    "Hydro",
    "Nuclear",
    "OtherFossil",
    "OtherRenewables",
    "Solar",
    "Wind",
)
MEE = "MEE, NBS and NEA announcement of 2025-09-28 (issued 2025-10-23), annex"
UK = "UK Government GHG Conversion Factors for Company Reporting 2025, flat file v1 (OGL v3.0)"
OTHERS = (  # the few figures that are not PV ICE's
    ("grid", "CN", "electricity", "0.5777", "kg CO2e/kWh", MEE, "2024", "national average"),
    ("left_out", "", "heat_upstream", "0.03347", "kg CO2e/kWh", UK, "11_100_1004_7_1", "factor"),
    ("left_out", "", "lorry", "0.10163", "kg CO2e/tkm", UK, "27_304_3140_14_1", "factor"),
    ("left_out", "", "lorry_upstream", "0.02359", "kg CO2e/tkm", UK, "28_907_3140_14_1", "factor"),
)
Row = tuple[str, ...]


def read(folder: Path, name: str, key: str) -> dict[str, str]:
    """The row of ``name`` whose first column is ``key``: value by column, digits untouched."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    return dict(zip(rows[0], next(row for row in rows if row and row[0] == key), strict=True))


def material_rows(folder: Path, material: str) -> Iterator[Row]:
    """Mass, yields and energies of one material, its process emissions, its makers' shares."""
    for figure, column, table, unit in MATERIAL_FIGURES:
        name = f"baseline_material_{table}_{material}.csv"
        value = read(folder, name, YEAR)[column]
        yield material, "", figure, value, unit, name, YEAR, column
    name, column = "baseline_materials_processCO2.csv", "v_MFG_gCO2eqpg"
    value = format(Decimal(read(folder, name, material)[column]), "f")
    yield material, "", "process", value, "kg CO2e/kg", name, material, column
    name = f"baseline_{material}_MFGing_countrymarketshare.csv"
    for country, share in largest(list(read(folder, name, YEAR).items())[1:]):
        yield material, ISO[country], "share", share, "%", name, YEAR, country


def largest(shares: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The largest single countries that have a grid mix of their own, largest first."""
    usable = [
        (country, share)
        for country, share in shares
        if country not in WITHOUT_OWN_MIX and Decimal(share) >= AT_LEAST
    ]
    usable.sort(key=lambda item: (-Decimal(item[1]), item[0]))
    last = Decimal(usable[:LARGEST][-1][1])
    return [item for item in usable if Decimal(item[1]) >= last]


def grid_rows(folder: Path, countries: set[str]) -> Iterator[Row]:
    """The fuel shares of each maker's grid but China's, and the fuels' life-cycle factors."""
    name = "baseline_countrygridmix.csv"
    mixes = read(folder, name, YEAR)
    for country, code in ISO.items():
        for fuel in FUELS:
            value = mixes.get(f"{country}_{fuel}", "0")
            if code in countries - {"CN"} and Decimal(value):
                yield "grid", code, fuel, value, "%", name, YEAR, f"{country}_{fuel}"
    name = "baseline_electricityemissionfactors.csv"
    for fuel, column in [
        *((fuel, "CO2eq_gpWh_ember") for fuel in FUELS),
        ("SteamAndHeat", "CO2_gpWh_EPA"),
    ]:
        value = read(folder, name, fuel)[column]
        unit = "kg CO2/kWh" if fuel == "SteamAndHeat" else "kg CO2e/kWh"
        yield "factor", "", fuel, value, unit, name, fuel, column


def figures(folder: Path) -> Iterator[Row]:
    """Every row of figures.csv."""
    countries: set[str] = set()
    for material in MATERIALS:
        for row in material_rows(folder, material):
            countries.add(row[1])
            yield row
    for figure, column, table, unit in (
        ("assembly", "e_mod_MFG", "energy", "Wh/m2"),
        ("yield", "mod_MFG_eff", "mass_World", "%"),
    ):
        name = f"baseline_modules_{table}.csv"
        yield "module", "", figure, read(folder, name, YEAR)[column], unit, name, YEAR, column
    yield from grid_rows(folder, countries)
    yield from OTHERS


def main() -> int:
    """Write figures.csv from the folder named on the command line."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the script and its one argument
        print(__doc__, file=sys.stderr)
        return 2
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(figures(Path(sys.argv[1])))
    print(TARGET)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
