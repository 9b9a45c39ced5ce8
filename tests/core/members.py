"""The members of a JSON value by their paths, as the closed lists write them."""

from __future__ import annotations

import copy
from typing import Any

Json = Any


def paths(value: Json, prefix: str = "") -> list[str]:
    """Return every member's path, once each; free contents of ``extensions.data`` left out."""
    if isinstance(value, list):
        found = [path for item in value for path in paths(item, prefix)]
        return list(dict.fromkeys(found))
    if not isinstance(value, dict) or prefix == "extensions.data":
        return []
    found = []
    for name, member in value.items():
        path = f"{prefix}.{name}" if prefix else name
        found += [path, *paths(member, path)]
    return found


def objects(value: Json) -> list[str]:
    """Return the path of every object, the empty path being ``value`` itself."""
    return sorted({path.removesuffix("...").rpartition(".")[0] for path in paths(value)})


def inner(value: Json, path: str) -> dict[str, Json]:
    """Return the object at ``path`` (not a copy)."""
    for step in path.split(".") if path else []:
        value = value[step]
        value = value[0] if isinstance(value, list) else value
    found: dict[str, Json] = value
    return found


def removed(value: Json, path: str) -> Json:
    """Return a copy of ``value`` without the member at ``path``."""
    result = copy.deepcopy(value)
    if path.endswith("...."):
        del inner(result, path.removesuffix("...."))["..."]
    else:
        parent, _, name = path.rpartition(".")
        del inner(result, parent)[name]
    return result
