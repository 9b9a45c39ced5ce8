"""Another standing of keys, organisations and statements; another thing asked of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.chain import StatusState
from rootprint.ledger.core.encoding import sha256
from rootprint.ledger.core.standing import Role
from tests.agreement.kinds.registry import kind
from tests.support.world import AUDITOR, AUTHORITY, PUBLISHER, SUPPLIER

if TYPE_CHECKING:
    from random import Random

    from tests.agreement.making import Json, Making, Setting


@kind("another standing", 4)
def _standing(making: Making) -> None:
    """A key retired or compromised, an organisation suspended, a statement withdrawn."""
    later = making.later()

    def world(setting: Setting) -> None:
        chance, stage = later(), setting.stage
        did = chance.choice((setting.subject.issuer, SUPPLIER, PUBLISHER, AUDITOR, AUTHORITY))
        thumbprint = stage.keys[did].public.thumbprint
        moment = chance.choice((stage.chain.block(1).time, stage.chain.block().time, 1))
        step = chance.randrange(8)
        if step == 0:
            stage.chain.retire_key(did, thumbprint)
        elif step == 1:
            stage.chain.report_compromise(did, thumbprint, moment)
        elif step == 2:
            stage.chain.suspend(did)
        elif step == 3:
            stage.chain.expel(did)
        elif step == 4:
            record = sha256(chance.choice((b"another record", b"")))
            roles = Role(chance.choice((1, 2, 4, 8, 15)))
            stage.chain.admit(did, sha256(did.encode())[:20], record, roles)
        else:
            _say(chance, setting, did)
        stage.chain.mine()
        if chance.random() < 0.3:
            stage.anchor()

    making.world(world)


def _say(chance: Random, setting: Setting, did: str) -> None:
    stage = setting.stage
    about = chance.choice(stage.published)
    who = chance.choice((did, about.issuer, about.issuer, AUTHORITY))
    said = chance.choice((sha256(b"said"), *(one.digest for one in stage.published)))
    state = chance.choice((StatusState.SUPERSEDED, StatusState.WITHDRAWN, StatusState.ADVERSE))
    stage.chain.set_status(who, about.digest, state, said)


@kind("another standing")
def _condemned(making: Making) -> None:
    """An auditor concludes on a statement, adversely or not; the file shows it or does not."""
    later = making.later()

    def world(setting: Setting) -> None:
        chance, stage = later(), setting.stage
        about = chance.choice(stage.published)
        issuer = chance.choice((AUDITOR, AUDITOR, SUPPLIER, about.issuer))
        outcome = chance.choice(("adverse", "adverse", "positive"))
        draft = stage.assurance(about, outcome=outcome)
        said = stage.publish({**draft, "issuer": issuer})
        if outcome == "adverse" and chance.random() < 0.5:
            stage.chain.set_status(issuer, about.digest, StatusState.ADVERSE, said.digest)
        stage.anchor()
        stage.published.pop()
        stage.published.append(said)

    making.world(world)


@kind("another standing")
def _withdrawn(making: Making) -> None:
    """A status statement about one of the statements is signed, logged and anchored."""
    later = making.later()

    def world(setting: Setting) -> None:
        chance, stage = later(), setting.stage
        about = chance.choice(stage.published)
        state = chance.choice(("withdrawn", "superseded"))
        words = {"state": state, "reason": "A wrong meter."}
        if state == "superseded":
            words["supersededBy"] = "sha256:" + "5a" * 32
        issuer = chance.choice((about.issuer, about.issuer, AUTHORITY, AUDITOR))
        said = stage.publish({**stage.about("StatusStatement", about, **words), "issuer": issuer})
        if chance.random() < 0.4:
            row = StatusState.WITHDRAWN if state == "withdrawn" else StatusState.SUPERSEDED
            stage.chain.set_status(issuer, about.digest, row, said.digest)
        stage.anchor()

    making.world(world)


@kind("another standing")
def _demands(making: Making) -> None:
    """The trust file expects another, asks more witnesses, or has another authority."""
    later = making.later()

    def hook(trust: Json, setting: Setting) -> None:
        chance, subject = later(), setting.subject
        expect: Json = trust["expect"]
        forms: tuple[tuple[str, Any], ...] = (
            ("expect", {**expect, "product": "urn:example:other"}),
            ("expect", {**expect, "issuer": PUBLISHER}),
            ("expect", {"digest": f"sha256:{subject.digest.hex()}"}),
            ("expect", {"digest": f"sha256:{sha256(b'x').hex()}"}),
            ("expect", {"issuer": subject.issuer}),
            ("expect", {"product": expect["product"]}),
            ("expect", {}),
            ("expect", {**expect, "digest": f"sha256:{subject.digest.hex()}"}),
            ("authority", PUBLISHER),
            ("authority", "did:web:nobody.example"),
            ("registrar", "0x" + "09" * 20),
            ("version", 1),
        )
        name, value = chance.choice(forms)
        trust[name] = value
        policy = trust.get("witnessPolicy")
        if policy and chance.random() < 0.5:
            keys = policy["witnesses"]
            policies = (
                {"threshold": 3, "witnesses": keys},
                {"threshold": 4, "witnesses": keys},
                {"threshold": 1, "witnesses": keys[2:]},
                {"threshold": 2, "witnesses": [keys[0], keys[0]]},
                {"threshold": 0, "witnesses": keys},
                {"threshold": 1, "witnesses": []},
                {"threshold": 1, "witnesses": [trust["vkey"]]},
            )
            trust["witnessPolicy"] = chance.choice(policies)

    making.trust(hook)
