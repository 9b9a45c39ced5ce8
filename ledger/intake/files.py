"""Files that people write, inventories (YAML) and drafts (JSON), read without losing anything.

Plain parsers keep the last of two members with one name and turn 0.10 into a binary float; both
would change what somebody meant, so both are refused with the place.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any, Final, NoReturn

import orjson
import yaml

from ledger.core.canonical import MAX_DEPTH, decode, encode
from ledger.core.errors import Refused, TooLarge

MAX_BYTES: Final = 1024 * 1024
_QUOTES: Final = "put decimals and times in quotes, so that no digit is lost"


def read_yaml(data: bytes, *, where: str) -> Any:
    """Return what a YAML file says, in text, integers, booleans, lists and mappings.

    Raises TooLarge beyond 1 MiB or 16 levels; Refused for what is not YAML, for floats and
    unquoted times, aliases, and a member that stands twice.
    """
    _bounded(data, where)
    try:
        value = yaml.load(data, _Loader)  # noqa: S506 - a SafeLoader that refuses more
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = "" if mark is None else f" line {mark.line + 1}:"
        message = f"{where}:{line} {error.problem or error.context}"
        raise Refused(message, remedy="whoever wrote the file mends it there") from error
    except (yaml.YAMLError, ValueError) as error:
        message = f"{where} is not YAML: {error}"
        raise Refused(message) from error
    except _TooDeep as error:
        message = f"{where} is nested deeper than {MAX_DEPTH} levels"
        raise TooLarge(message) from error
    _plain(value, where, 1)
    return value


def parse_draft(data: bytes, *, where: str) -> Any:
    """Return a draft for ``ledger.core.seal.seal`` from JSON as people and tools write it.

    Raises TooLarge, NotCanonical or Refused with the place; sealing judges its members.
    """
    _bounded(data, where)

    def floating(text: str) -> NoReturn:
        message = f"{where} has the number {text[:40]}, which JSON readers round"
        raise Refused(message, remedy="write decimals as strings")

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        if len(set(names)) != len(names):
            twice = next(name for name in names if names.count(name) > 1)
            message = f"{where} has the member {twice[:64]!r} twice in one object"
            raise Refused(message, remedy="leave one of the two")
        return dict(pairs)

    try:
        orjson.loads(data)  # first, since it bounds the depth: json would exhaust the stack
    except orjson.JSONDecodeError as error:
        message = f"{where} is not JSON: {error}"
        raise Refused(message, remedy="sign what rootprint compose printed") from error
    value = json.loads(data, parse_float=floating, object_pairs_hook=once)
    return decode(encode(value), what=where)


def _bounded(data: bytes, where: str) -> None:
    if len(data) > MAX_BYTES:
        message = f"{where} is longer than {MAX_BYTES} bytes"
        raise TooLarge(message)


class _TooDeep(Exception):
    """The file is nested beyond the limit."""


class _Loader(yaml.SafeLoader):
    """Without aliases (a short file could say exponentially much), and each member once."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            problem = "an alias is used, and could say more than the file can hold"
            raise yaml.composer.ComposerError(problem=problem, problem_mark=_mark(self))
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _TooDeep
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 - yaml's
        seen = set()
        for key, _ in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else None
            if name is not None and name in seen:
                problem = f"the member {name[:64]!r} stands twice"
                raise yaml.constructor.ConstructorError(
                    problem=problem, problem_mark=key.start_mark
                )
            seen.add(name)
        return super().construct_mapping(node, deep)


def _mark(loader: _Loader) -> Any:
    return loader.get_event().start_mark  # type: ignore[no-untyped-call] # yaml's own


def _plain(value: Any, path: str, depth: int) -> None:
    if depth > MAX_DEPTH:
        message = f"{path} is nested deeper than {MAX_DEPTH} levels"
        raise TooLarge(message)
    if isinstance(value, (float, date, datetime)):
        message = f"{path} is an unquoted {type(value).__name__}"
        raise Refused(message, remedy=_QUOTES)
    if isinstance(value, dict):
        for name, member in value.items():
            _plain(member, f"{path}: {name}", depth + 1)
    elif isinstance(value, list):
        for number, member in enumerate(value, 1):
            _plain(member, f"{path} {number}", depth + 1)
