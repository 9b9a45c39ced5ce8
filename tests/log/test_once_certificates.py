"""A certificate or a claim covers once what footprints take of it."""

from __future__ import annotations

import pytest

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.log import InConflict
from tests.log.logged import PAIR, Logged, using
from tests.support.processes import (
    claim,
    composed,
    contract,
    file,
    record_draft,
    retirement,
    status,
)
from tests.support.world import PUBLISHER


def test_a_certificate_in_two_spellings_is_one(logged: Logged) -> None:
    logged.append(using("a", "6000"))
    draft = using("b", "4000.001")
    draft["credentialSubject"]["inventory"][0]["certificate"]["id"] = "w\u20110001"
    logged.append(draft)  # another hyphen is another text
    draft = using("c", "4000.001")
    draft["credentialSubject"]["inventory"][0]["certificate"] |= {
        "id": "\uff37-0001",
        "registry": " EXAMPLE registry",
    }
    with pytest.raises(InConflict, match="certificate \uff37-0001 of  EXAMPLE registry has less"):
        logged.append(draft)


def test_uses_of_a_certificate_stay_within_its_mwh(logged: Logged) -> None:
    """Over statements, over lines, and over a batch."""
    first = logged.one(using("a", "6000"))
    with pytest.raises(InConflict, match=r"W-0001 of Example registry has less.*entry 0") as caught:
        logged.append(using("b", "4000.001"))
    assert caught.value.digest == first.digest
    with pytest.raises(InConflict):
        logged.append(using("b", "2000", "2000.001"))
    with pytest.raises(InConflict):
        logged.append(using("b", "2000"), using("c", "2001"))
    logged.append(using("b", "2000"), using("c", "2000"))
    assert logged.log.size == 3


def test_one_statement_beyond_its_certificate_is_reported_by_its_lines(logged: Logged) -> None:
    with pytest.raises(Refused, match="has less than is taken of it"):
        logged.append(using("a", "6000", "4001"))


def test_the_smallest_mwh_that_was_stated_counts(logged: Logged) -> None:
    logged.append(using("a", "6000", mwh="10"))
    with pytest.raises(InConflict):
        logged.append(using("b", "6000", mwh="1000"))


def test_another_issuer_may_name_the_same_certificate(logged: Logged) -> None:
    logged.append(using("a", "9000"))
    other = using("b", "9000")
    other["issuer"] = PUBLISHER
    logged.append(other)


def test_withdrawing_frees_a_certificate(logged: Logged) -> None:
    first = logged.one(using("a", "9000"))
    with pytest.raises(InConflict):
        logged.append(using("b", "9000"))
    logged.append(status(first, "withdrawn"), using("b", "9000"))


def test_a_new_statement_of_the_product_takes_the_place_of_the_old_one(logged: Logged) -> None:
    first = logged.one(using("a", "9000"))
    preceding = {"precedingStatements": [digest_text(first.digest)]}
    with pytest.raises(InConflict):
        logged.append(using("b", "9000", **preceding))  # of another product
    with pytest.raises(InConflict):  # another number of the product
        logged.append(using("a", "9000", sites=["urn:example:site-2"], **preceding))
    logged.append(using("a", "9000", **preceding))


def test_what_was_produced_counts_and_not_one_declared_amount(logged: Logged) -> None:
    """Bug: a megawatt hour served a million kilograms of a megawatt hour each."""
    made = {"value": "1000", "unit": "kilogram"}
    with pytest.raises(Refused, match="has less than is taken of it"):
        logged.append(using("a", "9000", producedAmount=made))
    logged.append(using("a", "9", producedAmount=made))
    with pytest.raises(InConflict):
        logged.append(using("b", "2", producedAmount=made))


def test_lines_shown_later_are_counted_too(logged: Logged) -> None:
    hidden = logged.world.sign(using("a", "9000"))
    logged.append(hidden.bare)
    logged.append(using("b", "9000"))
    with pytest.raises(InConflict):
        logged.append(hidden)


def test_co_products_use_the_certificate_of_a_shared_activity_once(logged: Logged) -> None:
    given = file("steel", PAIR, [contract("", "10000")])
    furnace = logged.one(record_draft(given))
    for name in ("steel", "slag"):
        logged.append(composed(file(name, PAIR, [contract("", "10000")]), furnace=furnace))
    assert logged.log.size == 3
    with pytest.raises(InConflict):
        logged.append(using("b", "1"))


def test_uses_of_a_claim_stay_within_the_claim(logged: Logged) -> None:
    retired = logged.one(retirement())
    claimed = logged.one(claim(retired, "5"))
    draft = using("a", "3000", mwh="10")
    named = {"claim": digest_text(claimed.digest)}
    draft["credentialSubject"]["inventory"][0]["certificate"] |= named
    logged.append(draft)
    other = using("b", "3000", mwh="10")
    other["credentialSubject"]["inventory"][0]["certificate"] |= named
    with pytest.raises(InConflict, match="claim sha256:"):
        logged.append(other)
