"""Inventory and draft files: read without losing anything, and refused with file and line."""

from __future__ import annotations

import pytest

from ledger.core.errors import NotCanonical, Refused, TooLarge
from ledger.intake import parse_draft, parse_inventory, read_yaml
from ledger.intake.files import MAX_BYTES
from ledger.intake.inventory import MAX_LINES
from tests.intake.place import HEAD, inventory_file

LINE = (
    '{stage: use, description: power, amount: {value: "2", unit: kg},'
    " source: {input: fuel}, primary: false}"
)


def test_a_file_is_read_as_it_stands() -> None:
    parsed = parse_inventory(inventory_file(LINE, LINE), where="part.yaml")
    assert (parsed.issuer, parsed.digits, parsed.line_digits) == ("did:web:maker.example", 6, 12)
    assert [line["amount"] for line in parsed.lines] == 2 * [{"value": "2", "unit": "kg"}]
    assert parsed.inputs == {"fuel"}
    assert "issuer" not in parsed.subject
    assert parsed.subject["pcf"]["declaredUnitAmount"] == "1"


def changed(old: str, new: str) -> bytes:
    data = inventory_file(LINE).decode()
    assert old in data
    return data.replace(old, new).encode()


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (changed('value: "2"', "value: 2.5"), "part.yaml: inventory 1: amount: value is an unquot"),
        (changed('value: "2"', "value: .inf"), "is an unquoted float.*put decimals and times in"),
        (changed('"2026-01-01T00:00:00Z"\nvalid', "2026-01-01\nvalid"), "is an unquoted date"),
        (changed('value: "2"', 'value: "-2"'), r"line 1 \(power\).amount.value is not zero or po"),
        (changed('value: "2"', "value: 2"), r"line 1 \(power\).amount.value is not a plain decim"),
        (changed('value: "2"', 'value: "0"'), r"line 1 \(power\).amount.value is not more than z"),
        (changed('value: "2"', 'value: "1e3"'), "is not a plain decimal in a string"),
        (changed("stage: use", "stage: usage"), r"line 1 \(power\).stage is not one of raw-mater"),
        (changed("description: power, ", ""), "line 1 lacks description"),
        (changed(" source: {input: fuel},", ""), r"line 1 \(power\) lacks source"),
        (
            changed("{input: fuel}", "{input: fuel, gas: CO2}"),
            "is not exactly one of input, em",
        ),
        (changed("{input: fuel}", "{offset: trees}"), "is not exactly one of input, emission, gas"),
        (
            changed("{input: fuel}", '{published: "2", per: kg, component: fossilGhgEmissions}'),
            r"line 1 \(power\).source is a published figure without reference.*name the publ",
        ),
        (changed("{input: fuel}", "{gas: CO2, set: AR4}"), "source.set is not one of AR5, AR6"),
        (changed("primary: false", "primary: false, note: x"), "has a member 'note'"),
        (changed("issuer: did:web:maker.example\n", ""), "part.yaml: the inventory lacks issuer"),
        (inventory_file(LINE) + b"digits: 2\n", "digits is not an integer from 3 to 30"),
        (changed("inventory:", "inventory: []\nother:"), "is not a list of 1 to 2048 lines"),
        (inventory_file(LINE) + b"role: factor\n", r"line \d+: the member 'role' stands twice"),
        (inventory_file(LINE) + b"a: &a [x]\nb: *a\n", "an alias is used"),
        (inventory_file(LINE) + b"a: [\n", "part.yaml: line "),
        (inventory_file(LINE) + b"a: !!python/name:os.system\n", "could not determine a construct"),
        (b"a: \xff\n", "part.yaml is not YAML"),
        (b"- just\n- a list\n", "part.yaml is not a mapping of members"),
        (b"", "part.yaml is not a mapping of members"),
    ],
)
def test_a_fault_is_named_with_file_and_line(data: bytes, match: str) -> None:
    with pytest.raises(Refused, match=match):
        parse_inventory(data, where="part.yaml")


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"a: " + b"x" * MAX_BYTES, f"longer than {MAX_BYTES} bytes"),
        (b"a: " + b"[" * 20 + b"]" * 20, "nested deeper than 16 levels"),
        (b"[" * 100_000, "nested deeper than 16 levels"),
        (inventory_file(*([LINE] * (MAX_LINES + 1))), "is not a list of 1 to 2048 lines"),
    ],
    ids=["bytes", "depth", "much-depth", "lines"],
)
def test_untrusted_files_have_limits(data: bytes, match: str) -> None:
    with pytest.raises(Refused, match=match):
        parse_inventory(data, where="part.yaml")


def test_a_short_file_can_not_say_exponentially_much() -> None:
    levels = [f"l{n}: &l{n} [*l{n - 1}, *l{n - 1}]" for n in range(1, 40)]
    bomb = "\n".join(["l0: &l0 [x]", *levels]).encode()
    with pytest.raises(Refused, match="line 2: an alias is used"):
        read_yaml(bomb, where="bomb.yaml")


@pytest.mark.parametrize(
    ("data", "kind", "match"),
    [
        (b'{"a": 0.10}', Refused, "draft.json has the number 0.10.*write decimals as strings"),
        (b'{"a": 1e3}', Refused, "has the number 1e3"),
        (b'{"a": NaN}', Refused, "draft.json is not JSON"),
        (b'{"a": 1, "b": 2, "a": 3}', Refused, "draft.json has the member 'a' twice"),
        (b'{"a": [{"b": 1, "b": 2}]}', Refused, "the member 'b' twice in one object"),
        (b'{"a": 9007199254740993}', NotCanonical, "an integer is beyond"),
        (b'{"\xc3\xa4": 1}', NotCanonical, "a member name is not ASCII"),
        (b'{"a": "\\ud800"}', Refused, "draft.json is not JSON"),
        (b"kind: FootprintStatement", Refused, "draft.json is not JSON.*rootprint compose"),
        (b"\xff", Refused, "draft.json is not JSON"),
        (b"", Refused, "draft.json is not JSON"),
        (b"[" * 20 + b"]" * 20, TooLarge, "deeper than 16 levels"),
        (b"[" * 200_000, Refused, "draft.json is not JSON"),
        (b" " * (MAX_BYTES + 1), TooLarge, f"draft.json is longer than {MAX_BYTES} bytes"),
    ],
)
def test_a_draft_that_would_lose_something_is_refused(
    data: bytes, kind: type[Exception], match: str
) -> None:
    with pytest.raises(kind, match=match):
        parse_draft(data, where="draft.json")


def test_a_draft_may_be_written_as_people_write_it() -> None:
    assert parse_draft(b'{ "b": "0.10",\n "a": [1] }', where="x") == {"a": [1], "b": "0.10"}


def test_the_examples_head_is_complete() -> None:
    """The tests' own file differs from a good one by nothing but what each test changes."""
    assert parse_inventory(HEAD.encode(), where="x").lines == ()
