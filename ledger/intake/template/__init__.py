"""The template: a workbook for an inventory, in Chinese or English, that ``compose`` reads."""

from rootprint.ledger.intake.template.workbook import template_workbook

__all__ = ["template_workbook"]
