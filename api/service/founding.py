"""Founding a ledger: keys apart, contracts, an empty log, the authority that may suspend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rootprint.api.service.keyfiles import KeyFiles
from rootprint.api.service.settings import FILE, Settings
from rootprint.api.service.workspace import (
    CHAIN_FILE,
    DEPLOYMENT_FILE,
    OPERATOR,
    REGISTRAR,
    STORE_FILE,
    Workspace,
)
from rootprint.ledger.anchor import open_log
from rootprint.ledger.chain import EmbeddedChain, address_of, deploy_contracts
from rootprint.ledger.core.chain import log_id
from rootprint.ledger.core.checkpoint import check_origin
from rootprint.ledger.core.encoding import hex_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import rules
from rootprint.ledger.core.standing import Role
from rootprint.ledger.registry import record_bytes, send_step
from rootprint.ledger.store import Store, require_no_password

if TYPE_CHECKING:
    from pathlib import Path

    from rootprint.ledger.chain import RemoteAccount

_AUTHORITY: Final = "authority"
# While a ledger is being made: the database that it makes its store in.
_BEGUN: Final = "store.begun"


@dataclass(frozen=True)
class Founding:
    """What a ledger is founded with.

    ``origin`` is the log's name, ``authority`` a DID, ``legal_name`` and ``country`` the
    authority's. ``rpc`` has EVM JSON-RPC endpoints of one chain, the preferred one first; None for
    the embedded chain. ``confirmations`` is how many blocks must follow one before it counts as
    final on that chain; ``finalized`` has anchors wait for the chain's own finality too.
    ``operator`` is the operator's account where a remote signer holds its key; None makes a key.
    ``store`` is the address of a PostgreSQL database, without a password; None for a file in the
    folder.
    """

    origin: str
    authority: str
    legal_name: str
    country: str
    rpc: tuple[str, ...] | None = None
    confirmations: int = 0
    finalized: bool = False
    operator: RemoteAccount | None = None
    store: str | None = None


def found(
    folder: Path, founding: Founding, *, passphrase: str | None, insecure: bool = False
) -> Workspace:
    """Make a ledger: four keys apart (registrar, operator, log, authority), contracts, log.

    The settings are written last: until then the same call again goes on with what is there.
    Raises Refused if the folder holds a ledger, or without a passphrase unless ``insecure``.
    """
    if (folder / FILE).exists():
        message = f"{folder} holds a ledger already, and it was left as it is"
        raise Refused(message, remedy="choose another folder with --home")
    rules.did(founding.authority, "the authority")
    check_origin(founding.origin)
    record_bytes(founding.legal_name, founding.country, founding.authority, {})
    keys = KeyFiles(folder / "keys", passphrase, insecure=insecure)
    keys.require_writable()
    if founding.store is not None:
        require_no_password(founding.store)
    folder.mkdir(parents=True, exist_ok=True)
    _place_operator(keys, founding.operator)
    registrar, operator = (
        address_of(keys.account(name) if keys.has_account(name) else keys.new_account(name))
        for name in (REGISTRAR, OPERATOR)
    )
    origin = founding.origin
    log_key = keys.log_key(origin) if keys.has_log_key() else keys.new_log_key(origin)
    vkey = log_key.note_key.vkey
    _make_store(folder, founding.store)
    if founding.rpc is None and not (folder / CHAIN_FILE).exists():
        EmbeddedChain.create(folder / CHAIN_FILE).close()
    settings = Settings(
        origin=origin,
        vkey=vkey,
        logId=hex_text(log_id(operator, vkey)),
        registrar=hex_text(registrar),
        authority=founding.authority,
        confirmations=founding.confirmations,
        rpc=founding.rpc,
        finalized=founding.finalized,
        store=founding.store,
    )
    workspace = Workspace(folder, settings, keys)
    try:
        _write_to_chain(workspace, founding, registrar)
        settings.write(folder)
        (folder / _BEGUN).unlink(missing_ok=True)
    except BaseException:
        workspace.close()
        raise
    return workspace


def _place_operator(keys: KeyFiles, signer: RemoteAccount | None) -> None:
    """Write down the operator's signer, unless an attempt before this one did."""
    if signer is None:
        return
    if not keys.has_account(OPERATOR):
        keys.new_remote_account(OPERATOR, signer)
    elif keys.account(OPERATOR) != signer:
        message = "an attempt before this one gave the operator another account or signer"
        raise Refused(message, remedy="say what was said then, or choose another folder")


def _make_store(folder: Path, address: str | None) -> None:
    """Make an empty store, or go on with the one that an earlier attempt made."""
    if address is None:
        if not (folder / STORE_FILE).exists():
            Store.create(folder / STORE_FILE).close()
        return
    begun = folder / _BEGUN
    again = begun.exists() and begun.read_text() == address
    begun.write_text(address)
    try:
        Store.create(address).close()
    except Refused:
        if not (again and _is_empty(address)):
            begun.unlink()
            raise


def _is_empty(address: str) -> bool:
    with Store.open(address) as store, store.read() as tx:
        return tx.tree.size() == 0


def _write_to_chain(workspace: Workspace, founding: Founding, registrar: bytes) -> None:
    operator = workspace.keys.account(OPERATOR)
    limits = workspace.settings.limits
    deployed = deploy_contracts(workspace.chain, operator, registrar, limits=limits)
    (workspace.folder / DEPLOYMENT_FILE).write_text(deployed.to_json())
    if workspace.registry().organisation(founding.authority).rows:
        return  # an earlier attempt got as far as this, in one step
    calls = workspace.organisation_calls(
        _AUTHORITY,
        founding.authority,
        legal_name=founding.legal_name,
        country=founding.country,
        roles=Role.AUTHORITY,
    )
    to, data = open_log(workspace.contracts.checkpoint_registry, workspace.settings.vkey)
    send_step(
        workspace.chain,
        [(operator, to, data), *((key, call.to, call.data) for key, call in calls)],
        limits=limits,
    )
