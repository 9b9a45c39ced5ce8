"""A state on the chain of more entries than the log has, or than any log can have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.core.errors import Unavailable

if TYPE_CHECKING:
    from tests.intake.place import Place


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (2**40 - 1, "has anchored 1099511627775 entries of this log, which has 4 here"),
        (9, "has anchored 9 entries of this log, which has 4 here"),
    ],
)
def test_it_is_told_as_such_and_what_was_anchored_before_still_verifies(
    place: Place, size: int, words: str
) -> None:
    """Bug: the number met the database, and the walk ended as a fault of the program."""
    first = place.part("first")
    place.anchor()
    place.world.chain.anchor(place.world.log_id, size, bytes(32))
    place.world.chain.mine()
    second = place.part("second")
    assert place.walk(first).verdict.name == "VERIFIED"
    with pytest.raises(Unavailable, match=words):
        place.walk(second)
