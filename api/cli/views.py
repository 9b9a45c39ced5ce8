"""Views beside the report: checks explained, contributions, uncertainty, lines; by options."""

from __future__ import annotations

import sys
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from rootprint.api.cli.contributions import (
    ROWS,
    contribution_options,
    contributions_text,
    limits_of,
    tree_of,
    tree_text,
)
from rootprint.api.cli.failing import needs
from rootprint.api.cli.lines import (
    LinesAsked,
    WorkedLines,
    line_options,
    lines_json,
    lines_text,
)
from rootprint.api.cli.render import report_text
from rootprint.api.cli.session import Session
from rootprint.api.cli.uncertainty import uncertainty_options, uncertainty_text
from rootprint.ledger.verify import NAMES, line_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from rootprint.ledger.verify import Judged, LineTable, Report

ARITHMETIC: Final = 8


class Views:
    """Views that were asked for, made of what was judged."""

    def __init__(self, explain: int | None, by: str | None, rows: int, lines: LinesAsked) -> None:
        self._explain, self._by, self._rows, self._lines = explain, by, rows, lines
        self._table: LineTable | None = None
        self._makers: dict[str, Callable[[Judged], Any]] = {}
        self._made: dict[str, Any] = {}

    def add(self, name: str, maker: Callable[[Judged], Any]) -> None:
        """Ask for a view."""
        self._makers[name] = maker

    def look(self, judged: Judged) -> None:
        """Make them (``ledger.verify.Look``)."""
        for name, maker in self._makers.items():
            self._made[name] = maker(judged)
        if self._lines.show or self._lines.to is not None or self._explain == ARITHMETIC:
            self._table = line_table(judged)

    def give(self, session: Session, report: Report) -> NoReturn:
        """Print report and views, and end with the verdict's exit code."""
        worked: WorkedLines | None = None
        if self._table is not None:
            table = self._table.within(report)
            self._lines.write(session, table)
            if self._explain == ARITHMETIC:
                worked = WorkedLines(table, self._rows)
            if self._lines.show:
                self._made["lines"] = lines_json(table, self._lines.most)
        content = {**report.json(), **self._made}
        texts = [report_text(content, self._explain, self._rows, worked), *self._texts()]
        session.give_report(content, *"\n\n".join(texts).split("\n"))
        sys.exit(report.exit_code)

    def _texts(self) -> list[str]:
        writers: dict[str, Callable[[Mapping[str, Any]], str]] = {
            "contributions": partial(contributions_text, by=self._by),
            "uncertainty": uncertainty_text,
            "lines": lines_text,
            "tree": tree_text,
        }
        return [writers[name](view) for name, view in self._made.items()]


def view_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that ask for views to a command; they arrive together as ``views``."""

    @click.option(
        "--explain",
        type=click.IntRange(0, max(NAMES)),
        help="Show this check of every statement: both values, where from, how to repeat it.",
    )
    @contribution_options
    @uncertainty_options
    @line_options
    @wraps(command)
    def asked(
        *arguments: Any,
        explain: int | None,
        contributions: bool,
        tree: bool,
        until: float | None,
        cut_off: float | None,
        nodes: int | None,
        by: str | None,
        uncertainty: Any,
        lines: bool,
        most: int | None,
        lines_to: Path | None,
        **others: Any,
    ) -> Any:
        view, add = "the contribution view", "add --contributions"
        needs({"--by": by}, asked=contributions, of=view, remedy=add)
        given = {"--until": until, "--cut-off": cut_off}
        either = contributions or tree
        needs(given, asked=either, of=view, remedy=f"{add}, or --tree")
        either = either or explain is not None
        needs({"--nodes": nodes}, asked=either, of=view, remedy=f"{add}, --tree or --explain")
        asked_lines = LinesAsked.of(lines, most, lines_to)
        views = Views(explain, by, ROWS if nodes is None else nodes, asked_lines)
        if contributions or tree:
            from rootprint.ledger.analysis import (  # noqa: PLC0415 - numpy is slow to load
                contributions as made_of,
            )

            limits = limits_of(until, cut_off, nodes)
        if tree:
            views.add("tree", lambda judged: tree_of(made_of(judged, limits)))
        if contributions:
            views.add("contributions", lambda judged: made_of(judged, limits))
        if uncertainty is not None:
            session = click.get_current_context().find_object(Session)
            views.add("uncertainty", uncertainty.view(session))
        return command(*arguments, views=views, **others)

    return asked
