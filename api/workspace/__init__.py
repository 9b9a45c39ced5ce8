"""A ledger's folder: its names, its keys, and the rooms opened on it. No rule of the domain."""

from api.workspace.founding import Founding, found
from api.workspace.holders import Holder, Holders
from api.workspace.keyfiles import KeyFiles
from api.workspace.workspace import OPERATOR, REGISTRAR, Workspace

__all__ = [
    "OPERATOR",
    "REGISTRAR",
    "Founding",
    "Holder",
    "Holders",
    "KeyFiles",
    "Workspace",
    "found",
]
