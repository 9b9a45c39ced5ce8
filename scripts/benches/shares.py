"""Where verifying spends its time: ``python -m benches.shares [STATEMENTS]``, by cProfile.

A profiler makes short Python functions look slower than they are beside OpenSSL; the shares rank,
they do not measure. docs/bench.md shows the command.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
from pathlib import Path
from typing import Any

from benches.ledger_in_memory import evidence

ROOT = Path(__file__).resolve().parents[2]
SHOWN = 24


def shares(statements: int) -> list[tuple[float, int, str]]:
    """Return (share of the whole, calls, function) of our own functions, largest first."""
    made = evidence(statements)
    profile = cProfile.Profile()
    profile.runcall(made.world.verifier(made.trust).verify, made.data)
    stats: Any = pstats.Stats(profile)
    whole = stats.total_tt
    return sorted(
        (
            (cumulative / whole, calls, name)
            for place, (_, calls, _, cumulative, _) in stats.stats.items()
            if (name := _named(*place)) is not None
        ),
        reverse=True,
    )


def _named(path: str, line: int, function: str) -> str | None:
    if "ECPublicKey" in function or "Ed25519PublicKey" in function:
        return "cryptography: " + ("ES256" if "EC" in function else "Ed25519") + " verify"
    file = Path(path).resolve()  # the packages are reached through links
    inside = file.is_relative_to(ROOT / "ledger") or file.is_relative_to(ROOT / "calc")
    return f"{file.relative_to(ROOT)}:{line} {function}" if inside else None


if __name__ == "__main__":
    for share, calls, name in shares(int(float(sys.argv[1] if sys.argv[1:] else "1e2")))[:SHOWN]:
        sys.stdout.write(f"{share:6.1%} {calls:8,} {name}\n")
