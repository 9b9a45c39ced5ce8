"""Parts of the figures beside them: what nothing adds is never more than its whole."""

from __future__ import annotations

from typing import Any

import pytest

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.schema.components import EMISSIONS, WHOLES
from rootprint.ledger.core.seal import seal
from rootprint.ledger.core.statement import parse_statement
from tests.core.full_statements import full
from tests.support.statements import LOG, raw, sign_raw

KEY = SigningKey.generate()
KINDS = ("product", "factor", "attested")
SEALED = {kind: seal(full(kind), KEY, LOG) for kind in KINDS}
OTHERS = [*EMISSIONS, *WHOLES]


def parse(kind: str, figures: dict[str, Any]) -> None:
    header, payload = raw(SEALED[kind])
    payload["credentialSubject"]["pcf"] |= figures
    parse_statement(sign_raw(header, payload, KEY))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("figures", "broken"),
    [
        ({"aircraftGhgEmissions": "2.50"}, None),
        ({"aircraftGhgEmissions": "2.500000000000000000000000000000001"}, "aircraftGhgEmissions"),
        ({"landManagementFossilGhgEmissions": "2.5"}, None),
        ({"landManagementFossilGhgEmissions": "2.51"}, "landManagementFossilGhgEmissions"),
        ({"fossilGhgEmissions": "0", "aircraftGhgEmissions": "113"}, "aircraftGhgEmissions"),
        ({"packagingGhgEmissions": "2.6"}, "packagingGhgEmissions"),
        ({"packagingGhgEmissions": "2.6", "landUseChangeGhgEmissions": "0.1"}, None),
        ({"aircraftGhgEmissions": "2.6", "landUseChangeGhgEmissions": "0.1"}, "aircraft"),
    ],
    ids=str,
)
def test_a_part_is_never_more_than_its_whole(
    kind: str, figures: dict[str, str], broken: str | None
) -> None:
    """Bug: what only an "of which" said was in no total, and the statement verified."""
    figures = {**dict.fromkeys(OTHERS, "0"), "fossilGhgEmissions": "2.5", **figures}
    if broken is None:
        parse(kind, figures)
    else:
        with pytest.raises(Refused, match=rf"{broken}\w* is more than fossil.*it is a part"):
            parse(kind, figures)
