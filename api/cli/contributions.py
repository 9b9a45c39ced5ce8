"""The contribution view in text, made from its JSON, and the options that ask for it.

A bar is as long as its share and built of ``#``, of ``-`` for what is taken away: it reads the same
without colour, on paper and in any character set.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import click

from rootprint.api.cli.terminal import plain
from rootprint.api.cli.words import HOW_CHECKED, how_checked
from rootprint.ledger.verify import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rootprint.ledger.analysis import Limits

ROWS: Final = 50
# As ``ledger.analysis`` has them, which needs numpy and is loaded when a view is asked for.
MOST_ROWS: Final = 1000
GROUPINGS: Final = ("stage", "organisation", "country", "component", "gas", "tier", "checked")
WIDTH: Final = 20  # of a bar: a sign for each five percent
_NAME: Final = 46
_WEAKEST: Final = 10
_VERIFIED: Final = {
    "programCertificationShare": "programme-certified",
    "productVerificationShare3rdParty": "third party",
    "productVerificationShare2ndParty": "second party",
    "productVerificationShare1stParty": "first party",
    "unverified": "not verified",
}
_TREE: Final = (
    *("version", "subject", "applicable", "reason", "total", "removals"),
    *("limits", "shown", "rest", "tree"),
)
_PERCENT: Final = click.FloatRange(0, 100)
_OPTIONS: Final = (
    click.option("--contributions", is_flag=True, help="Show what the footprint is made of."),
    click.option("--tree", is_flag=True, help="Show the walk as a tree, with kg CO2e and share."),
    click.option(
        "--until",
        type=_PERCENT,
        metavar="PERCENT",
        help="Stop when this much of it is shown.",
    ),
)
_LIMITS: Final = (
    click.option(
        "--cut-off",
        type=_PERCENT,
        metavar="PERCENT",
        help="Leave what is smaller in the rest.",
    ),
    click.option(
        "--nodes",
        type=click.IntRange(1, MOST_ROWS),
        help=f"Show this many rows at most; {ROWS} by default.",
    ),
)
_GROUPED: Final = click.option(
    "--by", type=click.Choice(GROUPINGS), help="Add up by this, not by path."
)


def contribution_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--contributions`` and its limits to a command.

    They arrive as ``contributions`` and ``tree`` (flags), ``until``, ``cut_off`` and ``nodes`` (for
    ``limits_of``) and ``by``, None where not given.
    """
    return _with(command, (*_OPTIONS, *_LIMITS, _GROUPED))


def limited(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--cut-off`` and ``--nodes`` alone, as ``cut_off`` and ``nodes``."""
    return _with(command, _LIMITS)


def _with(command: Callable[..., Any], options: Sequence[Callable[..., Any]]) -> Callable[..., Any]:
    for option in reversed(options):
        command = option(command)
    return command


def limits_of(until: float | None, cut_off: float | None, nodes: int | None) -> Limits:
    """Return the limits that percentages on the command line mean; None is no limit of its own."""
    from rootprint.ledger.analysis import Limits  # noqa: PLC0415 - numpy is slow to load

    whole = 100 if until is None else until
    return Limits(whole / 100, (cut_off or 0) / 100, ROWS if nodes is None else nodes)


def contributions_text(view: Mapping[str, Any], by: str | None = None) -> str:
    """Return the view as text: the tree, or one grouping; then verification and weak points."""
    view = plain(view)
    if not view["applicable"]:
        return f"Contributions  not applicable: {view['reason']}"
    total = view["total"]
    period = f"{total['referencePeriodStart'][:10]} to {total['referencePeriodEnd'][:10]}"
    unit = f"{total['declaredUnitAmount']} {total['declaredUnitOfMeasurement']}"
    what = f"{total['boundary']}, {period}, excluding biogenic uptake"
    lines = [f"Contributions to {total['kgCO2e']} kg CO2e per {unit}, {what}"]
    if view["removals"]:
        lines.append("Removals are in it: shares are of the sum of absolute values, kg are signed")
    lines += ["", *(_tree(view) if by is None else _group(view, by))]
    lines += ["", *_verification(view), *_weak(view)]
    return "\n".join(lines)


def _tree(view: Mapping[str, Any]) -> Iterator[str]:
    width = max(len("kg CO2e"), len(view["total"]["kgCO2e"]) + 1)
    yield f"{'kg CO2e':>{width}}  {'%':>6}  {'':<{WIDTH}}  what, whose, where, stage, how checked"
    waiting: list[tuple[Mapping[str, Any], int]] = [(view["tree"], 0)]
    while waiting:
        row, depth = waiting.pop()
        yield f"{_numbers(row, width)}  {_row(row, depth)}"
        if "children" not in row:
            continue
        rest = row["rest"]
        if row["children"] and (rest["contributions"] or Decimal(rest["kgCO2e"])):
            waiting.append(({**rest, "rest of": row["name"]}, depth + 1))
        waiting.extend((child, depth + 1) for child in reversed(row["children"]))
    yield ""
    shown, rest = view["shown"], view["rest"]
    whole = shown["contributions"] + rest["contributions"]
    yield (
        f"{shown['contributions']} of {counted(whole, 'contribution')} shown, {shown['percent']} %,"
        f" {shown['kgCO2e']} kg CO2e; the rest {rest['percent']} %, {rest['kgCO2e']} kg CO2e"
    )


def tree_text(view: Mapping[str, Any]) -> str:
    """Return the view's tree alone, drawn, each row with its kg CO2e and share."""
    view = plain(view)
    if not view["applicable"]:
        return f"Tree  not applicable: {view['reason']}"
    width = max(len("kg CO2e"), len(view["total"]["kgCO2e"]) + 1)
    lines = [f"{'kg CO2e':>{width}}  {'%':>6}  what, whose, where, stage, how checked"]
    waiting: list[tuple[Mapping[str, Any], str, str]] = [(view["tree"], "", "")]
    while waiting:
        row, before, below = waiting.pop()
        lines.append(f"{row['kgCO2e']:>{width}}  {row['percent']:>6}  {before}{_row(row, 0)}")
        children = list(row.get("children", ()))
        rest = row.get("rest")
        if children and rest is not None and (rest["contributions"] or Decimal(rest["kgCO2e"])):
            children.append({**rest, "rest of": row["name"]})
        for place, child in reversed(list(enumerate(children, start=1))):
            last = place == len(children)
            waiting.append(
                (child, below + ("└─ " if last else "├─ "), below + ("   " if last else "│  "))
            )
    if view["removals"]:
        lines.append("Removals are in it: shares are of the sum of absolute values, kg are signed")
    return "\n".join(lines)


def tree_of(view: Mapping[str, Any]) -> dict[str, Any]:
    """Return of a contribution view what the tree alone needs."""
    return {name: view[name] for name in _TREE if name in view}


def _group(view: Mapping[str, Any], by: str) -> Iterator[str]:
    rows: Sequence[Mapping[str, Any]] = view["by"][by]
    width = max(len("kg CO2e"), *(len(row["kgCO2e"]) for row in rows))
    yield f"{'kg CO2e':>{width}}  {'%':>6}  {'':<{WIDTH}}  {by}"
    for row in rows:
        name = HOW_CHECKED.get(row["name"], row["name"]) if by == "checked" else row["name"]
        name = f"tier {name}" if by == "tier" else name
        yield f"{_numbers(row, width)}  {name}"
    yield f"{view['total']['kgCO2e']:>{width}}  {'100.00':>6}  {'':<{WIDTH}}  all"


def _numbers(row: Mapping[str, Any], width: int) -> str:
    signs = round(Decimal(row["percent"]) * WIDTH / 100)
    bar = ("-" if row["kgCO2e"].startswith("-") else "#") * signs
    return f"{row['kgCO2e']:>{width}}  {row['percent']:>6}  {bar:<{WIDTH}}"


def _row(row: Mapping[str, Any], depth: int) -> str:
    indent = "  " * depth
    if "rest of" in row:
        more = row["contributions"]
        return (
            f"{indent}({more} more of {_short(row['rest of'])})" if more else f"{indent}(rounding)"
        )
    said = [
        _short(row["name"]),
        row["organisation"]["name"],
        row["country"],
        row["stage"],
        how_checked(row["checked"]),
        "hidden, the walk ends here" if row["sort"] == "hidden" else None,
        None if row["dqi"] is None else "quality " + "/".join(row["dqi"].values()),
        None if row.get("children", True) else f"{_counted(row)} not shown",
    ]
    return indent + " | ".join(part for part in said if part)


def _counted(row: Mapping[str, Any]) -> str:
    return counted(row["contributions"], "contribution")


def _verification(view: Mapping[str, Any]) -> Iterator[str]:
    shares = view["verification"]
    words = [f"{word} {shares[name]} %" for name, word in _VERIFIED.items()]
    yield "Verified by  " + ", ".join(words)


def _weak(view: Mapping[str, Any]) -> Iterator[str]:
    weak = view["weakPoints"]
    if not weak["ranking"]:
        yield "Weak points  none found: nothing only signed, published, old, unstated or rated low"
        return
    said = [f"{reason} {share} %" for reason, share in weak["byReason"].items() if share != "0.00"]
    yield f"Weak points  {', '.join(said)} (they overlap)"
    for item in weak["ranking"][:_WEAKEST]:
        what = item["product"] if item["line"] is None else (
            f"{item['product']}, line {item['line']}: {item['description']}"
        )  # fmt: skip
        yield f"  {item['percent']:>6} %  {item['reason']}: {what} ({item['detail']})"
    if weak["of"] > _WEAKEST:
        yield f"  {_WEAKEST} of {weak['of']} shown"


def _short(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 3]}..."
