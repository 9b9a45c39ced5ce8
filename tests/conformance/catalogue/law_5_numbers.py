"""Law 5: one live number per question, where two are on one walk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.chain import StatusState
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.standing import Role
from tests.conformance.casebook import Files, Scene, case, failed, verified
from tests.support.statements import attested
from tests.support.world import SUPPLIER

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

_OTHER = "did:web:other.example"


def _number(scene: Scene, grams: str, **changes: Any) -> Statement:
    return scene.part("part", [scene.gas(grams)], **changes)


def _walked(scene: Scene, *parts: Statement, **changes: Any) -> Files:
    lines = [scene.line(one, "1", "kilogram") for one in parts]
    module = scene.part("module", lines, **changes)
    scene.anchor()
    return scene.files(module)


@case(failed(5))
def two_live_numbers_of_one_product_fail() -> Files:
    """A maker states 40 g and 80 g for one product and time, and neither names the other."""
    scene = Scene()
    return _walked(scene, _number(scene, "40"), _number(scene, "80"))


@case(failed(5))
def two_live_numbers_that_share_a_product_id_fail() -> Files:
    """Two statements of two product ids each, of which one is in both."""
    scene = Scene()
    ids = [f"urn:example:{name}" for name in "abc"]
    first = _number(scene, "40", productIds=ids[:2])
    return _walked(scene, first, _number(scene, "80", productIds=ids[1:]))


@case(failed(5))
def a_third_number_that_names_only_the_second_fail() -> Files:
    """The second named the first, the third only the second: the first and the third are twins."""
    scene = Scene()
    first = _number(scene, "40")
    second = _number(scene, "60", precedingStatements=[digest_text(first.digest)])
    third = _number(scene, "80", precedingStatements=[digest_text(second.digest)])
    return _walked(scene, first, third)


@case(failed(5))
def two_live_numbers_by_lists_in_another_order_fail() -> Files:
    """The same sites in another order are the same sites."""
    scene = Scene()
    sites = ["urn:example:site-1", "urn:example:site-2"]
    return _walked(
        scene, _number(scene, "40", sites=sites), _number(scene, "80", sites=sites[::-1])
    )


@case(verified(notices=1))
def a_number_that_names_the_one_before_it() -> Files:
    """The later statement names the earlier in precedingStatements: reported on the earlier."""
    scene = Scene()
    first = _number(scene, "40")
    return _walked(
        scene, first, _number(scene, "80", precedingStatements=[digest_text(first.digest)])
    )


@case(verified(notices=1))
def a_number_that_was_superseded_beside_its_successor() -> Files:
    """The earlier one was superseded after it was cited: it is no live number."""
    scene = Scene()
    first = _number(scene, "40")
    second = _number(scene, "80")
    module = scene.part("module", [scene.line(one, "1", "kilogram") for one in (first, second)])
    scene.anchor()
    scene.chain.set_status(first.issuer, first.digest, StatusState.SUPERSEDED, bytes(32))
    scene.chain.mine()
    return scene.files(module)


@case(verified())
def numbers_of_two_sites() -> Files:
    """Each site has a number of its own."""
    scene = Scene()
    return _walked(
        scene,
        _number(scene, "40", sites=["urn:example:site-1"]),
        _number(scene, "80", sites=["urn:example:site-2"]),
    )


@case(failed(5))
def a_number_of_all_sites_beside_one_of_a_site_fail() -> Files:
    """Who names no sites speaks of all, and so of the one that the other names."""
    scene = Scene()
    first = _number(scene, "40", sites=["urn:example:site-1"])
    return _walked(scene, first, _number(scene, "80"))


@case(failed(5))
def two_live_numbers_that_share_a_site_fail() -> Files:
    """Of the two sites of each, one is the same place in two spellings."""
    scene = Scene()
    first = _number(scene, "40", sites=["urn:example:site-1", "urn:gln:4012345000009"])
    sites = ["urn:gs1:414:4012345000009", "urn:example:site-2"]
    return _walked(scene, first, _number(scene, "80", sites=sites))


@case(failed(5))
def two_live_numbers_of_a_site_by_two_spellings_fail() -> Files:
    """The second writes the site with a capital, which makes no other site of it."""
    scene = Scene()
    first = _number(scene, "40", sites=["urn:example:site-1"])
    return _walked(scene, first, _number(scene, "80", sites=["urn:example:Site-1"]))


@case(failed(5))
def a_twin_by_a_trace_of_another_set_fail() -> Files:
    """A trace of the second is in AR5: most of both is in AR6."""
    scene = Scene()
    sets = {"pcf": {"ipccCharacterizationFactors": ["AR6", "AR5"]}}
    trace = scene.gas("0.1", source={"gas": "CH4_fossil", "set": "AR5"})
    twin = scene.part("part", [scene.gas("80"), trace], **sets)
    return _walked(scene, _number(scene, "40"), twin, **sets)


@case(failed(5))
def a_gtin_in_two_spellings_fail() -> Files:
    """13 digits under one name, 14 under another: one product."""
    scene = Scene()
    first = _number(scene, "40", productIds=["urn:gtin:4712345060507"])
    return _walked(scene, first, _number(scene, "80", productIds=["urn:gs1:gtin:04712345060507"]))


@case(verified())
def a_number_and_a_variant_of_it() -> Files:
    """A variant for another site's customers has a code of its own."""
    scene = Scene()
    variant = {"reason": "transport-mode", "code": "RAIL24"}
    return _walked(scene, _number(scene, "40"), _number(scene, "80", variant=variant))


@case(verified(notices=1))
def a_retrospective_and_a_prospective_number() -> Files:
    """What was and what is planned are two questions."""
    scene = Scene()
    pcf = {"referencePeriodEnd": "2027-01-01T00:00:00Z"}
    planned = _number(scene, "80", outlook="prospective", pcf=pcf)
    return _walked(scene, _number(scene, "40"), planned)


@case(verified())
def numbers_of_two_makers_for_one_product_id() -> Files:
    """Two makers make one product: each has its own number."""
    scene = Scene()
    scene.admit(_OTHER, Role.SUPPLIER)
    scene.chain.mine()
    return _walked(scene, _number(scene, "40"), _number(scene, "80", issuer=_OTHER))


@case(verified(notices=1))
def a_pseudonym_that_is_not_checked_yet() -> Files:
    """A pseudonym of the right form is reported as unchecked."""
    scene = Scene()
    return _walked(scene, _number(scene, "40", pseudonym={"value": "A" * 43, "proof": "A" * 108}))


def _received(scene: Scene, name: str, **changes: Any) -> Statement:
    """A partner's footprint that its receiver attests of a product of that name."""
    return scene.publish(attested(SUPPLIER, productIds=[f"urn:example:{name}"], **changes))


@case(verified(notices=1))
def a_partner_s_footprint_that_is_attested_twice() -> Files:
    """One footprint of a document stands under two product ids of its receiver: reported."""
    scene = Scene()
    return _walked(scene, _received(scene, "bought"), _received(scene, "bought-again"))


@case(verified())
def two_footprints_of_a_partner_s_document() -> Files:
    """A document has footprints of one product of the partner's for two countries."""
    scene = Scene()
    here = _received(scene, "bought-here")
    there = _received(scene, "bought-there", pcf={"geographyCountry": "BR"})
    return _walked(scene, here, there)


@case(verified(notices=1))
def a_partner_s_footprint_whose_second_attestation_names_the_first() -> Files:
    """The receiver states it under another product id, and says in whose place: superseded."""
    scene = Scene()
    first = _received(scene, "bought")
    second = _received(scene, "bought-again", precedingStatements=[digest_text(first.digest)])
    return _walked(scene, first, second)
