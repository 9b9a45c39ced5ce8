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


@case(failed(7))
def losses_without_any_electricity_fail() -> Files:
    """Losses stand beside a fuel by weight: no electricity lacks them."""
    scene = Scene()
    sources = _sources(scene, losses=_LOSSES, bare=_WITHOUT)
    return _swapped(scene, [("bare", "3"), ("losses", "3")], {0: scene.fuel("coal")}, sources)


@case(failed(7))
def losses_beside_a_trace_of_electricity_without_them_fail() -> Files:
    """Three kilowatt hours of losses, and a thousandth of one that lacks them."""
    scene = Scene()
    sources = _sources(scene, cn=_WITH, uk=_WITHOUT, losses=_LOSSES)
    lines = [("uk", "3"), ("losses", "3"), ("uk", "0.001")]
    return _swapped(scene, lines, {0: sources["cn"]}, sources)


@case(failed(7))
def several_losses_of_several_grids_fail() -> Files:
    """Two lines of losses come to more than what two grids leave out."""
    scene = Scene()
    sources = _sources(scene, a=_WITHOUT, b=_WITHOUT, cn=_WITH, losses=_LOSSES)
    lines = [("a", "2"), ("b", "2"), ("b", "1"), ("losses", "3"), ("losses", "2")]
    return _swapped(scene, lines, {2: sources["cn"]}, sources)


@case(verified())
def several_losses_of_several_grids() -> Files:
    """Two lines of losses come to exactly what two grids leave out."""
    scene = Scene()
    sources = _sources(scene, a=_WITHOUT, b=_WITHOUT, cn=_WITH, losses=_LOSSES)
    lines = [("a", "2"), ("b", "3"), ("cn", "9"), ("losses", "3"), ("losses", "2")]
    return _swapped(scene, lines, {}, sources)


@case(failed(7))
def losses_beside_a_fuel_by_calorific_value_fail() -> Files:
    """A fuel's kilowatt hours are no electricity, and lend none to losses."""
    scene = Scene()
    sources = _sources(scene, cn=_WITH, uk=_WITHOUT, losses=_LOSSES)
    fuel = scene.fuel(
        "diesel",
        pcf={"declaredUnitOfMeasurement": "kilowatt hour"},
        quantity={"calorificValue": "net"},
    )
    lines = [("uk", "3"), ("losses", "3"), ("cn", "3")]
    return _swapped(scene, lines, {0: fuel}, sources, {"calorificValue": "net"})


@case(verified(notices=1))
def losses_of_electricity_that_says_nothing_of_them() -> Files:
    """A utility's own statement does not say if it has the losses: reported, and no failure."""
    scene = Scene()
    losses = _sources(scene, losses=_LOSSES)["losses"]
    utility = scene.part("utility", pcf={"declaredUnitOfMeasurement": "kilowatt hour"})
    lines = [scene.line(utility, "3", "kilowatt hour"), scene.line(losses, "3", "kilowatt hour")]
    module = scene.part("module", lines)
    scene.anchor()
    return scene.files(module)


def _swapped(
    scene: Scene,
    lines: list[tuple[str, str]],
    instead: dict[int, Statement],
    sources: dict[str, Statement],
    quantity: dict[str, str] | None = None,
) -> Files:
    """Compose these lines of sources and amounts, then cite others in place of some."""
    draft = scene.product(
        "module", [scene.line(sources[name], value, "kilowatt hour") for name, value in lines]
    )
    for number, cited in instead.items():
        line = draft["credentialSubject"]["inventory"][number]
        line["source"] = {
            "statement": digest_text(cited.digest),
            "issuer": cited.issuer,
            "productId": cited.subject["productIds"][0],
        }
        if cited.subject["pcf"]["declaredUnitOfMeasurement"] == "kilogram":
            line["amount"]["unit"] = "kilogram"
        if quantity is not None:
            line["amount"]["quantity"] = quantity
    module = scene.publish(draft)
    scene.anchor()
    return scene.files(module)


def _losses_of(kilowatt_hours: str | None) -> Files:
    """Two kilowatt hours without losses, and losses of that much."""
    scene = Scene()
    sources = _sources(scene, uk=_WITHOUT, losses=_LOSSES)
    lines = [scene.line(sources["uk"], "2", "kilowatt hour")]
    if kilowatt_hours is not None:
        lines.append(scene.line(sources["losses"], kilowatt_hours, "kilowatt hour"))
    module = scene.part("module", lines)
    scene.anchor()
    return scene.files(module)


@case(verified(notices=1))
def electricity_without_its_losses() -> Files:
    """Electricity leaves its transmission out, and no line counts the losses."""
    return _losses_of(None)


@case(verified(notices=1))
def electricity_with_half_of_its_losses() -> Files:
    """Electricity leaves its transmission out, and a line counts the losses of half of it."""
    return _losses_of("1")
