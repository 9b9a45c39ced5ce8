"""``Ledger``: a ledger's folder for programs, with the steps of the command line as methods."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import orjson

from rootprint.api.service.alone import anchoring_alone
from rootprint.api.service.founding import Founding, found
from rootprint.api.service.workspace import Workspace
from rootprint.ledger.anchor import Outcome
from rootprint.ledger.core.encoding import digest_bytes, hex_text
from rootprint.ledger.core.errors import Unavailable
from rootprint.ledger.intake import (
    BASE_PACK,
    Draft,
    Problem,
    drafted,
    logged_resolver,
    publish,
    read_inventory,
)
from rootprint.ledger.registry import role_bits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.ledger.core.files import FileName
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verifier import Made, Verifier

_WAITING: Final = "call anchor again once the chain has moved on"


class Ledger:
    """An open ledger. Close it, or use it as a context.

    Organisations and keys go by the short names they were admitted under, statements by digest
    (32 bytes, or ``sha256:…``).
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @classmethod
    def create(
        cls,
        folder: FileName,
        founding: Founding,
        *,
        passphrase: str | None = None,
        insecure_plain_keys: bool = False,
    ) -> Self:
        """Make a ledger in a new folder, its keys encrypted by the passphrase.

        Raises Refused if the folder holds one, and without a passphrase unless the keys may be
        plain files, which is for demonstrations only.
        """
        insecure = insecure_plain_keys
        return cls(found(Path(folder), founding, passphrase=passphrase, insecure=insecure))

    @classmethod
    def open(cls, folder: FileName, *, passphrase: str | None = None) -> Self:
        """Open a ledger's folder; raises NotFound where there is none."""
        return cls(Workspace.open(Path(folder), passphrase=passphrase))

    def close(self) -> None:
        """Close store and chain."""
        self._workspace.close()

    def __enter__(self) -> Self:
        """Return the open ledger."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def admit(
        self, name: str, did: str, *, legal_name: str, country: str, roles: Sequence[str]
    ) -> None:
        """Make keys for a new organisation and admit it with these roles.

        They are ``supplier``, ``factor-publisher``, ``auditor`` and what else
        ``ledger.core.standing.ROLE_NAMES`` has. Raises Refused for one that the chain knows.
        """
        bits = role_bits(list(roles))
        self._workspace.send(
            self._workspace.organisation_calls(
                name, did, legal_name=legal_name, country=country, roles=bits
            )
        )

    def compose(
        self,
        inventory: bytes | FileName,
        inputs: Mapping[str, bytes | str] | None = None,
        *,
        rules: str = BASE_PACK,
        mapping: bytes | FileName | None = None,
    ) -> Draft:
        """Compose an inventory of what is logged here; ``inputs`` gives digests by name.

        They go before those that the inventory itself names.

        Raises as ``rootprint.compose``, and NotAuthorised or Refused for what may not be cited now.
        """
        parsed, home = read_inventory(inventory, mapping), self._workspace.home
        told: list[Problem] = []
        resolve = logged_resolver(
            home,
            {**parsed.statements, **(inputs or {})},
            lambda name: f"give inputs={{{name!r}: its digest}}",
            lambda name, said: told.append(_taken(parsed.where, name, said)),
        )
        issuer = parsed.issuer
        if not issuer.startswith("did:"):
            issuer = self._workspace.holders.get(issuer).did
        draft = drafted(parsed, issuer, resolve, rules)
        return replace(draft, notes=(*draft.notes, *told))

    def sign(self, draft: Draft | Mapping[str, Any], name: str) -> Statement:
        """Sign a draft for this log, with the key of that short name.

        Raises Refused for a draft of another issuer, NotFound for a name without a key here.
        """
        content = draft.content if isinstance(draft, Draft) else draft
        return self._workspace.sign(content, name)

    def publish(self, *statements: Statement) -> list[int]:
        """Log statements in this order, all or none; return the entry of each.

        What they disclose is kept here for the holder. Raises Refused, NotAuthorised or NotFound.
        """
        texts = [one.text for one in statements]
        receipts = publish(
            self._workspace.home, self._workspace.log(), texts, keep_disclosures=True
        )
        return [receipt.index for receipt in receipts]

    def anchor(self) -> int:
        """Anchor the newest checkpoint; return how many entries are anchored.

        Raises Unavailable while the chain has not taken it yet, or another process anchors.
        """
        with anchoring_alone(self._workspace.folder):
            outcome = self._workspace.anchorer().anchor()
        if outcome.state is Outcome.PENDING:
            raise Unavailable(f"not anchored yet: {outcome.reason}", remedy=_WAITING)
        return outcome.size

    def verifier(self, **asked: Any) -> Verifier:
        """Return the verifier with this ledger's trust and chain; ``asked`` are its members."""
        return self._workspace.home.verifier(**asked)

    def export(self, digest: bytes | str, *, keep: Mapping[bytes, set[str]] | None = None) -> Made:
        """Return evidence of a statement, the chain proven in it, and what its receiver will see.

        ``keep`` gives the places that stay open of statements that are to be redacted. Raises
        NotFound for a statement that is not here, Refused for one that fails.
        """
        verifier = self.verifier()
        made = self._workspace.home.export(_digest(digest), verifier, keep=keep)
        made.require()
        return verifier.prove(made)

    def trust(self, statement: Statement, block: bytes | None = None) -> bytes:
        """Return a trust file that expects this footprint's issuer and product.

        It goes to the receiver another way than the evidence. With the hash of a ``block`` it
        trusts that one and names no other way to see the chain.
        """
        expect = {"issuer": statement.issuer, "product": statement.subject["productIds"][0]}
        content = self._workspace.trust_json(expect)
        if block is not None:
            content.pop("chainFile", None)
            content["trustedBlocks"] = [hex_text(block)]
        elif "chainFile" in content:
            content["chainFile"] = str((self._workspace.folder / content["chainFile"]).resolve())
        return orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n"


def _taken(where: str, name: str, said: str) -> Problem:
    """Return a note on what a file takes by a name."""
    return Problem(where, 0, 0, "", "", f"takes {name}: {said}", "")


def _digest(digest: bytes | str) -> bytes:
    return digest if isinstance(digest, bytes) else digest_bytes(digest)
