"""``holders.json``: which organisation a key's short name belongs to, without any secret.

An organisation's first name has an account and a signing key; a further key has a name of its own
and acts through the same account.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import orjson

from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.core.schema import rules
from rootprint.ledger.core.schema.rules import mapping, matching, members
from rootprint.ledger.intake.vocabulary import most_like

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "holders.json"
MAX_HOLDERS: Final = 100_000
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_SHOWN: Final = 20
_WANTED: Final = "a short name of lower-case letters, digits and hyphens"
_name = matching(_NAME.pattern, _WANTED)
_document = mapping(_name, members({"did": rules.did, "account": _name}), most=MAX_HOLDERS)


@dataclass(frozen=True)
class Holder:
    """Whose a key is: the organisation's DID, and the name of the account that acts for it."""

    did: str
    account: str


def require_name(name: str) -> None:
    """Raise Refused for a name that is no safe file name."""
    if not _NAME.fullmatch(name):
        message = f"{name!r} is not {_WANTED}"
        raise Refused(message, remedy="choose another, such as acme-glass")


class Holders:
    """The file, read whole and written whole. One process writes at a time."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def get(self, name: str) -> Holder:
        """Return whose key this is; raises NotFound for a name that has none here."""
        known = self._read()
        if name not in known:
            message = f"there are no keys of {name!r} in {self._path.parent}"
            near = most_like(name, known)
            here = f"the names here: {', '.join(sorted(known)[:_SHOWN]) or 'none'}"
            remedy = f"did you mean {near}? {here}" if near else here
            raise NotFound(message, remedy=remedy)
        return known[name]

    def names(self) -> set[str]:
        """Return the short names that are taken."""
        return set(self._read())

    def dids(self) -> set[str]:
        """Return the organisations whose keys are here."""
        return {one.did for one in self._read().values()}

    def accounts_of(self, did: str) -> list[str]:
        """Return the names of the accounts that an organisation's names act through."""
        return sorted({one.account for one in self._read().values() if one.did == did})

    def pass_to(self, did: str, account: str) -> None:
        """Have all names of an organisation act through another account from now on."""
        mine = {name for name, one in self._read().items() if one.did == did}
        self.put({name: Holder(did, account) for name in mine or {account}})

    def put(self, names: dict[str, Holder]) -> None:
        """Add names; raises Refused for one that is no safe file name."""
        for name in names:
            require_name(name)
        content = {
            name: {"did": one.did, "account": one.account}
            for name, one in (self._read() | names).items()
        }
        draft = self._path.with_suffix(".new")
        draft.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n")
        draft.replace(self._path)

    def _read(self) -> dict[str, Holder]:
        try:
            content = orjson.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except orjson.JSONDecodeError as error:
            message = f"{self._path} is not JSON: {error}"
            raise Refused(message) from error
        _document(content, FILE)
        return {name: Holder(one["did"], one["account"]) for name, one in content.items()}
