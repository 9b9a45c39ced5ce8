"""Private keys on disk: PKCS #8 PEM, mode 0600, encrypted by a passphrase.

Three kinds, never one key for two purposes: an account (secp256k1) sends transactions, a signing
key (P-256) signs statements, a log key (Ed25519) signs checkpoints. An account may be an Ethereum
keystore of version 3 in place of that, NAME.account.json, under the same passphrase, or no key at
all: NAME.signer.json says which remote signer holds it. Without a passphrase a key is written only
where the caller says so by name (the demo, tests).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from rootprint.api.service.signers import read_signer, signer_json
from rootprint.ledger.core.checkpoint import LogKey
from rootprint.ledger.core.errors import NotAuthorised, NotFound, Refused
from rootprint.ledger.core.keys import SigningKey

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

    from rootprint.ledger.chain import Account, RemoteAccount

KEYSTORE_BYTES: Final = 64 * 1024


class KeyFiles:
    """A folder of key files and the one passphrase that opens them.

    ``passphrase`` None with ``insecure`` False refuses to write; it still reads plain files.
    """

    def __init__(self, folder: Path, passphrase: str | None, *, insecure: bool = False) -> None:
        self._folder, self._passphrase, self._insecure = folder, passphrase, insecure

    def new_account(self, name: str) -> bytes:
        """Make an account and return its 32-byte secret; raises Refused where there is one."""
        self._require_free(name)
        native = ec.generate_private_key(ec.SECP256K1())
        self._write(f"{name}.account", native)
        return _secret(native)

    def new_remote_account(self, name: str, account: RemoteAccount) -> None:
        """Write down which signer holds an account's key; raises Refused where there is one."""
        self._require_free(name)
        self._put(self._signer(name), signer_json(account))

    def new_signing_key(self, name: str) -> SigningKey:
        """Make an ES256 signing key."""
        native = ec.generate_private_key(ec.SECP256R1())
        self._write(f"{name}.signing", native)
        return SigningKey(native)

    def new_log_key(self, origin: str) -> LogKey:
        """Make the log's Ed25519 key."""
        native = Ed25519PrivateKey.generate()
        self._write("log", native)
        return LogKey(origin, native)

    def account(self, name: str) -> Account:
        """Return an account: the secret of its key file or Ethereum keystore, or its signer's."""
        found = self._account_files(name)
        if len(found) > 1:
            message = f"{len(found)} files hold an account of {name}: " + ", ".join(
                one.name for one in found
            )
            raise Refused(message, remedy="move those away that are not its account")
        if found == [self._keystore(name)]:
            return self._opened(found[0])
        if found == [self._signer(name)]:
            return read_signer(found[0])
        return _secret(self._elliptic(f"{name}.account"))

    def signing_key(self, name: str) -> SigningKey:
        """Return an organisation's signing key."""
        return SigningKey(self._elliptic(f"{name}.signing"))

    def log_key(self, origin: str) -> LogKey:
        """Return the log's key."""
        native = self._read("log")
        if not isinstance(native, Ed25519PrivateKey):
            message = "the log's key file holds a key of another kind"
            raise Refused(message)
        return LogKey(origin, native)

    def has_account(self, name: str) -> bool:
        """Whether the account is here."""
        return bool(self._account_files(name))

    def has_signing_key(self, name: str) -> bool:
        """Whether the organisation's signing key is here."""
        return self._path(f"{name}.signing").is_file()

    def has_log_key(self) -> bool:
        """Whether the log's key is here."""
        return self._path("log").is_file()

    def require_writable(self) -> None:
        """Raise Refused where a new key could only be written in plain, unasked."""
        if not self._passphrase and not self._insecure:
            message = "without a passphrase a key would lie here in plain, so none was made"
            raise Refused(message, remedy="set ROOTPRINT_PASSPHRASE (or say --insecure-plain-keys)")

    def _keystore(self, name: str) -> Path:
        return self._folder / f"{name}.account.json"

    def _signer(self, name: str) -> Path:
        return self._folder / f"{name}.signer.json"

    def _account_files(self, name: str) -> list[Path]:
        """Return what says that an account is here; more than one of it is an error to be said."""
        files = (self._path(f"{name}.account"), self._keystore(name), self._signer(name))
        return [one for one in files if one.is_file()]

    def _require_free(self, name: str) -> None:
        for one in self._account_files(name):
            message = f"there is a key file {one.name} already, and none is ever overwritten"
            raise Refused(message, remedy="choose another short name")

    def _opened(self, keystore: Path) -> bytes:
        """Decrypt an Ethereum keystore, version 3 (Web3 Secret Storage Definition)."""
        from eth_account import Account as Wallet  # noqa: PLC0415 - slow to import, and few have a keystore

        if keystore.stat().st_size > KEYSTORE_BYTES:
            message = f"key file {keystore.name} is longer than any keystore"
            raise Refused(message)
        try:
            secret = bytes(Wallet.decrypt(keystore.read_text("utf-8"), self._passphrase or ""))
        except ValueError as error:
            message = f"key file {keystore.name} is no keystore of version 3 that this opens"
            raise NotAuthorised(
                message, remedy="whoever made the key sets ROOTPRINT_PASSPHRASE"
            ) from error
        except (KeyError, TypeError, AttributeError, NotImplementedError) as error:
            message = f"key file {keystore.name} is no Ethereum keystore of version 3"
            raise Refused(message, remedy="name the file that the wallet exported") from error
        return secret

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.pem"

    def _write(self, name: str, native: ec.EllipticCurvePrivateKey | Ed25519PrivateKey) -> None:
        self.require_writable()
        encryption: KeySerializationEncryption = NoEncryption()
        if self._passphrase:
            encryption = BestAvailableEncryption(self._passphrase.encode())
        self._put(
            self._path(name), native.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)
        )

    def _put(self, path: Path, data: bytes) -> None:
        """Write a file that its owner alone may read, once."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder.chmod(0o700)  # a folder made before by somebody less careful
        try:
            # Exclusive: a key that exists is never overwritten, whoever asks.
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as error:
            message = f"there is a key file {path.name} already, and none is ever overwritten"
            raise Refused(message, remedy="choose another short name") from error
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def _elliptic(self, name: str) -> ec.EllipticCurvePrivateKey:
        native = self._read(name)
        if not isinstance(native, ec.EllipticCurvePrivateKey):
            message = f"key file {name} holds a key of another kind"
            raise Refused(message)
        return native

    def _read(self, name: str) -> PrivateKeyTypes:
        path = self._path(name)
        try:
            data = path.read_bytes()
        except FileNotFoundError as error:
            message = f"there is no key file {path.name} in {self._folder}"
            raise NotFound(message, remedy="its owner works where the key is") from error
        try:
            return load_pem_private_key(data, self._password(data))
        except (ValueError, TypeError) as error:
            given = "without a passphrase" if self._passphrase is None else "with this passphrase"
            message = f"key file {path.name} does not open {given}"
            raise NotAuthorised(
                message, remedy="whoever made the key sets ROOTPRINT_PASSPHRASE"
            ) from error

    def _password(self, data: bytes) -> bytes | None:
        encrypted = b"ENCRYPTED" in data
        return self._passphrase.encode() if encrypted and self._passphrase else None


def _secret(native: ec.EllipticCurvePrivateKey) -> bytes:
    if not isinstance(native.curve, ec.SECP256K1):
        message = "an account key must be on secp256k1"
        raise Refused(message)
    return native.private_numbers().private_value.to_bytes(32)
