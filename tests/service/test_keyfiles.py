"""Key files: encrypted, readable by their owner alone, never overwritten, never in a message."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from eth_account import Account

from rootprint.api.service import KeyFiles
from rootprint.ledger.core.errors import NotAuthorised, NotFound, Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PASSPHRASE = "correct horse battery staple"
MAKE: dict[str, Callable[[KeyFiles], object]] = {
    "maker.account.pem": lambda keys: keys.new_account("maker"),
    "maker.signing.pem": lambda keys: keys.new_signing_key("maker"),
    "log.pem": lambda keys: keys.new_log_key("log.example/one"),
}


@pytest.mark.parametrize("name", MAKE)
def test_a_key_is_encrypted_and_readable_by_its_owner_alone(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o755)  # made before by somebody less careful
    MAKE[name](KeyFiles(folder, PASSPHRASE))
    path = folder / name
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert path.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    load_pem_private_key(path.read_bytes(), PASSPHRASE.encode())
    with pytest.raises(TypeError, match="encrypted"):
        load_pem_private_key(path.read_bytes(), None)


@pytest.mark.parametrize("name", MAKE)
def test_no_key_is_written_in_plain_unless_somebody_says_so(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "keys"
    for passphrase in (None, ""):
        with pytest.raises(Refused, match=r"so none was made.*ROOTPRINT_PASSPHRASE.*--insecure"):
            MAKE[name](KeyFiles(folder, passphrase))
    assert not folder.exists()
    MAKE[name](KeyFiles(folder, None, insecure=True))
    assert (folder / name).read_bytes().startswith(b"-----BEGIN PRIVATE KEY-----")
    assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


@pytest.mark.parametrize("name", MAKE)
def test_a_key_is_never_overwritten(tmp_path: Path, name: str) -> None:
    keys = KeyFiles(tmp_path, PASSPHRASE)
    MAKE[name](keys)
    before = (tmp_path / name).read_bytes()
    with pytest.raises(Refused, match=f"there is a key file {name} already, and none is ever"):
        MAKE[name](keys)
    assert (tmp_path / name).read_bytes() == before


def test_what_was_made_is_what_is_read(tmp_path: Path) -> None:
    keys = KeyFiles(tmp_path, PASSPHRASE)
    account, signing = keys.new_account("maker"), keys.new_signing_key("maker")
    log = keys.new_log_key("log.example/one")
    again = KeyFiles(tmp_path, PASSPHRASE)
    assert again.account("maker") == account
    assert len(account) == 32
    assert again.signing_key("maker").public.kid == signing.public.kid
    assert again.log_key("log.example/one").note_key.vkey == log.note_key.vkey
    assert again.has_account("maker")
    assert again.has_signing_key("maker")
    assert not again.has_account("other")
    assert not again.has_signing_key("other")


@pytest.mark.parametrize("passphrase", ["wrong", None])
def test_another_passphrase_is_refused_without_repeating_it(
    tmp_path: Path, passphrase: str | None
) -> None:
    KeyFiles(tmp_path, PASSPHRASE).new_account("maker")
    with pytest.raises(NotAuthorised, match=r"maker.account.pem does not open with") as caught:
        KeyFiles(tmp_path, passphrase).account("maker")
    assert "wrong" not in str(caught.value)
    assert PASSPHRASE not in str(caught.value)


def test_a_damaged_key_file_is_no_bug(tmp_path: Path) -> None:
    keys = KeyFiles(tmp_path, PASSPHRASE)
    keys.new_account("maker")
    (tmp_path / "maker.account.pem").write_bytes(b"not a key")
    with pytest.raises(NotAuthorised, match=r"maker.account.pem does not open"):
        keys.account("maker")


def test_a_missing_key_is_reported_with_who_has_it(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"no key file maker.account.pem in .*its owner works where"):
        KeyFiles(tmp_path, PASSPHRASE).account("maker")


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    keys = KeyFiles(tmp_path, None, insecure=True)
    keys.new_signing_key("maker")
    keys.new_log_key("log.example/one")
    (tmp_path / "maker.account.pem").write_bytes((tmp_path / "maker.signing.pem").read_bytes())
    with pytest.raises(Refused, match="an account key must be on secp256k1"):
        keys.account("maker")
    (tmp_path / "maker.signing.pem").write_bytes((tmp_path / "log.pem").read_bytes())
    with pytest.raises(Refused, match=r"maker.signing holds a key of another kind"):
        keys.signing_key("maker")


SECRET = bytes(range(1, 33))


def keystore(folder: Path, name: str = "operator", passphrase: str = PASSPHRASE) -> Path:
    """Write the keystore a wallet exports, with little work so that tests are quick."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.account.json"
    path.write_text(json.dumps(Account.encrypt(SECRET, passphrase, kdf="scrypt", iterations=2)))
    return path


def test_an_account_may_be_an_ethereum_keystore(tmp_path: Path) -> None:
    keystore(tmp_path / "keys")
    keys = KeyFiles(tmp_path / "keys", PASSPHRASE)
    assert keys.has_account("operator")
    assert keys.account("operator") == SECRET
    with pytest.raises(Refused, match=r"operator\.account\.json already"):
        keys.new_account("operator")


@pytest.mark.parametrize("passphrase", ["another", None])
def test_a_keystore_under_another_passphrase_is_not_opened(
    tmp_path: Path, passphrase: str | None
) -> None:
    keystore(tmp_path / "keys")
    with pytest.raises(NotAuthorised, match=r"operator\.account\.json") as caught:
        KeyFiles(tmp_path / "keys", passphrase).account("operator")
    assert "ROOTPRINT_PASSPHRASE" in caught.value.remedy
    assert SECRET.hex() not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"version": 3}',
        '{"version": 4, "crypto": {}}',
        " " * 70_000,
    ],
)
def test_what_is_no_keystore_is_refused(tmp_path: Path, text: str) -> None:
    path = keystore(tmp_path / "keys")
    path.write_text(text)
    with pytest.raises((Refused, NotAuthorised), match=r"operator\.account\.json"):
        KeyFiles(tmp_path / "keys", PASSPHRASE).account("operator")


def test_two_files_of_one_account_are_refused(tmp_path: Path) -> None:
    keys = KeyFiles(tmp_path / "keys", PASSPHRASE)
    keys.new_account("operator")
    keystore(tmp_path / "keys")
    with pytest.raises(Refused, match="2 files hold an account of operator: operator"):
        keys.account("operator")
