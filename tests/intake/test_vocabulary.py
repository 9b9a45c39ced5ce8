"""The vocabulary: what people call members and words, in Chinese and English."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import Any, cast

import pytest

from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import footprint, parts, rules
from rootprint.ledger.core.schema import line as schema_line
from rootprint.ledger.core.schema.components import COMPONENTS, DIFFERENCE, PARTS, SUBSTITUTION
from rootprint.ledger.core.schema.hidden import SHARE_METHODS
from rootprint.ledger.core.schema.line import LINE
from rootprint.ledger.core.schema.names import REPORTS
from rootprint.ledger.intake.inventory.headings import INPUTS, LINES, OUTPUTS, Kind, column_named
from rootprint.ledger.intake.vocabulary import (
    LANGUAGES,
    key,
    most_like,
    names_of,
    sheet_names,
    word_named,
    words_of,
)
from rootprint.ledger.intake.vocabulary.names import vocabulary
from tests.intake.drafts import gas, line, parsed, problems, product

TABLES = {**vocabulary()["members"], "sheets": vocabulary()["sheets"]}


@pytest.mark.parametrize("table", [*TABLES, *words_of()])
def test_no_text_stands_for_two_names(table: str) -> None:
    names: Any = TABLES[table] if table in TABLES else words_of(table)
    meant = defaultdict(set)
    for name, texts in names.items():
        for text in (name, *texts):
            meant[key(text)].add(name)
    assert {text: found for text, found in meant.items() if len(found) > 1} == {}


@pytest.mark.parametrize("kind", [LINES, OUTPUTS, INPUTS], ids=lambda kind: kind.name)
def test_each_name_of_a_column_is_one_that_is_read(kind: Kind) -> None:
    for name in names_of(kind.name):
        said = name.replace("{n}", "1")
        assert said in kind.columns or said.startswith(kind.lists or ("?",))
        for language in LANGUAGES:
            label = names_of(kind.name).label(said, language)
            assert column_named(label, kind) == said


def test_each_name_of_the_head_is_a_member_that_some_role_has() -> None:
    known = {"kind", "issuer", "validFrom", "validUntil", "lineDigits", "digits", "process"}
    for role in footprint.ROLES:
        rule = footprint.rule_of(role)
        assert isinstance(rule, rules.Members)
        known |= rule.known.keys()
        pcf = rule.known["pcf"]
        assert isinstance(pcf, rules.Members)
        known |= {f"pcf.{name}" for name in pcf.known}
    for name in names_of("head"):
        first, second = name.split(".")[0], ".".join(name.split(".")[:2])
        assert first in known
        assert first != "pcf" or second in known


def taken(rule: rules.Rule) -> set[str]:
    """Return the words of a closed list, which are what its refusal offers."""
    with pytest.raises(Refused, match="is not one of") as caught:
        rule("nothing such", "it")
    words = set(str(caught.value).partition("is not one of ")[2].split(", "))
    for word in words:
        rule(word, "it")
    return words


def known(rule: Any, *path: str) -> rules.Rule:
    """Return the rule of a member within members."""
    for name in path:
        rule = rule.known[name]
    return cast("rules.Rule", rule)


@pytest.mark.parametrize(
    ("group", "rule"),
    [
        ("stage", known(LINE, "stage")),
        ("electricity", known(LINE, "electricity")),
        ("allocation", known(LINE, "allocation", "method")),
        ("direction", known(schema_line._stream, "direction")),
        ("distribution", known(parts._spread, "distribution")),
        *parts.QUALIFIERS.items(),
        ("boundary", known(footprint.rule_of("factor"), "boundary")),
        ("basis", known(footprint.rule_of("factor"), "basis")),
    ],
)
def test_a_closed_list_has_all_its_words(group: str, rule: rules.Rule) -> None:
    assert set(words_of(group)) == taken(rule)


def test_other_lists_have_all_their_words() -> None:
    assert set(words_of("role")) == set(footprint.ROLES)
    assert set(words_of("sharing")) | set(words_of("apart")) == set(SHARE_METHODS)
    assert set(words_of("set")) == set(REPORTS)
    assert set(words_of("yesno")) == set(words_of("measured")) == {"true", "false"}


def test_the_components_are_those_that_a_published_figure_may_have() -> None:
    assert set(words_of("component")) == {*COMPONENTS} - {DIFFERENCE, SUBSTITUTION, *PARTS}


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("数量", "amount.value"),
        (" 数 量 ", "amount.value"),
        ("活动数据", "amount.value"),
        ("LIFE-CYCLE STAGE", "stage"),
        ("证据2", "evidence.2"),
        ("证据", "evidence.1"),
        ("绿证电量(MWh)", "certificate.MWh"),
        ("source.gas", "source.gas"),
        ("责任人", None),
    ],
)
def test_a_heading_is_read_as_people_write_it(heading: str, name: str | None) -> None:
    assert column_named(heading) == name


def test_words_are_read_in_each_format_and_signed_as_the_statement_has_them() -> None:
    value = product(gas(stage="生产", primary="实测"), boundary="从摇篮到大门")
    value["pcf"] |= {"geographyCountry": "中国", "declaredUnitOfMeasurement": "千克"}
    found = parsed(value)
    assert found.lines[0]["stage"] == "manufacturing"
    assert found.lines[0]["primary"] is True
    assert found.subject["boundary"] == "cradle-to-gate"
    assert found.subject["pcf"]["geographyCountry"] == "CN"
    assert found.subject["pcf"]["declaredUnitOfMeasurement"] == "kilogram"


@pytest.mark.parametrize(
    ("change", "member", "remedy"),
    [
        ({"stage": "制造业"}, "inventory.1.stage", "did you mean manufacturing?"),
        ({"stage": "manufactring"}, "inventory.1.stage", "did you mean manufacturing?"),
        ({"electricity": "绿 电 合 同"}, "inventory.1.electricity", "did you mean contract?"),
        ({"阶段": "x"}, "inventory.1.阶段", "say stage"),
        ({"descripton": "x"}, "inventory.1.descripton", "did you mean description?"),
    ],
)  # fmt: skip
def test_an_unknown_name_gets_the_nearest_that_is_known(
    change: dict[str, Any], member: str, remedy: str
) -> None:
    assert problems(product(line({"gas": "CO2", "set": "AR6"}, **change)))[member].endswith(remedy)


@pytest.mark.parametrize(
    ("written", "name"),
    [("签发方", "issuer"), ("有效期起", "validFrom"), ("清单", "inventory"), ("引用", "inputs"),
     ("Kind", "kind"), ("产品名称", "productNameCompany"), ("合计有效数字", "digits")],
)  # fmt: skip
def test_a_member_of_the_head_that_the_vocabulary_knows_is_named(written: str, name: str) -> None:
    value = product(gas())
    value[written] = value.pop(name, "x")
    assert problems(value)[written].endswith(f"say {name}")


def test_an_unknown_gas_gets_the_nearest_chinese_name() -> None:
    told = problems(product(gas("六氟化流")))
    assert told["inventory.1.source.gas"].endswith("did you mean 六氟化硫?")


def test_an_unknown_country_gets_the_nearest() -> None:
    value = product(gas())
    value["pcf"]["geographyCountry"] = "Germny"
    assert problems(value)["pcf.geographyCountry"].endswith("did you mean DE?")


def test_a_word_belongs_to_its_list() -> None:
    assert word_named("stage", "使用") == "use"
    assert word_named("stage", "是") is None
    assert sheet_names().named("清单") == "inventory"


def test_what_is_most_like_is_looked_for_within_bounds() -> None:
    """Texts and names may come from a file: neither long ones nor many cost more than some."""
    long, many = "plate" * 5000, [f"bolt-{number:05d}" for number in range(100_000)]
    start = time.process_time()
    assert most_like("plat-1", ["bolt", "plate-1"]) == "plate-1"
    assert most_like("xyz", ["bolt", "plate-1"]) is None
    assert most_like(long, [f"{long}s"]) is None
    assert most_like("bolt-00007", many) == "bolt-00007"
    assert most_like("bolt-99999", many) in many[:512]
    assert time.process_time() - start < 5
