"""Texts in the encodings that people save, and those that can't be known."""

from __future__ import annotations

import pytest

from rootprint.ledger.tables.encodings import GB18030, decoded

CHINESE = "阶段,描述,数量,单位\n原材料,废钢，外购,5,千克\n制造,电力（国网）,12,千瓦时\n"
ENGLISH = "member,value\nrole,product\n"


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("text", [CHINESE, ENGLISH])
def test_unicode_with_or_without_a_mark(name: str, text: str) -> None:
    found = decoded(text.encode(name))
    assert (found.text, found.guessed) == (text, "")


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(name: str) -> None:
    assert decoded(ENGLISH.encode(name)).text == ENGLISH
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[name]
    assert decoded(mark + CHINESE.encode(name)).text == CHINESE


@pytest.mark.parametrize("name", ["gb2312", "gbk", "gb18030"])
def test_what_chinese_programs_save_is_read_and_said(name: str) -> None:
    found = decoded(CHINESE.encode(name))
    assert (found.text, found.guessed) == (CHINESE, GB18030)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Stahlträger, Öl für Getriebe, Größe\n", "latin-1"),
        ("résumé, déchets, pièce à pièce\n", "cp1252"),
        ("단계,설명,수량,단위\n원료,고철,5,킬로그램\n", "euc-kr"),
        ("原材料,鉄くずとアルミニウム,5\n", "euc-jp"),
        ("原材料,鉄くずとアルミニウム,5\n", "shift-jis"),
        ("階段,說明,數量,單位\n原材料,廢鋼,5,公斤\n", "big5"),
        ("этап,описание,количество\n", "koi8-r"),
        ("этап,описание,количество\n", "cp1251"),
    ],
)
def test_what_only_may_be_chinese_is_not_guessed(text: str, name: str) -> None:
    found = decoded(f"a,b\n{text}".encode(name))
    assert (found.text, found.line) == (None, 2)


def test_a_lone_byte_is_at_its_line() -> None:
    assert decoded(b"a\nb\n\xff\n").line == 3
    assert decoded(b"\xff\xfea").text is None
    assert decoded(b"").text == ""
