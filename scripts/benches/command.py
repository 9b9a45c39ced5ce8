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

from benches import calc, gas, merkle, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from benches.measuring import Result

BENCHES: dict[str, Callable[[bool], Iterable[Result]]] = {
    "merkle": merkle.results,
    "verify": verify.results,
    "gas": gas.results,
    "calc": calc.results,
}


def run(arguments: Sequence[str]) -> int:
    """Run the benches named, all by default; an unknown name ends with status 2 and the list."""
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--quick", action="store_true", help="smaller sizes, fewer rounds")
    chosen = parser.parse_args(arguments)
    unknown = [name for name in chosen.names if name not in BENCHES]
    if unknown:
        parser.error(f"no bench is named {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    results = [
        result
        for name in dict.fromkeys(chosen.names or BENCHES)
        for result in BENCHES[name](chosen.quick)
    ]
    if chosen.format == "json":
        document = {"machine": machine(), "results": [asdict(result) for result in results]}
        sys.stdout.write(json.dumps(document, indent=2) + "\n")
    else:
        sys.stdout.write(table(results))
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


def _cpu() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:  # not Linux
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in text.splitlines() if "model name" in line]
    return names[0] if names else platform.machine()
