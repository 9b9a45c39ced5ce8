"""``python -m tests.fuzz``: the long run."""

from __future__ import annotations

from tests.fuzz.runner import main

if __name__ == "__main__":
    raise SystemExit(main())
