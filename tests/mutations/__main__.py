"""``python -m tests.mutations``; worker processes import the runner by its name."""

from __future__ import annotations

from tests.mutations.runner import main

if __name__ == "__main__":
    raise SystemExit(main())
