"""URNs as people write them: what has no case is signed in small letters."""

from __future__ import annotations

from typing import Any, Final

_LISTS: Final = ("productIds", "sites", "productClassifications")


def small(value: Any) -> Any:
    """Return a URN with "urn" and its namespace in small letters, anything else as it is.

    RFC 8141 section 3.1: both are compared without regard to case, what follows is not.
    """
    if not isinstance(value, str) or value[:4].casefold() != "urn:":
        return value
    namespace, colon, rest = value[4:].partition(":")
    return f"urn:{namespace.lower()}{colon}{rest}" if colon else value


def with_small_urns(members: dict[str, Any]) -> dict[str, Any]:
    """Return an inventory file's members with their URNs so, those of a process too."""
    found = {
        name: [small(one) for one in value] if name in _LISTS and isinstance(value, list) else value
        for name, value in members.items()
    }
    process = found.get("process")
    if isinstance(process, dict):
        process = {**process, **({"site": small(process["site"])} if "site" in process else {})}
        outputs = process.get("outputs")
        if isinstance(outputs, list):
            process["outputs"] = [
                {**one, "productId": small(one["productId"])}
                if isinstance(one, dict) and "productId" in one
                else one
                for one in outputs
            ]
        found["process"] = process
    return found
