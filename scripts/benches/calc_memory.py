"""Peak memory of composing one graph, in a process of its own: ``python -m benches.calc_memory``.

Prints megabytes. The peak is that of the process's own memory (VmHWM where the system tells it):
``ru_maxrss`` of a started process may be its parent's.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from benches.calc_graphs import Shape


def main(who: str, name: str, nodes: str) -> None:
    """Compose ``name`` with ``nodes`` nodes by ``who`` (ours or theirs), print the peak.

    Without nodes: what the process holds once all is loaded that the shape needs.
    """
    if float(nodes) == 0:
        _load(who, name)
        sys.stdout.write(f"{_peak():.1f}\n")
        return
    shape = Shape(name, int(float(nodes)))
    if who == "ours":
        _ours(shape)
    else:
        _theirs(shape)
    sys.stdout.write(f"{_peak():.1f}\n")


def _load(who: str, name: str) -> None:
    if who == "theirs":
        from benches import calc_peer  # noqa: F401, PLC0415 - it is the loading that is measured
    else:
        from rootprint.calc.graph import Edges  # noqa: F401, PLC0415

        if name == "cyclic":
            from rootprint.calc.graph import cycles, order  # noqa: F401, PLC0415


def _ours(shape: Shape) -> None:
    """Ids to numbers, graph, tiles, every product in one pass, one product's contributions."""
    from rootprint.calc.graph import Edges  # noqa: PLC0415 - each process loads one of the two

    ids = shape.ids()
    edges = Edges(ids)
    for block in shape.blocks(ids):
        edges.add(*block)
    graph, own = edges.graph().for_many_passes(), shape.own()
    del edges
    values = graph.footprints(own)
    graph.contributions(int(values.argmax()), own)


def _theirs(shape: Shape) -> None:
    from benches import calc_peer  # noqa: PLC0415 - each process loads one of the two

    made = calc_peer.package(shape)
    calc_peer.from_scratch(made, int(shape.ids()[-1]))


def _peak() -> float:
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:  # not Linux
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / 1e6


if __name__ == "__main__":
    main(*sys.argv[1:])
