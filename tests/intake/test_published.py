"""Printed figures: what rounding makes is stated, and what is more is refused with a remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.intake import compose
from tests.intake.drafts import PRODUCT, parsed
from tests.support.world import PUBLISHER, World

if TYPE_CHECKING:
    from collections.abc import Mapping


def composed(total: str, **figures: str) -> Mapping[str, Any]:
    """Return the pcf of a factor of these printed figures; the world's signer has signed it."""
    printed = {
        **PRODUCT["pcf"],
        **figures,
        "pcfExcludingBiogenicUptake": total,
        "pcfIncludingBiogenicUptake": total,
        "primaryDataShare": "0",
    }
    factor = {
        **PRODUCT,
        "role": "factor",
        "issuer": PUBLISHER,
        "reference": "Table 1",
        "licence": "CC0-1.0",
        "characterizationSets": [{"set": "AR6", "share": "100.0000"}],
        "pcf": printed,
    }
    draft = compose(parsed(factor), PUBLISHER, {}.__getitem__)
    World().publish(draft)
    found: Mapping[str, Any] = draft["credentialSubject"]["pcf"]
    return found


@pytest.mark.parametrize(
    ("total", "fossil", "difference"),
    [("2.5", "2.4", "0.1"), ("2.5", "2.6", "-0.1"), ("2.5", "2.45", "0.05"), ("19", "20", "-1")],
)
def test_what_rounding_makes_is_a_difference(total: str, fossil: str, difference: str) -> None:
    assert composed(total, fossilGhgEmissions=fossil)["publicationDifference"] == difference


@pytest.mark.parametrize(
    ("total", "figures", "what", "remedy"),
    [
        (
            "1",
            {"fossilGhgEmissions": "2"},
            "is 1, and its components add up to 2",
            "or state the sum of the parts, 2",
        ),
        (
            "3",
            {"fossilGhgEmissions": "1"},
            "is 3, and its components add up to 1",
            "or state what is left of the total in the part it is of",
        ),
        (
            "2.5",
            {"fossilGhgEmissions": "2.56"},
            r"is 2\.5, and its components add up to 2\.56",
            "or state the sum of the parts, 2.56",
        ),
        (
            "1",
            {"fossilGhgEmissions": "2", "publicationDifference": "-1"},
            "is 1, and its components add up to 2",
            "or state the sum of the parts, 2",
        ),
        (
            "2.5",
            {"fossilGhgEmissions": "2.4", "publicationDifference": "0.2"},
            r"is 2\.5, and its components add up to 2\.6",
            "or state the sum of the parts, 2.6",
        ),
    ],
)
def test_what_is_more_is_refused_with_both_sums_and_the_higher_figure(
    total: str, figures: dict[str, str], what: str, remedy: str
) -> None:
    with pytest.raises(Refused, match=what) as caught:
        composed(total, **figures)
    assert caught.value.remedy is not None
    assert caught.value.remedy.endswith(remedy)
