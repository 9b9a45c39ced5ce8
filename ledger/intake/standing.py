"""What a change of standing would cost: statements of an issuer that have no time on chain yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rootprint.ledger.intake.home import Home


def unanchored(home: Home, issuer: str, kid: str | None = None) -> list[bytes]:
    """Return digests of the issuer's logged statements that no anchored checkpoint covers.

    With ``kid``, only those signed by that key. Suspending the issuer or retiring the key before
    the next anchor makes them invalid, so whoever does it is warned first.
    """
    history = home.history()
    waiting = []
    with home.store.read() as tx:
        digests = tx.statements.by_issuer(issuer)
        signed_by = {digest: tx.statements.get(digest).kid for digest in digests}
    for digest in digests:
        if kid is not None and signed_by[digest] != kid:
            continue
        if history.first_covering(home.log.index_of(digest)) is None:
            waiting.append(digest)
    return waiting
