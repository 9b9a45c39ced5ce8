"""``rootprint.json``: what a ledger's folder is, without any secret."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

import orjson

from rootprint.ledger.chain import GWEI, MAX_ENDPOINTS, MOST_GAS, Limits
from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.core.schema import rules
from rootprint.ledger.core.schema.rules import array, boolean, integer, members, text
from rootprint.ledger.verify import MAX_CONFIRMATIONS

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "rootprint.json"
_document = members(
    {
        "version": integer(1, 1),
        "origin": text,
        "vkey": text,
        "logId": text,
        "registrar": text,
        "authority": rules.did,
        "confirmations": integer(0, MAX_CONFIRMATIONS),
    },
    {
        "rpc": array(text, 1, MAX_ENDPOINTS),
        "finalized": boolean,
        "registrarAccount": text,
        "operatorAccount": text,
        "feeCeilingGwei": integer(1, 1_000_000),
        "gasCeiling": integer(21_000, MOST_GAS),
        "store": text,
    },
)


@dataclass(frozen=True)
class Settings:
    """A ledger's public names, and how it reaches its chain.

    ``rpc`` has the endpoints in order of preference; it is absent with the embedded chain.
    ``finalized``: an anchor is settled only once the chain calls its block final.
    ``registrarAccount`` and ``operatorAccount`` are the short names of the accounts that have these
    rights, once they passed to others than those the ledger was made with.
    ``store`` is the address of the PostgreSQL database that the store is in, without a password;
    it is absent where that is a file in the folder.
    ``feeCeilingGwei`` (10^9 wei per gas) and ``gasCeiling`` are the most that is signed for.
    """

    origin: str
    vkey: str
    logId: str  # noqa: N815 - the file's member, as in the trust file
    registrar: str
    authority: str
    confirmations: int = 0
    rpc: tuple[str, ...] | None = None
    finalized: bool = False
    registrarAccount: str | None = None  # noqa: N815
    operatorAccount: str | None = None  # noqa: N815
    feeCeilingGwei: int = Limits().fee // GWEI  # noqa: N815
    gasCeiling: int = Limits().gas  # noqa: N815
    store: str | None = None

    @property
    def limits(self) -> Limits:
        """The most that is signed for."""
        return Limits(self.feeCeilingGwei * GWEI, self.gasCeiling)

    def write(self, folder: Path) -> None:
        """Write the file for people to read."""
        content = {"version": 1, **{k: v for k, v in asdict(self).items() if v is not None}}
        (folder / FILE).write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n")

    @classmethod
    def read(cls, folder: Path) -> Settings:
        """Read the file; raises NotFound where there is no ledger, Refused where it is wrong."""
        try:
            content = orjson.loads((folder / FILE).read_bytes())
        except FileNotFoundError as error:
            message = f"there is no ledger in {folder}"
            raise NotFound(message, remedy="make one with: rootprint init") from error
        except orjson.JSONDecodeError as error:
            message = f"{folder / FILE} is not JSON: {error}"
            raise Refused(message) from error
        _document(content, FILE)
        values = {name: value for name, value in content.items() if name != "version"}
        if "rpc" in values:
            values["rpc"] = tuple(values["rpc"])
        return cls(**values)
