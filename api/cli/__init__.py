"""The command line: ``rootprint``. stdout is the result, stderr the rest.

Each command's module is loaded when it is called, so that ``verify`` needs neither the database
nor the server that other commands need.
"""

from rootprint.api.cli.group import rootprint
from rootprint.api.cli.session import Session

__all__ = ["Session", "rootprint"]
