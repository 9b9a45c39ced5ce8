"""A base number, its pool and a variant of it, from files to verdicts, by the commands alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml

import rootprint
from rootprint.ledger.core.statement import parse_statement
from tests.cli.running import PASSPHRASE, Cli
from tests.cli.story import INIT
from tests.support.evidence_file import jwt_of, opened
from tests.support.processes import file, gas, output

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Answer

pytestmark = pytest.mark.chain
MAKER = "did:web:maker.example"
ALONE = {"name": "Hall 1", "outputs": [output("plate", "1")]}
GREEN = {"reason": "energy-attributes", "code": "GREEN1"}


def text(kilograms: str, **changes: Any) -> str:
    given = file("plate", ALONE, [gas(kilograms)], **changes)
    given["pcf"] = {**given["pcf"], "productMassPerDeclaredUnit": "1"}
    given |= {"validUntil": "2028-12-31T00:00:00Z", "digits": 6}
    return written(given)


def written(given: dict[str, Any]) -> str:
    return yaml.safe_dump(json.loads(json.dumps(given)), sort_keys=False)


def pool(*variants: dict[str, str], **changes: Any) -> str:
    members = {
        "kind": "VariantPool",
        "issuer": "maker",
        "validFrom": "2026-01-01T00:00:00Z",
        "validUntil": "2028-12-31T00:00:00Z",
        "base": "plate",
        "reason": "energy-attributes",
        "variants": list(variants) or [{"code": "GREEN1", "volume": "30", "value": "1"}],
    }
    return written({name: one for name, one in (members | changes).items() if one is not None})


def made(value: str, unit: str = "kg") -> dict[str, Any]:
    return {"producedAmount": {"value": value, "unit": unit}}


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    ready = Cli(tmp_path / "home")
    ready.done(*INIT)
    ready.done("org", "admit", "maker", "--did", MAKER, "--legal-name", "maker", "--country", "CN",
               "--role", "supplier")  # fmt: skip
    return ready


def put(cli: Cli, draft: str) -> str:
    statement = cli.done("sign", "-", "--as", "maker", stdin=draft).out
    digest: str = cli.done("publish", "-", stdin=statement).out.split()[0]
    return digest


def base(cli: Cli, **changes: Any) -> str:
    return put(cli, cli.done("compose", "-", stdin=text("2", **(made("100") | changes))).out)


def verified(cli: Cli, digest: str, folder: Path, *hide: str) -> Answer:
    cli.done("anchor")
    evidence, trust = folder / "evidence.gz", folder / "trust.json"
    hidden = [part for one in hide for part in ("--hide", one)]
    cli.done("evidence", "export", digest, "--out", evidence, *hidden)
    cli.done("evidence", "trust", digest, "--out", trust)
    return cli("verify", evidence, "--trust", trust, "--format", "json")


def shown(cli: Cli, folder: Path, *digests: str) -> list[int]:
    """Return how many disclosures the evidence file has of each."""
    jwts = [cli.done("present", digest).out.split("~")[0] for digest in digests]
    given = opened((folder / "evidence.gz").read_bytes())["statements"]
    counted = {jwt_of(one): len(one["disclosures"]) for one in given}
    return [counted[jwt] for jwt in jwts]


def test_a_variant_by_its_pool(cli: Cli, tmp_path: Path) -> None:
    whole = f"--input=plate={base(cli)}"
    alone = cli.done("compose", "-", stdin=text("1", variant=GREEN))
    assert "variant takes from a shared pool and names none" in alone.err
    assert "rootprint pool FILE" in alone.err
    statement = cli.done("sign", "-", "--as", "maker", stdin=alone.out).out
    refused = cli("publish", "-", stdin=statement)
    assert (refused.code, "law 5: its variant takes" in refused.err) == (1, True)
    asked = cli.done("pool", "-", whole, stdin=pool())
    assert "variant: {reason: energy-attributes, code: GREEN1, pool: NAME}" in asked.err
    rows = json.loads(asked.out)["credentialSubject"]["rows"]
    assert rows[-1] == {"volume": "70", "value": "2.42857142857143"}
    parted = put(cli, asked.out)
    named = f"--input=plates={parted}"
    pooled = {"variant": {**GREEN, "pool": "plates"}}
    other = cli("compose", "-", named, stdin=text("0.9", **pooled))
    assert other.code == 1
    assert "variant.pool has 1 kg CO2e per 1 kilogram, and this comes to 0.9" in other.err
    more = cli("compose", "-", named, stdin=text("1", **pooled, **made("31")))
    assert "producedAmount is not what the variant's row of its pool has: 30 kilogram" in more.err
    draft = cli.done("compose", "-", named, stdin=text("1", **pooled)).out
    assert json.loads(draft)["credentialSubject"]["producedAmount"]["value"] == "30"
    green = put(cli, draft)
    answer = verified(cli, green, tmp_path)
    assert (answer.code, answer.json["verdict"]) == (0, "verified")
    assert answer.json["statements"][0]["laws"]["5"] == "held"


def test_a_reason_of_no_pool_is_asked_for_one_where_its_lines_take_from_it(
    cli: Cli, tmp_path: Path
) -> None:
    whole = f"--input=plate={base(cli)}"
    said = {"reason": "customer-specification", "code": "GREEN1"}
    mass = {"model": "mass-balance", "scheme": "ISCC PLUS", "freeAttribution": True}
    alone = cli.done("compose", "-", stdin=text("1", variant=said, chainOfCustody=mass))
    assert "takes from a shared pool (chainOfCustody attributes to it)" in alone.err
    asked = cli.done("pool", "-", whole, stdin=pool(reason="customer-specification"))
    assert "variant: {reason: customer-specification, code: GREEN1, pool: NAME}" in asked.err
    named = f"--input=plates={put(cli, asked.out)}"
    pooled = text("1", variant={**said, "pool": "plates"}, chainOfCustody=mass)
    composed = cli.done("compose", "-", named, stdin=pooled)
    assert "shared pool" not in composed.err
    assert verified(cli, put(cli, composed.out), tmp_path).code == 0


def test_what_hides_every_line_of_a_variant_hides_its_pool(cli: Cli, tmp_path: Path) -> None:
    of_all = base(cli)
    parted = put(cli, cli.done("pool", "-", f"--input=plate={of_all}", stdin=pool()).out)
    pooled = {"variant": {**GREEN, "pool": parted}, **made("30")}
    green = put(cli, cli.done("compose", "-", stdin=text("1", **pooled)).out)
    answer = verified(cli, green, tmp_path, green)
    assert (answer.code, answer.json["verdict"]) == (3, "incomplete")
    assert "law 5: its row of its variant pool is hidden" in str(answer.json["notChecked"])
    assert shown(cli, tmp_path, green, parted, of_all) == [0, 0, 0]
    for place, reason in (("rows", "its row of its variant pool"), ("rowsShape", "hides rows")):
        less = verified(cli, green, tmp_path, f"{parted}:{place}")
        assert less.json["verdict"] == "incomplete"
        assert reason in str(less.json["notChecked"])
        text_ = cli("verify", tmp_path / "evidence.gz", "--trust", tmp_path / "trust.json").out
        assert "Laws  not checkable: 5 (1 statement)" in text_


def test_what_a_variant_hides_its_pool_and_base_do_not_show(cli: Cli, tmp_path: Path) -> None:
    """The base number is of the same product, and a row of the pool says how much was made."""
    of_all = base(cli)
    parted = put(cli, cli.done("pool", "-", f"--input=plate={of_all}", stdin=pool()).out)
    given = yaml.safe_load(text("1", variant={**GREEN, "pool": parted}, **made("30")))
    given["inventory"] = [gas("0.75"), gas("0.25", description="the second stack")]
    green = put(cli, cli.done("compose", "-", stdin=written(given)).out)
    found = parse_statement(cli.done("present", green, "--show", "inventory").out.strip())
    verified(cli, green, tmp_path, f"{green}:inventory[{min(found.opened.lines)}]")
    one, two = shown(cli, tmp_path, of_all, parted)
    assert (one, two > 0) == (0, True)  # nothing of the base number, and the rows of the pool
    verified(cli, green, tmp_path, f"{green}:producedAmount")
    one, two = shown(cli, tmp_path, parted, of_all)
    assert (one, two > 0) == (0, True)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"reason": "green"}, "reason is not one of energy-attributes, recycled-content, mass-"),
        ({"variants": []}, "variants is not an array"),
        ({"base": None}, "base is missing — add it"),
        ({"remainder": "50"}, "remainder is not a member that is known here"),
        ({"variants": [{"code": "GREEN1", "volume": "101", "value": "1"}]},
         "variants have more than 100 kilogram, which were produced"),
        ({"variants": [{"code": "GREEN1", "volume": "100", "value": "1"}]},
         "variants are not the base number apart: its variants, weighted by volume, do not come"),
        ({"variants": [{"code": "GREEN1", "volume": "10", "value": "1"}] * 2},
         "a variant stands in it twice"),
        ({"unit": "m"}, "unit is not usable: meter (length) can't be converted to kilogram"),
        ({"product": "urn:example:other"}, "product is none of the base's productIds"),
    ],
)  # fmt: skip
def test_what_is_no_pool_is_refused_with_its_place(
    cli: Cli, changes: dict[str, Any], why: str
) -> None:
    refused = cli("pool", "-", f"--input=plate={base(cli)}", stdin=pool(**changes))
    assert refused.code == 1
    assert why in refused.err


def test_a_base_states_how_much_was_made_and_is_no_variant(cli: Cli) -> None:
    silent = put(cli, cli.done("compose", "-", stdin=text("2")).out)
    refused = cli("pool", "-", f"--input=plate={silent}", stdin=pool())
    assert "base does not show how much was produced (producedAmount)" in refused.err
    sited = text("2", variant={"reason": "site", "code": "SITE01"}, **made("100"))
    variant = put(cli, cli.done("compose", "-", stdin=sited).out)
    refused = cli("pool", "-", f"--input=plate={variant}", stdin=pool())
    assert "base is a variant itself" in refused.err


def test_volumes_in_another_unit_and_less_than_nothing_left(cli: Cli) -> None:
    whole = f"--input=plate={base(cli, **made('100000'))}"
    asked = cli.done("pool", "-", whole, stdin=pool(
        {"code": "GREEN1", "volume": "30", "value": "1"},
        {"code": "GREY01", "volume": "60", "value": "4"}, unit="t"))  # fmt: skip
    subject = json.loads(asked.out)["credentialSubject"]
    assert subject["unit"] == "tonne"
    assert subject["rows"][-1] == {"volume": "10", "value": "-7"}
    assert "variants leave less than nothing of the base number" in asked.err
    put(cli, asked.out)


def test_programs_compose_a_variant_by_its_pool_as_the_command_does(cli: Cli) -> None:
    """Its pool names the base number by digest, for which no caller gives a name."""
    whole = base(cli)
    parted = put(cli, cli.done("pool", "-", f"--input=plate={whole}", stdin=pool()).out)
    named = text("1", variant={**GREEN, "pool": "plates"})
    itself = text("1", variant={**GREEN, "pool": "plates"}, inputs={"plates": parted})
    wanted = cli.done("compose", "-", stdin=itself).json["credentialSubject"]
    shown = ("--show", "rows", "--show", "rowsShape")
    texts = [
        cli.done("present", whole, "--show", "producedAmount").out.strip(),
        cli.done("present", parted, *shown).out.strip(),
    ]
    with rootprint.Ledger.open(cli.home, passphrase=PASSPHRASE) as ledger:
        drafts = [
            ledger.compose(named.encode(), {"plates": parted}),
            ledger.compose(itself.encode()),
            rootprint.compose(itself.encode(), dict(zip("ab", texts, strict=True)), issuer=MAKER),
        ]
    assert [one.content["credentialSubject"] for one in drafts] == [wanted] * 3
    with pytest.raises(rootprint.NotFound, match=f"^the statement {whole} is not given"):
        rootprint.compose(itself.encode(), {"a": texts[1]}, issuer=MAKER)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"referencePeriodStart": "2025-02-01T00:00:00Z"}, "of another reference period"),
        ({"geographyCountry": "DE"}, "of another geography"),
        ({"sites": ["urn:example:site-2"]}, "of other sites"),
        ({"productIds": ["urn:example:other"]}, "its variant pool is of another product"),
    ],
)
def test_composing_holds_a_variant_to_its_base_as_publishing_does(
    cli: Cli, changes: dict[str, Any], why: str
) -> None:
    """Bug: it was composed and signed, and publishing refused it."""
    parted = put(cli, cli.done("pool", "-", f"--input=plate={base(cli)}", stdin=pool()).out)
    given = yaml.safe_load(text("1", variant={**GREEN, "pool": "plates"}))
    for name, value in changes.items():
        (given["pcf"] if name in given["pcf"] else given)[name] = value
    answer = cli("compose", "-", f"--input=plates={parted}", stdin=written(given))
    assert (answer.code, answer.out) == (1, "")
    assert "variant.pool does not fit: " in answer.err
    assert why in answer.err
