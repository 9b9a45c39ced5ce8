"""A ledger's folder: its names, its keys, and what is opened on it. No rule of the domain."""

from rootprint.api.service.alone import anchoring_alone
from rootprint.api.service.founding import Founding, found
from rootprint.api.service.holders import Holder, Holders
from rootprint.api.service.keyfiles import KeyFiles
from rootprint.api.service.ledger import Ledger
from rootprint.api.service.workspace import OPERATOR, REGISTRAR, Workspace

__all__ = [
    "OPERATOR",
    "REGISTRAR",
    "Founding",
    "Holder",
    "Holders",
    "KeyFiles",
    "Ledger",
    "Workspace",
    "anchoring_alone",
    "found",
]
