"""What checks 5, 7 and 8 find of the accounting laws, a module each; they carry it in their answer.

1 and 3 are ``equations`` and ``bounds``, 2 is ``processes``, 4 ``claims``, 5 ``numbers`` and
``variants``, 6 ``deliveries``, 7 ``stages``, 8 ``quantities``. Publishing and composing ask some of
them too.
"""

from rootprint.ledger.verify.rulings import bounds, deliveries, equations, variants

__all__ = ["bounds", "deliveries", "equations", "variants"]
