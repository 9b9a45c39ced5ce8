"""The error tree as it is drawn."""

from __future__ import annotations

import inspect
import re

from rootprint.calc.errors import RootprintError
from rootprint.ledger.core import errors


def test_the_tree_is_the_one_drawn() -> None:
    """Names and depths in the module's docstring are the classes' own."""
    lines = re.findall(r"^([ │├└─]*)([A-Z]\w+)(?:  |$)", errors.__doc__ or "", re.MULTILINE)
    margin = next(len(indent) for indent, name in lines if name == "RootprintError")
    depths = {name: (len(indent) - margin) // 4 for indent, name in lines}
    classes = inspect.getmembers(errors, inspect.isclass)
    root = len(RootprintError.__mro__)
    assert depths == {name: len(each.__mro__) - root for name, each in classes}
    assert all(issubclass(each, RootprintError) for _, each in classes)


def test_codes_are_unique_and_remedies_are_said() -> None:
    """Machines tell errors apart by code; people read the remedy behind the message."""
    classes = [cls for _, cls in inspect.getmembers(errors, inspect.isclass)]
    assert len({cls.code for cls in classes}) == len(classes)
    error = errors.TooLarge("the file has 9 bytes", remedy="send fewer")
    assert str(error) == "the file has 9 bytes — send fewer"
    assert str(errors.TooLarge("the file has 9 bytes")) == "the file has 9 bytes"
    assert isinstance(error, errors.Refused | errors.LedgerError)
