"""A real store, log and intake over the world's chain in memory: everything but a chain's file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rootprint.ledger.intake import Home, publish, require_citable
from rootprint.ledger.log import Log
from rootprint.ledger.store import Store
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rootprint.ledger.core.keys import SigningKey
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake.citable import Citable
    from rootprint.ledger.log import Receipt
    from rootprint.ledger.verify import Report


@dataclass
class Place:
    """One ledger and the organisations of its world."""

    world: World
    home: Home
    log: Log

    def signed(self, draft: Mapping[str, Any], key: SigningKey | None = None) -> Statement:
        """Sign, and let later drafts of the world cite it, logged or not."""
        statement = self.world.sign(draft, key)
        self.world.held[statement.digest] = statement
        return statement

    def publish(self, *statements: Statement | str) -> list[Receipt]:
        """Publish as one batch, disclosures kept."""
        texts = [one if isinstance(one, str) else one.text for one in statements]
        return publish(self.home, self.log, texts, keep_disclosures=True)

    def published(self, draft: Mapping[str, Any]) -> Statement:
        """Sign and publish."""
        statement = self.signed(draft)
        self.publish(statement)
        return statement

    def factor(self, name: str = "fuel", **changes: Any) -> Statement:
        """Publish a factor of 2.5 kg CO2e per kilogram."""
        return self.published(self.world.factor(name, **changes))

    def part(self, name: str = "part", **changes: Any) -> Statement:
        """Publish a product that takes two kilograms of a factor of its own."""
        fuel = self.factor(f"fuel-of-{name}")
        lines = [self.world.line(fuel, "2", "kilogram")]
        return self.published(self.world.product(name, lines, **changes))

    def add_key(self, key: SigningKey, did: str) -> None:
        """Make a key known here, added on the chain or not."""
        self.world.add_key(did, key)
        kid = key.public.kid
        with self.home.store.write() as tx:
            tx.directory.put_key(key.public)
            tx.directory.put_possession(did, kid, self.world.proofs[did, kid])
        self.world.jwks[kid] = key.public.jwk()

    def anchor(self) -> None:
        """Anchor the log's newest state."""
        size = self.log.size
        self.world.chain.anchor(self.world.log_id, size, self.log.root(size))
        self.world.chain.mine()

    def citable(self, digest: bytes, now: int | None = None) -> Citable:
        """Ask whether a statement may be cited."""
        return require_citable(self.home, digest, now=self.world.now if now is None else now)

    def walk(self, subject: Statement) -> Report:
        """Walk in the ledger, where everything is available."""
        verifier = self.home.verifier(clock=lambda: self.world.now)
        return self.home.export(subject.digest, verifier).report


def open_place(folder: Path) -> Place:
    """Make an empty ledger with the world's four organisations."""
    world = World()
    store = Store.create(folder / "store.sqlite")
    trust = world.trust(world.sign(world.factor("any")))
    with store.write() as tx:
        world.keep_keys(tx)
        for did in world.keys:
            for record in world.records.values():
                if did.encode() in record:
                    tx.directory.put_record(did, record)
    log = Log(store, world.log_key, clock=lambda: 1_800_000_000.0)
    return Place(world, Home(store, log, world.chain, trust), log)


def sizes(place: Place) -> tuple[int, int]:
    """Return how many entries and statements there are."""
    with place.home.store.read() as tx:
        return place.log.size, tx.statements.count()


def inventory_file(*lines: str) -> bytes:
    """Return a product's inventory file with these lines, each a YAML mapping."""
    return (HEAD + "inventory:\n" + "".join(f"  - {line}\n" for line in lines)).encode()


HEAD = """\
kind: FootprintStatement
issuer: did:web:maker.example
validFrom: "2026-01-01T00:00:00Z"
validUntil: "2028-01-01T00:00:00Z"
role: product
productIds: ["urn:example:part"]
productNameCompany: Part
productDescription: One part, fictional
boundary: cradle-to-gate
basis: life-cycle
pcf:
  declaredUnitOfMeasurement: kilogram
  declaredUnitAmount: "1"
  referencePeriodStart: "2025-01-01T00:00:00Z"
  referencePeriodEnd: "2026-01-01T00:00:00Z"
  geographyCountry: CN
  productMassPerDeclaredUnit: "1"
  fossilCarbonContent: "0"
  ipccCharacterizationFactors: [AR6]
  crossSectoralStandards: [ISO14067]
  exemptedEmissionsPercent: "0"
  exemptedEmissionsDescription: Nothing is exempted.
  packagingEmissionsIncluded: false
"""
