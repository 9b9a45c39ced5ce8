"""Views beside the report: explained checks, contributions, uncertainty; asked for by options."""

from __future__ import annotations

import sys
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, NoReturn

import click

from rootprint.api.cli.contributions import (
    ROWS,
    contribution_options,
    contributions_text,
    limits_of,
)
from rootprint.api.cli.failing import needs
from rootprint.api.cli.render import report_text
from rootprint.api.cli.session import Session
from rootprint.api.cli.uncertainty import uncertainty_options, uncertainty_text
from rootprint.ledger.analysis import contributions as made_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rootprint.ledger.verify import Judged, Report


class Views:
    """Views that were asked for, made of what was judged."""

    def __init__(self, explain: int | None, by: str | None, rows: int) -> None:
        self._explain, self._by, self._rows = explain, by, rows
        self._makers: dict[str, Callable[[Judged], Any]] = {}
        self._made: dict[str, Any] = {}

    def add(self, name: str, maker: Callable[[Judged], Any]) -> None:
        """Ask for a view."""
        self._makers[name] = maker

    def look(self, judged: Judged) -> None:
        """Make them (``ledger.verify.Look``)."""
        for name, maker in self._makers.items():
            self._made[name] = maker(judged)

    def give(self, session: Session, report: Report) -> NoReturn:
        """Print report and views, and end with the verdict's exit code."""
        content = {**report.json(), **self._made}
        texts = [report_text(content, self._explain, self._rows), *self._texts()]
        session.give(content, "\n\n".join(texts))
        sys.exit(report.exit_code)

    def _texts(self) -> list[str]:
        writers: dict[str, Callable[[Mapping[str, Any]], str]] = {
            "contributions": partial(contributions_text, by=self._by),
            "uncertainty": uncertainty_text,
        }
        return [writers[name](view) for name, view in self._made.items()]


def view_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that ask for views to a command; they arrive together as ``views``."""

    @click.option(
        "--explain",
        type=click.IntRange(0, 9),
        help="Show this check of every statement: both values, where from, how to repeat it.",
    )
    @contribution_options
    @uncertainty_options
    @wraps(command)
    def asked(
        *arguments: Any,
        explain: int | None,
        contributions: bool,
        until: float | None,
        cut_off: float | None,
        nodes: int | None,
        by: str | None,
        uncertainty: Any,
        **others: Any,
    ) -> Any:
        given = {"--until": until, "--cut-off": cut_off, "--by": by}
        view, add = "the contribution view", "add --contributions"
        needs(given, asked=contributions, of=view, remedy=add)
        either = contributions or explain is not None
        needs({"--nodes": nodes}, asked=either, of=view, remedy=f"{add}, or --explain")
        views = Views(explain, by, ROWS if nodes is None else nodes)
        if contributions:
            limits = limits_of(until, cut_off, nodes)
            views.add("contributions", lambda judged: made_of(judged, limits))
        if uncertainty is not None:
            session = click.get_current_context().find_object(Session)
            views.add("uncertainty", uncertainty.view(session))
        return command(*arguments, views=views, **others)

    return asked
