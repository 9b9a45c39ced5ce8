"""The answers to the conformance cases that are compared."""

from __future__ import annotations

from tests.support.reports import javascript_reports, python_reports

__all__ = ["javascript_reports", "python_reports"]
