"""``rules``: what rule packs there are, and what they say of a draft."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import click

from rootprint.api.cli.failing import DONE, FAILED, INCOMPLETE
from rootprint.api.cli.options import InputFile, Time, formatted, input_name, opened, read_input
from rootprint.api.cli.packs import pack_files
from rootprint.api.cli.words import STATES
from rootprint.ledger.core.encoding import digest_bytes, time_text
from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.intake import BASE_PACK, parse_draft
from rootprint.ledger.rules import Finding, State, broken, judge
from rootprint.ledger.verify import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rootprint.api.cli.session import Session
    from rootprint.api.service import Workspace
    from rootprint.ledger.rules import Library, Pack

# Only a rule of severity error fails a draft; the others are shown as what they are.
_BROKEN: Final = {"error": STATES["failed"], "warning": "WARN", "info": "INFO"}


@click.group()
def rules() -> None:
    """Rule packs: list them, check a draft against one."""


@rules.command("list")
@pack_files
@formatted
@click.pass_obj
def list_packs(session: Session, packs: Library) -> None:
    """List the packs that come with this version, and those handed in."""
    listed = [_summary(packs, one) for one in packs.packs()]
    session.give({"packs": listed}, *(line for one in listed for line in _pack_lines(one)))


@rules.command()
@click.argument("pack")
@pack_files
@formatted
@click.pass_obj
def show(session: Session, pack: str, packs: Library) -> None:
    """Show a PACK with all it inherits, rule by rule.

    PACK is an id, a digest or both (id@digest).
    """
    one = packs.get(pack)
    effective = packs.effective(one.digest)
    value = {
        **_summary(packs, one),
        "title": one.document["title"],
        "rules": effective["rules"],
        "givenWay": effective["givenWay"],
    }
    session.give(value, *_pack_lines(value), *map(_rule_line, effective["rules"]))


@rules.command()
@click.argument("draft", type=InputFile)
@click.option("--pack", default=BASE_PACK, show_default=True, help="Its id, digest, or id@digest.")
@pack_files
@click.option("--at", type=Time(), help="Judge as of this time instead of now.")
@formatted
@click.pass_obj
def check(session: Session, draft: Path, pack: str, at: int | None, packs: Library) -> None:
    """Check a DRAFT: one finding per rule, with what to do.

    Exit code 1 if a rule of severity error is broken, 3 if one could not be checked. A pack that is
    not in force at that time judges nothing: it is refused. What the draft
    cites is looked up in the ledger's folder, if there is one.
    """
    content = parse_draft(read_input(draft), where=input_name(draft))
    if not isinstance(content, dict) or not isinstance(content.get("credentialSubject"), dict):
        message = f"{input_name(draft)} is not a draft"
        raise Refused(message, remedy="give what rootprint compose printed")
    try:
        with opened(session) as workspace:
            cited = _cited(workspace, content)
    except NotFound:
        cited = {}
    when = time_text(int(time.time()) if at is None else at)
    effective = packs.in_force(pack, when)
    findings = judge(packs.compiled(effective["digest"]), content, cited=cited, at=when)
    named = f"{effective['id']}@{effective['digest']}"
    value = {"pack": named, "at": when, "findings": [finding.json() for finding in findings]}
    session.give(value, *(line for finding in findings for line in finding_lines(finding)))
    sys.exit(_exit_code(findings))


def _summary(packs: Library, one: Pack) -> dict[str, Any]:
    """Return what a person wants to know of a pack; rules with all that it inherits."""
    effective = packs.effective(one.digest)
    return {
        "id": one.id,
        "version": one.version,
        "status": one.document["status"],
        "jurisdiction": one.document.get("jurisdiction"),
        "validFrom": effective["validFrom"],
        "validUntil": effective.get("validUntil"),
        "digest": one.digest,
        "inherits": list(one.parents),
        "ruleCount": len(effective["rules"]),
        "unverified": sum(not rule["verified"] for rule in effective["rules"]),
    }


def _pack_lines(pack: Mapping[str, Any]) -> list[str]:
    where = "" if pack["jurisdiction"] is None else f" of {pack['jurisdiction']}"
    until = "" if pack["validUntil"] is None else f" until {pack['validUntil']}"
    return [
        f"{pack['digest']}  {pack['id']} {pack['version']}",
        f"    {pack['status']}{where}, in force from {pack['validFrom']}{until}",
        f"    {counted(pack['ruleCount'], 'rule')}, {pack['unverified']} of them unverified",
        *(f"    inherits {parent}" for parent in pack["inherits"]),
    ]


def _rule_line(rule: Mapping[str, Any]) -> str:
    unsure = "" if rule["verified"] else ", unverified"
    return f"{rule['id']} ({rule['severity']}{unsure}; {rule['clause']}): {rule['what']}"


def finding_lines(finding: Finding) -> list[str]:
    """Return a finding in a line, and what to do about it in the next."""
    unsure = ", clause not confirmed" if finding.unverified else ""
    failed = finding.state is State.FAILED
    word = _BROKEN[finding.severity] if failed else STATES[finding.state]
    line = f"{word} {finding.id} ({finding.severity}{unsure}; {finding.clause}): {finding.found}"
    return [line, f"     {finding.remedy}"] if failed and finding.remedy else [line]


def _exit_code(findings: Sequence[Finding]) -> int:
    if broken(findings, "error"):
        return FAILED
    open_ = [one for one in findings if one.state is State.NOT_CHECKED and one.severity == "error"]
    return INCOMPLETE if open_ else DONE


def _cited(workspace: Workspace, draft: Mapping[str, Any]) -> dict[str, Any]:
    """Return the subjects of the statements that a draft's lines cite, as far as they are here."""
    lines = draft["credentialSubject"].get("inventory")
    found = {}
    with workspace.store.read() as tx:
        for line in lines if isinstance(lines, list) else ():
            source = line.get("source") if isinstance(line, dict) else None
            digest = None
            if isinstance(source, dict):
                digest = source.get("statement") or source.get("factor")
            if isinstance(digest, str):
                with suppress(NotFound):  # what rests on it is then not checked
                    found[digest] = tx.statements.get(digest_bytes(digest)).subject
    return found
