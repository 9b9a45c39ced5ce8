"""The key of a live number: what makes two footprints answers to one question."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.livenumber import (
    greatest_set,
    names,
    number_key,
    overlap,
    products,
    questions,
    same_place,
    sites,
)
from rootprint.ledger.core.seal import seal
from tests.support.statements import LOG, factor, product

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

KEY = SigningKey.generate()
OTHER = "did:web:other.example"
RULE = {"id": "another-pack", "digest": "sha256:" + "11" * 32}


def signed(draft: dict[str, Any], **envelope: str) -> Statement:
    return seal({**draft, **envelope}, KEY, LOG)


def changed(**members: Any) -> dict[str, Any]:
    """Return the product's draft with these members of its subject, dotted ones inside."""
    draft = copy.deepcopy(product())
    for name, value in members.items():
        target = draft["credentialSubject"]
        *path, last = name.split("__")
        for step in path:
            target = target[step]
        target[last] = value
    return draft


def _same_number(one: Statement, other: Statement) -> bool:
    """Whether two footprints answer one question of one product for some common time."""
    return (
        number_key(one) == number_key(other)
        and not products(one).isdisjoint(products(other))
        and same_place(sites(one.subject), sites(other.subject))
        and overlap(one.validity, other.validity)
    )


SAME = signed(product())


@pytest.mark.parametrize(
    "draft",
    [
        changed(boundary="cradle-to-grave"),
        changed(outlook="prospective"),
        changed(variant={"reason": "site", "code": "ABCDEF"}),
        changed(
            characterizationSets=[{"set": "AR5", "share": "100.0000"}],
            pcf__ipccCharacterizationFactors=["AR5"],
        ),
        changed(computedWith__rule=RULE),
        product(OTHER),
        factor(unit="kilogram"),
    ],
)
def test_another_question_is_another_number(draft: dict[str, Any]) -> None:
    other = signed(draft)
    assert number_key(other) != number_key(SAME)
    assert not _same_number(other, SAME)


@pytest.mark.parametrize(
    "draft",
    [
        changed(productNameCompany="Another name"),
        changed(outlook="retrospective"),
        changed(precedingStatements=["sha256:" + "22" * 32]),
        changed(pcf__referencePeriodEnd="2026-02-01T00:00:00Z"),
        changed(computedWith__rule={**product()["credentialSubject"]["computedWith"]["rule"],
                                    "digest": "sha256:" + "33" * 32}),
        changed(computedWith__digits=9),
        changed(productClassifications=["urn:example:class:1"]),
        changed(characterizationSets=[{"set": "AR6", "share": "60.0000"},
                                      {"set": "unstated", "share": "40.0000"}]),
        changed(characterizationSets=[{"set": "AR6", "share": "20.0000"},
                                      {"set": "unstated", "share": "80.0000"}]),
        changed(characterizationSets=[{"set": "AR6", "share": "99.9999"},
                                      {"set": "AR5", "share": "0.0001"}],
                pcf__ipccCharacterizationFactors=["AR5", "AR6"]),
        changed(sites=["urn:example:site-1"]),
    ],
)  # fmt: skip
def test_another_answer_to_the_question_is_the_same_number(draft: dict[str, Any]) -> None:
    other = signed(draft)
    assert number_key(other) == number_key(SAME)
    assert _same_number(other, SAME)


def test_the_order_of_a_list_says_nothing() -> None:
    one = signed(changed(sites=["urn:example:site-1", "urn:example:site-2"]))
    other = signed(changed(sites=["urn:example:site-2", "urn:example:site-1"]))
    assert number_key(one) == number_key(other)


def test_one_product_id_in_common_is_one_product() -> None:
    both = signed(changed(productIds=["urn:example:a", "urn:example:b"]))
    assert _same_number(both, signed(changed(productIds=["urn:example:b", "urn:example:c"])))
    assert not _same_number(both, signed(changed(productIds=["urn:example:c"])))


def test_of_two_sets_the_greater_share_counts_and_of_equal_ones_the_first() -> None:
    def sets(*shares: tuple[str, str]) -> str:
        return greatest_set([{"set": name, "share": share} for name, share in shares])

    assert sets(("AR5", "9.0000"), ("AR6", "91.0000")) == "AR6"
    assert sets(("AR6", "50"), ("AR5", "50.0000")) == "AR5"
    assert sets(("unstated", "99.0000"), ("AR6", "1.0000")) == "AR6"
    assert sets(("unstated", "100.0000")) == "unstated"


def test_who_names_no_sites_speaks_of_all() -> None:
    first = signed(changed(sites=["urn:gln:4012345000009", "urn:example:site-2"]))
    assert _same_number(first, SAME)
    assert _same_number(first, signed(changed(sites=["urn:gs1:414:4012345000009"])))
    assert not _same_number(first, signed(changed(sites=["urn:example:site-3"])))


def test_one_gtin_in_two_spellings_is_one_product() -> None:
    first = signed(changed(productIds=["urn:gtin:4712345060507"]))
    for other in ("urn:gtin:04712345060507", "urn:gs1:gtin:4712345060507"):
        assert _same_number(first, signed(changed(productIds=[other])))
    both = signed(changed(productIds=["urn:gtin:4712345060507", "urn:gs1:01:04712345060507"]))
    assert len(questions(both)) == 1


def test_validities_exclude_each_other_where_they_overlap() -> None:
    following = signed(
        product(), validFrom="2028-01-01T00:00:01Z", validUntil="2029-01-01T00:00:00Z"
    )
    touching = signed(
        product(), validFrom="2028-01-01T00:00:00Z", validUntil="2029-01-01T00:00:00Z"
    )
    assert not _same_number(SAME, following)
    assert _same_number(SAME, touching)


def test_a_later_one_names_the_earlier() -> None:
    later = signed(changed(precedingStatements=[digest_text(SAME.digest)]))
    assert names(later, SAME.digest)
    assert not names(SAME, later.digest)


spans = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda pair: (min(pair), max(pair)))


@given(spans, spans)
def test_to_overlap_is_to_have_a_second_in_common(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    common = set(range(one[0], one[1] + 1)) & set(range(other[0], other[1] + 1))
    assert overlap(one, other) is bool(common)
    assert overlap(other, one) is bool(common)
