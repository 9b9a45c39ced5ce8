"""Products that break law 1 or 3 and in which all else follows: composed right, then made wrong.

Every line is what its source gives; what is wrong is only what the law speaks of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.calc.lines import exact_result
from rootprint.calc.rounding import decimal_text, half_up
from rootprint.calc.totals import totals
from rootprint.ledger import figures
from rootprint.ledger.core.schema.components import COMPONENTS
from rootprint.ledger.core.tables import tables
from tests.support.wrong import Draft, gas, taking

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement
    from tests.support.world import World

EVIDENCE = {"method": "Mineralised in concrete, sampled", "evidence": "An example report"}
CREDIT = {"allocation": {"method": "substitution"}}


def stored(kilograms: str) -> Draft:
    """Return the evidence of a removal that shows this much to be stored."""
    return {**EVIDENCE, "stored": {"value": kilograms, "unit": "kilogram"}}


def flow(name: str, kilograms: str, **more: Any) -> Draft:
    """Return a measured flow of that name."""
    return gas(kilograms, source={"gas": name, "set": "AR6"}, **more)


def figure(value: str, component: str = "fossilGhgEmissions", **more: Any) -> Draft:
    """Return a line of one kilogram of something published."""
    source = {"published": value, "per": "kilogram", "component": component,
              "reference": "An example, table 1"}  # fmt: skip
    return gas("1", source=source, primary=False, **more)


def recomputed(draft: Draft, *cited: Statement) -> Draft:
    """State again what follows from a draft's lines: results, cells, totals and shares.

    ``cited`` are the statements that they take, whose ratings play no part here.
    """
    subject = draft["credentialSubject"]
    upstream = {f"sha256:{one.digest.hex()}": figures.cited(one.subject) for one in cited}
    with_ = subject["computedWith"]
    lines, exact = [], []
    for value in subject["inventory"]:
        line = figures.line(value, upstream.get(value["source"].get("statement")))
        found = exact_result(line, figures.unit_table(), tables().gwp)
        value["result"] = {
            name: decimal_text(half_up(one, with_["lineDigits"])) for name, one in found.items()
        }
        lines.append(line)
        exact.append(found)
    whole = totals(lines, exact, digits=with_["digits"], line_digits=with_["lineDigits"])
    kept = {name: text for name, text in subject["pcf"].items() if name not in COMPONENTS}
    subject["pcf"] = kept | {
        "pcfExcludingBiogenicUptake": decimal_text(whole.excluding),
        "pcfIncludingBiogenicUptake": decimal_text(whole.including),
        "primaryDataShare": decimal_text(whole.primary_share),
        **{name: decimal_text(value) for name, value in whole.components.items()},
    }
    subject["cells"] = {
        stage: {name: decimal_text(value) for name, value in row.items()}
        for stage, row in whole.cells.items()
    }
    subject["characterizationSets"] = [
        {"set": name, "share": decimal_text(share)} for name, share in whole.sets.items()
    ]
    subject.pop("gases", None)
    return draft


def removes_more_than_is_stored(world: World) -> Draft:
    """900 kg are removed from the air, and 1 kg is shown to be stored."""
    lines = [gas("1"), flow("CO2_technological_removal", "900", removal=stored("900"))]
    draft = world.product("module", lines)
    draft["credentialSubject"]["inventory"][1]["removal"] = stored("1")
    return draft


def captures_more_than_is_stored(world: World) -> Draft:
    """5 kg are captured of 10, and 4 kg are shown to be stored."""
    draft = world.product("module", [gas("10"), flow("CO2_captured", "5", removal=stored("5"))])
    draft["credentialSubject"]["inventory"][1]["removal"] = stored("4")
    return draft


def captures_more_than_is_generated(world: World) -> Draft:
    """The CO2 that is captured is somebody else's: the process itself emits methane."""
    return captures_of(world, "CH4_fossil")


def captures_of(world: World, name: str) -> Draft:
    """5 kg of CO2 are captured where the process emits 10 kg of a flow of that name."""
    lines = [gas("10"), flow("CO2_captured", "5", removal=stored("5"))]
    draft = world.product("module", lines)
    subject = draft["credentialSubject"]
    subject["inventory"][0]["source"] = {"gas": name, "set": "AR6"}
    return recomputed(draft)


def credits_what_removes(world: World) -> Draft:
    """A credit for displacing what takes more out of the air than it emits."""
    sink = world.publish(
        world.factor(
            "sink",
            pcf={
                "landManagementBiogenicCO2Removals": "-3",
                "pcfExcludingBiogenicUptake": "-0.5",
                "pcfIncludingBiogenicUptake": "-0.5",
            },
        )
    )
    fit = world.publish(world.factor("fit"))
    draft = world.product("module", [gas("10"), world.line(fit, "2", "kilogram", **CREDIT)])
    return taking(draft, 1, sink)


def credits_too_much(world: World) -> Draft:
    """A credit of ten times what the signed footprint that is displaced comes to."""
    heat = world.publish(world.factor("heat"))
    draft = world.product("module", [gas("100"), world.line(heat, "2", "kilogram", **CREDIT)])
    subject = draft["credentialSubject"]
    subject["inventory"][1]["result"] = {"substitutionCredits": "-50.000000000000"}
    for name in ("pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake"):
        subject["pcf"][name] = "50.000"
    subject["pcf"]["substitutionCredits"] = "-50.000"
    subject["cells"]["manufacturing"]["fossilGhgEmissions"] = "100.000"
    subject["cells"]["raw-material"]["substitutionCredits"] = "-50.000"
    return draft


def lines_that_vanish(world: World) -> Draft:
    """Cells of half the emissions, beside components that state them all."""
    draft = world.product("module", [gas("10"), gas("20", stage="raw-material")])
    draft["credentialSubject"]["cells"]["raw-material"]["fossilGhgEmissions"] = "5.0000"
    return draft
