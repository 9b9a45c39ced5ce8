"""Numbers: pure functions over exact rationals and arrays. Tables come in as arguments.

Exact, for what is signed: ``units``, ``lines``, ``totals``, ``rounding``, ``compatibility``.
Floating point, for analysis: ``graph``, ``coverage``. Every module here is public.
"""
