"""Both verifiers judge by rule packs alike: the same findings, word by word.

Over the footprints of the conformance cases, as they are and with members changed, by the packs of
this version; and over drawn tests of every operator.
"""

from __future__ import annotations

import copy
import json
import random
import subprocess
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pytest

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.evidence import read
from rootprint.ledger.rules import Library, as_draft, judge, library, pack
from rootprint.ledger.rules.parameters import OPERATORS
from tests.conformance.contract import folders
from tests.web.node import NODE, ROOT, SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Json = dict[str, Any]
AT: Final = "2026-11-20T10:00:00Z"
SEED: Final = 20261130
CHANGED_EACH: Final = 3
DRAWN: Final = 2000
SLOT: Final = {"...": "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"}
TEXTS: Final = (
    "0", "-0", "1", "1.0", "-3.67", "0.0001", "100", "33.3", "33.34", "1e3", "", "kilogram", "net",
    "Straße", "STRASSE", "ﬀ", "İstanbul", "ΣΑΣ", "CO2", "碳信用", "urn:gtin:4712345060507",
    "URN:GS1:01:04712345060507", "urn:gtin:471", "urn:gſ1:01:04712345060507", "𝔘𝔫𝔦",
    "2024-02-29T00:00:00Z", "2025-02-29T00:00:00Z", "2025-12-31T23:59:59Z", "0000-01-01T00:00:00Z",
    "2026-01-01T00:00:00Z", "9" * 40, "0." + "3" * 40, "9" * 41,
)  # fmt: skip
OTHERS: Final = (None, True, False, 0, 1, -5, [], {}, [SLOT], SLOT, {"a": "1"}, [["1"]])
NAMES: Final = ("a", "b", "c", "constructor")
NUMBERS: Final = ("0", "1", "-2.50", "0.1", "44")


def asked(questions: list[Json]) -> list[Any]:
    """Return what the rules in JavaScript answer to each question."""
    done = subprocess.run(
        [NODE, ROOT / "tests" / "agreement" / "judge.mjs"],
        input="".join(f"{json.dumps(one)}\n" for one in questions),
        capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def require_alike(packs: Library, questions: list[Json]) -> list[list[Any]]:
    """Judge by both; return the findings, which are the same."""
    documents = [dict(one.document) for one in packs.packs()]
    digests, *theirs = asked([{"packs": documents}, *questions])
    assert digests == [one.digest for one in packs.packs()]
    ours = []
    for question, their in zip(questions, theirs, strict=True):
        found = judge(
            packs.compiled(question["pack"]), question["draft"], cited=question["cited"], at=AT
        )
        ours.append([[one.id, str(one.state), one.severity, one.found] for one in found])
        assert ours[-1] == their, json.dumps(question, ensure_ascii=False)[:4000]
    return ours


def footprints() -> Iterator[tuple[Json, Json]]:
    """Yield each footprint of the cases that are verified as a draft, with what it cites."""
    for folder in folders():
        if folder.name.endswith("_fail"):
            continue
        held = read((folder / "evidence.gz").read_bytes())
        found = [parse_statement(text) for text in held.statements.values()]
        cited = {digest_text(one.digest): one.subject for one in found}
        yield from ((as_draft(one), cited) for one in found if "pcf" in one.subject)


def change(chance: random.Random, value: Any) -> None:
    """Change one member or item somewhere in a draft."""
    places: list[tuple[Any, Any]] = []

    def look(at: Any) -> None:
        items = at.items() if isinstance(at, dict) else enumerate(at)
        for key, item in list(items):
            places.append((at, key))
            if isinstance(item, dict | list):
                look(item)

    look(value)
    at, key = chance.choice(places)
    if isinstance(at, dict) and chance.random() < 0.3:
        del at[key]
    elif isinstance(at[key], str) and chance.random() < 0.3:
        at[key] = f"-{at[key]}" if chance.random() < 0.5 else at[key].upper()
    else:
        at[key] = copy.deepcopy(chance.choice((*TEXTS, *OTHERS)))


def test_they_find_the_same_in_footprints_and_in_changed_ones() -> None:
    chance, packs, questions = random.Random(SEED), library(), []
    for draft, cited in footprints():
        for count in range(CHANGED_EACH):
            changed = copy.deepcopy(draft)
            for _ in range(count * 2):
                change(chance, changed["credentialSubject"])
            named = chance.choice(packs.packs()).digest
            questions.append({"pack": named, "draft": changed, "cited": cited, "at": AT})
    found = require_alike(packs, questions)
    states = {state for findings in found for _, state, _, _ in findings}
    assert states == {"passed", "failed", "not_checked", "not_applicable"}
    assert len(found) >= 900


def _path(chance: random.Random, *, of_line: bool) -> str:
    roots = ("line", "line", "cited", "subject") if of_line else ("subject", "subject", "draft")
    steps = [chance.choice(NAMES) for _ in range(chance.randint(1, 2))]
    return ".".join([chance.choice(roots), *steps])


def _term(chance: random.Random, *, of_line: bool) -> Json:
    term: Json = {"of": [_path(chance, of_line=of_line) for _ in range(chance.randint(1, 2))]}
    if chance.random() < 0.5:
        term["times"] = chance.choice((*NUMBERS, "44/12", "-1/3"))
    if chance.random() < 0.7:
        term["absent"] = chance.choice(NUMBERS)
    if not of_line and chance.random() < 0.4:
        term["of"] = [_path(chance, of_line=True)]
        term["lines"] = drawn(chance, "present", of_line=True)
    return term


def drawn(chance: random.Random, op: str, *, of_line: bool = False, depth: int = 0) -> Json:
    """Draw a well-formed test of this operator."""
    path = partial(_path, chance, of_line=of_line)
    leaves = ("present", "one_of", "at_most", "same", "flag", "shares_sum", "no_words", "compare")
    inner = leaves if depth > 1 else (*leaves, "all", "any", "not", "when")

    def test(*, line: bool = of_line) -> Json:
        return drawn(chance, chance.choice(inner), of_line=line, depth=depth + 1)

    made: dict[str, Callable[[], Json]] = {
        "present": lambda: {"paths": [path() for _ in range(chance.randint(1, 2))]},
        "one_of": lambda: {
            "path": path(), "values": chance.sample([text for text in TEXTS if text], 3),
            **({"first": chance.randint(1, 3)} if chance.random() < 0.5 else {}),
        },
        "contains": lambda: {"path": path(), "value": chance.choice(["net", "1", "碳信用"])},
        "same": lambda: {"path": path(), "other": path()},
        "flag": lambda: {"path": path(), "value": chance.random() < 0.5},
        "sum_equals": lambda: {"path": path(), "terms": [path(), path()]},
        "shares_sum": lambda: {"path": path(), "total": chance.choice(["100", "1"])},
        "compare": lambda: _compare(chance, of_line=of_line),
        "within_years": lambda: {
            "path": path(), "after": path(), "years": chance.choice([0, 1, 4, 100])
        },
        "not_before": lambda: {"path": path(), "other": path()},
        "from_time": lambda: {"path": path(), "time": "2025-06-30T00:00:00Z"},
        "apart": lambda: {
            "start": path(), "end": path(), "least": chance.choice(["0", "365.5"]), "most": "99999",
        },
        "check_digits": lambda: {
            "path": path(), "prefixes": ["urn:gtin:", "URN:gs1:01:"], "lengths": [13, 14, 8],
            "scheme": "gs1",
        },
        "no_words": lambda: {
            "paths": [path(), path()],
            "words": chance.sample(["strasse", "FF", "i̇", "σ", "碳", "a", "true", "ß"], 3),
        },
        "all": lambda: {"tests": [test() for _ in range(chance.randint(1, 3))]},
        "any": lambda: {"tests": [test() for _ in range(chance.randint(1, 3))]},
        "not": lambda: {"test": test()},
        "when": lambda: {"if": test(), "then": test()},
        "every_line": lambda: {
            "test": test(line=True),
            **({"where": test(line=True)} if chance.random() < 0.5 else {}),
        },
        "some_line": lambda: {"test": test(line=True)},
    }  # fmt: skip
    for name in ("at_most", "at_least", "more_than", "less_than"):
        made[name] = lambda: {
            "path": path(), "value": chance.choice(NUMBERS),
            **({"absent": "1"} if chance.random() < 0.3 else {}),
        }  # fmt: skip
    return {"op": op, **made[op]()}


def _compare(chance: random.Random, *, of_line: bool) -> Json:
    relation = chance.choice(["at_most", "at_least", "equal", "more_than", "less_than"])
    sides = {
        side: [_term(chance, of_line=of_line) for _ in range(chance.randint(1, 2))]
        for side in ("left", "right")
    }
    margins = {"absolute": "0.5", "relative": "0.01", "lastPlaces": "3"}
    names = chance.sample(sorted(margins), chance.randint(1, 3))
    given = relation not in {"more_than", "less_than"} and chance.random() < 0.5
    tolerance = {"tolerance": {name: margins[name] for name in names}} if given else {}
    return {"is": relation, **sides, **tolerance}


def _value(chance: random.Random, depth: int = 0) -> Any:
    kind = chance.random()
    if kind < 0.15 and depth < 2:
        return [_value(chance, depth + 1) for _ in range(chance.randint(0, 3))]
    if kind < 0.35 and depth < 2:
        return {name: _value(chance, depth + 1) for name in NAMES if chance.random() < 0.6}
    if kind < 0.6:
        return chance.choice(NUMBERS)
    return copy.deepcopy(chance.choice(TEXTS if kind < 0.9 else OTHERS))


def _draft(chance: random.Random) -> Json:
    def members() -> Json:
        return {name: _value(chance) for name in NAMES}

    lines: list[Any] = []
    for _ in range(chance.randint(0, 3)):
        source = chance.choice([{"statement": "known"}, {"factor": "gone"}, {"published": "1"}])
        lines.append({**members(), "source": source, "description": chance.choice(TEXTS)})
    if chance.random() < 0.1:
        lines.append(SLOT)
    pcf = {"fossilGhgEmissions": "12.5", "publicationDifference": "-0.25"}
    return {**members(), "credentialSubject": {**members(), "pcf": pcf, "inventory": lines}}


def test_they_find_the_same_by_drawn_tests_of_every_operator() -> None:
    chance, tests, questions = random.Random(SEED), [], []
    operators = sorted(OPERATORS)
    for number in range(DRAWN):
        op = operators[number % len(operators)]
        document = {
            "id": f"drawn-{number}", "version": "1", "title": "Drawn", "status": "group",
            "validFrom": AT,
            "rules": [{
                "id": "drawn", "severity": "error", "clause": "c", "verified": False, "what": "w",
                "remedy": "r", "test": drawn(chance, op),
            }],
        }  # fmt: skip
        tests.append(pack(document, where="a drawn pack"))
        cited = {"known": {name: _value(chance) for name in NAMES}}
        questions += [
            {"pack": tests[-1].digest, "draft": _draft(chance), "cited": cited, "at": AT}
            for _ in range(2)
        ]
    found = require_alike(Library(tests), questions)
    states = [findings[1][1] for findings in found]
    for state in ("passed", "failed", "not_checked", "not_applicable"):
        assert states.count(state) > 100, state


@pytest.mark.parametrize("start", range(0, 0x110000, 0x44000))
def test_they_fold_every_character_alike(start: int) -> None:
    characters = [
        chr(code) for code in range(start, start + 0x44000) if not 0xD800 <= code < 0xE000
    ]
    folds = asked([{"fold": characters}])[0]
    unlike = [
        hex(ord(one))
        for one, fold in zip(characters, folds, strict=True)
        if fold != one.casefold() and _is_assigned(one)
    ]
    assert unlike == []


def _is_assigned(character: str) -> bool:
    """Statements have characters of Unicode 14.0 only; Python's and Node's tables are later."""
    from rootprint.ledger.core.spelling import unassigned  # noqa: PLC0415

    return unassigned(character) is None
