"""A conformance scene in which a statement is changed between sealing and signing.

So a change reaches the checks behind the signature.

What is composed further up sees the changed statement where it can still be read, and otherwise
the one it was made of, under the changed one's digest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import b64url, b64url_bytes, sha256
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.sdjwt import Envelope, join
from rootprint.ledger.core.statement import Statement, parse_statement
from tests.conformance.casebook import Scene

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.keys import SigningKey


@dataclass
class Parts:
    """A statement as the texts of its JSON, about to be signed.

    ``stage`` is where it will be logged, ``finish`` turns the finished JWT into another text.
    """

    stage: Stage
    header: str
    payload: str
    disclosures: list[str]
    key: SigningKey
    finish: Callable[[str], str] = lambda jwt: jwt

    def disclose(self, number: int, new: str) -> None:
        """Write a disclosure anew, and its digest in the slot that it opens."""
        slot, self.disclosures[number] = _digest(self.disclosures[number]), new
        self.payload = self.payload.replace(slot, _digest(new))

    def sealed(self) -> tuple[str, tuple[str, ...]]:
        """Sign, and return the JWT and the encoded disclosures."""
        unsigned = f"{_b64(self.header)}.{_b64(self.payload)}"
        jwt = f"{unsigned}.{b64url(self.key.sign(unsigned.encode()))}"
        return self.finish(jwt), tuple(_b64(text) for text in self.disclosures)


Hook = Callable[[Parts], None]


@dataclass
class Stage(Scene):
    """``hooks`` change the statement published as that number, from 0.

    ``shadow`` hides every change from what is composed of it.
    """

    hooks: dict[int, list[Hook]] = field(default_factory=dict)
    shadow: bool = False
    published: list[Statement] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Remember which code a verifier pins, whatever becomes of the accounts."""
        super().__post_init__()
        self._pinned = dict(self.chain.code_hashes)

    def trust_json(self, subject: Statement) -> dict[str, Any]:
        """Return the trust file of one who pinned the contracts when they stood there."""
        now, self.chain.code_hashes = self.chain.code_hashes, self._pinned
        try:
            return super().trust_json(subject)
        finally:
            self.chain.code_hashes = now

    def publish(self, draft: Mapping[str, Any], key: SigningKey | None = None) -> Statement:
        """Seal, change, sign and log."""
        signer = key or self.keys[draft["issuer"]]
        statement = self.sign(draft, signer)
        hooks = self.hooks.get(len(self.published), [])
        if hooks:
            parts = Parts(
                self,
                _text(statement.envelope.jwt.split(".")[0]),
                _text(statement.envelope.jwt.split(".")[1]),
                [_text(encoded) for encoded in statement.disclosures],
                signer,
            )
            for hook in hooks:
                hook(parts)
            statement, signer = self._changed(statement, *parts.sealed()), parts.key
        self.published.append(statement)
        return self.log(statement, signer)

    def _changed(self, sealed: Statement, jwt: str, disclosures: tuple[str, ...]) -> Statement:
        if not self.shadow:
            try:
                changed = parse_statement(join(jwt, disclosures))
                _ = changed.opened
            except Refused:
                pass
            else:
                return changed
        envelope = sealed.envelope
        shadow = Statement.of(
            Envelope(jwt, envelope.header, envelope.payload, envelope.signature), disclosures
        )
        shadow.__dict__["opened"] = sealed.opened  # a cached property, filled beforehand
        return shadow


def _text(encoded: str) -> str:
    return b64url_bytes(encoded, what="part").decode()


def _b64(text: str) -> str:
    return b64url(text.encode(errors="surrogatepass"))


def _digest(text: str) -> str:
    return b64url(sha256(_b64(text).encode()))
