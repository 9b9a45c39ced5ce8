"""``rootprint demo``: from real inventories to evidence that anyone can check, in one run."""

from __future__ import annotations

import dataclasses
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
import orjson

from rootprint.api.cli.evidence import expectation
from rootprint.api.cli.failing import FAILED
from rootprint.api.cli.hiding import Hidden, kept
from rootprint.api.cli.options import formatted
from rootprint.api.cli.render import footprint_line, report_text
from rootprint.api.cli.scenario import admit_all, publish_all, read_scenario
from rootprint.api.cli.uncertainty import interval_line
from rootprint.api.service import Founding, Workspace, found
from rootprint.calc.uncertainty import Design
from rootprint.ledger.analysis import uncertainty as off_by
from rootprint.ledger.core.encoding import hex_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.rules import SEVERITIES
from rootprint.ledger.verifier import Verifier, named_chain
from rootprint.ledger.verify import Trust, counted, unseen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.api.cli.scenario import Scenario
    from rootprint.api.cli.session import Session
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.rules import Finding
    from rootprint.ledger.verify import Look, Report

Say = Callable[[str], None]
LEDGER: Final = "ledger"
_FOUNDING: Final = Founding(
    origin="demo.rootprint.example/log",
    authority="did:web:authority.example",
    legal_name="Authority of the demo",
    country="CN",
)
_MARK: Final = ".rootprint-demo"
_SAMPLE: Final = Design(samples=10_000, seed=1)


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default="demo")
@formatted
@click.pass_obj
def demo(session: Session, scenario: Path, out: Path) -> None:
    """Run a SCENARIO folder, from inventories to a verdict.

    Makes a ledger, admits the organisations, composes, signs, publishes, anchors, walks, writes
    evidence and trust file, and verifies them as their receiver would. All keys are made for it
    and kept in plain files under OUT: nothing here is for real use.
    """
    begin = time.monotonic()

    def say(line: str) -> None:
        session.say(f"[{time.monotonic() - begin:5.1f} s] {line}")

    read = read_scenario(scenario)
    _clear(out)
    say(read.name)
    with found(out / LEDGER, _FOUNDING, passphrase=None, insecure=True) as workspace:
        say("made the ledger: embedded test chain, three contracts, log, authority")
        calls = admit_all(workspace, read)
        say(
            f"admitted {counted(len(read.organisations), 'organisation')} in"
            f" {counted(calls, 'call')}, each with own keys"
        )
        published = _published(workspace, read, say)
        outcome = workspace.anchorer().anchor()
        say(f"anchored {outcome.size} entries in block {outcome.block}: {outcome.state}")
        reports = [_hand_over(workspace, read, published, name, out, say) for name in read.products]
    contents = [report.json() for report in reports]
    whole = contents[0] if len(contents) == 1 else {"reports": contents}
    session.give(whole, *"\n\n".join(report_text(content) for content in contents).split("\n"))
    codes = {report.exit_code for report in reports}
    sys.exit(FAILED if FAILED in codes else max(codes))


def _published(workspace: Workspace, scenario: Scenario, say: Say) -> dict[str, Statement]:
    total = scenario.records + len(scenario.inventories) + (scenario.assure is not None)
    severities: Counter[str] = Counter()
    with click.progressbar(
        length=total,
        label="composing, signing, publishing",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as bar:

        def count(findings: Sequence[Finding]) -> None:
            severities.update(finding.severity for finding in findings)
            bar.update(1)

        published = publish_all(workspace, scenario, count)
    signed = len(published) + (scenario.assure is not None)
    say(f"{counted(signed, 'statement')} signed and in the log")
    counts = ", ".join(f"{severities[name]} of severity {name}" for name in SEVERITIES)
    say(f"findings of the rules on their drafts: {counts} (rootprint rules check shows each)")
    return published


def _hand_over(
    workspace: Workspace,
    scenario: Scenario,
    published: dict[str, Statement],
    product: str,
    out: Path,
    say: Say,
) -> Report:
    """Walk in the ledger, write evidence and trust, and verify them as their receiver would.

    The receiver trusts one block by its hash and asks no chain; then the chain's file is asked too,
    which must come to the same.
    """
    suffix = "" if len(scenario.products) == 1 else f"-{product}"
    evidence, trust = out / f"evidence{suffix}.gz", out / f"trust{suffix}.json"
    alone = out / f"trust-block{suffix}.json"
    subject, home, now = published[product], workspace.home, int(time.time())
    at = dataclasses.replace(home.verifier(), clock=lambda: now)
    whole = home.export(subject.digest, at).report
    asked = [Hidden(published[name].digest, place) for name, place in scenario.hide]
    hidden = kept(asked, home.sources().statement)
    made = at.prove(home.export(subject.digest, at, keep=hidden))
    evidence.write_bytes(data := made.data)
    block = made.proven_at
    content = workspace.trust_json(expectation(subject))
    content["chainFile"] = f"{LEDGER}/{content['chainFile']}"
    trust.write_bytes(_json(content))
    del content["chainFile"]
    alone.write_bytes(_json({**content, "trustedBlocks": [hex_text(block.hash)]}))
    totals = whole.json()["totals"]
    say(
        f"walked {product} in the ledger, nothing hidden: {whole.verdict}, {footprint_line(totals)}"
    )
    say(f"wrote {evidence} ({len(data):,} bytes); now as its receiver:")
    views: list[dict[str, Any]] = []
    report = _received(data, alone, now, lambda judged: views.append(off_by(judged, _SAMPLE)))
    online = _received(data, trust, now)
    say(f"by the hash of block {block.number} alone ({alone}): {report.verdict}")
    interval = interval_line(views[0]) if views else None
    if interval is not None:
        say(f"{interval} (what it comes from: verify --uncertainty)")
    say(f"by asking the chain's own file ({trust}): {online.verdict}")
    if online.verdict is not report.verdict:
        message = (
            f"evidence proven at block {block.number} and the chain itself say different things"
        )
        raise RuntimeError(message)
    say(f"check it again:  .venv/bin/rootprint verify {evidence} --trust {alone}")
    entry = report.statements[0].entry
    broken = out / f"broken{suffix}.gz"
    change = f'sed \'s/"index":{entry},/"index":{entry}0,/\''
    say(f"break a copy:    gzip -dc {evidence} | {change} | gzip -n > {broken}")
    say(f"and check that:  .venv/bin/rootprint verify {broken} --trust {alone}")
    return report


def _received(data: bytes, trust_file: Path, now: int, looked: Look = unseen) -> Report:
    """Return what a receiver finds; ``looked`` is called with what the walk judged."""
    trust = Trust.load(trust_file)
    with named_chain(trust, offline=True) as chain:
        return Verifier(trust, chain, clock=lambda: now).verify(data, looked=looked)


def _json(content: dict[str, Any]) -> bytes:
    return orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n"


def _clear(out: Path) -> None:
    """Clear the folder for a new run; touch nothing that is not an earlier demo's.

    The mark is written before anything else, so that a run that was stopped leaves one too.
    """
    out.mkdir(parents=True, exist_ok=True)
    if not (out / _MARK).is_file():
        if any(out.iterdir()):
            message = f"{out} is not empty and not an earlier demo's, so it was left as it is"
            raise Refused(message, remedy="choose another folder with --out")
        (out / _MARK).write_text("rootprint demo clears this folder at its next run\n")
    if (out / LEDGER).exists():
        shutil.rmtree(out / LEDGER)
    for path in (*out.glob("evidence*.gz"), *out.glob("trust*.json")):
        path.unlink()
