"""Inventory, scenario and draft files: nothing is lost, and refusals have file and line."""

from __future__ import annotations

import pytest

from rootprint.ledger.core.errors import NotCanonical, Refused, TooLarge
from rootprint.ledger.intake import InventoryProblems, parse_draft, parse_inventory, read_yaml
from rootprint.ledger.intake.inventory import MAX_BYTES, FileProblems
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
        (changed('value: "2"', "value: 2.5"), "amount.value is an unquoted decimal.*in quotes"),
        (changed('value: "2"', "value: .inf"), "amount.value is an unquoted decimal"),
        (changed('"2026-01-01T00:00:00Z"\nvalid', "2026-01-01\nvalid"), "validFrom is an unquoted"),
        (changed('value: "2"', 'value: "-2"'), "amount.value is not zero or positive"),
        (changed('value: "2"', "value: 2"), "is not a plain decimal.*put it in quotes"),
        (changed('value: "2"', 'value: "0"'), "amount.value is not more than zero"),
        (changed('value: "2"', 'value: "1e3"'), "plain decimal.*without an exponent"),
        (changed("stage: use", "stage: usage"), "25:13: inventory.1.stage is not one of raw-"),
        (changed("description: power, ", ""), ":25:5: inventory.1.description is missing"),
        (changed(" source: {input: fuel},", ""), "inventory.1.source is missing.*one of input"),
        (
            changed("{input: fuel}", "{input: fuel, gas: CO2}"),
            "is not exactly one of input, em",
        ),
        (changed("{input: fuel}", "{offset: trees}"), "an offset or credit has no place"),
        (changed("{input: fuel}", "gas"), "source is not exactly one of .*as a group, such as"),
        (changed("{input: fuel}", "{input: fuel, gas: CO2}"), "input and gas: keep one, and give"),
        (changed("{input: fuel}", "{gass: CO2}"), "did you mean gas"),
        (changed("{input: fuel}", "{}"), "say what the amount is multiplied with"),
        (
            changed(
                "{input: fuel}",
                '{published: "2", per: zorkmid, reference: x, component: fossilGhgEmissions}',
            ),
            "inventory.1.source.per is not usable: unit 'zorkmid' is not in the unit table",
        ),
        (changed('"2028-01-01', '"2025-01-01'), "^part.yaml:4:13: validUntil is not after validFr"),
        (changed('"2028-01-01', '"2026-01-01'), "validUntil is not after validFrom — say until"),
        (changed('value: "2"', "value: true"), "amount.value is not a plain decimal.*0.75"),
        (
            changed('value: "2"', f'value: "{35 * "9"}"'),
            "plain decimal.*round it to at most 34 digits",
        ),
        (
            changed("{input: fuel}", '{published: "2", per: kg, component: fossilGhgEmissions}'),
            "source.reference is missing — name the publication, its table and row",
        ),
        (changed("{input: fuel}", "{gas: CO2, set: AR3}"), "source.set is not one of AR4, AR5"),
        (changed("primary: false", "primary: false, note: x"), "inventory.1.note is not a member"),
        (changed("issuer: did:web:maker.example\n", ""), "^part.yaml:1:1: issuer is missing"),
        (changed("inventory:", "inventory: []\nother:"), "is not a list of 1 to 8192 lines"),
        (inventory_file(LINE) + b"role: factor\n", "^part.yaml:26:1: role stands twice"),
    ],
)
def test_a_fault_is_named_with_file_and_line(data: bytes, match: str) -> None:
    with pytest.raises(InventoryProblems, match=match):
        parse_inventory(data, where="part.yaml")


def test_a_short_file_can_not_say_exponentially_much() -> None:
    levels = [f"l{n}: &l{n} [*l{n - 1}, *l{n - 1}]" for n in range(1, 40)]
    bomb = "\n".join(["l0: &l0 [x]", *levels]).encode()
    with pytest.raises(FileProblems, match=r"bomb.yaml:2:10: l1\.1 is an alias"):
        read_yaml(bomb, where="bomb.yaml")


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"a: 1\na: 2\n", "^x.yaml:2:1: a stands twice"),
        (b"a: 0.10\n", "^x.yaml:1:4: a is an unquoted decimal"),
        (b"a: 2026-01-01\n", "a is an unquoted time"),
        (b"country: NO\n", "country is a word that YAML takes for true or false"),
        (b"a: [\n", "^x.yaml:2:1: is not YAML here"),
        ("a: 1".encode("utf-16"), "^x.yaml:1:1: is not UTF-8 — save it as text in UTF-8"),
        (b"a: 1\nb: \0\n", "^x.yaml:2:1: is not UTF-8"),
        (b"a: 1\nb: \xff\n", "^x.yaml:2:1: is not UTF-8"),
        (b"a: 0.10\nb: 1\nb: 1\n", "^x.yaml has 2 problems:"),
    ],
)
def test_other_yaml_files_are_read_by_the_same_reader(data: bytes, match: str) -> None:
    with pytest.raises(FileProblems, match=match) as caught:
        read_yaml(data, where="x.yaml")
    assert caught.value.code == "file"
    assert read_yaml(b"a: [1, x, true]\n", where="x.yaml") == {"a": [1, "x", True]}


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"a: " + b"x" * MAX_BYTES, f"longer than {MAX_BYTES} bytes"),
        (b"[" * 16 + b"1" + b"]" * 16, "nested deeper than 16 levels"),
        (b"[" * 100_000, "nested deeper than 16 levels"),
    ],
)
def test_other_yaml_files_have_limits_too(data: bytes, match: str) -> None:
    with pytest.raises(TooLarge, match=match):
        read_yaml(data, where="x.yaml")
    read_yaml(b"[" * 15 + b"1" + b"]" * 15, where="x.yaml")


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
        (b"\xff", Refused, "draft.json: line 1 is not in UTF-8"),
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
    with pytest.raises(InventoryProblems) as caught:
        parse_inventory(HEAD.encode(), where="x")
    assert [one.member for one in caught.value.problems] == ["inventory"]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"# to be written\n"])
def test_an_empty_file_has_a_place_too(data: bytes) -> None:
    with pytest.raises(InventoryProblems, match=r"^x.yaml:1:1: is "):
        parse_inventory(data, where="x.yaml")


def test_no_remedy_drops_an_emission() -> None:
    """Bug: a source of two kinds, or written as a word, was said to be an offset to leave out."""
    for source in ("gas", "{gas: CO2, input: fuel}", "{}", "{gass: CO2}"):
        with pytest.raises(InventoryProblems) as caught:
            parse_inventory(changed("{input: fuel}", source), where="x")
        assert "leave" not in caught.value.remedy
