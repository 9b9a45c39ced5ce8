"""The parts of an evidence file that are texts with a form of their own: SD-JWT and tlog-proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.canonical import decode, encode
from rootprint.ledger.core.encoding import b64url, b64url_bytes
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.sdjwt import join, split
from rootprint.ledger.core.statement import parse_statement
from tests.mutations.changes import Change, Path, json_changes, text_changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PARTS = ("header", "payload", "signature")


def sdjwt_changes(text: str, path: Path, *, thorough: bool) -> Iterator[Change]:
    """Change header, payload, signature and every disclosure, as text and as JSON.

    ``thorough`` also changes every path inside their JSON (not signed anew).
    """
    jwt, disclosures = split(text)
    parts = jwt.split(".")
    for number, part in enumerate(parts):
        where = (*path, _PARTS[number])
        yield from _inner(part, where, path, _jwt_with(parts, number, disclosures))
        if thorough and number < 2:
            yield from _inner_json(part, where, path, _jwt_with(parts, number, disclosures))
    yield _whole(path, "signature", "left out", join(".".join(parts[:2]), disclosures))
    names = _names(text)
    for number, encoded in enumerate(disclosures):
        where, put = (*path, names[number]), _disclosures_with(jwt, disclosures, number)
        yield from _inner(encoded, where, path, put)
        if thorough:
            yield from _inner_json(encoded, where, path, put)
        rest = disclosures[:number] + disclosures[number + 1 :]
        yield _whole(path, names[number], "left out", join(jwt, rest))
        yield _whole(path, names[number], "twice", join(jwt, (*disclosures, encoded)))
        if number:
            order = (*disclosures[: number - 1], encoded, disclosures[number - 1])
            swapped = join(jwt, (*order, *disclosures[number + 1 :]))
            yield _whole(path, "order of disclosures", f"{number - 1} and {number}", swapped)
    yield _whole(path, "last tilde", "left out", text[:-1])


def proof_changes(text: str, path: Path, log: str) -> Iterator[Change]:
    """Change every line of a tlog-proof: turned, cut, left out, doubled, swapped; numbers ± 1."""
    lines = text.split("\n")
    names = _line_names(lines, log)
    for number, (line, name) in enumerate(zip(lines, names, strict=True)):

        def put(new: str, number: int = number) -> str:
            return "\n".join([*lines[:number], new, *lines[number + 1 :]])

        yield from _inner(line, (*path, name), path, put) if line else ()
        if name in {"index", "size"}:
            head, _, digits = line.rpartition(" ")
            for more in (-1, 1):
                new = f"{head} {int(digits) + more}".strip()
                yield _whole(path, name, f"{more:+}", put(new))
        yield _whole(path, name, "left out", "\n".join(lines[:number] + lines[number + 1 :]))
        yield _whole(path, name, "twice", "\n".join(lines[: number + 1] + lines[number:]))
        if number and line != lines[number - 1]:
            swapped = [*lines[: number - 1], line, lines[number - 1], *lines[number + 1 :]]
            label = name if names[number - 1] == "signature" else names[number - 1]
            yield _whole(path, label, f"lines {number - 1} and {number}", "\n".join(swapped))


def _line_names(lines: list[str], log: str) -> list[str]:
    names, seen_blank = [], 0
    for number, line in enumerate(lines):
        if not line:
            seen_blank += 1
            names.append("blank")
        elif seen_blank == 0:
            plain = "form" if number == 0 else "hash"
            names.append(next((n for n in ("extra", "index") if line.startswith(n)), plain))
        elif seen_blank == 1:
            names.append(("origin", "size", "root")[number - lines.index("") - 1])
        else:
            names.append("signature" if line.split(" ")[1] == log else "unknown signature")
    return names


def _names(text: str) -> list[str]:
    """Name each disclosure by the member that it opens a slot of."""
    statement = parse_statement(text)
    places = {encoded: name for (name, _), encoded in statement.opened.sources.items()}
    return [f"disclosure of {places[encoded]}" for encoded in statement.disclosures]


def _inner(text: str, where: Path, path: Path, put: Callable[[str], str]) -> Iterator[Change]:
    for change in text_changes(text, where):
        yield Part(path, where, change.what, put(change.apply(text)))


def _inner_json(
    encoded: str, where: Path, path: Path, put: Callable[[str], str]
) -> Iterator[Change]:
    value = decode(b64url_bytes(encoded, what="part"), what="part")
    for change in json_changes(value):
        try:
            new = b64url(encode(change.to(value)))
        except Refused:
            continue  # not representable, so it can't be sent
        yield Part(path, (*where, *change.path), change.what, put(new))


def _whole(path: Path, name: str, what: str, text: str) -> Change:
    return Part(path, (*path, name), what, text)


class Part(Change):
    """A change inside a text: the text is replaced, the place says where inside."""

    def __init__(self, path: Path, where: Path, what: str, text: str) -> None:
        super().__init__(path, what, lambda _old: text)
        object.__setattr__(self, "_where", where)

    @property
    def place(self) -> str:
        """The path into the text."""
        where: Any = self._where  # type: ignore[attr-defined]
        return Change(where, "", self.apply).place


def _jwt_with(parts: list[str], number: int, disclosures: tuple[str, ...]) -> Callable[[str], str]:
    return lambda new: join(".".join([*parts[:number], new, *parts[number + 1 :]]), disclosures)


def _disclosures_with(jwt: str, disclosures: tuple[str, ...], number: int) -> Callable[[str], str]:
    return lambda new: join(jwt, (*disclosures[:number], new, *disclosures[number + 1 :]))
