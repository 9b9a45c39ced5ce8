"""The library of rule packs: look-up by id and by digest, and what inheritance comes to.

A pack names its parents by id and digest, so its own digest fixes everything it inherits. Where
several packs of one ancestry have a rule of the same id, the higher status prevails (national over
industry over group over draft over base); at the same status a pack overrides what it inherits, and
two that do not inherit each other conflict.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.core.tables import tables
from rootprint.ledger.rules.judging import compile_pack, compile_rule
from rootprint.ledger.rules.packs import OURS, Pack, parse_pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rootprint.ledger.rules.finding import Rule
    from rootprint.ledger.rules.judging import CompiledPack

_DATA: Final = Path(__file__).with_name("data")
BASE_PACK: Final = "rootprint-base-rules"  # the id of the packs that every footprint is judged by


class Library:
    """Rule packs by digest; a pack of the same id and another digest is another version."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        self._packs = {pack.digest: pack for pack in packs}
        self._compiled: dict[str, CompiledPack] = {}
        self._rules: dict[int, Rule] = {}  # by the document's own object, which a pack keeps
        self._versions: dict[str, list[Pack]] = {}  # of an id, from the oldest
        for pack in sorted(self._packs.values(), key=_age):
            self._versions.setdefault(pack.id, []).append(pack)

    def packs(self) -> list[Pack]:
        """Return every pack, by id and from the oldest."""
        return [pack for name in sorted(self._versions) for pack in self._versions[name]]

    def holds(self, digest: str) -> bool:
        """Whether the pack of this digest is here."""
        return digest in self._packs

    def digests(self) -> dict[str, str]:
        """Return what each digest is: ``{digest: "id version"}``, sorted by that."""
        named = {digest: f"{pack.id} {pack.version}" for digest, pack in self._packs.items()}
        return dict(sorted(named.items(), key=lambda item: item[1]))

    def extended(self, packs: Iterable[Pack]) -> Library:
        """Return a library with these packs too; what each inherits must be in it.

        Raises what ``effective`` raises for a pack that nothing could be judged by.
        """
        more = list(packs)
        found = Library([*self._packs.values(), *more])
        for one in more:
            found.effective(one.digest)
        return found

    def get(self, name: str, at: str | None = None) -> Pack:
        """Return the pack of a digest, of ``id@digest``, or the newest of an id.

        With ``at`` (RFC 3339, UTC) an id means its newest pack that had begun by then, if any had.
        Raises NotFound for what is not here, Refused where id and digest do not belong together.
        """
        wanted, _, digest = name.rpartition("@") if "@" in name else ("", "", name)
        if digest in self._packs:
            pack = self._packs[digest]
            if wanted and pack.id != wanted:
                message = f"{name}: the pack with that digest is {pack.id}"
                raise Refused(message)
            return pack
        versions = self._versions.get(wanted or name, [])
        if wanted and versions:
            held = ", ".join(f"version {one.version} as {one.digest}" for one in versions)
            message = f"{name} is a version of {wanted} that is not here"
            raise NotFound(message, remedy=f"hand in that pack's file; held: {held}")
        if not versions:
            known = ", ".join(self.digests().values()) or "none"
            message = f"there is no rule pack {name} in the library"
            raise NotFound(message, remedy=f"hand in its file; known: {known}")
        begun = [one for one in versions if at is None or one.document["validFrom"] <= at]
        return (begun or versions)[-1]

    def in_force(self, name: str, at: str) -> dict[str, Any]:
        """Return what ``effective`` does, of a pack that is in force at that time.

        Raises Refused before its validity, or that of anything it inherits, begins or after it
        ends; and what ``effective`` raises.
        """
        found = self.effective(self.get(name, at).digest)
        called = f"rule pack {found['id']} version {found['version']}"
        remedy = "take a version that is in force then: rootprint rules list says when each is"
        if at < found["validFrom"]:
            message = f"{called} is in force from {found['validFrom']} on, asked at {at}"
            raise Refused(message, remedy=remedy)
        if "validUntil" in found and at >= found["validUntil"]:
            message = f"{called} was in force until {found['validUntil']}, asked at {at}"
            raise Refused(message, remedy=remedy)
        return found

    def composable(self, name: str, at: str) -> dict[str, Any]:
        """Return what ``in_force`` does, of a pack that rests on this version's check 7.

        An earlier pack judges drafts as ever, but nothing is composed by it any more where check 7
        would judge by another table. Raises Refused for that, and what ``in_force`` raises.
        """
        found = self.in_force(name, at)
        for one in self._ancestry(self.get(found["digest"]), ()):
            if not one.rests_on_this_table:
                message = (
                    f"rule pack {one.id} version {one.version} rests on a compatibility table that"
                    " is not this version's"
                )
                remedy = f"take one for {tables().rule['id']}, {tables().rule_digest}"
                raise Refused(message, remedy=remedy)
        return found

    def compiled(self, name: str) -> CompiledPack:
        """Return a pack with all it inherits as drafts are judged by it, compiled once.

        Raises what ``effective`` raises.
        """
        digest = self.get(name).digest
        if digest not in self._compiled:
            self._compiled[digest] = compile_pack(self.effective(digest), self._rule)
        return self._compiled[digest]

    def _rule(self, document: Mapping[str, Any]) -> Rule:
        """Compile a rule once, whichever packs inherit it."""
        if id(document) not in self._rules:
            self._rules[id(document)] = compile_rule(document)
        return self._rules[id(document)]

    def effective(self, name: str) -> dict[str, Any]:
        """Return a pack with all it inherits, ready to be compiled.

        It has the pack's members, its digest, the narrowest validity of its ancestry, and
        ``givenWay``: which pack's rule gave way to which. Raises NotFound for a parent that is not
        here, Refused for a circle, two versions of one pack, or a conflict.
        """
        pack = self.get(name)
        ancestry = self._ancestry(pack, ())
        own: dict[str, list[Pack]] = {}
        for one in ancestry:
            for rule in one.document["rules"]:
                own.setdefault(rule["id"], []).append(one)
        winners = {rule: self._prevailing(rule, packs) for rule, packs in own.items()}
        ends = [one.document["validUntil"] for one in ancestry if "validUntil" in one.document]
        return {
            **pack.document,
            "validFrom": max(one.document["validFrom"] for one in ancestry),
            **({"validUntil": min(ends)} if ends else {}),
            "digest": pack.digest,
            "rules": [_rule_of(winner, rule) for rule, winner in winners.items()],
            "givenWay": [
                {"rule": rule, "of": loser.name, "to": winners[rule].name}
                for rule, packs in own.items()
                for loser in packs
                if loser is not winners[rule]
            ],
        }

    def _ancestry(self, pack: Pack, below: tuple[str, ...]) -> list[Pack]:
        """Return the pack after all it inherits, each once."""
        if pack.id in below:
            message = f"rule packs inherit in a circle: {' → '.join([*below, pack.id])}"
            raise Refused(message, remedy="their publishers leave out one of the inheritances")
        found: dict[str, Pack] = {}
        for parent in pack.parents:
            for one in self._ancestry(self.get(parent), (*below, pack.id)):
                if found.setdefault(one.id, one) is not one:
                    message = f"{pack.id} inherits two versions of {one.id}"
                    raise Refused(message, remedy="inherit packs that rest on the same version")
        return [*found.values(), pack]

    def _prevailing(self, rule: str, packs: list[Pack]) -> Pack:
        rank = max(pack.rank for pack in packs)
        highest = [pack for pack in packs if pack.rank == rank]
        last = highest[-1]
        above = {pack.digest for pack in self._ancestry(last, ())}
        for other in highest:
            if other.digest not in above and _rule_of(other, rule) != _rule_of(last, rule):
                message = f"{other.id} and {last.id} both have a rule {rule}, with other content"
                raise Refused(message, remedy="a pack that inherits both states the rule itself")
        return last


def _age(pack: Pack) -> tuple[str, str, list[tuple[int, str]], str]:
    """From the oldest: by id, then by when it began, then by version (9 before 10), then digest."""
    parts = re.findall(r"[0-9]+|[^0-9]+", pack.version)
    version = [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
    return pack.id, pack.document["validFrom"], version, pack.digest


def _rule_of(pack: Pack, name: str) -> Mapping[str, Any]:
    rule: Mapping[str, Any] = next(rule for rule in pack.document["rules"] if rule["id"] == name)
    return rule


@cache
def library() -> Library:
    """Return the packs that come with this version."""
    found = sorted(_DATA.glob("*.json"))
    return Library(
        parse_pack(entry.read_bytes(), where=entry.name, publisher=OURS) for entry in found
    )
