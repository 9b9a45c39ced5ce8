"""``changes``: an auditor or OEM asks what becomes of all that rests on one footprint."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.cli.story import FACTORS, MAKER, factor_file, product_file, publish_file

if TYPE_CHECKING:
    from tests.cli.running import Cli
    from tests.cli.story import Story


@dataclass(frozen=True)
class Kitchen:
    """Fuel; a part of it; a recipe of it that is hidden here; a toy of that; a kit of both."""

    cli: Cli
    fuel: str
    part: str
    secret: str
    toy: str
    kit: str


@pytest.fixture(scope="module")
def kitchen(ledger: Cli) -> Kitchen:
    for name, did, role in (("factors", FACTORS, "factor-publisher"), ("maker", MAKER, "supplier")):
        legal_name = f"Example {name} (fictional)"
        ledger.done("org", "admit", name, "--did", did, "--legal-name", legal_name, "--country",
                    "CN", "--role", role)  # fmt: skip
    fuel = publish_file(ledger, factor_file("fuel", FACTORS, "2.5"), "factors")

    def made(name: str, inputs: dict[str, str], **digests: str) -> str:
        return publish_file(ledger, product_file(name, MAKER, inputs), "maker", **digests)

    part = made("part", {"fuel": "2"}, fuel=fuel)
    draft = ledger.done("compose", "-", f"--input=fuel={fuel}",
                        stdin=product_file("secret", MAKER, {"fuel": "1"})).out  # fmt: skip
    signed = ledger.done("sign", "-", "--as", "maker", stdin=draft).out
    bare = signed.partition("~")[0] + "~"  # its holder publishes it and shows nothing
    receipts = ledger.done("publish", "-", "--format", "json", stdin=bare).json["receipts"]
    secret: str = receipts[0]["digest"]
    toy = made("toy", {"secret": "2"}, secret=secret)
    kit = made("kit", {"part": "1", "secret": "3"}, part=part, secret=secret)
    return Kitchen(ledger, fuel, part, secret, toy, kit)


def test_another_value_is_followed_to_all_that_rests_on_it(story: Story) -> None:
    """Fuel at 3.5 for 2.5: the part 2 more of 6.5, the car 3 × 2 + 0.4 more of 20.5."""
    found = story.cli.done("changes", story.fuel, "--value", "3.5", "--format", "json").json
    rows = found["changes"]
    assert [
        (row["statement"], row["stated"], row["value"], row["difference"], row["percent"])
        for row in rows
    ] == [
        (story.car, "20.5000", "26.90000", "6.40000", "31.22"),
        (story.part, "6.50000", "8.50000", "2.00000", "30.77"),
    ]
    assert rows[0]["organisation"]["name"] == "Example Oem (fictional)"
    assert found["changed"]["percent"] == "40.00"
    assert found["nothingSaid"] == {"hidden": 0, "restingOnHidden": 0, "statements": []}


def test_who_rests_on_a_statement_is_listed_with_how_much(story: Story) -> None:
    """Of the part 2 × 2.5 of 6.5 are fuel; of the car 3 × 5 and 0.4 × 2.5 of 20.5."""
    asked = ("walk", story.fuel, "--down")
    found = story.cli.done(*asked, "--format", "json").json
    assert [(row["statement"], row["kgCO2e"], row["percent"]) for row in found["affected"]] == [
        (story.car, "16.00", "78.05"),
        (story.part, "5.000", "76.92"),
    ]
    assert (found["own"], found["hidden"], len(found["holders"])) == (1, 0, 2)
    text = story.cli.done(*asked).out
    assert "2 footprints of 2 organisations rest on it; of the gross of each:\n" in text
    assert (
        f"  16.00 kg CO2e per 1 kilogram (78.05 %)  car | Example Oem (fictional) | {story.car}"
        in text
    )
    nothing = story.cli.done("walk", story.car, "--down").out
    assert nothing.startswith("No footprint of this ledger's folder is seen to rest on it\n")


def test_what_rests_on_it_through_a_hidden_inventory_is_counted(kitchen: Kitchen) -> None:
    found = kitchen.cli.done("walk", kitchen.fuel, "--down", "--format", "json").json
    shown = {row["statement"]: row["whole"] for row in found["affected"]}
    assert shown == {kitchen.part: True, kitchen.kit: False}
    assert found["hidden"] == 2  # the secret, and the toy that rests on it alone
    said = kitchen.cli.done("walk", kitchen.fuel, "--down").out
    assert "Of 2 more nothing can be said: they rest on what is hidden here" in said
    assert "  at least " in said


def test_a_percentage_is_of_what_is_stated(story: Story) -> None:
    args = ("changes", story.fuel, "--by", "-10%")
    found = story.cli.done(*args, "--format", "json").json
    assert (found["changed"]["value"], found["changed"]["difference"]) == ("2.250000", "-0.250000")
    assert [Decimal(row["difference"]) for row in found["changes"]] == [
        Decimal("-1.6"),
        Decimal("-0.5"),
    ]
    text = story.cli.done(*args).out
    assert text.startswith(
        "If fuel of Example Factors (fictional) were 2.250000 kg CO2e per 1 kilogram, not 2.5 "
        "(-10.00 %)\n"
    )
    assert f"-1.60000  -7.80  car | Example Oem (fictional) | per 1 kilogram | {story.car}" in text
    assert "2 of 2 statements that rest on it are shown" in text
    assert "hidden" not in text
    up = story.cli.done("changes", story.fuel, "--by", "+10%", "--format", "json").json
    assert [Decimal(row["difference"]) for row in up["changes"]] == [Decimal("1.6"), Decimal("0.5")]


def test_what_is_left_out_is_counted(story: Story) -> None:
    text = story.cli.done("changes", story.fuel, "--by", "-10%", "--nodes", "1").out
    assert "1 of 2 statements that rest on it are shown; the rest change by 7.69 % at most" in text
    found = story.cli.done("changes", story.fuel, "--by", "-10%", "--cut-off", "7.7", "--format",
                           "json").json  # fmt: skip
    assert [row["product"] for row in found["changes"]] == ["car"]
    assert found["limits"] == {"cutOff": "7.7", "nodes": 50}
    assert found["rest"] == {"statements": 1, "mostPercent": "7.69"}


def test_of_hidden_inventories_nothing_is_said_and_they_are_named(kitchen: Kitchen) -> None:
    found = kitchen.cli.done("changes", kitchen.fuel, "--value", "3.5", "--format", "json").json
    assert [(row["statement"], Decimal(row["difference"]), row["whole"])
            for row in found["changes"]] == [
        (kitchen.part, 2, True),
        (kitchen.kit, 2, False),
    ]  # fmt: skip
    unsaid = found["nothingSaid"]
    assert (unsaid["hidden"], unsaid["restingOnHidden"]) == (1, 1)
    assert [one["statement"] for one in unsaid["statements"]] == [kitchen.secret, kitchen.toy]
    text = kitchen.cli.done("changes", kitchen.fuel, "--value", "3.5").out
    assert "14.50000*" in text
    assert "* in part: something between is hidden here, and may change it further" in text
    assert (
        "Nothing can be said of later statements whose inventories are hidden here (1), nor of"
        " those that rest on these alone (1):" in text
    )
    assert f"  secret | Example maker (fictional) | {kitchen.secret}" in text


def test_from_a_hidden_inventory_upwards_all_is_known(kitchen: Kitchen) -> None:
    """What the secret itself is made of doesn't matter to those that take it."""
    found = kitchen.cli.done("changes", kitchen.secret, "--by", "100%", "--format", "json").json
    assert {row["statement"]: row["whole"] for row in found["changes"]} == {
        kitchen.toy: True,
        kitchen.kit: True,
    }
    assert found["nothingSaid"]["hidden"] == 0


def test_what_is_never_cited_changes_nothing_else(kitchen: Kitchen) -> None:
    text = kitchen.cli.done("changes", kitchen.kit, "--value", "1").out
    assert "No statement is seen to rest on it in this ledger's folder" in text


def test_a_withdrawn_product_says_so(kitchen: Kitchen) -> None:
    gone = publish_file(kitchen.cli, product_file("gone", MAKER, {"part": "1"}), "maker",
                        part=kitchen.part)  # fmt: skip
    kitchen.cli.done("withdraw", gone, "--as", "maker", "--reason", "a typing mistake")
    found = kitchen.cli.done("changes", kitchen.part, "--value", "1", "--format", "json").json
    states = {row["statement"]: row["state"] for row in found["changes"]}
    assert (states[gone], states[kitchen.kit]) == ("withdrawn", "none")
    assert f"{gone} | withdrawn" in kitchen.cli.done("changes", kitchen.part, "--value", "1").out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "either --value or --by"),
        (["--value", "1", "--by", "1%"], "--value or --by, not both"),
        (["--by", "-10"], "'-10' is not a percentage: -10% would do"),
        (["--by", "1e1"], "'1e1' is not a percentage: write it such as -10%"),
        (["--by", "ten%"], "is not a plain decimal"),
        (["--value", "1e3"], "is not a plain decimal"),
        (["--value", "nan"], "is not a plain decimal"),
        (["--value", "1", "--nodes", "0"], "--nodes"),
        (["--value", "1", "--cut-off", "101"], "--cut-off"),
    ],
)
def test_wrong_use_is_reported(story: Story, options: list[str], message: str) -> None:
    answer = story.cli("changes", story.fuel, *options)
    assert answer.code == 2
    assert message in answer.err
    error = story.cli("changes", story.fuel, *options, "--format", "json").error
    assert error["code"] == "usage"


def test_what_cannot_be_asked_is_refused(story: Story) -> None:
    unknown = story.cli("changes", "sha256:" + "0" * 64, "--value", "1")
    assert (unknown.code, "there is no statement" in unknown.err) == (2, True)
    about = story.cli("changes", story.assurance, "--value", "1")
    assert (about.code, "has no footprint that could change" in about.err) == (1, True)
    same = story.cli("changes", story.fuel, "--value", "2.50")
    assert (same.code, "nothing changes" in same.err) == (1, True)
