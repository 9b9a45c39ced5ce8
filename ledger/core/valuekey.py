"""What two equal JSON values have in common: a key, so that lists of them are compared in one pass.

Comparing each item with all before it takes a time that grows with the square of a list that its
sender chose; a set of keys does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Hashable

Json = Any  # of any reader: numbers may be Decimal too


def value_key(value: Json) -> Hashable:
    """Return a key that two JSON values share if they are equal, whatever their members' order.

    Numbers are compared as they are written (1 is not 1.0), and true is not 1. Text of numbers is
    what is hashed: Python's hash of an integer can be chosen by who writes it.

    >>> value_key({"a": [1], "b": "x"}) == value_key({"b": "x", "a": [1]})
    True
    >>> value_key([True]) == value_key([1])
    False
    """
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return ("object", frozenset((name, value_key(member)) for name, member in value.items()))
    if isinstance(value, list):
        return ("array", *map(value_key, value))
    return (type(value).__name__, repr(value))
