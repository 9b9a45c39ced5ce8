"""The command: which benches to run, and their results as a table or as JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benches import calc, gas, merkle, rules, verify
from benches.measuring import Growth, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

BENCHES: dict[str, Callable[[bool], Iterable[Result | Growth]]] = {
    "merkle": merkle.results,
    "verify": verify.results,
    "gas": gas.results,
    "calc": calc.results,
    "rules": rules.results,
}
FULL: dict[str, Callable[[], Iterable[Result | Growth]]] = {"verify": verify.full}


def run(arguments: Sequence[str]) -> int:
    """Run the benches named, all by default; an unknown name ends with status 2 and the list."""
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--quick", action="store_true", help="smaller sizes, fewer rounds")
    parser.add_argument("--full", action="store_true", help="also what takes over five minutes")
    chosen = parser.parse_args(arguments)
    unknown = [name for name in chosen.names if name not in BENCHES]
    if unknown:
        parser.error(f"no bench is named {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    names = dict.fromkeys(chosen.names or BENCHES)
    found = [one for name in names for one in BENCHES[name](chosen.quick)]
    if chosen.full:
        found += [one for name in names if name in FULL for one in FULL[name]()]
    results = [one for one in found if isinstance(one, Result)]
    growth = [one for one in found if isinstance(one, Growth)]
    if chosen.format == "json":
        document = {
            "machine": machine(),
            "results": [asdict(result) for result in results],
            "growth": [asdict(one) for one in growth],
        }
        sys.stdout.write(json.dumps(document, indent=2) + "\n")
    else:
        sys.stdout.write(table(results) + grown(growth))
    return 0


def machine() -> dict[str, Any]:
    """Return where this was measured: processor, cores, Python, system."""
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.release()} {platform.machine()}",
    }


def table(results: Sequence[Result]) -> str:
    """Return the results for people, with what was done below each line of figures."""
    where = machine()
    lines = [f"{where['cpu']}, {where['cores']} cores, Python {where['python']}", ""]
    for result in results:
        share = result.against.startswith("limit")
        ratio = "of the limit" if share else "times better (below 1: worse)"
        lines += [
            result.name,
            f"  ours     {result.ours:>12,.0f} {result.unit}: {result.work}",
            f"  against  {result.theirs:>12,.0f} {result.unit}: {result.against}",
            f"  ratio    {result.ratio:>12.3g} {ratio}",
            "",
        ]
    return "\n".join(lines)


def grown(growth: Sequence[Growth]) -> str:
    """Return for people how costs grow with n; nothing where no bench says it."""
    lines = [f"growth: {fit}" for fit in dict.fromkeys(one.fit for one in growth)]
    for one in growth:
        lines += ["", f"{one.name}, {one.cost}"]
        for whose, costs, exponent in (
            ("ours", one.ours, one.ours_exponent),
            ("against", one.theirs, one.theirs_exponent),
        ):
            at = ", ".join(f"{n:,}: {cost:.3g}" for n, cost in zip(one.sizes, costs, strict=True))
            said = "not known" if exponent is None else f"n^{exponent:.2f}"
            lines.append(f"  {whose:<8} {said:>9}  ({at})")
    return "\n".join([*lines, ""]) if lines else ""


def _cpu() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:  # not Linux
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in text.splitlines() if "model name" in line]
    return names[0] if names else platform.machine()
