"""Check 7, inputs: each line takes the earlier, fitting statement that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.standing import Role
from tests.conformance.casebook import (
    Files,
    Scene,
    case,
    edit,
    failed,
    incomplete,
    verified,
    without,
)
from tests.support.wrong_columns import recomputed

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

TRANSMISSION = "urn:rootprint:class:electricity-transmission"
Draft = dict[str, Any]


def _lines(draft: Draft) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = draft["credentialSubject"]["inventory"]
    return lines


def _takes(scene: Scene, unfit: Statement, unit: str = "gram", **changes: Any) -> Draft:
    """Compose on a factor that fits, then cite another one in its place."""
    fit = scene.sign(scene.factor("fit"))
    scene.held[fit.digest] = fit
    draft = scene.product("module", [scene.line(fit, "200", "gram"), scene.gas()], **changes)
    del scene.held[fit.digest]
    _lines(draft)[0]["source"] = {
        "statement": digest_text(unfit.digest),
        "issuer": unfit.issuer,
        "productId": unfit.subject["productIds"][0],
    }
    _lines(draft)[0]["amount"]["unit"] = unit
    return draft


def _unfit(unit: str = "gram", **factor: Any) -> Files:
    scene = Scene()
    unfit = scene.fuel("unfit", **factor)
    module = scene.publish(_takes(scene, unfit, unit))
    scene.anchor()
    return scene.files(module)


@case(incomplete(7))
def an_inputs_statement_is_missing_fail() -> Files:
    """The factor that a line names is not in the file: nothing is wrong, and it is not checked."""
    scene = Scene()
    fuel, module = scene.pair()
    scene.anchor()
    evidence = edit(scene.evidence(module), lambda file: without(file, fuel))
    return scene.files(module, evidence)


@case(incomplete(7))
def an_assured_parts_open_input_is_missing_fail() -> Files:
    """An assurance stands in for what is hidden, not for an input that was left out."""
    scene = Scene()
    fuel, module = scene.pair()
    scene.publish(scene.assurance(module))
    scene.anchor()
    evidence = edit(scene.evidence(module), lambda file: without(file, fuel))
    return scene.files(module, evidence)


@case(failed(7))
def another_issuers_product_under_this_name_fail() -> Files:
    """The line names the maker's own part, and its digest is a competitor's cleaner one."""
    scene = Scene()
    other = "did:web:other.example"
    scene.admit(other, Role.SUPPLIER)
    scene.chain.mine()
    cited = scene.part(issuer=other)
    draft = scene.product("module", [scene.line(cited, "2", "kilogram")])
    _lines(draft)[0]["source"]["issuer"] = "did:web:maker.example"
    module = scene.publish(draft)
    scene.anchor()
    return scene.files(module)


@case(failed(7))
def another_product_under_this_name_fail() -> Files:
    """The line names another product than the statement that it cites is of."""
    scene = Scene()
    draft = scene.product("module", [scene.line(scene.fuel(), "200", "gram")])
    _lines(draft)[0]["source"]["productId"] = "urn:example:diesel"
    module = scene.publish(draft)
    scene.anchor()
    return scene.files(module)


@case(failed(7))
def an_input_that_is_not_earlier_fail() -> Files:
    """The product stands in the log before the factor that it cites."""
    scene = Scene()
    fuel = scene.sign(scene.factor("fuel"))
    scene.held[fuel.digest] = fuel
    module = scene.sign(scene.product("module", [scene.line(fuel, "200", "gram")]))
    scene.log(module)
    scene.log(fuel)
    scene.anchor()
    return scene.files(module)


@case(failed(7))
def an_input_that_is_no_footprint_fail() -> Files:
    """A line takes an assurance statement."""
    scene = Scene()
    part = scene.part()
    assurance = scene.publish(scene.assurance(part))
    draft = _takes(scene, scene.fuel())
    _lines(draft)[0]["source"]["statement"] = digest_text(assurance.digest)
    module = scene.publish(draft)
    scene.anchor()
    return scene.files(module)


@case(failed(7))
def a_unit_that_is_not_convertible_fail() -> Files:
    """Two hundred kilowatt hours of a factor per kilogram."""
    return _unfit("kilowatt hour")


@case(failed(7))
def a_unit_that_is_not_known_fail() -> Files:
    """Two hundred bushels of a factor per kilogram."""
    return _unfit("bushel")


@case(failed(7))
def a_direct_only_factor_outside_an_emission_line_fail() -> Files:
    """A life-cycle total takes a factor that counts the chimney alone."""
    return _unfit(basis="direct-only", boundary="gate-to-gate")


@case(failed(7))
def a_direct_only_factor_that_calls_itself_cradle_to_gate_fail() -> Files:
    """The boundary would fit; the basis still counts the chimney alone."""
    return _unfit(basis="direct-only")


@case(failed(7))
def a_life_cycle_factor_in_an_emission_line_fail() -> Files:
    """An own emission counts a factor whose basis is the life cycle, if from gate to gate."""
    scene = Scene()
    fuel, direct = scene.fuel(boundary="gate-to-gate"), scene.direct()
    draft = scene.product("module", [_emission(scene, direct)])
    _lines(draft)[0]["source"] |= {
        "factor": digest_text(fuel.digest),
        "productId": "urn:example:fuel",
    }
    module = scene.publish(draft)
    scene.anchor()
    return scene.files(module)


def _emission(scene: Scene, factor: Statement) -> dict[str, Any]:
    source = {"emission": "CO2e", "factor": factor.digest.hex()}
    return {**scene.line(factor, "200", "gram"), "stage": "manufacturing", "source": source}


@case(verified())
def a_direct_only_factor_in_an_emission_line() -> Files:
    """An own emission counts a direct-only factor, as it should."""
    scene = Scene()
    module = scene.part("module", [_emission(scene, scene.direct())])
    scene.anchor()
    return scene.files(module)


@case(failed(7))
def a_cradle_to_grave_input_fail() -> Files:
    """A cradle-to-gate total takes a product that already counts its use and disposal."""
    scene = Scene()
    unfit = scene.part("unfit", boundary="cradle-to-grave")
    module = scene.publish(_takes(scene, unfit))
    scene.anchor()
    return scene.files(module)


@case(failed(7))
def a_gwp_set_that_is_not_named_fail() -> Files:
    """The factor was characterised by AR5, the product names AR6 alone."""
    return _unfit(characterizationSets=[{"set": "AR5", "share": "100.0000"}])


@case(verified())
def two_gwp_sets_that_are_both_named() -> Files:
    """AR5 and AR6 are mixed, and characterizationSets names both with their shares."""
    scene = Scene()
    old = scene.fuel("old", characterizationSets=[{"set": "AR5", "share": "100.0000"}])
    both = {"ipccCharacterizationFactors": ["AR5", "AR6"]}
    module = scene.part("module", [scene.line(old, "200", "gram"), scene.gas()], pcf=both)
    scene.anchor()
    return scene.files(module)


@case(verified(notices=1))
def a_gwp_set_that_is_unstated() -> Files:
    """The factor does not say by which set it was characterised: a finding, no failure."""
    scene = Scene()
    fuel = scene.fuel(characterizationSets=[{"set": "unstated", "share": "100.0000"}])
    module = scene.part("module", [scene.line(fuel, "200", "gram")])
    scene.anchor()
    return scene.files(module)


@case(failed(7))
def a_period_too_far_away_fail() -> Files:
    """The factor is of 2010, the product of 2025; the rule allows ten years between."""
    return _unfit(
        pcf={
            "referencePeriodStart": "2010-01-01T00:00:00Z",
            "referencePeriodEnd": "2011-01-01T00:00:00Z",
        }
    )


def _electricity(scene: Scene, name: str, *, included: bool, **changes: Any) -> Statement:
    return scene.fuel(
        name,
        includesTransmission=included,
        pcf={"declaredUnitOfMeasurement": "kilowatt hour"},
        **changes,
    )


def _grid(*, included: bool) -> Files:
    scene = Scene()
    without = _electricity(scene, "grid", included=False)
    wanted = _electricity(scene, "grid-included", included=True) if included else without
    loss = _electricity(scene, "loss", included=False, productClassifications=[TRANSMISSION])
    draft = scene.product("module", [scene.line(without, "3", "kWh"), scene.line(loss, "3", "kWh")])
    _lines(draft)[0]["source"] |= {
        "statement": digest_text(wanted.digest),
        "productId": wanted.subject["productIds"][0],
    }
    module = scene.publish(draft)
    scene.anchor()
    return scene.files(module)


@case(failed(7))
def transmission_counted_twice_fail() -> Files:
    """A transmission line stands beside electricity that already includes it."""
    return _grid(included=True)


@case(verified())
def transmission_counted_once() -> Files:
    """A transmission line stands beside electricity that leaves it out."""
    return _grid(included=False)


@case(incomplete(7))
def a_rule_that_this_verifier_does_not_hold_fail() -> Files:
    """The statement was composed by rules that this verifier can't look up."""
    scene = Scene()
    draft = scene.product("part", [scene.gas()])
    draft["credentialSubject"]["computedWith"]["rule"]["digest"] = "sha256:" + "11" * 32
    subject = scene.publish(draft)
    scene.anchor()
    return scene.files(subject)


def _displaced(scene: Scene, name: str, **changes: Any) -> Files:
    """A part to its grave that is credited for displacing another number of its issuer."""
    before = scene.part(name)
    other = scene.fuel("other")
    credit = {"stage": "end-of-life", "allocation": {"method": "substitution"}}
    line = scene.line(other, "20", "gram", **credit)
    lines = [scene.gas("400"), line]
    draft = scene.product("part", lines, boundary="cradle-to-grave", **changes)
    cited = draft["credentialSubject"]["inventory"][1]["source"]
    cited |= {
        "statement": digest_text(before.digest),
        "issuer": before.issuer,
        "productId": before.subject["productIds"][0],
    }
    module = scene.publish(recomputed(draft, before))
    scene.anchor()
    return scene.files(module)


@case(failed(7))
def a_credit_for_displacing_the_product_itself_fail() -> Files:
    """A part is credited for displacing its own earlier number."""
    scene = Scene()
    return _displaced(scene, "part", productIds=["urn:example:other", "urn:example:part"])


@case(verified(notices=2))
def a_credit_for_displacing_another_product_of_the_issuer() -> Files:
    """A part is credited for displacing another product of its maker: reported."""
    return _displaced(Scene(), "old")
