"""Composing: what may be cited, what comes out, and refusals with file, line and what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.calc.errors import CalculationError
from rootprint.calc.units import UnitNotConvertible
from rootprint.ledger.core.chain import StatusState
from rootprint.ledger.core.encoding import digest_text, time_seconds, time_text
from rootprint.ledger.core.errors import NotAuthorised, NotFound, Refused
from rootprint.ledger.core.seal import seal
from rootprint.ledger.core.standing import Lapse
from rootprint.ledger.intake import InventoryProblems, Problem, compose, parse_inventory, publish
from tests.intake.place import HEAD, Place, inventory_file, open_place
from tests.support.world import ORIGIN, PUBLISHER, SUPPLIER

if TYPE_CHECKING:
    from pathlib import Path

    from rootprint.ledger.core.statement import Statement


def line(value: str = "2", unit: str = "kg", source: str = "{input: fuel}", **more: str) -> str:
    """Return one line of an inventory file; ``more`` replaces or adds members."""
    members = {
        "stage": "raw-material",
        "description": "power",
        "amount": f'{{value: "{value}", unit: {unit}}}',
        "source": source,
        "primary": "false",
        **more,
    }
    return "{" + ", ".join(f"{name}: {text}" for name, text in members.items()) + "}"


def composed(data: bytes, **inputs: Statement) -> dict[str, Any]:
    inventory = parse_inventory(data, where="part.yaml")

    def resolve(name: str) -> Statement:
        if name not in inputs:
            message = f"it is not said which statement the input {name!r} is"
            raise NotFound(message, remedy="say it")
        return inputs[name]

    return compose(inventory, SUPPLIER, resolve)


def test_what_comes_out_is_sealed_published_and_verified(place: Place) -> None:
    fuel = place.factor()
    draft = composed(inventory_file(line("2"), line("500", "g", stage="manufacturing")), fuel=fuel)
    subject = draft["credentialSubject"]
    assert subject["pcf"]["pcfExcludingBiogenicUptake"] == "6.25000"
    assert subject["cells"] == {
        "raw-material": {"fossilGhgEmissions": "5.00000"},
        "manufacturing": {"fossilGhgEmissions": "1.25000"},
    }
    assert [item["amount"]["unit"] for item in subject["inventory"]] == ["kilogram", "gram"]
    assert subject["inventory"][0]["source"] == {
        "statement": f"sha256:{fuel.digest.hex()}",
        "issuer": PUBLISHER,
        "productId": "urn:example:fuel",
    }
    part = place.published(draft)
    place.anchor()
    report = place.walk(part)
    assert report.verdict == "verified"
    assert report.json()["totals"]["pcfExcludingBiogenicUptake"] == "6.25000"


def test_zero_is_written_as_zero_and_no_more(place: Place) -> None:
    nothing = place.factor(
        "nothing",
        pcf={
            "fossilGhgEmissions": "0",
            "pcfExcludingBiogenicUptake": "0",
            "pcfIncludingBiogenicUptake": "0",
        },
    )
    draft = composed(inventory_file(line()), fuel=nothing)
    assert draft["credentialSubject"]["pcf"]["pcfExcludingBiogenicUptake"] == "0.000000000000"
    place.published(draft)


IN_LINE = r"^part\.yaml:25:\d+: inventory\.1\."
AT_INPUT = rf"{IN_LINE}source\.input"


@pytest.mark.parametrize(
    ("text", "kind", "match"),
    [
        (
            line(source="{input: other}"),
            NotFound,
            f"{AT_INPUT} is not usable: it is not said which.* — say it",
        ),
        (
            line(unit="kWh"),
            UnitNotConvertible,
            f"{IN_LINE}amount.unit is not usable: kilowatt hour .* can't be converted",
        ),
        (line(unit="furlong"), Refused, f"{IN_LINE}amount.unit is not .*'furlong' .*use one of"),
        (
            line(source="{gas: zzzzzz, set: AR6}"),
            Refused,
            f"{IN_LINE}source.gas has no GWP in the table — state it by the name",
        ),
        (
            line(source="{emission: CO2e, factor: fuel}"),
            Refused,
            f"{IN_LINE}source.factor does not fit: its basis is life-cycle, and an emission",
        ),
        (
            line(source="{published: '-2', per: kg, component: fossilGhgEmissions, reference: x}"),
            Refused,
            rf"{IN_LINE}source\.published is negative — only uptake.*an offset",
        ),
        (
            line(quality="{technologicalDQR: '7', geographicalDQR: '1', temporalDQR: '1'}"),
            Refused,
            rf"{IN_LINE}quality\.technologicalDQR is not a rating",
        ),
        (line(evidence="[x]"), Refused, rf"{IN_LINE}evidence\.1 is not sha256:"),
    ],
    ids=["name", "unit", "no-unit", "gas", "emission", "offset", "quality", "evidence"],
)
def test_a_fault_is_named_with_file_line_and_description(
    place: Place, text: str, kind: type[Exception], match: str
) -> None:
    with pytest.raises(InventoryProblems, match=match) as caught:
        composed(inventory_file(text), fuel=place.factor())
    assert [type(one) for one in getattr(caught.value, "errors", [])] in ([], [kind])


def test_a_direct_only_factor_belongs_under_emission(place: Place) -> None:
    heat = place.factor("heat", boundary="gate-to-gate", basis="direct-only")
    match = f"{AT_INPUT} does not fit: its basis is direct-only, and a line other"
    with pytest.raises(Refused, match=match):
        composed(inventory_file(line()), fuel=heat)
    data = inventory_file(line(source="{emission: CO2e, factor: fuel}"))
    place.published(composed(data, fuel=heat))


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        (
            {
                "pcf": {
                    "referencePeriodStart": "2001-01-01T00:00:00Z",
                    "referencePeriodEnd": "2002-01-01T00:00:00Z",
                }
            },
            "its reference period is more than 10 years away",
        ),
    ],
)
def test_an_input_that_does_not_fit_is_named(
    place: Place, changes: dict[str, Any], match: str
) -> None:
    with pytest.raises(Refused, match=f"{AT_INPUT} does not fit: {match}"):
        composed(inventory_file(line()), fuel=place.factor(**changes))


def test_what_counts_its_grave_is_refused_where_it_is_a_product(place: Place) -> None:
    tyre = place.part("tyre", boundary="cradle-to-grave")
    match = f"{AT_INPUT} cites what is cradle-to-grave, and this place takes cradle-to-gate"
    with pytest.raises(Refused, match=match):
        composed(inventory_file(line()), fuel=tyre)


def test_what_a_law_leaves_unsaid_is_found_and_not_refused(place: Place) -> None:
    """A factor that may be a service, each time with its line."""
    sludge = place.factor("sludge", boundary="cradle-to-grave")
    answer: list[Problem] = []
    data = inventory_file(line(), line())
    inventory = parse_inventory(data, where="part.yaml")
    compose(inventory, SUPPLIER, lambda _name: sludge, answer.append)
    found = [(one.member, one.what) for one in answer]
    unsaid = "cites what is cradle-to-grave and does not say whether it is a service"
    assert found == [
        ("inventory.1.source.input", unsaid),
        ("inventory.2.source.input", unsaid),
    ]
    assert all(one.remedy and one.line for one in answer)


def test_transmission_is_not_counted_twice(place: Place) -> None:
    power = {"declaredUnitOfMeasurement": "kilowatt hour"}
    mix = place.factor("mix", pcf=power, includesTransmission=True)
    grid = place.factor(
        "grid",
        pcf=power,
        includesTransmission=False,
        productClassifications=["urn:rootprint:class:electricity-transmission"],
    )
    data = inventory_file(line(unit="kWh"), line(unit="kWh", source="{input: grid}"))
    match = (
        r"^part.yaml:26:\d+: inventory.2.source.input adds transmission losses to more electricity"
        " than lacks them.*leave the losses out"
    )
    with pytest.raises(Refused, match=match):
        composed(data, fuel=mix, grid=grid)


def test_only_footprints_are_cited(place: Place) -> None:
    assurance = place.published(place.world.assurance(place.part()))
    kind = "a statement of kind AssuranceStatement"
    match = f"{AT_INPUT} is not usable: fuel is {kind}, which has no footprint"
    with pytest.raises(Refused, match=match):
        composed(inventory_file(line()), fuel=assurance)


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ("boundary: cradle-to-gate", "boundary: gate", ":9:11: boundary is not one of"),
        ("basis: life-cycle\n", "", ":1:1: basis is missing"),
        ("  referencePeriodEnd", "  referencePeriodEnds", ":11:1: pcf.referencePeriodEnd is mis"),
        ("  geographyCountry: CN\n", "", ":11:1: pcf is not with exactly one of geography"),
        ("role: product", "role: supplier", ":5:7: role is not product, factor or attested"),
        ('["urn:example:part"]', "[part]", ":6:14: productIds.1 is not a URN"),
        ('"0"\n  exempt', '"101"\n  exempt', "pcf.exemptedEmissionsPercent is not a percentage"),
        ("pcf:\n", "pcf: none\nother:\n", ":11:6: pcf is not a group.*give declaredUnitOfMeas"),
        ("role: product", "role: product\noffsets: []", "offsets is not a member that is known"),
    ],
)
def test_the_rest_of_the_file_is_judged_before_anybody_signs(
    place: Place, old: str, new: str, match: str
) -> None:
    data = inventory_file(line()).decode()
    assert old in data
    with pytest.raises(InventoryProblems) as caught:
        composed(data.replace(old, new).encode(), fuel=place.factor())
    assert any(re.match(rf"part\.yaml.*{match}", str(one)) for one in caught.value.problems)
    # What composing computes is never asked for.
    assert "pcfExcludingBiogenicUptake" not in str(caught.value)


def test_a_product_without_lines_is_nothing_to_compose() -> None:
    """Nor is it asked for the totals that composing computes."""
    with pytest.raises(InventoryProblems) as caught:
        composed(HEAD.encode())
    assert str(caught.value) == (
        "part.yaml:1:1: inventory is missing: a product has no line to compose"
        " — list its inputs and emissions under inventory"
    )


def test_too_few_digits_are_refused_with_the_way_out(place: Place) -> None:
    data = inventory_file(line("1.0049")) + b"digits: 3\n"
    one = place.factor(
        "one",
        pcf=dict.fromkeys(
            ("fossilGhgEmissions", "pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake"), "1"
        ),
    )
    with pytest.raises(CalculationError, match=r"^part\.yaml: rounding to 3 sig.*more digits"):
        composed(data, fuel=one)


# What may be cited.


def test_an_unanchored_statement_may_be_cited_and_that_is_said(place: Place) -> None:
    fuel = place.factor()
    assert place.citable(fuel.digest) == (fuel, False, None)
    place.anchor()
    assert place.citable(fuel.digest)[1] is True


def test_what_is_not_in_this_log_is_not_cited(place: Place, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    elsewhere = open_place(tmp_path / "elsewhere")
    foreign = elsewhere.factor()
    elsewhere.home.store.close()
    with pytest.raises(NotFound, match=r"has no entry.*its issuer publishes it in this log first"):
        place.citable(foreign.digest)


def _state(place: Place, cited: Statement, state: StatusState, **subject: str) -> None:
    draft = place.world.about(
        "StatusStatement", cited, state=state.name.lower(), reason="wrong meter", **subject
    )
    own = place.published(draft)
    place.world.chain.set_status(cited.issuer, cited.digest, state, own.digest)
    place.world.chain.mine()


def test_a_withdrawn_statement_is_not_cited(place: Place) -> None:
    fuel = place.factor()
    _state(place, fuel, StatusState.WITHDRAWN)
    with pytest.raises(Refused, match=r"can't be cited: withdrawn by .*ask its issuer for the"):
        place.citable(fuel.digest)


def test_a_superseded_statement_is_not_cited_from_then_on(place: Place) -> None:
    old, new = place.factor("old"), place.factor("new")
    _state(place, old, StatusState.SUPERSEDED, supersededBy=f"sha256:{new.digest.hex()}")
    since = place.world.chain.block().time
    with pytest.raises(Refused, match="can't be cited: superseded since"):
        place.citable(old.digest, now=since)
    assert place.citable(new.digest)[0] == new


def test_an_expired_or_not_yet_valid_statement_is_not_cited(place: Place) -> None:
    fuel = place.factor()
    valid_from, valid_until = fuel.validity
    place.citable(fuel.digest, now=valid_until)
    with pytest.raises(Refused, match="can't be cited: expired at 2028-01-01T00:00:00Z"):
        place.citable(fuel.digest, now=valid_until + 1)
    with pytest.raises(Refused, match="can't be cited: not valid before 2026-01-01T00:00:00Z"):
        place.citable(fuel.digest, now=valid_from - 1)
    assert time_seconds("2028-01-01T00:00:00Z", what="") == valid_until


def test_an_unanchored_statement_of_a_suspended_issuer_is_not_cited(place: Place) -> None:
    early, late = place.factor("early"), place.factor("late")
    place.world.chain.suspend(PUBLISHER)
    place.world.chain.mine()
    with pytest.raises(NotAuthorised, match="can't be cited: the issuer was suspended"):
        place.citable(late.digest)
    with pytest.raises(NotAuthorised, match="can't be cited"):
        place.citable(early.digest)


def test_what_was_anchored_before_a_suspension_stays_citable(place: Place) -> None:
    fuel = place.factor()
    place.anchor()
    place.world.chain.suspend(PUBLISHER)
    place.world.chain.mine()
    since = place.world.chain.block().time
    found = place.citable(fuel.digest)
    assert found == (fuel, True, Lapse("suspended", since, "inquiry"))
    (said,) = found.remarks()
    assert said.startswith(
        f"its issuer {PUBLISHER} is no longer admitted since {time_text(since)}"
        " (suspended: inquiry) — every"
    )


def test_who_publishes_is_told_that_an_issuer_is_no_longer_admitted(place: Place) -> None:
    """The walk of it says so to every reader, for as long as it is read."""
    fuel = place.factor()
    part = place.signed(place.world.product("part", [place.world.line(fuel, "2", "kilogram")]))
    place.anchor()
    place.world.chain.expel(PUBLISHER)
    place.world.chain.mine()
    said: list[str] = []
    publish(place.home, place.log, [part.text], keep_disclosures=True, tell=said.append)
    place.anchor()
    (one,) = said
    assert f"it cites {digest_text(fuel.digest)}, whose issuer {PUBLISHER} is no longer" in one
    report = place.walk(part).json()
    assert [row["did"] for row in report["noLongerAdmitted"]["issuers"]] == [PUBLISHER]
    assert report["coverage"]["standing"]["noLongerAdmitted"] == "100.00"


def test_a_draft_is_judged_again_when_it_is_signed(place: Place) -> None:
    draft = composed(inventory_file(line()), fuel=place.factor())
    del draft["credentialSubject"]["pcf"]["productMassPerDeclaredUnit"]
    with pytest.raises(Refused, match="pcf lacks productMassPerDeclaredUnit"):
        seal(draft, place.world.keys[SUPPLIER], ORIGIN)
    with pytest.raises(Refused, match="a draft does not have exactly the members"):
        seal({}, place.world.keys[SUPPLIER], ORIGIN)
