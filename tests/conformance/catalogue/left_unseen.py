"""What hiding a line, or leaving out a record, must not buy: no bound of a policy is met by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conformance.casebook import Files, Payload, Scene, case, edit, incomplete, without
from tests.conformance.claiming import part_of
from tests.support.processes import REGISTRY, claim, retirement, with_registry
from tests.verify.chains import gas

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.core.statement import Statement

_EXEMPTED = {"exemptedEmissionsPercent": "10", "exemptedEmissionsDescription": "Small flows."}


def _shown(statement: Statement, wanted: Callable[[dict[str, Json]], bool]) -> set[str]:
    lines = statement.opened.lines.items()
    return {"inventoryShape", *(f"inventory[{index}]" for index, line in lines if wanted(line))}


def _half_primary(least: str, *, primary: bool) -> Files:
    """Half of the part is measured; the other half is hidden, or the measured one."""
    scene = Scene()
    part = scene.part(lines=[gas("100"), gas("100", primary=False)])
    scene.publish(scene.assurance(part))
    scene.anchor()
    keep = {part.digest: _shown(part, lambda line: line["primary"] is primary)}
    return scene.files(part, keep=keep).requiring(leastPrimary=least)


@case(incomplete(None))
def hiding_what_is_not_primary_does_not_raise_the_share_fail() -> Files:
    """Stated is 50 % of the whole; the line shown has all of that, and the hidden rest none."""
    return _half_primary("50.01", primary=True)


@case(incomplete(None))
def hiding_what_is_primary_does_not_raise_the_share_fail() -> Files:
    """The line shown has nothing of the 50 %, and the hidden rest all of it."""
    return _half_primary("50.01", primary=False)


@case(incomplete(None))
def what_hidden_lines_leave_out_is_not_seen_fail() -> Files:
    """The part says that it leaves out 10 %, and the line that cites it is hidden."""
    scene = Scene()
    part = scene.part(pcf=_EXEMPTED)
    module = scene.part("module", [scene.line(part, "1", "kilogram"), scene.gas("7")])
    scene.publish(scene.assurance(module))
    scene.anchor()
    keep = {module.digest: _shown(module, lambda line: "statement" not in line["source"])}
    return scene.files(module, keep=keep).requiring(mostExempted="3")


def _claimed(*, cut_claim: bool) -> Files:
    """Of two lines on one claim one is hidden, and assured; its registry was expelled."""
    scene = Scene()
    with_registry(scene)
    retired = scene.publish(retirement())
    drawn = scene.publish(claim(retired))
    part = scene.publish(part_of(drawn, "5000", "5000"))
    scene.publish(scene.assurance(part))
    scene.anchor()
    scene.chain.expel(REGISTRY)
    scene.chain.mine()
    first = min(part.opened.lines)
    key = scene.jwks[retired.kid]

    def cut(file: Payload) -> None:
        without(file, retired)
        if cut_claim:
            without(file, drawn)
        file["records"] = [one for one in file["records"] if one["did"] != REGISTRY]
        file["keys"] = [one for one in file["keys"] if one["x"] != key["x"]]

    keep = {part.digest: {"inventoryShape", f"inventory[{first}]"}}
    return scene.files(part, edit(scene.evidence(part, keep), cut)).requiring(
        mostNoLongerAdmitted="50"
    )


@case(incomplete(None))
def a_record_that_is_left_out_is_of_no_issuer_seen_fail() -> Files:
    """The retirement is left out, and with it that its registry is no longer admitted."""
    return _claimed(cut_claim=False)


@case(incomplete(None))
def records_that_are_left_out_are_of_no_issuer_seen_fail() -> Files:
    """Claim and retirement are left out."""
    return _claimed(cut_claim=True)
