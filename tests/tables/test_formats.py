"""What a person sees of a number under its format, and which of it is not what is stored."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rootprint.ledger.tables.formats import DATE, Shown, as_shown


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("General", "12345.678", "12345.678"),
        ("G/通用格式", "5", "5"),
        ("@", "5", "5"),
        ("0", "5", "5"),
        ("0.00", "2.5", "2.5"),
        ("#,##0", "1234567", "1234567"),
        ("#,##0.00", "-1234.5", "-1234.5"),
        ("0.00_);(0.00)", "-5", "-5"),
        ("0.00;-0.00", "-5", "-5"),
        ('_-* #,##0.00_-;\\-* #,##0.00_-;_-* "-"??_-;_-@_-', "0", "0"),
        ("[Red]0.0;[Blue]-0.0", "-1.5", "-1.5"),
        ("[>100]0;0.00", "12.25", "12.25"),
        ("0.00E+00", "120000", "120000"),
        ("[DBNum1]0", "12", "12"),
        ("0%", "0.03", "3%"),
        ("0.0%", "-0.125", "-12.5%"),
        ('0"%"', "3", "3%"),
        ("0\\%", "3", "3%"),
        ("# ?/?", "2", "2"),
        ("[$-409]0.0", "1.5", "1.5"),
    ],
)
def test_what_is_shown_is_read(code: str, value: str, text: str) -> None:
    shown = as_shown(code, Decimal(value))
    assert (shown.text, shown.rounded, shown.wrong) == (text, False, None)


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("0", "0.4"),
        ("0.00", "2.3456"),
        ("#,##0", "1234.5"),
        ("0%", "0.0345"),
        ("0.0E+00", "123456"),
        ("# ?/?", "0.5"),
        ("[<1]0.0;0", "1.5"),
    ],
)
def test_fewer_digits_than_are_held_are_said(code: str, value: str) -> None:
    shown = as_shown(code, Decimal(value))
    assert shown.rounded
    assert shown.wrong is None


@pytest.mark.parametrize(
    ("code", "value", "word"),
    [
        ("0,", "12345", "thousands"),
        ('0.0,,"M"', "12345678", "thousands"),
        ("0,.0", "12345", "thousands"),
        ("[>=1000]0.0,;0", "5000", "thousands"),
        ('0.00" kg"', "5", "text of its number format"),
        ("0.00\\ \\t", "5", "text of its number format"),
        ('#,##0.00"吨"', "5", "text of its number format"),
        ("[$¥-804]#,##0.00", "5", "text of its number format"),
        ("[$€-407]0", "5", "text of its number format"),
        ('"$"#,##0', "5", "text of its number format"),
        ("0‰", "0.5", "text of its number format"),
        (";;;", "5", "shows nothing"),
        ("0;;", "-5", "shows nothing"),
        ('"n/a"', "5", "text instead"),
        ("0;0", "-5", "no minus sign"),
        ("0.00;[Red]0.00", "-5", "no minus sign"),
        ("-0", "5", "a minus sign that the number does not have"),
        ('"-"0.0', "5", "a minus sign that the number does not have"),
        ("(0)", "5", "a minus sign that the number does not have"),
        ("[<0](0);-0", "5", "a minus sign that the number does not have"),
        ("-General", "5", "a minus sign that the number does not have"),
        ("0-", "-5", "a minus sign that the number does not have"),
        ("0-0", "12", "a sign between its digits"),
        ("0;-0-0", "-12", "a sign between its digits"),
        ("0)0", "12", "a sign between its digits"),
        ("000000", "123", "zeros before"),
        ("0%%", "0.5", "percentage of a percentage"),
        ("0" * 300, "5", "no spreadsheet program keeps"),
    ],
)
def test_what_changes_its_meaning_is_refused(code: str, value: str, word: str) -> None:
    wrong = as_shown(code, Decimal(value)).wrong
    assert wrong is not None
    assert word in wrong[0]
    assert wrong[1]


@pytest.mark.parametrize(
    "code", ["yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "[$-804]aaaa", "hh:mm", "[h]:mm", "m/d/yy", "mmm"]
)
def test_a_date_is_a_date(code: str) -> None:
    assert as_shown(code, Decimal(45000)).wrong == DATE


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("+0", "5"),
        ("0;-0", "-5"),
        ("0_);(0)", "-5"),
        ("0;0-", "-5"),
        ("#\\ ##0", "1234"),
        ("-0", "0"),
    ],
)
def test_signs_that_are_those_of_the_number_are_read(code: str, value: str) -> None:
    assert as_shown(code, Decimal(value)) == Shown(value)


@pytest.mark.parametrize(("value", "rounded"), [("5", False), ("1e-31", True), ("1e300", False)])
def test_a_format_of_more_digits_than_a_decimal_has_is_read(value: str, *, rounded: bool) -> None:
    shown = as_shown("0." + "0" * 30, Decimal(value))
    assert (Decimal(shown.text), shown.rounded) == (Decimal(value), rounded)


def test_a_format_for_other_signs_does_not_matter() -> None:
    assert as_shown("0;0", Decimal(5)).wrong is None
    assert as_shown('0;"minus "0', Decimal(5)).wrong is None
    assert as_shown("[>=1000]0.0,;0", Decimal(999)).wrong is None
