"""``python -m tests.sequences``."""

from __future__ import annotations

from tests.sequences.runner import main

if __name__ == "__main__":
    raise SystemExit(main())
