"""``python -m benches`` in the project's environment; people type scripts/bench."""

from __future__ import annotations

import sys

from benches.command import run

if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1:]))
