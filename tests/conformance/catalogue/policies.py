"""What a reader requires, and what is not met: incomplete; a policy that is none: exit 2."""

from __future__ import annotations

from typing import Any

from tests.conformance.casebook import Files, Scene, case, incomplete, usage, verified
from tests.conformance.catalogue.by_table import enter
from tests.support.wrong_columns import CREDIT, EVIDENCE, flow
from tests.verify.chains import gas, published

DAY = 86_400


def _mixed() -> Files:
    """2.98 kg measured by the maker and 1 kg published: 74.87 % primary, 25.13 % unsigned."""
    scene = Scene()
    part = scene.part(lines=[gas("100")], pcf=_left_out("12.5"))
    module = scene.part("module", [scene.line(part, "1", "kilogram"), published("1")])
    scene.anchor()
    return scene.files(module)


def _left_out(percent: str) -> dict[str, Any]:
    return {
        "exemptedEmissionsPercent": percent,
        "exemptedEmissionsDescription": "Packaging and services.",
    }


def _required(policy: dict[str, Any]) -> Files:
    return _mixed().requiring(**policy)


enter(
    verified(1),  # a line of distribution stands beside the production total
    _required,
    {
        "what_is_required_is_met_to_the_last_place": (
            "Every bound of the policy is just what the number has.",
            {
                "mostUnsigned": "25.13",
                "leastPrimary": "74.87",
                "mostExempted": "12.50",
                "mostRemovals": "0",
                "mostCredits": "0",
                "oldestPeriod": 400 * DAY,
            },
        ),
        "a_policy_of_nothing_but_its_version": (
            "What a policy leaves out is as its defaults have it.",
            {},
        ),
    },
)
enter(
    incomplete(None),
    _required,
    {
        "more_unsigned_than_the_policy_takes_fail": (
            "Of the gross 25.13 % is a published figure, and the policy takes 25 %.",
            {"mostUnsigned": "25"},
        ),
        "a_published_figure_where_all_must_be_recomputed_fail": (
            "With recomputed nothing may be unsigned, whatever mostUnsigned says.",
            {"arithmetic": "recomputed", "mostUnsigned": "100"},
        ),
        "less_primary_data_than_the_policy_asks_fail": (
            "Of the gross 74.87 % is primary data, and the policy asks for 75 %.",
            {"leastPrimary": "75"},
        ),
        "a_part_that_leaves_out_more_than_the_policy_takes_fail": (
            "A part says that it leaves out 12.5 %, and the policy takes 5 %.",
            {"mostExempted": "5"},
        ),
        "an_assurance_that_is_required_and_missing_fail": (
            "The policy asks for an assurance of the subject, and there is none.",
            {"assurance": "limited"},
        ),
        "a_period_longer_ago_than_the_policy_takes_fail": (
            "The reference period ended in January, and the policy takes thirty days.",
            {"oldestPeriod": 30 * DAY},
        ),
        "a_rule_pack_that_must_hold_and_is_not_known_fail": (
            "The policy names a rule pack that no verifier has.",
            {"rules": ["sha256:" + "5a" * 32]},
        ),
    },
)


@case(incomplete(None))
def a_factor_alone_where_all_must_be_recomputed_fail() -> Files:
    """A factor's figure is signed and there is nothing to recompute it from."""
    scene = Scene()
    fuel = scene.fuel()
    scene.anchor()
    return scene.files(fuel).requiring(arithmetic="recomputed")


@case(incomplete(None))
def a_trace_that_is_unsigned_where_nothing_may_be_fail() -> Files:
    """A thousandth of a per cent is published: it is printed as 0.01, and 0 is the most."""
    scene = Scene()
    module = scene.part(lines=[gas("100000"), published("0.01")])
    scene.anchor()
    return scene.files(module).requiring(mostUnsigned="0")


@case(incomplete(None))
def a_gross_of_zero_has_no_unsigned_share_fail() -> Files:
    """A published figure of nothing is all there is, and no share of nothing is within a bound."""
    scene = Scene()
    module = scene.part(lines=[published("1", "0")])
    scene.anchor()
    return scene.files(module).requiring(mostUnsigned="50", leastPrimary="1")


def _removing(kilograms: str) -> Files:
    scene = Scene()
    lines = [gas("100"), flow("CO2_land_management_removal", kilograms, removal=EVIDENCE)]
    module = scene.part(lines=lines)
    scene.anchor()
    return scene.files(module)


@case(incomplete(None))
def more_removed_than_is_emitted_by_the_policy_s_default_fail() -> Files:
    """2.99 kg are removed and 2.98 emitted: unless the policy says so, that is too much."""
    return _removing("2.99")


@case(verified())
def as_much_removed_as_is_emitted() -> Files:
    """2.98 kg are removed and 2.98 emitted: just as much as the default takes."""
    return _removing("2.98")


@case(incomplete(None))
def removals_where_the_policy_takes_none_fail() -> Files:
    """A hundredth of a per cent is removed, and 0 is the most."""
    return _removing("0.0003").requiring(mostRemovals="0")


@case(incomplete(None))
def credits_beyond_what_the_policy_takes_fail() -> Files:
    """Half of the gross is credited for heat that is recovered, and the policy takes a tenth."""
    scene = Scene()
    heat = scene.fuel("heat")
    credit = scene.line(heat, "0.596", "kilogram", stage="end-of-life", **CREDIT)
    module = scene.part(lines=[gas("100"), credit], boundary="cradle-to-grave")
    scene.anchor()
    return scene.files(module).requiring(mostCredits="10")


def _policy(content: dict[str, Any] | bytes) -> Files:
    made = _mixed()
    value = content if isinstance(content, bytes) else {"version": 1, **content}
    return Files(made.evidence, made.trust, made.chain, value)


enter(
    usage(),
    _policy,
    {
        "a_policy_with_an_unknown_member_fail": (
            "A misspelt requirement is not read as none: exit 2.",
            {"mostUnsinged": "0"},
        ),
        "a_policy_of_another_version_fail": ("The policy is of version 2: exit 2.", {"version": 2}),
        "a_policy_that_is_not_json_fail": ("The policy is YAML: exit 2.", b"version: 1\n"),
        "a_policy_with_a_member_twice_fail": (
            "The policy says twice, and differently, what is required: exit 2.",
            b'{"version": 1, "mostUnsigned": "0", "mostUnsigned": "100"}',
        ),
        "a_policy_without_a_version_fail": ("The policy has no version: exit 2.", b"{}"),
        "a_policy_with_a_share_beyond_100_fail": (
            "The policy takes 101 % unsigned: exit 2.",
            {"mostUnsigned": "101"},
        ),
        "a_policy_with_a_share_that_is_a_number_fail": (
            "A share is no text: exit 2.",
            {"leastPrimary": 50},
        ),
        "a_policy_with_an_age_below_zero_fail": (
            "The policy takes a status of a second later: exit 2.",
            {"oldestStatus": -1},
        ),
        "a_policy_with_an_age_beyond_its_limit_fail": (
            "The policy takes a period of more than ten billion seconds ago: exit 2.",
            {"oldestPeriod": 10**10 + 1},
        ),
        "a_policy_with_a_null_where_a_bound_must_be_fail": (
            "Only ages and what is taken off may be without a bound: exit 2.",
            {"mostUnsigned": None},
        ),
        "a_policy_that_names_no_body_by_its_did_fail": (
            "The body whose assurances count is not named by a DID: exit 2.",
            {"assuredBy": ["The Auditors Ltd"]},
        ),
        "a_policy_that_names_a_body_twice_fail": (
            "One body is named twice: exit 2.",
            {"assuredBy": 2 * ["did:web:auditor.example"]},
        ),
        "a_policy_with_another_arithmetic_fail": (
            "The policy asks for an arithmetic that no list has: exit 2.",
            {"arithmetic": "assured"},
        ),
        "a_policy_with_another_assurance_fail": (
            "The policy asks for a level that no list has: exit 2.",
            {"assurance": "absolute"},
        ),
        "a_policy_that_names_a_rule_pack_twice_fail": (
            "One rule pack is named twice: exit 2.",
            {"rules": ["base", "base"]},
        ),
    },
)
