"""The HTTP door: publish a statement and get its receipt, read statements, checkpoints, proofs.

It judges nothing itself: ``ledger.intake`` does. The signature is the right to publish.
"""

from api.http.app import create_app
from api.http.server import serve
from api.http.settings import Settings

__all__ = ["Settings", "create_app", "serve"]
