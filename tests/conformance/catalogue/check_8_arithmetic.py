"""Check 8, arithmetic: every signed number follows from the lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.sdjwt import decoy, disclose, placeholder
from tests.conformance.casebook import Files, Payload, Scene, case, failed, incomplete, verified

if TYPE_CHECKING:
    from collections.abc import Callable

Subject = dict[str, Any]


def _stated(change: Callable[[Subject], None], *grams: str) -> Files:
    """Sign other numbers than those composed."""
    scene = Scene()
    draft = scene.product("part", [scene.gas(amount) for amount in grams or ("40",)])
    change(draft["credentialSubject"])
    subject = scene.publish(draft)
    scene.anchor()
    return scene.files(subject)


def _last_digit(text: str) -> str:
    return text[:-1] + str((int(text[-1]) + 1) % 10)


@case(failed(8))
def a_total_off_by_one_in_its_last_digit_fail() -> Files:
    """All totals agree with each other, and are one too large in the last digit."""

    def change(subject: Subject) -> None:
        for name in (
            "pcfExcludingBiogenicUptake",
            "pcfIncludingBiogenicUptake",
            "fossilGhgEmissions",
        ):
            subject["pcf"][name] = _last_digit(subject["pcf"][name])
        cell = subject["cells"]["manufacturing"]
        cell["fossilGhgEmissions"] = subject["pcf"]["fossilGhgEmissions"]

    return _stated(change)


@case(failed(8))
def a_total_with_one_digit_more_fail() -> Files:
    """Trailing zeros are meaning: the same number with another precision is another statement."""

    def change(subject: Subject) -> None:
        subject["pcf"]["pcfExcludingBiogenicUptake"] += "0"

    return _stated(change)


@case(failed(8))
def a_lines_result_is_wrong_fail() -> Files:
    """One line states less than its amount times its factor, and the total follows it."""

    def change(subject: Subject) -> None:
        result = subject["inventory"][0]["result"]
        result.update({name: _last_digit(value) for name, value in result.items()})

    return _stated(change)


@case(failed(8))
def a_component_is_wrong_fail() -> Files:
    """Half of the fossil emissions are called biogenic; the sum is right."""

    def change(subject: Subject) -> None:
        pcf = subject["pcf"]
        pcf["biogenicNonCO2Emissions"] = pcf["fossilGhgEmissions"]
        pcf["fossilGhgEmissions"] = "0.00000"
        subject["cells"]["manufacturing"] = {
            name: pcf[name] for name in ("biogenicNonCO2Emissions", "fossilGhgEmissions")
        }

    return _stated(change)


@case(failed(8))
def the_stages_are_wrong_fail() -> Files:
    """The cells put the emission into another stage than its line does."""

    def change(subject: Subject) -> None:
        subject["cells"] = {"raw-material": subject["cells"]["manufacturing"]}

    return _stated(change)


@case(failed(8))
def the_primary_data_share_is_wrong_fail() -> Files:
    """A published figure is counted as measured."""

    def change(subject: Subject) -> None:
        subject["inventory"][0]["primary"] = False

    return _stated(change)


@case(failed(8))
def a_quality_rating_was_invented_fail() -> Files:
    """No line has a rating, and the total has the best one."""

    def change(subject: Subject) -> None:
        names = ("technologicalDQR", "geographicalDQR", "temporalDQR")
        subject["pcf"]["dqi"] = dict.fromkeys(names, "1.0000")

    return _stated(change)


@case(failed(8))
def the_shares_of_the_gwp_sets_are_wrong_fail() -> Files:
    """Half of the footprint is ascribed to a set that no line used."""

    def change(subject: Subject) -> None:
        subject["characterizationSets"] = [
            {"set": "AR5", "share": "50.0000"},
            {"set": "AR6", "share": "50.0000"},
        ]
        subject["pcf"]["ipccCharacterizationFactors"] = ["AR5", "AR6"]

    return _stated(change)


@case(verified())
def methane_by_28_under_the_name_of_its_report() -> Files:
    """AR5 with 28 for all methane is of the report AR5, beside a set that is not stated."""
    scene = Scene()
    methane = scene.gas(source={"gas": "CH4_fossil", "set": "AR5-28"})
    published = {
        "published": "1",
        "per": "kilogram",
        "component": "fossilGhgEmissions",
        "reference": "An example, table 1",
    }
    other = {**scene.gas(source=published), "primary": False}
    part = scene.part("part", [methane, other], pcf={"ipccCharacterizationFactors": ["AR5"]})
    scene.anchor()
    return scene.files(part)


@case(failed(8))
def rounding_moved_the_total_by_more_than_a_thousandth_fail() -> Files:
    """1.005 to three digits is 1.01: honestly rounded, and half a percent away."""
    scene = Scene()
    figure = {
        "published": "1.005",
        "per": "kilogram",
        "component": "fossilGhgEmissions",
        "reference": "An example, table 1",
    }
    line = {
        **scene.gas(),
        "amount": {"value": "1", "unit": "kilogram"},
        "source": figure,
        "primary": False,
    }
    draft = scene.product("part", [line])
    subject = draft["credentialSubject"]
    subject["computedWith"]["digits"] = 3
    for name in ("pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake", "fossilGhgEmissions"):
        subject["pcf"][name] = "1.01"
    subject["cells"] = {"manufacturing": {"fossilGhgEmissions": "1.01"}}
    statement = scene.publish(draft)
    scene.anchor()
    return scene.files(statement)


@case(failed(8))
def an_inventory_without_a_line_fail() -> Files:
    """The shape opens to nothing, and nothing sums to nothing."""
    scene = Scene()
    empty = disclose([])

    def change(payload: Payload) -> None:
        subject = payload["credentialSubject"]
        subject["inventory"] = [placeholder(decoy()) for _ in range(8)]
        subject["inventoryShape"] = [placeholder(empty.digest)]
        for name in (
            "pcfExcludingBiogenicUptake",
            "pcfIncludingBiogenicUptake",
            "fossilGhgEmissions",
        ):
            subject["pcf"][name] = "0"

    draft = scene.product("part", [scene.gas()])
    statement = scene.spoil(draft, change, disclosures=(empty.encoded,))
    scene.anchor()
    return scene.files(statement, scene.whole(statement))


@case(failed(8))
def an_assured_total_that_its_components_contradict_fail() -> Files:
    """A hidden recipe was assured, and the open total is twice the sum of the open components."""
    scene = Scene()
    draft = scene.product("part", [scene.gas()])
    draft["credentialSubject"]["pcf"] |= {
        "pcfExcludingBiogenicUptake": "2000",
        "pcfIncludingBiogenicUptake": "2000",
        "fossilGhgEmissions": "1000",
    }
    part = scene.publish(draft)
    scene.publish(scene.assurance(part))
    scene.anchor()
    return scene.files(part, keep={part.digest: set()})


@case(failed(8))
def a_gas_without_a_gwp_fail() -> Files:
    """The line names a gas that its set does not have."""

    def change(subject: Subject) -> None:
        subject["inventory"][0]["source"]["gas"] = "phlogiston"

    return _stated(change)


@case(failed(8))
def two_gases_written_as_the_name_of_one_fail() -> Files:
    """One gas is named as two would be written in a row; what is compared is names and amounts."""
    scene = Scene()
    co2 = {"source": {"gas": "CO2", "set": "AR6"}}
    draft = scene.product("part", [scene.gas(), scene.gas(**co2)])
    gases = draft["credentialSubject"]["gases"]
    first, second = sorted(gases)
    draft["credentialSubject"]["gases"] = {f"{first} {gases[first]}, {second}": gases[second]}
    statement = scene.publish(draft)
    scene.anchor()
    return scene.files(statement)


@case(incomplete(8))
def tables_that_this_verifier_does_not_hold_fail() -> Files:
    """The statement was computed with a unit table that this verifier can't look up."""

    def change(subject: Subject) -> None:
        subject["computedWith"]["tables"] = "sha256:" + "11" * 32

    return _stated(change)


@case(verified())
def a_total_of_zero() -> Files:
    """A footprint of nothing recomputes; its coverage is not applicable."""
    scene = Scene()
    figure = {
        "published": "0",
        "per": "kilogram",
        "component": "fossilGhgEmissions",
        "reference": "An example, table 1",
    }
    statement = scene.part(lines=[{**scene.gas(), "source": figure, "primary": False}])
    scene.anchor()
    return scene.files(statement)


_BEST = dict.fromkeys(("technologicalDQR", "geographicalDQR", "temporalDQR"), "1.0000")


def _four_years_apart(change: Callable[[Subject], None]) -> Files:
    """Compose on a factor of 2020 with the best ratings, for a product of 2025."""
    scene = Scene()
    period = {
        "referencePeriodStart": "2020-01-01T00:00:00Z",
        "referencePeriodEnd": "2021-01-01T00:00:00Z",
    }
    fuel = scene.fuel(pcf={"dqi": _BEST, **period})
    lines = [scene.line(fuel, "200", "gram"), {**scene.gas(), "quality": _BEST}]
    draft = scene.product("part", lines)
    change(draft["credentialSubject"])
    statement = scene.publish(draft)
    scene.anchor()
    return scene.files(statement)


@case(verified())
def a_gap_of_years_that_lowered_the_temporal_rating() -> Files:
    """The factor's period ends four years before the product's begins, so that it counts as 2."""
    return _four_years_apart(lambda _subject: None)


@case(failed(8))
def a_gap_of_years_that_lowered_no_rating_fail() -> Files:
    """The factor's best temporal rating was taken over, although its period is four years older."""
    return _four_years_apart(lambda subject: subject["pcf"].update(dqi=_BEST))


@case(failed(8))
def a_spread_whose_interval_has_no_width_fail() -> Files:
    """A line's interval holds 10^-27 percent: no standard deviation follows from that."""
    percent = "0." + "0" * 26 + "1"

    def change(subject: Subject) -> None:
        interval = {"lower": "39", "upper": "41", "percent": percent}
        subject["inventory"][0]["uncertainty"] = {
            "distribution": "normal",
            "statedValue": "40",
            "interval": interval,
        }
        subject["uncertainty"] = {
            "distribution": "lognormal",
            "statedValue": subject["pcf"]["pcfExcludingBiogenicUptake"],
            "geometricStandardDeviation": "1.1000",
        }

    return _stated(change)
