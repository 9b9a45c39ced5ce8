"""What ipcc.py calls gases that the IPCC's reports call differently, and the flows of our own."""

from __future__ import annotations

from typing import Final

# By formula: gases that everybody calls by it.
OWN: Final = {
    "CO2": "CO2",
    "CH4": "CH4",
    "N2O": "N2O",
    "SF6": "SF6",
    "NF3": "NF3",
    "SF5CF3": "SF5CF3",
    "SO2F2": "SO2F2",
    "CF4": "CF4",
    "C2F6": "C2F6",
    "C3F8": "C3F8",
    "c-C4F8": "PFC-318",
    "cyc (-CF2CF2CF2CF2-)": "PFC-318",
    "Z-C10F18": "PFC-91-18(Z)",
    "E-C10F18": "PFC-91-18(E)",
    # Misprinted in AR6: "octafluoro-2-buene", and an ester by the names of what it is made of.
    "CF3CF=CFCF3": "octafluoro-2-butene",
    "(CF3)2CHOCHO": "1,1,1,3,3,3-hexafluoropropan-2-yl formate",
}
# By the name that AR4 or AR5 prints.
EARLIER: Final = {
    "PFC-3-1-10": "PFC-31-10",
    "PFC-4-1-12": "PFC-41-12",
    "PFC-5-1-14": "PFC-51-14",
    "PFC-9-1-18": "PFC-91-18",
    "HFE-449sl (HFE-7100)": "HFE-449s1",
    "HFE-254cb2": "HFE-254cb1",
    "Dimethylether": "dimethyl ether",
    "HFC-1132a": "HFO-1132a",
    "HFC-1141": "HFO-1141",
    "(Z)-HFC-1225ye": "HFO-1225ye(Z)",
    "(E)-HFC-1225ye": "HFO-1225ye(E)",
    "(Z)-HFC-1234ze": "HFO-1234ze(Z)",
    "(E)-HFC-1234ze": "HFO-1234ze(E)",
    "HFC-1234yf": "HFO-1234yf",
    "(Z)-HFC-1336": "HFO-1336mzz(Z)",
    "HFC-1243zf": "HFO-1243zf",
    "HFC-1345zfc": "HFO-1345zfc",
    "3,3,4,4,5,5,6,6,7,7,8,8,9,9,10,10,10-Hep-tadecafluorodec-1-ene": (
        "3,3,4,4,5,5,6,6,7,7,8,8,9,9,10,10,10-heptadecafluorodec-1-ene"
    ),
    "Perfluorocyclopentene": "octafluorocyclopentene",
    "Perfluorobuta-1,3-diene": "1,1,2,3,4,4-hexafluorobuta-1,3-diene",
    "Perfluorobut-1-ene": "octafluoro-1-butene",
    "HFE-263fb2": "HFE-263mf",
    "Sevoflurane (HFE-347mmz1)": "HFE-347mmz1",
    "2,2,3,3,4,4,5,5-Octafluorocyclopentanol": "2,2,3,3,4,4,5,5-octafluorocyclopentan-1-ol",
    "Fluoroxene": "fluroxene",
    "HG’-01": "HG'-01",
    "HG’-02": "HG'-02",
    "HG’-03": "HG'-03",
    "3,3,4,4,5,5,6,6,7,7,8,8,9,9,10,10,11,11,11-Non-adecafluoroundecan-1-ol": (
        "3,3,4,4,5,5,6,6,7,7,8,8,9,9,10,10,11,11,11-nonadecafluoroundecan-1-ol"
    ),
    "1,1,2-Trifluoro-2-(trifluoromethoxy)-ethane": "1,1,2-trifluoro-2-(trifluoromethoxy)ethane",
    "1,1,1,2,2,3,3-Heptafluoro-3-(1,2,2,2-tetrafluoroethoxy)-propane": (
        "1,1,1,2,2,3,3-heptafluoro-3-(1,2,2,2-tetrafluoroethoxy)propane"
    ),
    "2,2,3,3-Tetrafluoro-1-propanol": "2,2,3,3-tetrafluoropropan-1-ol",
    "2,2,3,4,4,4-Hexafluoro-1-butanol": "2,2,3,4,4,4-hexafluorobutan-1-ol",
    "2,2,3,3,4,4,4-Heptafluoro-1-butanol": "2,2,3,3,4,4,4-heptafluorobutan-1-ol",
    "1,1,2,2-Tetrafluoro-3-methoxy-propane": "1,1,2,2-tetrafluoro-3-methoxypropane",
    "perfluoro-2-methyl-3-pentanone": (
        "1,1,1,2,2,4,5,5,5-nonafluoro-4-(trifluoromethyl)pentan-3-one"
    ),
    "3,3,3-Trifluoro-propanal": "3,3,3-trifluoropropanal",
    # Printed a second time under its systematic name.
    "1,1’-Oxybis[2-(difluoromethoxy)-1,1,2,2-tetrafluoroethane": "HG-02",
    "1,1,3,3,4,4,6,6,7,7,9,9,10,10,12,12-hexa-decafluoro-2,5,8,11-Tetraoxadodecane": "HG-03",
    "1,1,3,3,4,4,6,6,7,7,9,9,10,10,12,12,13,13,15,15-eico-safluoro-2,5,8,11,14-"
    "Pentaoxapentadecane": "HG-04",
}
# Not gases of the reports but flows of ours: which component each belongs to.
FLOWS: Final = {
    "CH4_land_use_change": "landUseChangeGhgEmissions",
    "CH4_non_fossil": "biogenicNonCO2Emissions",
    "CO2_aircraft": "fossilGhgEmissions",
    "CO2_biogenic": "biogenicCO2Emissions",
    "CO2_captured": "ccsTechnologicalCO2Capture",
    "CO2_land_management": "landManagementBiogenicCO2Emissions",
    "CO2_land_management_removal": "landManagementBiogenicCO2Removals",
    "CO2_land_use_change": "landUseChangeGhgEmissions",
    "CO2_technological_removal": "technologicalCO2Removals",
    "CO2_uptake": "biogenicCO2Uptake",
    "N2O_biogenic": "biogenicNonCO2Emissions",
    "N2O_land_use_change": "landUseChangeGhgEmissions",
}
SOURCE: Final = {
    "table": "IPCC AR4 WG1 (2007) table 2.14, AR5 WG1 (2013) table 8.A.1, AR6 WG1 (2021) table"
    " 7.SM.7; read from USEPA/LCIAformatter, lciafmt/data/IPCC_GWP_values.csv, commit 48d19af"
    " (MIT). AR5 prints 1 for what is below 1",
    "methane": "AR4: 25 for all; AR5: 28, and 30 of fossil origin, as in the GHG Protocol table of"
    " 2016; AR5-28: 28 for all, as the UK government and CBAM read AR5; AR6: fossil 29.8,"
    " non-fossil 27.0 (table 7.15)",
    "components": "PACT Technical Specifications V3, CarbonFootprint; PACT Methodology V3 sections"
    " 3.3.2.1, 3.3.2.4, 3.3.2.5; biogenic CO2 that is set free stands apart from what is taken up"
    " (ISO 14067:2018 section 7.2)",
}
