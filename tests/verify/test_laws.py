"""What checks say of the accounting laws, in one check and in a statement's report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rootprint.api.cli.render import report_text
from rootprint.ledger.core.schema.kinds import ASSURANCE, FOOTPRINT
from rootprint.ledger.verify.laws import (
    LawState,
    Unseen,
    broken,
    held,
    not_applicable,
    not_checkable,
)
from rootprint.ledger.verify.report import (
    Check,
    Report,
    State,
    StatementReport,
    failed,
    not_checked,
    passed,
    with_found,
    with_laws,
)
from rootprint.ledger.verify.report import not_applicable as nothing_to_check

if TYPE_CHECKING:
    from rootprint.ledger.verify.laws import Ruling


def _statement(*checks: Check, kind: str = FOOTPRINT) -> StatementReport:
    return StatementReport(
        digest=bytes(32), kind=kind, issuer=None, legal_name=None, product=None, depth=0,
        path=("part",), checks={check.number: check for check in checks}, notices=(),
    )  # fmt: skip


def test_a_broken_law_fails_its_check() -> None:
    check = with_laws(passed(7), [broken(8, "line 3", ("net", "gross")), held(2)])
    assert (check.state, check.reason) == (State.FAILED, "law 8: line 3")
    assert check.compared == ("net", "gross")
    assert dict(check.laws) == {2: LawState.HELD, 8: LawState.BROKEN}


def test_the_first_broken_law_is_reported() -> None:
    check = with_laws(passed(7), [broken(8, "b"), broken(7, "a")])
    assert check.reason == "law 7: a"


def test_what_a_law_decided_is_said_beside_the_reason() -> None:
    """Nobody has to read it out of the words, which may change."""
    check = with_laws(passed(7), [held(4), broken(8, "line 3")])
    assert (check.json()["law"], "unseen" in check.json()) == (8, False)
    hides = not_checkable(2, "its process record hides of its rows", Unseen.HIDDEN)
    check = with_laws(passed(7), [hides, held(8)], needed={2, 4})
    assert (check.state, check.law, check.unseen) == (State.NOT_CHECKED, 2, Unseen.HIDDEN)
    assert (check.json()["law"], check.json()["unseen"]) == (2, "hidden")
    kept = with_laws(failed(7, "line 1: another product"), [broken(7, "x")])
    assert (kept.law, "law" in kept.json()) == (None, False)
    assert with_found(check, check.found, ["a notice"]).unseen is Unseen.HIDDEN


def test_the_alarm_fails_nothing() -> None:
    check = with_laws(passed(7), [broken(6, "more cited than made")])
    assert check.state is State.PASSED
    assert check.laws[6] is LawState.BROKEN


def test_a_check_that_failed_keeps_its_reason() -> None:
    check = with_laws(failed(7, "line 1: another product"), [broken(7, "x")])
    assert check.reason == "line 1: another product"


@pytest.mark.parametrize(
    "ruling",
    [held(7), not_checkable(7, "x", Unseen.HIDDEN), not_applicable(7)],
    ids=lambda one: one.state,
)
@pytest.mark.parametrize("check", [passed(7), not_checked(7, "hidden")], ids=lambda one: one.state)
def test_what_is_not_broken_leaves_the_check(check: Check, ruling: Ruling) -> None:
    assert with_laws(check, [ruling]).state is check.state


def test_a_law_is_decided_once() -> None:
    with pytest.raises(RuntimeError, match="law 7 was decided twice"):
        with_laws(passed(7), [held(7), held(7)])


def test_a_check_that_was_not_made_leaves_its_laws_not_checkable() -> None:
    report = _statement(not_checked(8, "hidden"), nothing_to_check(7, "no inventory"), passed(5))
    laws = report.json()["laws"]
    assert {laws[law] for law in "13"} == {"not checkable"}
    assert {laws[law] for law in "24678"} == {"not applicable"}


def test_only_a_footprint_has_laws() -> None:
    assert _statement(with_laws(passed(5), [held(5)]), kind=ASSURANCE).json()["laws"] == {}


def _text(*rulings: Ruling) -> str:
    checks = [passed(number) for number in (1, 2, 3, 4, 5, 6, 8)]
    statement = _statement(*checks, with_laws(passed(7), rulings))
    chain = {"id": 1, "test": False, "block": 1, "blockHash": "0x00", "proven": False}
    content: dict[str, Any] = Report(
        as_of=0, subject=bytes(32), file_check=passed(0), statements=[statement],
        status_as_of=0, chain=chain, unmet=["nothing but this"],
    ).json()  # fmt: skip
    return report_text(content)


def test_the_text_tells_laws_only_where_one_did_not_hold() -> None:
    assert "Laws" not in _text(held(7), not_applicable(8))
    text = _text(broken(6, "more"), not_checkable(7, "x", Unseen.HIDDEN))
    assert "Laws  broken: 6 (1 statement) · not checkable: 7 (1 statement)" in text
