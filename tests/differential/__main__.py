"""``python -m tests.differential``."""

from __future__ import annotations

from tests.differential.runner import main

if __name__ == "__main__":
    raise SystemExit(main())
