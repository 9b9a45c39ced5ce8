"""Making a file: walk, keep what was looked at, and prove what the chain said of it.

Two walks. The first, over a ledger or another file, finds what a verifier needs; the second, over
what was found, finds which words of the chain a verifier of it will read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from eth_hash.auto import keccak

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import NotFound
from rootprint.ledger.evidence.bundle import StateProof, read, write
from rootprint.ledger.evidence.collect import Noting, Recording, Redacting
from rootprint.ledger.verify import Requirements, block_asked, passed, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rootprint.ledger.core.chain import Block, ChainView, ProvingChain
    from rootprint.ledger.evidence.bundle import Bundle
    from rootprint.ledger.verify import Context, Look, Node, Report, Sources, Trust


def export(  # noqa: PLR0913 - what an exporter decides
    subject: bytes,
    sources: Sources,
    view: ChainView,
    trust: Trust,
    *,
    now: int,
    keep: Mapping[bytes, set[str]] | None = None,
    requirements: Requirements = Requirements(),  # noqa: B008 - frozen
    looked: Look = lambda _subject, _nodes, _context: None,
    progress: Callable[[int], None] = lambda _count: None,
) -> tuple[Bundle, Report]:
    """Return what a verifier of ``subject`` needs, and the report that it would get.

    ``keep`` gives the places that stay open of statements that are to be redacted; a redaction only
    takes away, so what ``sources`` don't show is never shown. Raises NotFound if such a statement
    is not reached from ``subject``, and what ``walk`` raises.
    """
    recording = Recording(Redacting(sources, keep or {}), subject)
    bundle = recording.bundle

    def look(node: Node, nodes: Mapping[bytes, Node], context: Context) -> None:
        for digest, one in nodes.items():
            if one.row is not None:
                bundle.proofs[digest] = replace(bundle.proofs[digest], row=one.row)
            if one.proof is not None and one.proof.extra is not None:
                # Covered by nothing, so somebody's note to its last holder and not to the next.
                text = replace(one.proof, extra=None).text()
                bundle.proofs[digest] = replace(bundle.proofs[digest], text=text)
        looked(node, nodes, context)

    report = walk(
        subject,
        recording,
        view,
        trust,
        now=now,
        file_check=passed(0, f"the statement {digest_text(subject)}"),
        requirements=requirements,
        looked=look,
        progress=progress,
    )
    if strangers := set(keep or {}) - {one.digest for one in report.statements}:
        listed = ", ".join(digest_text(one) for one in sorted(strangers))
        message = f"{listed} is not reached from the subject, so there is nothing to hide"
        raise NotFound(message)
    return bundle, report


def prove(bundle: Bundle, view: ProvingChain, trust: Trust, *, now: int) -> tuple[Bundle, Block]:
    """Return the bundle with the chain's state proven, and the block that it is proven at.

    That is the newest final one not after ``now``; whoever trusts its hash needs no chain. Raises
    Refused where this chain's headers or accounts can't be proven, Unavailable where it can't be
    asked.
    """
    block = block_asked(view, trust, now if trust.as_of is None else trust.as_of)
    noting = Noting(view, block)
    content = read(write(bundle, made=now))
    final = replace(trust, confirmations=0)
    walk(content.subject, content, noting, final, now=now, file_check=passed(0))
    content.state = StateProof(
        view.header(block.number),
        {
            keccak(node): node
            for contract, slots in noting.words.items()
            for node in view.proof(contract, sorted(slots), block.number)
        },
    )
    return content, block
