"""What ``partner import`` takes in, composing takes; what neither can hold is refused by path."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rootprint.ledger.core.errors import Refused
from tests.partner.documents import catena_x, composed, pact, read, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]
LONE = "Profile \ud800 Works"
LONG = "9" * 34
BASE: dict[str, Any] = pact(
    {
        "ccsTechnologicalCO2Capture": "0",
        "technologicalCO2Removals": "0",
        "landManagementBiogenicCO2Removals": "0",
        "aircraftGhgEmissions": "0",
        "biogenicCarbonContent": "0.027",
        "packagingGhgEmissions": "0.1",
        "boundaryProcessesDescription": "Up to the gate",
        "verification": {"coverage": "product level", "providerName": "An example body"},
        "secondaryEmissionFactorSources": [{"name": "Example data", "version": "3.8"}],
    },
    comment="Made up.",
    precedingPfIds=["3fa85f64-5717-4562-b3fc-2c963f66afa6"],
    extensions=[{"specVersion": "1", "dataSchema": "https://example.org/s", "data": {"a": ["b"]}}],
)


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    if isinstance(value, dict | list):
        for name, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths(one, (*path, name))


def changed(value: Any, changes: list[tuple[Path, Any]]) -> Any:
    made = copy.deepcopy(value)
    for path, new in changes:
        here: Any = made
        try:
            for step in path[:-1]:
                here = here[step]
            here[path[-1]] = new
        except (TypeError, IndexError, KeyError):
            continue  # an earlier change took its place away
    return made


def written(path: Path) -> str:
    return "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in path).lstrip(".")


decimals = st.builds(
    "{}{}{}".format, st.sampled_from(["", "-"]), st.integers(0, 10**34 - 1),
    st.one_of(st.just(""), st.from_regex(r"\.[0-9]{1,34}", fullmatch=True)),
)  # fmt: skip
odd = st.one_of(
    decimals, st.text(max_size=12), st.text("\u0000\u0085\u2028\ud800\U0010ffff a", max_size=4),
    st.sampled_from([None, True, [], {}, [None], [[]], {"a": None}, 10**400, 0.1, -1, "1E5", "AR7",
                     "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+23:59", "urn:x", LONE, LONG,
                     f"-{LONG}", f"0.{'0' * 33}1", ["urn:example:1", None]]),
)  # fmt: skip
changes = st.lists(st.tuples(st.sampled_from(sorted(paths(BASE), key=str)), odd), max_size=4)
REMOVALS = ("ccsTechnologicalCO2Capture", "technologicalCO2Removals",
            "landManagementBiogenicCO2Removals")  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(changes)
@example([(("pcf", name), f"-{LONG}") for name in REMOVALS])
@example([(("companyName",), LONE)])
@example([(("extensions", 0, "data", "a"), ["b", None])])
def test_what_is_taken_in_is_composed(made: list[tuple[Path, Any]]) -> None:
    try:
        found = read(changed(BASE, made))
    except Refused:
        return  # it is no footprint any more, or nothing that JSON can say
    for one in found.taken:
        composed(one)


@pytest.mark.parametrize("path", list(paths(BASE)), ids=written)
def test_a_character_that_is_none_is_refused_where_it_stands(path: Path) -> None:
    if path == ("pcf",):
        return  # then it is no footprint
    told = refused(changed(BASE, [(path, LONE)]))
    assert f"{written(path)} has U+D800 as character 9, which is none of Unicode 14.0" in told
    told.encode()


def test_a_name_of_such_characters_is_told_in_ascii() -> None:
    told = refused(changed(BASE, [(("pcf", "\ud800"), "1")]))
    assert told.startswith("pcf.\\ud800 has U+D800")


@pytest.mark.parametrize(
    "path", [("companyIds", 0), ("productIds", 0), ("precedingPfIds", 0), ("extensions", 0),
             ("extensions", 0, "data", "a", 0), ("pcf", "crossSectoralStandards", 0)], ids=written,
)  # fmt: skip
def test_a_gap_in_a_list_is_refused_where_it_is(path: Path) -> None:
    told = refused(changed(BASE, [(path, None)]))
    what = f"{written(path)} is null, and a list has no gaps"
    assert told == f"{what} — ask the partner for a corrected footprint"


def test_it_keeps_no_other_footprint_from_being_taken_in() -> None:
    found = read({"data": [changed(BASE, [(("companyName",), LONE)]), BASE]})
    assert [note.place for note in found.refused] == ["data[0].companyName"]
    assert len(found.taken) == 1


def test_of_catena_x_it_is_the_files_own_path() -> None:
    document = catena_x()
    company = document["companyAndProductInformation"][0]["companyInformation"][0]
    company["companyName"] = LONE
    told = refused(document)
    assert told.startswith("companyAndProductInformation[0].companyInformation[0].companyName has")


def test_sums_of_more_digits_than_a_statement_holds_are_refused() -> None:
    told = refused(changed(BASE, [(("pcf", name), f"-{LONG}") for name in REMOVALS]))
    assert "pcf.fossilGhgEmissions comes to 3000000000000000000000000000000000" in told
    assert "ask the partner for figures of fewer digits" in told


def test_a_member_that_is_null_is_not_said() -> None:
    document = json.loads(json.dumps({**BASE, "comment": None}))
    assert "comment" not in read(document).taken[0].subject["extensions"][0]["data"]
