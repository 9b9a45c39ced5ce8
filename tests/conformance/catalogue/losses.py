"""Transmission losses: whose electricity they are of, where more than one kind is bought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import digest_text
from tests.conformance.casebook import Files, Scene, case, failed, incomplete, verified

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

_CLASS = "urn:rootprint:class:electricity-transmission"
_WITH, _WITHOUT = {"includesTransmission": True}, {"includesTransmission": False}
_LOSSES = {**_WITH, "productClassifications": [_CLASS]}  # the UK's table says both of its losses


def _sources(
    scene: Scene, unit: str = "kilowatt hour", **kinds: dict[str, Any]
) -> dict[str, Statement]:
    pcf = {"declaredUnitOfMeasurement": unit}
    return {name: scene.fuel(name, pcf=pcf, **changes) for name, changes in kinds.items()}


def _two_sites(*hidden: str, missing: bool = False, assured: bool = False) -> Files:
    """Electricity with the losses in it, another without, and losses; ``hidden`` has no line."""
    scene = Scene()
    sources = _sources(scene, cn=_WITH, uk=_WITHOUT, losses=_LOSSES)
    lines = [scene.line(one, "3", "kilowatt hour") for one in sources.values()]
    module = scene.part("module", lines)
    if assured:
        scene.publish(scene.assurance(module))
    scene.anchor()
    if missing:
        return scene.files(module, scene.whole(module, sources["uk"]))
    if not hidden:
        return scene.files(module)
    products = {sources[name].subject["productIds"][0] for name in hidden}
    keep = {
        f"inventory[{number}]"
        for number, line in module.opened.lines.items()
        if line["source"]["productId"] not in products
    }
    return scene.files(module, keep={module.digest: {*keep, "inventoryShape"}})


@case(verified())
def losses_beside_electricity_with_them_and_electricity_without() -> Files:
    """Two sites, of which one's electricity has the losses in it: they are the other's."""
    return _two_sites()


@case(incomplete(7))
def losses_that_may_be_of_a_hidden_line_fail() -> Files:
    """The electricity that the losses belong to is hidden, and electricity with them is shown."""
    return _two_sites("uk")


@case(verified())
def losses_that_may_be_of_a_hidden_line_that_was_assured() -> Files:
    """The electricity that the losses belong to is hidden, and an auditor has seen it."""
    return _two_sites("uk", assured=True)


@case(incomplete(7))
def losses_of_electricity_whose_statement_is_missing_fail() -> Files:
    """The statement of the electricity that the losses belong to is not in the file."""
    return _two_sites(missing=True)


@case(failed(7))
def losses_of_a_hired_electric_vehicle_fail() -> Files:
    """A hired vehicle's factor has the losses in it, and they stand beside it once more."""
    scene = Scene()
    sources = _sources(scene, "kilometer", hired=_WITH, own=_WITHOUT, losses=_LOSSES)
    lines = [scene.line(sources[name], "40", "kilometer") for name in ("own", "losses")]
    draft = scene.product("module", [*lines, scene.gas()])
    hired = sources["hired"]
    draft["credentialSubject"]["inventory"][0]["source"] |= {
        "statement": digest_text(hired.digest),
        "productId": hired.subject["productIds"][0],
    }
    module = scene.publish(draft)
    scene.anchor()
    return scene.files(module)


@case(verified())
def losses_without_any_electricity() -> Files:
    """Losses stand beside a fuel, which says nothing of transmission: nobody knows whose."""
    scene = Scene()
    losses = _sources(scene, losses=_LOSSES)["losses"]
    lines = [scene.line(scene.fuel(), "1", "kilogram"), scene.line(losses, "3", "kilowatt hour")]
    module = scene.part("module", lines)
    scene.anchor()
    return scene.files(module)
