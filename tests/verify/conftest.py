"""The chains of statements that the tests of verifying share."""

from __future__ import annotations

from tests.verify.chains import assured, unassured

__all__ = ["assured", "unassured"]
