"""A bundle in the making: a scene, and what mutations have asked to be done at which moment.

    making = Making(chance, "a pair")
    some_mutation(making)          # only notes what is to be done
    files = making.build()

The moments: a statement before it is signed; the world before the evidence is written; the
evidence as JSON; the trust file as JSON; either as text. A mutation that finds nothing to change
raises Nothing, and another is drawn.
"""

from __future__ import annotations

import json
import random
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rootprint.calc.errors import RootprintError
from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import hex_text, time_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.evidence.container import pack
from rootprint.ledger.evidence.lines import LINE_DEPTH
from tests.agreement.stage import Hook, Stage
from tests.conformance.chain_file import snapshot
from tests.support.evidence_file import STRING, digest_of, opened

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

Json = dict[str, Any]


class Nothing(Exception):
    """What a mutation wanted to change is not there."""


@dataclass
class Setting:
    """A scene that has been played. ``keep`` are its redactions, ``trust`` more of the trust file.

    ``proven``: the evidence proves the chain's state. ``with_chain``: there is a chain to ask.
    ``adorn`` are changes of the evidence that belong to the scene and are no mutation.
    """

    stage: Stage
    subject: Statement
    keep: dict[bytes, set[str]] = field(default_factory=dict)
    trust: Json = field(default_factory=dict)
    adorn: list[Callable[[Json], None]] = field(default_factory=list)
    proven: bool = False
    with_chain: bool = True
    whole: bool = False
    blocks: list[str] | None = None

    def item(self, file: Json, statement: Statement) -> Json:
        """Return the statement's item in the file; raises Nothing if it is not there."""
        for item in file["statements"]:
            if digest_of(item) == statement.digest:
                found: Json = item
                return found
        raise Nothing


@dataclass(frozen=True)
class Bundle:
    """Three files as bytes."""

    evidence: bytes
    trust: bytes
    chain: bytes


Play = Callable[[Stage, random.Random], Setting]


class Making:
    """Notes what is to be done to a bundle of one scene, then builds it.

    ``chance`` is for the mutations while they note; whatever runs later gets a ``Random`` of its
    own from ``later``, because it may run twice.
    """

    def __init__(self, chance: random.Random, play: Play, statements: int) -> None:
        self.chance, self._play, self.statements = chance, play, statements
        self._seed = chance.getrandbits(64)
        self.did: list[str] = []
        self._shadow = False
        self._signing: list[tuple[int, Hook]] = []
        self._world: list[Callable[[Setting], None]] = []
        self._file: list[Callable[[Json, Setting], None]] = []
        self._trust: list[Callable[[Json, Setting], None]] = []
        self._texts: list[tuple[str, Callable[[str], str]]] = []
        self._packed: list[Callable[[bytes], bytes]] = []

    def hide(self) -> None:
        """Let what is composed of a changed statement be composed of the one it was made of."""
        self._shadow = True

    def later(self) -> Callable[[], random.Random]:
        """Return what makes a ``Random`` that is the same each time."""
        seed = self.chance.getrandbits(64)
        return lambda: random.Random(seed)

    def signing(self, hook: Hook, number: int | None = None) -> None:
        """Change one statement, any one by default, before it is signed."""
        chosen = self.chance.randrange(self.statements) if number is None else number
        self._signing.append((chosen, hook))

    def world(self, hook: Callable[[Setting], None]) -> None:
        """Change chain, log or keys after the scene was played."""
        self._world.append(hook)

    def file(self, hook: Callable[[Json, Setting], None]) -> None:
        """Change the evidence as JSON; it is written canonically again."""
        self._file.append(hook)

    def trust(self, hook: Callable[[Json, Setting], None]) -> None:
        """Change the trust file as JSON."""
        self._trust.append(hook)

    def text(self, which: str, change: Callable[[str], str]) -> None:
        """Change the text of ``evidence``, its lines, or of ``trust``."""
        self._texts.append((which, change))

    def packed(self, change: Callable[[bytes], bytes]) -> None:
        """Change the evidence as it is packed."""
        self._packed.append(change)

    def build(self) -> Bundle:
        """Play the scene and do what was noted; raises Nothing."""
        setting = self._setting()
        for hook in self._world:
            hook(setting)
        file = self._evidence(setting)
        trust = self._trust_file(setting)
        for change in setting.adorn:
            change(file)
        before = _written(file), encode(trust)
        for change_file in self._file:
            change_file(file, setting)
        for change_trust in self._trust:
            change_trust(trust, setting)
        texts = {"evidence": _written(file), "trust": encode(trust)}
        if (self._file or self._trust) and before == (texts["evidence"], texts["trust"]):
            raise Nothing
        for which, change_text in self._texts:
            text = texts[which].decode(errors="surrogatepass")
            texts[which] = change_text(text).encode(errors="surrogatepass")
        chain = snapshot(setting.stage.chain) if setting.with_chain else None
        evidence = pack(texts["evidence"].split(b"\n"))
        for change_packed in self._packed:
            evidence = change_packed(evidence)
        return Bundle(evidence, texts["trust"], json.dumps(chain).encode())

    def _setting(self) -> Setting:
        try:
            return self._played(shadow=self._shadow)
        except RootprintError:  # what was changed can't be composed of any more
            pass
        try:
            return self._played(shadow=True)
        except RootprintError as error:
            raise Nothing from error

    def _played(self, *, shadow: bool) -> Setting:
        hooks: dict[int, list[Hook]] = {}
        for number, hook in self._signing:
            hooks.setdefault(number, []).append(hook)
        setting = self._play(Stage(hooks=hooks, shadow=shadow), random.Random(self._seed))
        if len(setting.stage.published) != self.statements:
            message = f"{self._play} publishes {len(setting.stage.published)} statements"
            raise AssertionError(message)
        return setting

    def _evidence(self, setting: Setting) -> Json:
        stage, subject = setting.stage, setting.subject
        try:
            if not setting.whole:
                return opened(stage.evidence(subject, setting.keep, proven=setting.proven))
        except RootprintError:
            pass  # this can't be walked, or what opens nothing can't be redacted
        try:
            value = opened(stage.whole(subject))
        except RootprintError as error:  # it can't be written down either
            raise Nothing from error
        return {**value, "chain": _state(stage)} if setting.proven else value

    def _trust_file(self, setting: Setting) -> Json:
        stage, known = setting.stage, setting.trust
        trust = {**stage.trust_json(setting.subject), "asOf": time_text(stage.now), **known}
        if setting.proven:
            block = hex_text(stage.chain.block().hash)
            trust["trustedBlocks"] = setting.blocks or [block]
        return trust


def _state(stage: Stage) -> Json:
    """Return every node of the newest block's state: what is needed of it can't be found out."""
    state = stage.chain._state(stage.chain.block().number)
    return {
        "header": b64encode(state.header).decode(),
        "nodes": [b64encode(state.nodes[digest]).decode() for digest in sorted(state.nodes)],
    }


def _written(file: Json) -> bytes:
    """Return the lines of a file."""
    head = {name: member for name, member in file.items() if name != "statements"}
    return b"\n".join(map(_line, (head, *file.get("statements", ()))))


def _line(value: Any) -> bytes:
    try:
        return encode(value, max_string=STRING, max_depth=LINE_DEPTH)
    except Refused:
        return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
