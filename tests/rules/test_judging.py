"""Rules: every operator both ways, and every rule of the base pack both ways."""

from __future__ import annotations

from typing import Any

import pytest

from rootprint.ledger.rules import (
    RuleError,
    State,
    broken,
    check_test,
    compile_pack,
    judge,
    library,
)
from tests.rules.judged import (
    AT,
    CITED,
    HEAT,
    KWH,
    LINE,
    LOSS,
    PCF,
    by_id,
    changed,
    factor,
    line,
    product,
)
from tests.rules.test_together import TWINS

BREAKING = {
    "declared-unit": (PCF + "declaredUnitAmount", "0"),
    "declared-unit-mass": (PCF + "productMassPerDeclaredUnit", None),
    "boundary": ("credentialSubject.boundary", "gate-to-gate"),
    "boundary-for-pact": ("credentialSubject.boundary", "cradle-to-grave"),
    "boundary-described": (PCF + "boundaryProcessesDescription", None),
    "cut-off-stated": (PCF + "exemptedEmissionsPercent", None),
    "cut-off-reason": (PCF + "exemptedEmissionsDescription", ""),
    "cut-off-limit": (PCF + "exemptedEmissionsPercent", "5.01"),
    "allocation-described": (PCF + "allocationRulesDescription", None),
    "allocation-order": (PCF + "allocationRulesDescription", None),
    "direct-only-lines": (LINE + "source", {"statement": HEAT}),
    "excluding-sum": (PCF + "pcfExcludingBiogenicUptake", "3.10"),
    "including-sum": (PCF + "pcfIncludingBiogenicUptake", "3.00"),
    "uptake-sign": (PCF + "biogenicCO2Uptake", "0.50"),
    "removals-sign": (PCF + "technologicalCO2Removals", "0.01"),
    "biogenic-content": (PCF + "biogenicCarbonContent", None),
    "fossil-content": (PCF + "fossilCarbonContent", None),
    "primary-share": (PCF + "primaryDataShare", None),
    "data-quality": (PCF + "dqi", None),
    "validity-length": ("validUntil", "2029-01-01T00:00:01Z"),
    "validity-start": ("validFrom", "2025-12-31T23:59:59Z"),
    "no-offsets": (LINE + "description", "Carbon credits bought"),
    "emissions-sign": (PCF + "biogenicCO2Emissions", "-0.05"),
    "credits-sign": (PCF + "substitutionCredits", "0.01"),
    "no-negative-fossil": (LINE + "result", {"fossilGhgEmissions": "-0.1"}),
    "gwp-latest": (PCF + "ipccCharacterizationFactors", ["AR5", "AR6"]),
    "gwp-known": ("credentialSubject.characterizationSets.0.set", "unstated"),
    "gwp-shares": ("credentialSubject.characterizationSets.0.share", "50"),
    "standards-named": (PCF + "crossSectoralStandards", None),
    "packaging-stated": (PCF + "packagingEmissionsIncluded", None),
    "geography-named": (PCF + "geographyCountry", None),
    "secondary-sources": (PCF + "secondaryEmissionFactorSources", None),
}
FACTOR_BREAKING = {
    "factor-boundary": ("credentialSubject.boundary", "cradle-to-gate"),
    "factor-source": ("credentialSubject.reference", None),
}
# These need two changes or another cited statement; each has a test of its own below.
ALONE = {"electricity-certificate", "electricity-transmission"}


def test_every_rule_of_the_base_pack_is_broken_by_one_of_the_tests() -> None:
    """A rule that no draft here can break might be one that nothing can."""
    ids = {rule["id"] for rule in library().effective("rootprint-base-rules")["rules"]}
    assert ids == {*BREAKING, *FACTOR_BREAKING, *ALONE, *(twin.rule for twin in TWINS)}


@pytest.mark.parametrize("draft", [product(), factor()], ids=["product", "factor"])
def test_a_draft_that_keeps_every_rule_has_no_broken_finding(draft: dict[str, Any]) -> None:
    found = by_id(draft)
    assert broken(found.values()) == []
    assert not [one for one in found.values() if one.state is State.NOT_CHECKED]


@pytest.mark.parametrize("rule", BREAKING)
def test_each_rule_for_products_is_kept_and_broken(rule: str) -> None:
    """Kept by the good draft; broken by one change, with a remedy and a clause."""
    assert by_id(product())[rule].state is State.PASSED
    finding = by_id(changed(product(), *BREAKING[rule]))[rule]
    assert finding.state is State.FAILED
    assert finding.remedy
    assert finding.clause


@pytest.mark.parametrize("rule", FACTOR_BREAKING)
def test_each_rule_for_factors_is_kept_and_broken(rule: str) -> None:
    assert by_id(factor())[rule].state is State.PASSED
    assert by_id(changed(factor(), *FACTOR_BREAKING[rule]))[rule].state is State.FAILED
    assert rule not in by_id(product())


@pytest.mark.parametrize(
    ("service", "state"),
    [
        (None, State.PASSED),
        ("waste-treatment", State.PASSED),
        ("energy", State.FAILED),
    ],
)
def test_the_treatment_of_waste_begins_at_a_gate(service: str | None, state: State) -> None:
    """Bug: a life-cycle factor of a landfill could not be published, and law 7 takes it."""
    draft = changed(factor(), "credentialSubject.basis", "life-cycle")
    draft = changed(draft, "credentialSubject.boundary", "gate-to-grave")
    if service is not None:
        draft = changed(draft, "credentialSubject.service", service)
    assert by_id(draft)["factor-boundary"].state is state


def test_electricity_of_a_named_supplier_needs_its_certificate() -> None:
    """A grid factor needs none; a supplier's kWh without certificate is reported."""
    supplier = {**CITED, KWH: {**CITED[KWH], "role": "product"}}
    certificate = {"registry": "GEC", "id": "1", "MWh": "5"}
    named = changed(product(), LINE + "certificate", certificate)
    rule = "electricity-certificate"
    assert by_id(product())[rule].state is State.NOT_APPLICABLE
    assert by_id(product(), supplier)[rule].state is State.FAILED
    assert by_id(named, supplier)[rule].state is State.PASSED


def test_electricity_without_transmission_wants_a_line_for_the_losses() -> None:
    without = {**CITED, KWH: {**CITED[KWH], "includesTransmission": False}}
    lines = product()["credentialSubject"]["inventory"]
    with_losses = changed(
        product(), "credentialSubject.inventory", [*lines, line(source={"statement": LOSS})]
    )
    rule = "electricity-transmission"
    assert by_id(product())[rule].state is State.NOT_APPLICABLE
    assert by_id(product(), without)[rule].state is State.FAILED
    assert by_id(with_losses, without)[rule].state is State.PASSED


def test_data_quality_is_not_asked_before_2027() -> None:
    early = changed(changed(product(), PCF + "dqi", None), "validFrom", "2026-12-31T23:59:59Z")
    assert by_id(early)["data-quality"].state is State.NOT_APPLICABLE


def test_an_unverified_rule_warns_and_says_so() -> None:
    """Its pack calls it an error; an unconfirmed number can't be one."""
    finding = by_id(changed(product(), PCF + "exemptedEmissionsPercent", "6"))["cut-off-limit"]
    assert (finding.severity, finding.unverified) == ("warning", True)
    assert "unverified" in finding.found


def test_a_line_whose_input_is_not_at_hand_is_not_checked() -> None:
    """Unknown is neither kept nor broken; what is known to break, breaks."""
    assert by_id(product(), {})["direct-only-lines"].state is State.NOT_CHECKED
    wrong = changed(product(), LINE + "source", {"statement": HEAT})
    known = by_id(wrong, {HEAT: CITED[HEAT]})["direct-only-lines"]
    assert known.state is State.FAILED
    assert "line 1 (Electricity of the press)" in known.found


def test_hidden_lines_are_not_checked_and_a_factor_without_lines_is_not_applicable() -> None:
    hidden = changed(product(), "credentialSubject.inventory", [{"...": "x"}])
    assert by_id(hidden)["no-offsets"].state is State.NOT_CHECKED
    assert by_id(factor())["no-offsets"].state is State.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("at", "words"),
    [("2020-01-01T00:00:00Z", "in force from"), ("2031-01-01T00:00:00Z", "expired")],
)
def test_a_pack_out_of_force_warns(at: str, words: str) -> None:
    pack = {**library().effective("rootprint-base-rules"), "validUntil": "2030-01-01T00:00:00Z"}
    first = judge(compile_pack(pack), product(), cited=CITED, at=at)[0]
    assert (first.id, first.state, first.severity) == ("pack-in-force", State.FAILED, "warning")
    assert words in first.found


def test_a_draft_pack_warns_that_it_is_not_adopted() -> None:
    pack = {**library().effective("rootprint-base-rules"), "status": "draft"}
    assert "is not adopted" in judge(compile_pack(pack), product(), cited=CITED, at=AT)[0].found


def test_a_sum_is_equal_exactly() -> None:
    """How it is written does not matter; the last digit does."""
    written = changed(product(), PCF + "pcfIncludingBiogenicUptake", "2.450")
    near = changed(product(), PCF + "pcfIncludingBiogenicUptake", "2.4500000001")
    assert by_id(written)["including-sum"].state is State.PASSED
    assert by_id(near)["including-sum"].state is State.FAILED


@pytest.mark.parametrize("value", ["1e5", "9" * 50, 5, 2.5, "five", None, True])
def test_what_is_no_plain_decimal_breaks_a_bound(value: Any) -> None:
    draft = product()
    draft["credentialSubject"]["pcf"]["exemptedEmissionsPercent"] = value
    assert by_id(draft)["cut-off-limit"].state is State.FAILED


PRESENT = {"op": "present", "paths": ["line.x"]}
COMPARED = {"op": "compare", "left": [{"of": ["subject.x"]}], "is": "at_most",
            "right": [{"times": "1"}]}  # fmt: skip


@pytest.mark.parametrize(
    ("test", "words"),
    [
        ([], "not an object"),
        ({"op": "eval", "code": "1"}, "has an operator 'eval' that is not known"),
        ({"op": "present"}, "lacks paths"),
        ({"op": "present", "paths": []}, "is not a list of 1"),
        ({"op": "present", "paths": ["issuer"]}, "is not a list of 1"),
        ({"op": "present", "paths": ["subject.pcf"], "more": 1}, "does not know"),
        ({"op": "all", "tests": []}, "is not a list of 1 to 64 tests"),
        ({"op": "at_most", "path": "subject.x", "value": 5}, "plain decimal"),
        ({"op": "at_most", "path": "subject.x", "value": "1e9"}, "plain decimal"),
        ({"op": "one_of", "path": "subject.x", "values": []}, "list of 1"),
        ({"op": "flag", "path": "subject.x", "value": "yes"}, "true or false"),
        ({"op": "from_time", "path": "subject.x", "time": "2027"}, "a time in UTC"),
        ({"op": "within_years", "path": "subject.x", "after": "subject.y", "years": True}, "years"),
        ({"op": "not", "test": 1}, "not an object"),
        ({"op": "apart", "start": "subject.x", "end": "subject.y"}, "give least or most"),
        ({"op": "apart", "start": "subject.x", "end": "subject.y", "most": "-1"}, "0 or more"),
        ({**COMPARED, "left": []}, "left is not a list of 1 to 64 terms"),
        ({**COMPARED, "left": [{}]}, r"left\[0\] is not a term with times or of"),
        ({**COMPARED, "left": [{"times": "1", "absent": "0"}]}, "a constant has times alone"),
        ({**COMPARED, "left": [{"times": "44/0"}]}, "a fraction such as 44/12"),
        ({**COMPARED, "left": [{"times": "1", "by": "2"}]}, "a parameter 'by' that a term"),
        ({**COMPARED, "is": "about"}, "one of at_most, at_least"),
        ({**COMPARED, "tolerance": {}}, "an object of absolute, relative, lastPlaces"),
        ({**COMPARED, "tolerance": {"absolute": "-1"}}, "0 or more"),
        ({**COMPARED, "is": "less_than", "tolerance": {"absolute": "1"}}, "allows a tolerance for"),
        ({"op": "every_line", "test": {"op": "some_line", "test": PRESENT}}, "to all lines again"),
        (
            {
                "op": "every_line",
                "test": {**COMPARED, "left": [{"of": ["line.x"], "lines": PRESENT}]},
            },
            "goes to all lines within a test of a line",
        ),
        (
            {
                "op": "check_digits",
                "path": "subject.x",
                "prefixes": ["urn:gtin:"],
                "lengths": [13],
                "scheme": "iban",
            },
            "one of gs1",
        ),
        ({"op": "one_of", "path": "subject.x", "values": ["y"], "first": 0}, "from 1 to 64"),
    ],
)
def test_a_test_that_can_not_be_judged_is_refused(test: Any, words: str) -> None:
    with pytest.raises(RuleError, match=words):
        check_test(test, "rule x")


def test_nesting_has_a_limit() -> None:
    test: dict[str, Any] = {"op": "present", "paths": ["subject.pcf"]}
    for _ in range(8):
        test = {"op": "not", "test": test}
    with pytest.raises(RuleError, match="deeper than 8"):
        check_test(test, "rule x")


@pytest.mark.parametrize(
    ("test", "state"),
    [
        ({"op": "contains", "path": "subject.pcf.crossSectoralStandards", "value": "ISO14067"},
         State.PASSED),
        ({"op": "contains", "path": "subject.pcf.crossSectoralStandards", "value": "PEF"},
         State.FAILED),
        ({"op": "flag", "path": "subject.pcf.packagingEmissionsIncluded", "value": False},
         State.PASSED),
        ({"op": "flag", "path": "subject.pcf.packagingEmissionsIncluded", "value": True},
         State.FAILED),
        ({"op": "flag", "path": "subject.nothing", "value": True}, State.FAILED),
        ({"op": "at_least", "path": "subject.pcf.primaryDataShare", "value": "40"}, State.PASSED),
        ({"op": "at_least", "path": "subject.pcf.primaryDataShare", "value": "40.01"},
         State.FAILED),
        ({"op": "more_than", "path": "subject.pcf.primaryDataShare", "value": "40"}, State.FAILED),
        ({"op": "less_than", "path": "subject.pcf.primaryDataShare", "value": "40"}, State.FAILED),
        ({"op": "at_most", "path": "subject.nothing", "value": "1"}, State.FAILED),
        ({"op": "at_most", "path": "subject.nothing", "value": "1", "absent": "0"}, State.PASSED),
        ({"op": "some_line", "test": {"op": "one_of", "path": "line.stage", "values": ["use"]}},
         State.FAILED),
        ({"op": "every_line", "where": {"op": "one_of", "path": "line.stage", "values": ["use"]},
          "test": {"op": "present", "paths": ["line.quality"]}}, State.NOT_APPLICABLE),
        ({"op": "not", "test": {"op": "present", "paths": ["subject.nothing"]}}, State.PASSED),
        ({"op": "any", "tests": [{"op": "present", "paths": ["subject.nothing"]},
                                 {"op": "present", "paths": ["subject.pcf"]}]}, State.PASSED),
        ({"op": "all", "tests": [{"op": "present", "paths": ["subject.nothing"]},
                                 {"op": "present", "paths": ["subject.pcf"]}]}, State.FAILED),
    ],
)  # fmt: skip
def test_operators(test: dict[str, Any], state: State) -> None:
    rule = {"id": "x", "severity": "error", "clause": "c", "verified": True, "what": "w",
            "remedy": "r", "test": test}  # fmt: skip
    pack = {"id": "p", "version": "1", "status": "group", "validFrom": AT, "rules": [rule]}
    check_test(test, "rule x")
    assert judge(compile_pack(pack), product(), cited=CITED, at=AT)[1].state is state


def test_a_role_that_is_no_text_has_no_rules_of_its_own() -> None:
    present = {"op": "present", "paths": ["subject.a"]}
    rule = {"id": "x", "severity": "error", "clause": "c", "verified": True, "remedy": "r",
            "test": present}  # fmt: skip
    document = {"id": "p", "version": "1", "status": "group", "validFrom": AT,
                "rules": [rule, {**rule, "id": "y", "roles": ["product"]}]}  # fmt: skip
    draft = {"credentialSubject": {"role": ["product"], "a": "1"}}
    assert [one.id for one in judge(compile_pack(document), draft, at=AT)] == ["pack-in-force", "x"]
