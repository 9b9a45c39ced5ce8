"""The answers to the conformance cases that the tests of the JavaScript verifier share."""

from __future__ import annotations

from tests.support.reports import javascript_reports, python_reports

__all__ = ["javascript_reports", "python_reports"]
