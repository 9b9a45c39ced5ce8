"""Long lists: each value once in a time that grows with the list, and what is kept of them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.valuekey import value_key
from rootprint.ledger.exchange import pact as form
from rootprint.ledger.partner import form_of_bytes
from tests.partner.documents import only, pact, places, read

if TYPE_CHECKING:
    from collections.abc import Callable

MANY = 60_000
# Each with all before it: 1.8 · 10^9 comparisons, minutes; in one pass it is seconds.
SECONDS = 30


def _sources(number: int) -> dict[str, str]:
    return {"name": f"data {number}", "version": "1"}


def _members_said_once_but_for_the_last() -> bytes:
    members = ",".join(f'"m{number}":0' for number in [*range(MANY), MANY - 1])
    return f'{{"specVersion": "3.0.4", "pcf": {{{members}}}}}'.encode()


@pytest.mark.parametrize(
    "reading",
    [
        lambda: read(pact(pcf={"crossSectoralStandards": [str(one) for one in range(MANY)]})),
        lambda: read(
            pact(pcf={"secondaryEmissionFactorSources": [_sources(one) for one in range(MANY)]})
        ),
        lambda: read(pact(productIds=[f"urn:gtin:{one}" for one in range(MANY)])),
        lambda: read(pact(productIds=[f"{one}" for one in range(MANY)] + ["urn:gtin:1"])),
        lambda: read(pact(extensions=[{"number": one} for one in range(MANY)])),
        lambda: form.faults(
            pact(pcf={"crossSectoralStandards": [str(one) for one in range(MANY)]})
        ),
        lambda: form_of_bytes(_members_said_once_but_for_the_last()),
    ],
    ids=["texts", "objects", "urns", "no urns", "extensions", "PACT's form", "members"],
)
def test_a_long_list_takes_no_time_of_its_square(reading: Callable[[], Any]) -> None:
    begun = time.process_time()
    reading()
    assert time.process_time() - begun < SECONDS


def test_a_member_given_twice_among_many_is_named() -> None:
    with pytest.raises(Refused, match=f"says 'm{MANY - 1}' twice"):
        read(_members_said_once_but_for_the_last())


@pytest.mark.parametrize("name", ["productIds", "productClassifications"])
def test_more_names_than_a_statement_has_are_left_out_with_a_finding(name: str) -> None:
    urns = [f"urn:gtin:{number % 70}" for number in range(200)]
    one = only(pact(**{name: urns}))
    assert one.subject[name] == urns[:64]
    assert places(one) == [f"{name}[64]"]
    assert only(pact(**{name: urns[:64] * 2})).findings == ()


def test_more_extensions_than_a_statement_has_are_left_out_with_a_finding() -> None:
    given = [{"specVersion": "1.0.0", "dataSchema": "urn:x-a:b", "data": {"n": number}}
             for number in range(20)]  # fmt: skip
    one = only(pact(extensions=given))
    assert one.subject["extensions"][1:] == given[:15]
    assert places(one) == ["extensions[15]"]


def test_equal_values_have_one_key_and_others_another() -> None:
    values = [None, True, False, 0, 1, "1", "", [], {}, [1], [[1]], {"a": 1}, {"a": [1]}, ["a", 1]]
    assert len({value_key(one) for one in values}) == len(values)
    assert value_key({"a": 1, "b": [{}]}) == value_key({"b": [{}], "a": 1})


def test_objects_that_differ_in_the_order_of_members_are_one() -> None:
    sources = [{"name": "data", "version": "1"}, {"version": "1", "name": "data"}]
    one = only(pact(pcf={"secondaryEmissionFactorSources": sources}))
    assert one.subject["pcf"]["secondaryEmissionFactorSources"] == sources[:1]
