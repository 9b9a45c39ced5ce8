"""``anchor``: the newest checkpoint onto the chain, once or for as long as the process runs."""

from __future__ import annotations

import json
import signal
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import click

from rootprint.api.cli.failing import INCOMPLETE, needs
from rootprint.api.cli.options import formatted, opened
from rootprint.ledger.core.encoding import hex_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rootprint.api.cli.session import Session
    from rootprint.api.service import Workspace
    from rootprint.ledger.anchor import AnchorOutcome, WatchEvent

EVERY_SECONDS: Final = 600
_STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


@click.command()
@click.option("--watch", is_flag=True, help="Go on until SIGINT or SIGTERM; say what is done.")
@click.option(
    "--every",
    type=click.IntRange(1),
    metavar="SECONDS",
    help=f"With --watch: no entry waits longer for its anchor.  [default: {EVERY_SECONDS}]",
)
@click.option(
    "--entries",
    type=click.IntRange(1),
    metavar="N",
    help="With --watch: anchor before that too, once so many entries wait.",
)
@formatted
@click.pass_obj
def anchor(session: Session, *, watch: bool, every: int | None, entries: int | None) -> None:
    """Anchor the newest checkpoint on the chain.

    Exit code 3 if it is not anchored yet; the same command goes on with it. One process at a time
    anchors a log.
    """
    needs(
        {"--every": every, "--entries": entries},
        asked=watch,
        of="a watch",
        remedy="add --watch, or leave it out: one step anchors whatever waits",
    )
    from rootprint.api.service import anchoring_alone  # noqa: PLC0415 - not for verify

    with opened(session) as workspace, anchoring_alone(session.home):
        if watch:
            _watch(session, workspace, every or EVERY_SECONDS, entries)
            return
        outcome = workspace.anchorer().anchor()
        passed_over = workspace.passed_over()
    for name, fault in passed_over.items():
        session.say(f"passed over: {name}: {fault}")
    if outcome.warning:
        session.say(outcome.warning)
    session.give(_value(outcome), outcome.text())
    if outcome.state == "pending":
        sys.exit(INCOMPLETE)


def _watch(session: Session, workspace: Workspace, every: int, entries: int | None) -> None:
    from rootprint.ledger.anchor import Due, Watch  # noqa: PLC0415 - not for verify

    def say(event: WatchEvent) -> None:
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        if session.format == "json":
            value = {} if event.outcome is None else _value(event.outcome)
            line = {"time": now, "event": event.kind, "text": event.text, **value}
            session.give_json(json.dumps(line, ensure_ascii=False))
        else:
            session.give_lines(f"{now} {event.text}")

    with _stopped_by_signal() as stop:
        limit = f" or once {entries} entries wait" if entries else ""
        session.say(f"anchoring within {every} s{limit} · Ctrl-C stops")
        due, passed_over = Due(every, entries), workspace.passed_over
        settled = Watch(workspace.anchorer(), due, stop, say, passed_over=passed_over).run()
    session.say(f"stopped: {settled} anchors settled; what is under way is kept for the next one")


def _value(outcome: AnchorOutcome) -> dict[str, Any]:
    return {
        "state": str(outcome.state),
        "size": outcome.size,
        "root": hex_text(outcome.root),
        "block": outcome.block,
        "reason": outcome.reason,
        "warning": outcome.warning,
    }


@contextmanager
def _stopped_by_signal() -> Iterator[threading.Event]:
    """Give an event that SIGINT or SIGTERM sets; the step under way is finished first."""
    stop = threading.Event()
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in _STOP_SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
