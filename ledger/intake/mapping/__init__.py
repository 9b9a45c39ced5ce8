"""Mappings: how a company's own sheet says an inventory, written down once and used again."""

from rootprint.ledger.intake.mapping.proposing import Proposal, propose_mapping
from rootprint.ledger.intake.mapping.reading import parse_mapped

__all__ = ["Proposal", "parse_mapped", "propose_mapping"]
