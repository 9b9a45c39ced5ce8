"""Products that recompute and break law 2, 4, 7 or 8: composed right, and then made wrong.

Every figure in them is right; what is wrong is only what the law speaks of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import digest_text
from tests.support import processes

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement
    from tests.support.world import World

Draft = dict[str, Any]
TRANSMISSION = "urn:rootprint:class:electricity-transmission"
KWH = {"declaredUnitOfMeasurement": "kilowatt hour"}


def gas(kilograms: str = "1", **more: Any) -> Draft:
    """Return a line of CO2 measured at the stack."""
    return {
        "stage": "manufacturing",
        "description": "measured at the stack",
        "amount": {"value": kilograms, "unit": "kilogram"},
        "source": {"gas": "CO2", "set": "AR6"},
        "primary": True,
        **more,
    }


def restaged(draft: Draft, old: str, new: str) -> Draft:
    """Give the lines of one stage another one, and their cells with them."""
    subject = draft["credentialSubject"]
    for line in subject["inventory"]:
        if line["stage"] == old:
            line["stage"] = new
    subject["cells"][new] = subject["cells"].pop(old)
    return draft


def taking(draft: Draft, number: int, cited: Statement) -> Draft:
    """Let a line take another statement of the same figures."""
    draft["credentialSubject"]["inventory"][number]["source"] = {
        "statement": digest_text(cited.digest),
        "issuer": cited.issuer,
        "productId": cited.subject["productIds"][0],
    }
    return draft


def use_in_gate(world: World) -> Draft:
    """A cradle-to-gate product that counts its use."""
    lines = [gas(), gas("0.5", stage="raw-material")]
    return restaged(world.product("module", lines), "raw-material", "use")


def distribution_in_gate(world: World) -> Draft:
    """A cradle-to-gate product whose total has its outbound distribution in it."""
    lines = [gas(), gas("0.5", stage="raw-material")]
    return restaged(world.product("module", lines), "raw-material", "distribution")


def grave_in_gate(world: World) -> Draft:
    """A cradle-to-gate product that counts its end of life."""
    lines = [gas(), gas("0.5", stage="raw-material")]
    return restaged(world.product("module", lines), "raw-material", "end-of-life")


def recycling_in_gate(world: World) -> Draft:
    """A cradle-to-gate product that counts its recycling."""
    lines = [gas(), gas("0.5", stage="raw-material")]
    return restaged(world.product("module", lines), "raw-material", "recycling")


def landfill_in_gate(world: World) -> Draft:
    """A cradle-to-gate product of what of it will be landfilled, by the circular formula."""
    landfill = world.publish(world.factor("landfill"))
    mass = {"value": "1", "unit": "kilogram"}
    shares = {"A": "0.2", "R1": "0", "R2": "0.5", "R3": "0", "qualityIn": "1", "qualityOut": "1"}
    line = {**world.line(landfill, "0.5", "kilogram"), "stage": "manufacturing"}
    draft = world.product("module", [line])
    signed = draft["credentialSubject"]["inventory"][0]
    signed["circular"] = {"material": "PET", "term": "disposal", "mass": mass, **shares}
    return draft


def grave_cited_in_gate(world: World) -> Draft:
    """A cradle-to-gate product of a part whose use and end of life are in it."""
    part = world.publish(world.product("part", [gas()], boundary="cradle-to-grave"))
    fit = world.publish(world.product("fit", [gas()]))
    return taking(world.product("module", [world.line(fit, "2", "kilogram")]), 0, part)


def grave_within_grave(world: World) -> Draft:
    """A tyre that brings its own end of life, in a car that counts one more."""
    tyre = world.publish(world.product("tyre", [gas()], boundary="cradle-to-grave"))
    fit = world.publish(world.product("fit", [gas()]))
    lines = [world.line(fit, "4", "kilogram"), gas("3", stage="end-of-life")]
    return taking(world.product("car", lines, boundary="cradle-to-grave"), 0, tyre)


def losses_twice(world: World) -> Draft:
    """Losses added to electricity that has them, beside a trace that lacks them."""
    whole = world.publish(world.factor("whole", pcf=KWH, includesTransmission=True))
    bare = world.publish(world.factor("bare", pcf=KWH, includesTransmission=False))
    lost = world.publish(
        world.factor(
            "lost", pcf=KWH, includesTransmission=False, productClassifications=[TRANSMISSION]
        )
    )
    lines = [
        world.line(bare, "1", "kilowatt hour"),
        world.line(lost, "1", "kilowatt hour"),
        world.line(bare, "0.001", "kilowatt hour"),
    ]
    return taking(world.product("module", lines), 0, whole)


def gross_on_net(world: World) -> Draft:
    """Kilowatt hours by gross calorific value, of a factor by net."""
    net = world.publish(world.factor("net", pcf=KWH, quantity={"calorificValue": "net"}))
    line = world.line(net, "100", "kilowatt hour")
    line["amount"]["quantity"] = {"calorificValue": "net"}
    draft = world.product("module", [line])
    draft["credentialSubject"]["inventory"][0]["amount"]["quantity"] = {"calorificValue": "gross"}
    return draft


def impossible_conversion(world: World) -> Draft:
    """A gross amount that its conversion makes larger as net."""
    draft = gross_on_net(world)
    draft["credentialSubject"]["inventory"][0]["amount"]["quantity"] = {
        "calorificValue": "net",
        "converted": {
            "value": "80",
            "unit": "kilowatt hour",
            "by": "1.25",
            "reference": "a table",
            "calorificValue": "gross",
        },
    }
    return draft


_PAIR = processes.process(processes.output("steel", "30"), processes.output("slag", "10"))


def share_without_record(_world: World) -> Draft:
    """A share of a furnace without a record: the next co-product may choose another method."""
    without = {name: member for name, member in _PAIR.items() if name != "record"}
    return processes.composed(processes.file("steel", without, [gas("40")]))


def less_than_its_share(world: World) -> Draft:
    """Half of what the record says, and every figure after it right."""
    record = world.publish(_recorded(gas("40")))
    honest = world.sign(_recorded(gas("20")))
    draft = processes.composed(processes.file("steel", _PAIR, [gas("20")]), furnace=honest)
    processes.point_at(draft, honest, record)
    return draft


def activity_left_out(world: World) -> Draft:
    """The record has the methane of the furnace, and the steel leaves it out."""
    methane = gas("1", source={"gas": "CH4_fossil", "set": "AR6"}, description="leaks")
    record = world.publish(_recorded(gas("40"), methane))
    honest = world.sign(_recorded(gas("40")))
    draft = processes.composed(processes.file("steel", _PAIR, [gas("40")]), furnace=honest)
    processes.point_at(draft, honest, record)
    return draft


def _recorded(*lines: Draft) -> Draft:
    return processes.record_draft(processes.file("steel", _PAIR, lines))


def claim_of_anothers(world: World) -> Draft:
    """Wind power that was retired for somebody else."""
    processes.with_registry(world)
    retired = world.publish(processes.retirement(beneficiary="did:web:factors.example"))
    claimed = world.publish(processes.claim(retired))
    line = processes.contract("wind", "1000", claimed)
    hall = {"name": "Hall 1", "outputs": [processes.output("part", "1")]}
    return processes.composed(processes.file("part", hall, [line]), wind=claimed)


# Each with its law and what has to be hidden so that a reader can't see the fault.
WRONG: dict[str, tuple[int, Callable[[World], Draft]]] = {
    "share-without-record": (2, share_without_record),
    "less-than-its-share": (2, less_than_its_share),
    "activity-left-out": (2, activity_left_out),
    "claim-of-anothers": (4, claim_of_anothers),
    "use-in-gate": (7, use_in_gate),
    "grave-in-gate": (7, grave_in_gate),
    "grave-cited-in-gate": (7, grave_cited_in_gate),
    "grave-within-grave": (7, grave_within_grave),
    "losses-twice": (8, losses_twice),
    "gross-on-net": (8, gross_on_net),
    "impossible-conversion": (8, impossible_conversion),
}
