"""``walk``: from a statement to its raw inputs, with all that a ledger's folder holds."""

from __future__ import annotations

import dataclasses
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from api.cli.contributions import contribution_options, contributions_text, limits_of
from api.cli.options import Digest, Time, formatted, opened
from api.cli.render import report_text
from api.cli.uncertainty import uncertainty_text
from calc.uncertainty import Design
from ledger.core.encoding import digest_text
from ledger.core.errors import Unavailable
from ledger.evidence import Recording, Redacting, write
from ledger.intake import known_rules
from ledger.walk import ARITHMETIC, ASSURANCE, Look, Report, Requirements, passed
from ledger.walk import walk as walked
from ledger.walk.contributions import contributions as made_of
from ledger.walk.spread import uncertainty as off_by

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from api.cli.session import Session
    from ledger.intake import Home
    from ledger.walk import Context, Node


@click.command()
@click.argument("digest", type=Digest())
@click.option("--at", type=Time(), help="Judge as of this time instead of now.")
@click.option("--require-arithmetic", type=click.Choice(ARITHMETIC), default=ARITHMETIC[1])
@click.option("--require-assurance", type=click.Choice(ASSURANCE), default=ASSURANCE[0])
@click.option("--explain", type=click.IntRange(0, 9), help="Show this check of every statement.")
@click.option("--offline", is_flag=True, help="Refuse to ask any network endpoint.")
@contribution_options
@click.option("--uncertainty", is_flag=True, help="Show how far off the footprint may be.")
@click.option(
    "--samples",
    type=click.IntRange(0, 10_000_000),
    default=0,
    callback=lambda _ctx, _param, value: value + -value % 4,
    help="Monte Carlo too, with this many samples (rounded up to a multiple of four).",
)
@click.option("--seed", type=click.IntRange(0, 2**64 - 1), default=1, show_default=True)
@formatted
@click.pass_obj
def walk(
    session: Session,
    digest: bytes,
    at: int | None,
    require_arithmetic: str,
    require_assurance: str,
    explain: int | None,
    until: float,
    cut_off: float,
    nodes: int,
    by: str | None,
    samples: int,
    seed: int,
    *,
    offline: bool,
    contributions: bool,
    uncertainty: bool,
) -> None:
    """Walk from a statement to its raw inputs; check each.

    Exit code 0 only if all of it is verified.
    """
    with opened(session) as workspace:
        if offline and workspace.settings.rpc is not None:
            message = "this ledger's chain is a network endpoint, and --offline forbids it"
            raise Unavailable(message)
        home = workspace.home
        if at is not None:
            home = dataclasses.replace(home, trust=dataclasses.replace(home.trust, as_of=at))
        required = Requirements(require_arithmetic, require_assurance, known_rules())
        views = _Views()
        if contributions:
            limits = limits_of(until, cut_off, nodes)
            views.add(
                "contributions",
                lambda subject, read, context: made_of(subject, read, context, limits),
            )
        if uncertainty:
            design = Design(samples, seed) if samples else None
            views.add("uncertainty", lambda subject, read, _: off_by(subject, read, design))
        with session.counting("statements read") as progress:
            _, report = exported(home, digest, {}, required, views.look, progress)
    content = {**report.json(), **views.made}
    session.give(content, "\n\n".join([report_text(content, explain), *views.texts(by)]))
    sys.exit(report.exit_code)


class _Views:
    """Views beside the report that were asked for, made while the walk's nodes are at hand."""

    def __init__(self) -> None:
        self._makers: dict[str, Callable[[Node, Mapping[bytes, Node], Context], Any]] = {}
        self.made: dict[str, Any] = {}

    def add(self, name: str, maker: Callable[[Node, Mapping[bytes, Node], Context], Any]) -> None:
        """Ask for a view."""
        self._makers[name] = maker

    def look(self, subject: Node, nodes: Mapping[bytes, Node], context: Context) -> None:
        """Make them."""
        for name, maker in self._makers.items():
            self.made[name] = maker(subject, nodes, context)

    def texts(self, by: str | None) -> list[str]:
        """Return them as text."""
        writers: dict[str, Callable[[Mapping[str, Any]], str]] = {
            "contributions": partial(contributions_text, by=by),
            "uncertainty": uncertainty_text,
        }
        return [writers[name](view) for name, view in self.made.items()]


def exported(
    home: Home,
    digest: bytes,
    keep: Mapping[bytes, set[str]],
    requirements: Requirements | None = None,
    looked: Look = lambda _subject, _nodes, _context: None,
    progress: Callable[[int], None] = lambda _count: None,
) -> tuple[bytes, Report]:
    """Walk with these redactions; return the file of all that was looked at, and the report.

    Raises NotFound for a statement that is not here.
    """
    with home.store.read() as tx:
        tx.statements.get(digest)  # a walk of nothing has no verdict
    recording = Recording(Redacting(home.sources(), keep), digest)
    now = int(time.time())
    check = passed(0, f"the statement {digest_text(digest)} of this ledger")
    report = walked(
        digest,
        recording,
        home.view,
        home.trust,
        now=now,
        file_check=check,
        requirements=requirements or Requirements(rules=known_rules()),
        looked=looked,
        progress=progress,
    )
    return write(recording.bundle, made=now), report
