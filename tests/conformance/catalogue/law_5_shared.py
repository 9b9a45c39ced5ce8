"""Law 5, variants: what only a shared pool gives asks for one, and a pool is of one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.chain import StatusState
from rootprint.ledger.core.encoding import digest_text
from tests.conformance.casebook import Files, Scene, case, failed, incomplete, verified
from tests.support import wrong_materials
from tests.support.pools import pool_draft
from tests.support.wrong import gas

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

_CODE = "GREEN1"
_MADE = {"value": "100", "unit": "kilogram"}
_ROWS = (
    {"variant": _CODE, "volume": "30", "value": "1.00000"},
    {"volume": "70", "value": "2.42857142857143"},
)
_ONE, _OTHER = "urn:gln:4012345000009", "urn:gln:4012345000016"


def _power(scene: Scene, electricity: str) -> list[dict[str, Any]]:
    """Half a kilogram of a measured gas, and wind power of half a kilogram per kWh."""
    half = dict.fromkeys(
        ("fossilGhgEmissions", "pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake"), "0.5"
    )
    unit = {"declaredUnitOfMeasurement": "kilowatt hour"}
    wind = scene.fuel("wind", includesTransmission=True, pcf={**unit, **half})
    return [gas("0.5"), scene.line(wind, "1", "kilowatt hour", electricity=electricity)]


def _variant(scene: Scene, reason: str, lines: Any = None, **changes: Any) -> Files:
    part = scene.part("part", lines, variant={"reason": reason, "code": _CODE}, **changes)
    scene.anchor()
    return scene.files(part)


def _custody(model: str, **more: Any) -> dict[str, Any]:
    return {"model": model, "scheme": "ISCC PLUS", "freeAttribution": False, **more}


def _pooled(
    scene: Scene, base: dict[str, Any], reason: str, lines: Any = None, **changes: Any
) -> Files:
    """A variant of one kilogram of CO2e in a pool of a base of two, however it is called."""
    made: dict[str, Any] = {"producedAmount": _MADE}
    whole: Statement = scene.part("part", [gas("2")], **made, **base)
    pool = scene.publish(pool_draft(whole, _ROWS))
    said = {"reason": reason, "code": _CODE, "pool": digest_text(pool.digest)}
    made = {"producedAmount": {"value": "30", "unit": "kilogram"}}
    part = scene.part("part", lines or [gas("1")], variant=said, **made, **changes)
    scene.anchor()
    return scene.files(part)


@case(incomplete(5))
def green_power_of_a_variant_by_customer_specification_fail() -> Files:
    """Power by contract is given to one customer, under a reason that takes from no pool."""
    scene = Scene()
    return _variant(scene, "customer-specification", _power(scene, "contract"))


@case(incomplete(5))
def own_power_of_a_variant_by_transport_mode_fail() -> Files:
    """Power of the maker's own is given to one customer, under a reason that takes from no pool."""
    scene = Scene()
    return _variant(scene, "transport-mode", _power(scene, "own"))


@case(incomplete(5))
def a_certificate_of_a_variant_by_customer_specification_fail() -> Files:
    """Certified power is given to one customer, under a reason that takes from no pool."""
    scene = Scene()
    lines = _power(scene, "contract")
    lines[1].pop("electricity")
    lines[1]["certificate"] = {"registry": "Example registry", "id": "W-0001", "MWh": "10"}
    return _variant(scene, "customer-specification", lines)


@case(verified())
def green_power_of_a_variant_by_customer_specification_in_a_pool() -> Files:
    """Power by contract is given to one customer, and the pool shows what the others have."""
    scene = Scene()
    return _pooled(scene, {}, "customer-specification", _power(scene, "contract"))


@case(verified())
def grid_power_of_a_variant_by_customer_specification() -> Files:
    """Power of the grid is taken from no other variant, so it needs no pool."""
    scene = Scene()
    return _variant(scene, "customer-specification", _power(scene, "grid"))


@case(incomplete(5))
def a_mass_balance_of_a_variant_by_site_fail() -> Files:
    """Custody by mass balance attributes to one variant what another one lacks."""
    return _variant(Scene(), "site", chainOfCustody=_custody("mass-balance"))


@case(incomplete(5))
def a_free_attribution_of_a_variant_by_site_fail() -> Files:
    """Custody is segregated, and attributes freely."""
    return _variant(Scene(), "site", chainOfCustody=_custody("segregated", freeAttribution=True))


@case(failed(10))
def carbon_attributed_to_a_variant_by_site_fail() -> Files:
    """Custody is segregated, and attributes recycled carbon that is not in the product."""
    custody = _custody("segregated", attributedRecycledCarbon="0.1")
    return _variant(Scene(), "site", chainOfCustody=custody)


@case(verified())
def a_segregated_variant_by_site() -> Files:
    """What is kept apart, and attributes nothing, takes from no other variant."""
    return _variant(Scene(), "site", chainOfCustody=_custody("segregated"))


@case(incomplete(5))
def recycled_content_of_a_variant_by_customer_specification_fail() -> Files:
    """Recycled material is given to one customer, under a reason that takes from no pool."""
    scene = Scene()
    lines = wrong_materials.whole(scene)
    return _variant(scene, "customer-specification", lines, boundary="cradle-to-grave")


def _hidden(laws: list[int]) -> Files:
    scene = Scene()
    part = scene.part("part", variant={"reason": "site", "code": _CODE})
    scene.publish(scene.assurance(part, laws=laws))
    scene.anchor()
    return scene.files(part, keep={part.digest: set()})


@case(verified())
def a_variant_of_a_site_whose_auditor_saw_its_lines() -> Files:
    """Whether it takes from a pool is hidden with its lines, and an auditor stands in for law 5."""
    return _hidden([1, 2, 3, 4, 5, 6, 7, 8])


@case(incomplete(5))
def a_variant_of_a_site_whose_auditor_does_not_name_law_5_fail() -> Files:
    """Whether it takes from a pool is hidden with its lines, and no auditor says so."""
    return _hidden([1, 2, 3, 4, 6, 7, 8])


@case(failed(5))
def a_variant_of_another_site_than_its_base_fail() -> Files:
    """The base is of one site, and the variant of another one."""
    return _pooled(Scene(), {"sites": [_ONE]}, "energy-attributes", sites=[_OTHER])


@case(failed(5))
def a_variant_of_a_site_of_a_base_of_all_fail() -> Files:
    """The base is of all sites, and the variant of one, for another reason than its site."""
    return _pooled(Scene(), {}, "energy-attributes", sites=[_ONE])


@case(failed(5))
def a_variant_of_another_set_than_its_base_fail() -> Files:
    """The base is characterised by AR6 and the variant by AR5, so their numbers do not compare."""
    methane = gas("0.0333333333333333", source={"gas": "CH4_fossil", "set": "AR5"})
    sets = {"ipccCharacterizationFactors": ["AR5"]}
    return _pooled(Scene(), {}, "energy-attributes", [methane], pcf=sets)


@case(failed(5))
def a_variant_of_another_geography_than_its_base_fail() -> Files:
    """The base is of one country, and the variant of another one."""
    pcf = {"geographyCountry": "BR"}
    return _pooled(Scene(), {}, "energy-attributes", pcf=pcf)


@case(verified())
def a_variant_of_a_site_among_those_of_its_base() -> Files:
    """The site is why it is a variant, and the base is of that site and another one."""
    base = {"sites": [_ONE, _OTHER]}
    return _pooled(Scene(), base, "site", sites=[_OTHER], pcf={"geographyCountry": "BR"})


@case(failed(5))
def a_variant_of_a_site_that_its_base_is_not_of_fail() -> Files:
    """The site is why it is a variant, and the base is of another one."""
    return _pooled(Scene(), {"sites": [_ONE]}, "site", sites=[_OTHER])


@case(failed(5))
def a_variant_by_site_that_names_none_fail() -> Files:
    """The site is why it is a variant, the base names one, and the variant none."""
    return _pooled(Scene(), {"sites": [_ONE]}, "site")


def _wholly_parted(scene: Scene) -> tuple[Statement, Statement]:
    """Cite a base of which one variant or the other is all that was made; return pool and citer."""
    base = scene.part("part", [gas("2")], producedAmount=_MADE)
    rows = (
        {"variant": _CODE, "volume": "50", "value": "1.00000"},
        {"variant": "BROWN1", "volume": "50", "value": "3.00000"},
        {"volume": "0", "value": "0"},
    )
    pool = scene.publish(pool_draft(base, rows))
    said = {"reason": "energy-attributes", "code": _CODE, "pool": digest_text(pool.digest)}
    made = {"value": "50", "unit": "kilogram"}
    green = scene.part("part", [gas("1")], variant=said, producedAmount=made)
    module = scene.part("module", [scene.line(one, "5", "kilogram") for one in (base, green)])
    scene.anchor()
    return pool, module


@case(verified(notices=1))
def a_base_that_is_cited_though_its_pool_leaves_nothing_of_it() -> Files:
    """All that was made is sold as one variant or the other, and half is cited by the base."""
    scene = Scene()
    _, module = _wholly_parted(scene)
    return scene.files(module)


@case(verified(notices=1))
def a_base_whose_pool_that_left_nothing_of_it_was_superseded() -> Files:
    """The pool that left nothing was superseded after its use: one notice, and that says so."""
    scene = Scene()
    pool, module = _wholly_parted(scene)
    scene.chain.set_status(pool.issuer, pool.digest, StatusState.SUPERSEDED, bytes(32))
    scene.chain.mine()
    return scene.files(module)
