"""The HTTP API: publish a statement and get its receipt, read statements, checkpoints, proofs.

It judges nothing itself: ``ledger.intake`` does. The signature is the right to publish.
"""

from rootprint.api.http.app import create_app
from rootprint.api.http.server import serve
from rootprint.api.http.settings import Settings

__all__ = ["Settings", "create_app", "serve"]
