"""The key of a live number: what makes two footprints answers to one question."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.livenumber import names, number_key, overlap, products
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
        and not set(products(one)).isdisjoint(products(other))
        and overlap(one.validity, other.validity)
    )


SAME = signed(product())


@pytest.mark.parametrize(
    "draft",
    [
        changed(boundary="cradle-to-grave"),
        changed(sites=["urn:example:site-1"]),
        changed(outlook="prospective"),
        changed(variant={"reason": "site", "code": "ABCDEF"}),
        changed(characterizationSets=[{"set": "AR5", "share": "100.0000"}]),
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
