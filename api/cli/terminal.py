"""What others wrote, on a terminal: nothing of it steers one, or begins a line of its own."""

from __future__ import annotations

from typing import Any

from rootprint.ledger.core.encoding import visible


def plain(value: Any) -> Any:
    r"""Return a JSON value whose texts can't steer a terminal or begin a line of their own.

    >>> plain(["\x1b[2J", "1 kg\nVERIFIED"])
    ['\\u001b[2J', '1 kg\\u000aVERIFIED']
    """
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {plain(name): plain(member) for name, member in value.items()}
    return [plain(member) for member in value] if isinstance(value, list) else value


def plain_json(text: str) -> str:
    r"""Return JSON text of the same value, in which no character can steer a terminal.

    JSON writes controls up to U+001F as escapes; here those are too that it leaves as they are,
    such as U+009B and marks of direction. Line ends between values stay.

    >>> plain_json('{"a": "\u202e"}')
    '{"a": "\\u202e"}'
    """
    return "".join(c if c.isprintable() or c == "\n" else _escaped(c) for c in text)


def _escaped(char: str) -> str:
    code = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{code[at : at + 4]}" for at in range(0, len(code), 4))
