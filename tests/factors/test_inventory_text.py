"""A draft as the file that its publisher signs."""

from __future__ import annotations

import pytest

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.factors import Draft, inventory_text
from rootprint.ledger.intake.inventory import parse_inventory
from tests.factors.tables import read_rows

FROM, UNTIL = "2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z"


def one() -> Draft:
    row = "X0001,2024年全国电力平均碳足迹因子,摇篮到坟墓,0.5777kgCO2e / 千瓦时,2024"
    return read_rows(row).drafts[0]


def test_the_file_reads_back_as_the_draft() -> None:
    text = inventory_text(one(), issuer="factors", valid_from=FROM, valid_until=UNTIL)
    read = parse_inventory(text.encode(), where="factor.yaml")
    assert dict(read.subject) == one().subject
    assert (read.issuer, read.valid_from, read.valid_until) == ("factors", FROM, UNTIL)
    assert read.lines == ()


@pytest.mark.parametrize(
    ("issuer", "valid_from", "valid_until", "words"),
    [
        (" ", FROM, UNTIL, "issuer is not non-empty text"),
        ("factors", "2026-01-01", UNTIL, "validFrom is not an RFC 3339 time"),
        ("factors", UNTIL, FROM, "validUntil is not later"),
    ],
)
def test_a_publisher_without_name_or_times_is_refused(
    issuer: str, valid_from: str, valid_until: str, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        inventory_text(one(), issuer=issuer, valid_from=valid_from, valid_until=valid_until)
