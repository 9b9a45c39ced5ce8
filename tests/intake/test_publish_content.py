"""What may be published: bytes, inputs and arithmetic, and all of a batch or none of it."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import b64url
from rootprint.ledger.core.errors import NotCanonical, Refused, TooLarge
from rootprint.ledger.core.sdjwt import MAX_BYTES, disclose, join, parse_disclosure, placeholder
from rootprint.ledger.core.seal import redact
from rootprint.ledger.core.statement import parse_statement
from tests.intake.place import Place, sizes
from tests.intake.test_publish_rights import refused
from tests.support.statements import raw, sign_raw
from tests.support.world import PUBLISHER, SUPPLIER

if TYPE_CHECKING:
    from collections.abc import Callable


def _factor_payload(place: Place) -> tuple[dict[str, Any], dict[str, Any]]:
    return raw(place.signed(place.world.factor("x")))


def _signed_bytes(place: Place, payload: bytes, did: str = PUBLISHER) -> str:
    """Sign any payload bytes, canonical or not."""
    key = place.world.keys[did]
    header = encode({"alg": "ES256", "kid": key.public.kid, "typ": "vc+sd-jwt"})
    unsigned = f"{b64url(header)}.{b64url(payload)}"
    return join(f"{unsigned}.{b64url(key.sign(unsigned.encode()))}", ())


@pytest.mark.parametrize("outlook", ["retrospective", "prospective"])
def test_a_reference_period_ends_before_it_is_published(place: Place, outlook: str) -> None:
    """It was signed elsewhere, so nobody asked when it was composed."""
    ends = {"referencePeriodStart": "2090-01-01T00:00:00Z",
            "referencePeriodEnd": "2091-01-01T00:00:00Z"}  # fmt: skip
    signed = place.signed(place.world.factor("x", pcf=ends, outlook=outlook))
    if outlook == "prospective":
        assert place.publish(signed)
        return
    refused(place, signed, Refused, "law 9: its reference period ends at 2091")


def test_a_prospective_reference_period_has_not_ended(place: Place) -> None:
    signed = place.signed(place.world.factor("x", outlook="prospective"))
    refused(place, signed, Refused, "law 9: its reference period ended at 2026.*is prospective")


@pytest.mark.parametrize(
    ("spoil", "match"),
    [
        (lambda data: data.replace(b'"2.5"', b"2.5", 1), "a number is written as float"),
        (lambda data: data.replace(b",", b", ", 1), "payload is not canonical JSON"),
        (lambda data: data[:-1] + b',"log":"again.example/log"}', "payload is not canonical JSON"),
        (lambda data: data.replace(b"CN", b"\\u0043N"), "payload is not canonical JSON"),
        (lambda data: data[:-1], "payload is not JSON"),
    ],
    ids=["float", "whitespace", "duplicate-member", "odd-escape", "cut-off"],
)
def test_non_canonical_json_is_refused(
    place: Place, spoil: Callable[[bytes], bytes], match: str
) -> None:
    data = orjson.dumps(_factor_payload(place)[1], option=orjson.OPT_SORT_KEYS)
    refused(place, _signed_bytes(place, spoil(data)), NotCanonical, match)


def test_odd_base64_is_refused(place: Place) -> None:
    text = place.signed(place.world.factor("x")).text
    header, _, rest = text.partition(".")
    padded = base64.urlsafe_b64encode(base64.urlsafe_b64decode(header + "==") + b" ").decode()
    refused(place, f"{padded.rstrip('=')}.{rest}", NotCanonical, "header is not canonical JSON")
    refused(place, f"{header}=.{rest}", NotCanonical, "without padding")


def test_oversized_and_too_deep_input_is_refused(place: Place) -> None:
    text = place.signed(place.world.factor("x")).text
    refused(place, text + "A" * MAX_BYTES + "~", TooLarge, f"longer than {MAX_BYTES} bytes")
    refused(place, text + "A~" * 16385, TooLarge, "more than 16384 disclosures")
    deep: Any = "x"
    for _ in range(20):
        deep = [deep]
    data = orjson.dumps({"deep": deep})
    refused(place, _signed_bytes(place, data), TooLarge, "deeper than 16 levels")


def test_a_hidden_member_in_the_open_and_an_open_one_left_out_are_refused(place: Place) -> None:
    header, payload = _factor_payload(place)
    del payload["credentialSubject"]["reference"]
    text = sign_raw(header, payload, place.world.keys[PUBLISHER])
    refused(place, text, Refused, "credentialSubject lacks reference, which must stand in the open")
    header, payload = _factor_payload(place)
    payload["credentialSubject"]["gases"] = {"CO2": "1"}
    text = sign_raw(header, payload, place.world.keys[PUBLISHER])
    refused(place, text, Refused, "credentialSubject.gases is not an array")


def test_an_input_must_be_logged_before(place: Place) -> None:
    fuel = place.signed(place.world.factor("fuel"))
    part = place.signed(place.world.product("part", [place.world.line(fuel, "2", "kilogram")]))
    match = "cites sha256:.*, which is not in this log.*its issuer publishes it first"
    refused(place, part, Refused, match)


def test_order_counts_inside_a_batch_too(place: Place) -> None:
    fuel = place.signed(place.world.factor("fuel"))
    part = place.signed(place.world.product("part", [place.world.line(fuel, "2", "kilogram")]))
    with pytest.raises(Refused, match=r"^statement 1 of 2: line \d+ cites .*not in this log"):
        place.publish(part, fuel)
    assert sizes(place) == (0, 0)
    assert [receipt.index for receipt in place.publish(fuel, part)] == [0, 1]


def test_a_batch_is_logged_whole_or_not_at_all(place: Place) -> None:
    fuel = place.signed(place.world.factor("fuel"))
    spoilt = place.signed(place.world.factor("other")).text.replace("~", "A~", 1)
    with pytest.raises(Refused, match=r"^statement 2 of 3: "):
        place.publish(fuel, spoilt, place.signed(place.world.factor("third")))
    assert sizes(place) == (0, 0)


def test_the_same_statement_twice_is_one_entry_and_two_receipts(place: Place) -> None:
    fuel, other = (place.signed(place.world.factor(name)) for name in ("fuel", "other"))
    part = place.signed(place.world.product("part", [place.world.line(other, "1", "kilogram")]))
    receipts = place.publish(fuel, fuel, other, part, fuel)
    assert [receipt.index for receipt in receipts] == [0, 0, 1, 2, 0]
    assert place.publish(fuel)[0].index == 0
    assert sizes(place) == (3, 3)


def test_other_bytes_under_the_same_id_are_refused(place: Place) -> None:
    fuel = place.factor()
    header, payload = raw(fuel)
    payload["validUntil"] = "2029-01-01T00:00:00Z"
    text = sign_raw(header, payload, place.world.keys[PUBLISHER])
    refused(place, text, Refused, "has published other bytes under urn:uuid:.*id of its own")


def _tampered(place: Place, change: Callable[[dict[str, Any]], None]) -> str:
    """Return a product signed over a changed open payload, its disclosures as they were."""
    fuel = place.factor()
    part = place.signed(place.world.product("part", [place.world.line(fuel, "2", "kilogram")]))
    header, payload = raw(part)
    change(payload["credentialSubject"])
    return sign_raw(header, payload, place.world.keys[SUPPLIER], part.disclosures)


def test_a_wrong_total_is_refused_with_both_values(place: Place) -> None:
    def change(subject: dict[str, Any]) -> None:
        subject["pcf"]["pcfExcludingBiogenicUptake"] = "5.00001"

    match = r"law 1: the components do not add up to pcfExcl.*5\.00001, recomputed 5\).*compose"
    refused(place, _tampered(place, change), Refused, match)


def test_components_that_contradict_the_total_are_refused_though_all_is_hidden(
    place: Place,
) -> None:
    def change(subject: dict[str, Any]) -> None:
        subject["pcf"]["fossilGhgEmissions"] = "4.00000"

    text = redact(parse_statement(_tampered(place, change)), set()).text
    refused(place, text, Refused, "the components do not add up to pcfExcludingBiogenicUptake")


def test_an_unknown_table_is_refused_rather_than_logged_unchecked(place: Place) -> None:
    def change(subject: dict[str, Any]) -> None:
        subject["computedWith"]["tables"] = "sha256:" + "00" * 32

    match = "tables are not those this verifier holds.*compose it with this version's tables"
    refused(place, _tampered(place, change), Refused, match)


def test_what_is_shown_is_judged_and_what_is_hidden_is_logged(place: Place) -> None:
    """A supplier may log the bare statement: the recipe is the holder's to show."""
    fuel = place.factor()
    part = place.signed(place.world.product("part", [place.world.line(fuel, "2", "kilogram")]))
    place.publish(part.bare)
    with place.home.store.read() as tx:
        assert tx.statements.get(part.digest).disclosures == ()
    place.publish(part)
    with place.home.store.read() as tx:
        assert set(tx.statements.get(part.digest).disclosures) == set(part.disclosures)


def test_a_foreign_disclosure_is_refused(place: Place) -> None:
    part, other = place.part("part"), place.part("other")
    text = join(part.envelope.jwt, other.disclosures)
    refused(place, text, Refused, "a disclosure opens no placeholder of this statement")


def _relined(place: Place, change: dict[str, Any]) -> str:
    """Return a product whose one line was changed and disclosed and signed again, by hand."""
    fuel = place.factor()
    part = place.signed(place.world.product("part", [place.world.line(fuel, "2", "kilogram")]))
    header, payload = raw(part)
    texts = []
    for encoded in part.disclosures:
        old = parse_disclosure(encoded)
        if isinstance(old.value, dict) and "amount" in old.value:
            new = disclose({**old.value, **change})
            slots = payload["credentialSubject"]["inventory"]
            slots[slots.index(placeholder(old.digest))] = placeholder(new.digest)
            texts.append(new.encoded)
        else:
            texts.append(encoded)
    return sign_raw(header, payload, place.world.keys[SUPPLIER], tuple(texts))


@pytest.mark.parametrize(
    ("line", "match"),
    [
        ({"amount": {"value": "-2", "unit": "kilogram"}}, "amount.value is not zero or positive"),
        ({"amount": {"value": "2", "unit": "kilowatt hour"}}, "can't be converted"),
        ({"amount": {"value": "3", "unit": "kilogram"}}, "does not recompute"),
        (
            {"source": {"published": "2.5", "per": "kilogram", "component": "fossilGhgEmissions"}},
            "source lacks reference",
        ),
        ({"result": {"fossilGhgEmissions": "-5.000000000000"}}, "is negative — what is removed"),
    ],
    ids=["negative", "unit", "amount", "no-reference", "negative-result"],
)
def test_lines_of_other_peoples_tools_are_judged_on_publishing(
    place: Place, line: dict[str, Any], match: str
) -> None:
    refused(place, _relined(place, line), Refused, match)


def test_the_hand_made_statement_is_taken_where_nothing_was_changed(place: Place) -> None:
    assert place.publish(_relined(place, {}))[0].index == 1


def test_a_direct_only_factor_outside_an_emission_line_is_refused_on_publishing(
    place: Place,
) -> None:
    direct = place.factor("heat", boundary="gate-to-gate", basis="direct-only")
    life = place.factor("life")
    draft = place.world.product("part", [place.world.line(life, "2", "kilogram")])
    source = draft["credentialSubject"]["inventory"][0]["source"]
    source["statement"] = f"sha256:{direct.digest.hex()}"
    source["productId"] = "urn:example:heat"
    match = "its basis is direct-only, and a line other than an own emission takes life-cycle"
    refused(place, place.signed(draft), Refused, match)
