"""Judging statements by the base pack, compiled once, beside compiling it for every statement."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from benches.calc_growth import growth
from benches.measuring import Growth, Pair, Result, rates, same
from rootprint.ledger.rules import compile_pack, judge, library
from tests.rules.judged import AT, CITED, product

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rootprint.ledger.rules import CompiledPack, Finding

PACK = "rootprint-base-rules"
SIZES = {"1e1": (200, 9), "1e2": (40, 9), "1e3": (5, 9)}  # statements a round, rounds


def results(quick: bool) -> Iterable[Result | Growth]:  # noqa: FBT001 - each bench is called alike
    """Yield statements of 1e1, 1e2 and 1e3 lines (quick: 1e1) and how the cost grows with them."""
    found = []
    for size, (statements, rounds) in ({"1e1": (20, 3)} if quick else SIZES).items():
        found.append(_judged(size, statements, rounds))
        yield found[-1]
    if not quick:
        yield from growth(found, {})


def _judged(size: str, statements: int, rounds: int) -> Result:
    draft, pack = _draft(int(float(size))), library().compiled(PACK)
    effective = library().effective(PACK)
    same("the findings", _as_json(judge(pack, draft, cited=CITED, at=AT)),
         _as_json(judge(compile_pack(effective), draft, cited=CITED, at=AT)))  # fmt: skip
    pair = Pair(
        f"rules judged, lines of a product, {size}",
        f"{len(pack.rules)} rules of {PACK} {effective['version']} on a draft, no finding read",
        partial(_once, pack, draft, statements),
        "the same with the pack compiled for every statement",
        partial(_each_time, effective, draft, statements),
        statements,
        "statements",
    )
    return rates(pair, rounds=rounds)


def _draft(lines: int) -> dict[str, Any]:
    draft = product()
    subject = draft["credentialSubject"]
    few = subject["inventory"]
    subject["inventory"] = (few * (lines // len(few) + 1))[:lines]
    return draft


def _once(pack: CompiledPack, draft: Mapping[str, Any], statements: int) -> None:
    for _ in range(statements):
        judge(pack, draft, cited=CITED, at=AT)


def _each_time(effective: Mapping[str, Any], draft: Mapping[str, Any], statements: int) -> None:
    for _ in range(statements):
        judge(compile_pack(effective), draft, cited=CITED, at=AT)


def _as_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [finding.json() for finding in findings]
