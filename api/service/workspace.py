"""A ledger's folder, opened: the one place where store, log, chain and keys are put together.

``rootprint.json`` names it, ``ledger.sqlite`` is its store unless that is in PostgreSQL,
``chain.sqlite`` the embedded chain, ``deployment.json`` where the contracts stand, ``keys/`` the
private keys of whoever works here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import orjson

from rootprint.api.service.holders import Holder, Holders, require_name
from rootprint.api.service.keyfiles import KeyFiles
from rootprint.api.service.refusals import in_words
from rootprint.api.service.settings import Settings
from rootprint.ledger.anchor import Anchorer, log_state
from rootprint.ledger.chain import (
    Deployment,
    EmbeddedChain,
    Reverted,
    RpcChain,
    RpcEndpoints,
    address_of,
)
from rootprint.ledger.core.chain import Contracts, organisation_id
from rootprint.ledger.core.encoding import hex_text, sha256
from rootprint.ledger.core.errors import NotAuthorised, NotFound, Refused, Unavailable
from rootprint.ledger.core.possession import possession_digest, possession_message
from rootprint.ledger.core.seal import seal
from rootprint.ledger.core.standing import Admission, Role
from rootprint.ledger.intake import Home
from rootprint.ledger.log import Log, LogReader
from rootprint.ledger.registry import Registry, add_key, admit, record_bytes, send_step
from rootprint.ledger.store import Store
from rootprint.ledger.verify import Trust, parse_trust

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rootprint.ledger.chain import Account, RemoteAccount, SendingChain, Standing
    from rootprint.ledger.core.keys import PublicKey, SigningKey
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.registry import Call

REGISTRAR, OPERATOR = "registrar", "operator"
CHAIN_FILE, STORE_FILE, DEPLOYMENT_FILE = "chain.sqlite", "ledger.sqlite", "deployment.json"


class Workspace:
    """An open ledger folder. Close it, or use it as a context."""

    def __init__(self, folder: Path, settings: Settings, keys: KeyFiles) -> None:
        self.folder, self.settings, self.keys = folder, settings, keys
        self.holders = Holders(folder)
        self.store = Store.open(settings.store or folder / STORE_FILE)

    @classmethod
    def open(cls, folder: Path, *, passphrase: str | None, insecure: bool = False) -> Workspace:
        """Open a ledger's folder; raises NotFound where there is none."""
        keys = KeyFiles(folder / "keys", passphrase, insecure=insecure)
        return cls(folder, Settings.read(folder), keys)

    def close(self) -> None:
        """Close store and chain."""
        self.store.close()
        self._let_go()

    def _let_go(self) -> None:
        """Close the chain, and forget what looks at it."""
        self.__dict__.pop("home", None)
        chain = self.__dict__.pop("chain", None)
        if isinstance(chain, EmbeddedChain):
            chain.close()

    def __enter__(self) -> Self:
        """Return the open workspace."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    # What is opened on it.

    @cached_property
    def chain(self) -> SendingChain:
        """The home chain, for reading and sending."""
        if self.settings.rpc is not None:
            return self._endpoints(self.settings.rpc)
        return EmbeddedChain.open(self.folder / CHAIN_FILE)

    def _endpoints(self, addresses: Sequence[str]) -> RpcEndpoints:
        """Return the chain through endpoints; once the ledger is made, only its own chain."""
        named: dict[str, Any] = {}
        if (self.folder / DEPLOYMENT_FILE).exists():
            registry = self.deployment.checkpoint_registry
            named["chain_id"] = self.deployment.chain_id
            named["code"] = (registry.address, registry.code_hash)
        return RpcEndpoints([RpcChain(one) for one in addresses], **named)

    def passed_over(self) -> dict[str, str]:
        """Return which of the chain's endpoints are passed over now, and why."""
        chain = self.chain
        return chain.passed_over() if isinstance(chain, RpcEndpoints) else {}

    def use_endpoints(self, addresses: Sequence[str]) -> tuple[Standing, ...]:
        """Take other endpoints from now on, once each is of this ledger's chain; what they said.

        Raises Refused where the ledger's chain is the embedded one, Unavailable where one of them
        can't be used: then nothing is changed.
        """
        if self.settings.rpc is None:
            message = "this ledger's chain is the embedded one, which no endpoint has"
            raise Refused(message, remedy="make a ledger on another chain: rootprint init --rpc")
        found = self._endpoints(addresses).standings()
        faults = [one.fault for one in found if one.fault]
        if faults:
            raise Unavailable("; ".join(faults), remedy="name endpoints that can be used now")
        self.change(rpc=tuple(addresses))
        return found

    def change(self, **members: Any) -> None:
        """Write the settings with these members changed, and use them from now on."""
        self.settings = replace(self.settings, **members)
        self.settings.write(self.folder)
        self._let_go()

    @cached_property
    def deployment(self) -> Deployment:
        """Where the contracts stand."""
        try:
            return Deployment.from_json((self.folder / DEPLOYMENT_FILE).read_text())
        except FileNotFoundError as error:
            message = f"{self.folder} has no {DEPLOYMENT_FILE}"
            raise NotFound(message, remedy="make the ledger anew with: rootprint init") from error

    @cached_property
    def contracts(self) -> Contracts:
        """The three addresses."""
        deployed = self.deployment
        return Contracts(
            deployed.checkpoint_registry.address,
            deployed.organization_registry.address,
            deployed.status_registry.address,
        )

    @cached_property
    def home(self) -> Home:
        """The ledger for reading, walking and judging; no private key in it."""
        trust = self.trust()
        return Home(self.store, LogReader(self.store, trust.log_key), self.chain, trust)

    def registrar(self) -> Account:
        """Return the account with the registrar's rights, where its key or signer is here."""
        return self.keys.account(self.settings.registrarAccount or REGISTRAR)

    def operator(self) -> Account:
        """Return the account that anchors this log, where its key or signer is here."""
        return self.keys.account(self.settings.operatorAccount or OPERATOR)

    def log(self) -> Log:
        """Return the log with its private key."""
        return Log(self.store, self.keys.log_key(self.settings.origin))

    @property
    def log_id(self) -> bytes:
        """The log that this ledger anchors in: its own, or the one that goes on from it.

        The trust file goes on naming the first one, from which everyone finds the others.
        """
        return self.home.history().current.log_id

    def anchorer(self) -> Anchorer:
        """Return the anchorer with the operator's account.

        Raises NotAuthorised where the log was frozen, and the one that goes on from it is another
        account's: it is not taken for ours unless that is said.
        """
        operator = self.operator()
        self._require_followed(address_of(operator))
        return Anchorer(
            self.home.log,
            self.chain,
            self.contracts,
            operator=operator,
            log_id=self.log_id,
            confirmations=self.settings.confirmations,
            finalized=self.settings.finalized,
            limits=self.settings.limits,
        )

    def _require_followed(self, operator: bytes) -> None:
        history = self.home.history()
        if len(history.parts) == 1:
            return
        following = history.current.log_id
        registry = self.contracts.checkpoint_registry
        found = log_state(self.chain, registry, following).operator
        if found != operator:
            message = f"{history.said()}; {hex_text(found)} operates it, not {hex_text(operator)}"
            raise NotAuthorised(message, remedy="rootprint log follow --account NAME")

    # Trust.

    def trust_json(self, expect: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Return a trust file for this ledger, to be handed out on a way of its own.

        An RPC address is left out: it may hold an access token. Who gets the file names a node.
        """
        deployed = self.deployment
        named = {
            "checkpointRegistry": deployed.checkpoint_registry,
            "organizationRegistry": deployed.organization_registry,
            "statusRegistry": deployed.status_registry,
        }
        settings = self.settings
        seen = {"chainFile": CHAIN_FILE} if settings.rpc is None else {}
        return {
            "version": 2,
            "chainId": deployed.chain_id,
            "contracts": {
                name: {"address": hex_text(one.address), "codeHash": hex_text(one.code_hash)}
                for name, one in named.items()
            },
            "logId": settings.logId,
            "origin": settings.origin,
            "vkey": settings.vkey,
            "registrar": settings.registrar,
            "authority": settings.authority,
            "confirmations": settings.confirmations,
            **({"expect": dict(expect)} if expect else {}),
            **seen,
        }

    def trust(self) -> Trust:
        """Return this ledger's own trust, without an expectation."""
        return parse_trust(orjson.dumps(self.trust_json()))

    # Organisations.

    def organisation_calls(  # noqa: PLR0913 - a record's members and its roles
        self,
        name: str,
        did: str,
        *,
        legal_name: str,
        country: str,
        roles: Role,
        numbers: Mapping[str, str] | None = None,
        group: str | None = None,
    ) -> list[tuple[Account, Call]]:
        """Make keys for a new organisation; return the (account, call) pairs to admit it.

        Its record and its public key are put into the store. Keys that an earlier attempt left
        are used again, and what it got into the chain is left out: an account that could not pay
        yet has its key added by the same call later. Raises Refused for any other organisation
        the chain knows, or a name that is another's.
        """
        record = record_bytes(legal_name, country, did, numbers or {}, group)
        begun = self._begun(name, did, sha256(record), roles)
        self._take_name(name, Holder(did, name))
        keys = self.keys
        account = keys.account(name) if keys.has_account(name) else keys.new_account(name)
        if not keys.has_signing_key(name):
            keys.new_signing_key(name)
        signing = keys.signing_key(name)
        with self.store.write() as tx:
            tx.directory.put_record(did, record)
        registrar = self.registrar()
        admission = admit(self.contracts, did, address_of(account), sha256(record), roles)
        added = (account, self._adding(did, signing))
        return [added] if begun else [(registrar, admission), added]

    def _begun(self, name: str, did: str, record: bytes, roles: Role) -> bool:
        """Whether this very admission is on the chain, and its first key is not yet."""
        found, keys = self.registry().organisation(did), self.keys
        if not found.rows:
            return False
        last = found.rows[-1]
        mine = (
            keys.has_account(name)
            and keys.has_signing_key(name)
            and address_of(keys.account(name)) == found.account
            and (last.status, last.record, last.roles) == (Admission.ADMITTED, record, roles)
        )
        if mine:
            organisation = organisation_id(did)
            key = self.home.reader().key(organisation, keys.signing_key(name).public.thumbprint)
            if not key.added:
                return True
        message = f"{did} was admitted before, and its history stands"
        raise Refused(message, remedy="see it with: rootprint org show (or org readmit)")

    def new_account(self, name: str, signer: RemoteAccount | None = None) -> bytes:
        """Make an account that acts for nobody yet, or one of a signer; return its address.

        Raises Refused for a name that is taken, or is no safe file name.
        """
        require_name(name)
        if name in self.holders.names() or self.keys.has_account(name):
            message = f"the short name {name!r} is taken in {self.folder}"
            raise Refused(message, remedy="choose another short name")
        if signer is None:
            return address_of(self.keys.new_account(name))
        self.keys.new_remote_account(name, signer)
        return signer.address

    def further_key(self, name: str, new: str) -> tuple[PublicKey, Call]:
        """Make another signing key, under a name of its own, for the organisation of ``name``.

        It counts once the call is sent with the holder's account. A key that an earlier attempt
        made is used again: its call was not sent, or its signed act came too late.
        """
        holder = self.holders.get(name)
        self._take_name(new, holder)
        keys = self.keys
        signing = keys.signing_key(new) if keys.has_signing_key(new) else keys.new_signing_key(new)
        return signing.public, self._adding(holder.did, signing)

    def _proven(self, did: str, signing: SigningKey) -> bytes:
        """Return the proof that we hold a key, for the organisation it is added to; keep both.

        Each signature is another one: what an earlier attempt sent must be the one that is kept.
        """
        with self.store.read() as tx:
            kept = tx.directory.possession(did, signing.public.kid)
        if kept is not None:
            return kept
        registry = self.contracts.organization_registry
        message = possession_message(organisation_id(did), self.chain.chain_id, registry)
        proof = signing.sign(message)
        with self.store.write() as tx:
            tx.directory.put_key(signing.public)
            tx.directory.put_possession(did, signing.public.kid, proof)
        return proof

    def _adding(self, did: str, signing: SigningKey) -> Call:
        proof = possession_digest(self._proven(did, signing))
        return add_key(self.contracts, did, signing.public.thumbprint, proof)

    def registry(self) -> Registry:
        """Return organisations and keys as the chain's newest block has them."""
        return Registry(self.home.reader())

    def send(self, calls: Sequence[tuple[Account, Call]]) -> None:
        """Send (account, call) pairs as one step.

        Raises NotAuthorised or Refused in words where a contract refuses, Unavailable where the
        chain does not answer in time.
        """
        try:
            send_step(
                self.chain,
                [(key, call.to, call.data) for key, call in calls],
                limits=self.settings.limits,
            )
        except Reverted as error:
            raise in_words(error) from error

    def signing_key(self, name: str) -> SigningKey:
        """Return a signing key by its short name, if it is here."""
        return self.keys.signing_key(name)

    def sign(self, draft: Mapping[str, Any], name: str) -> Statement:
        """Sign a draft for this log with the key of that short name.

        Raises Refused for a draft of another issuer than the name's, which publishing would refuse,
        before the key is decrypted; else as ``signing_key`` and ``ledger.core.seal.seal``.
        """
        if self.keys.has_signing_key(name):
            self._require_own(draft, name)
        return seal(draft, self.signing_key(name), self.settings.origin)

    def _require_own(self, draft: Any, name: str) -> None:
        issuer = draft.get("issuer") if isinstance(draft, Mapping) else None
        did = self.holders.get(name).did
        if isinstance(issuer, str) and issuer != did:
            message = f"this draft is another's: its issuer is {issuer[:128]}, and {name} is {did}"
            remedy = "sign it as its issuer, or correct the issuer and compose it"
            raise Refused(message, remedy=remedy)

    def _take_name(self, name: str, holder: Holder) -> None:
        """Give a name to a holder; the same again is an earlier attempt going on."""
        try:
            taken = self.holders.get(name)
        except NotFound:
            if not (self.keys.has_account(name) or self.keys.has_signing_key(name)):
                self.holders.put({name: holder})
                return
            message = f"the short name {name!r} is taken in {self.folder}"
            raise Refused(message, remedy="choose another short name") from None
        if taken != holder:
            message = f"the short name {name!r} is {taken.did}'s in {self.folder}"
            raise Refused(message, remedy="choose another short name")
