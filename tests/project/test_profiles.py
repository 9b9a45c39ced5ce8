"""What hypothesis may do in CI: a property that fails says with what, and is not shrunk."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize("profile", ["ci", "quick"])
def test_a_failure_is_reported_as_it_was_found(profile: str) -> None:
    tried: list[int] = []

    @settings(settings.get_profile(profile), max_examples=100)
    @given(number=st.integers(0, 10**9))
    def fails(number: int) -> None:
        tried.append(number)
        assert number < 1000

    with pytest.raises(AssertionError) as failed:
        fails()
    first = next(number for number in tried if number >= 1000)
    assert {number for number in tried if number >= 1000} == {
        first
    }  # no smaller one was looked for
    assert f"number={first}," in "".join(failed.value.__notes__)


def test_at_a_desk_an_example_is_made_small() -> None:
    assert Phase.shrink in settings.get_profile("desk").phases
