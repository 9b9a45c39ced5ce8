"""``python -m tests.agreement``."""

from __future__ import annotations

from tests.agreement.runner import main

if __name__ == "__main__":
    raise SystemExit(main())
