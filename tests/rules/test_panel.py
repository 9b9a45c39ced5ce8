"""A panel, which remembers what drafts that are alike came to, finds what judging each finds."""

from __future__ import annotations

import copy
import random
import re
from typing import Any

import pytest

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.rules import Finding, Panel, Scope, State, compile_pack, library, parse_pack
from tests.rules.judged import AT, CITED, HEAT, KWH, LOSS, STEEL, factor, line, product
from tests.rules.test_together import TWINS, with_all
from tests.rules.test_vectors import VECTORS, pack

BASE = "rootprint-base-rules"
PACKS = [library().compiled(name) for name in (BASE, "catena-x-pcf", "rootprint-pv-module")]
NUMBER = re.compile(r"-?[0-9]+\.[0-9]+")
STRANGE: list[Any] = [
    None, "", [], {}, "0", "-0", "1", "-1.50", "50", "50.1", "1e3", "²", 0, 1, 1.0, True, False,
    ["AR6"], ["AR5", "AR6"], ["", "AR5-28"], [True], [1], [None], ["0", "-1"], [{"...": "x"}],
    [{"set": "AR5", "share": "50"}, {"set": "AR6", "share": "50"}],
    [{"set": "AR6", "share": "100", "...": "x"}], [{"set": ["AR6", "AR5"]}], [["AR6"]],
    "kilogram", "kilowatt hour", "liter", "piece", "cradle-to-grave", "gate-to-gate", "dry",
    "2027-01-01T00:00:00Z", "2026-02-29T00:00:00Z", "product", "factor", "attested", "CN", "own",
    "urn:gtin:4712345060508", ["urn:gtin:4712345060507"], "a carbon credit", {"model": "x"},
    {"method": "economic"}, {"calorificValue": "net"}, {"fossilGhgEmissions": "-1"},
]  # fmt: skip


def as_judged(packs: Any, draft: dict[str, Any], cited: dict[str, Any]) -> list[Any]:
    """Return what each pack finds of a draft by itself, all rules judged anew."""
    found = []
    for one in packs:
        scope = Scope(draft, cited)
        states = one.states(scope)
        rules = one.rules_for(scope)
        came = [(rule.id, state) for rule, state in zip(rules, states, strict=True)]
        found.append(
            (
                states.count(State.PASSED),
                [name for name, state in came if state is State.FAILED],
                [name for name, state in came if state is State.NOT_CHECKED],
                states.count(State.NOT_APPLICABLE),
            )
        )
    return found


def as_tallied(panel: Panel, draft: dict[str, Any]) -> list[Any]:
    _, outcome = panel.judge(draft)
    return [
        (
            one.held,
            [rule.id for rule in one.broken],
            [rule.id for rule in one.unseen],
            one.not_applicable,
        )
        for one in outcome.tallies
    ]


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every member and item."""
    items: Any = value.items() if isinstance(value, dict) else ()
    if isinstance(value, list):
        items = enumerate(value)
    return [one for name, part in items for one in ((*at, name), *places(part, (*at, name)))]


def drawn(draw: random.Random) -> dict[str, Any]:
    """Return a draft of which some members are something else, or somewhere else."""
    draft = draw.choice([product, factor, lambda: with_all(draw.choice(TWINS).broken),
                         lambda: with_all(draw.choice(TWINS).kept)])()  # fmt: skip
    subject = draft["credentialSubject"]
    lines = [line(source={"statement": draw.choice([KWH, STEEL, HEAT, LOSS, "sha256:none"])},
                  **draw.choice([{}, {"electricity": "contract"}, {"certificate": {"id": "1"}},
                                 {"result": {"fossilGhgEmissions": draw.choice(["0", "-1"])}}]))
             for _ in range(draw.randrange(6))]  # fmt: skip
    if draw.random() < 0.7 and isinstance(subject.get("inventory"), list):
        subject["inventory"] = [*subject["inventory"], *lines][: draw.randrange(9)]
    for _ in range(draw.randrange(4)):
        *way, last = draw.choice(places(draft))
        place: Any = draft
        for step in way:
            place = place[step]
        place[last] = copy.deepcopy(draw.choice(STRANGE))
        if not isinstance(draft["credentialSubject"], dict):
            return product()
    return draft


def alike(draw: random.Random, value: Any) -> Any:
    """Return a value with other numbers of the same sign in it: mostly one that is alike."""
    if isinstance(value, dict):
        return {name: alike(draw, part) for name, part in value.items()}
    if isinstance(value, list):
        return [alike(draw, part) for part in value]
    if isinstance(value, str) and NUMBER.fullmatch(value) and draw.random() < 0.2:
        return f"{value}{draw.randrange(10)}"
    return value


@pytest.mark.parametrize("packs", [PACKS[:1], PACKS], ids=["base", "three"])
def test_a_panel_finds_of_drawn_drafts_what_each_pack_finds_by_itself(packs: Any) -> None:
    draw, panel = random.Random(10), Panel(packs, CITED)
    kinds = set()
    for _ in range(400):
        one = drawn(draw)
        for draft in (one, alike(draw, one), alike(draw, one)):
            judged = as_judged(packs, draft, CITED)
            assert as_tallied(panel, draft) == judged, draft
            kinds.add(repr(judged))
    assert len(kinds) > 200  # they differ in what is found


def test_a_panel_comes_to_the_state_of_every_vector_once_and_again() -> None:
    for _, vector in VECTORS:
        panel = Panel([compile_pack(pack(vector["test"]))], vector.get("cited", {}))
        for _ in range(2):
            ((held, broken, unseen, beside),) = as_tallied(panel, vector["draft"])
            found = {"passed": held, "failed": broken, "not_checked": unseen}
            assert found.get(vector["state"], beside), vector["name"]


def test_what_is_said_in_the_same_words_is_said_so_by_each_draft() -> None:
    draw, panel = random.Random(11), Panel(PACKS[:1], CITED)
    said: dict[int, list[str]] = {}
    again = 0
    names = [*product()["credentialSubject"]["pcf"]]
    for number in range(400):
        draft = product()
        pcf = draft["credentialSubject"]["pcf"]
        pcf["productMassPerDeclaredUnit"] = f"{number + 1}"
        for name in draw.sample(names, number % 3):
            del pcf[name]
        scope, outcome = panel.judge(draft)
        if outcome.same_words and outcome.tallies[0].broken:
            broken = outcome.tallies[0].broken
            words = [Finding(rule, State.FAILED, scope).found for rule in broken]
            again += id(outcome) in said
            assert said.setdefault(id(outcome), words) == words
    assert again > 20
    assert len(said) > 5


def test_a_panel_that_has_seen_too_many_kinds_forgets_and_finds_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rootprint.ledger.rules.panel.MOST_KEPT", 20)
    monkeypatch.setattr("rootprint.ledger.rules.alike.MOST_TEXTS", 3)
    draw, panel = random.Random(12), Panel(PACKS, CITED)
    for _ in range(300):
        draft = drawn(draw)
        assert as_tallied(panel, draft) == as_judged(PACKS, draft, CITED)


def test_a_rule_that_two_packs_have_in_other_words_is_judged_of_each() -> None:
    """A pack that puts another limit in a rule's place does not change what the base pack finds."""
    limit = {"id": "cut-off-limit", "severity": "error", "clause": "c", "verified": True,
             "confirmedBy": "us", "what": "w", "remedy": "r",
             "test": {"op": "at_most", "path": "subject.pcf.exemptedEmissionsPercent",
                      "value": "1"}}  # fmt: skip
    base = library().get(BASE)
    document = {"id": "stricter", "version": "1", "title": "t", "status": "group",
                "validFrom": AT, "inherits": [base.name], "rules": [limit]}  # fmt: skip
    ours = parse_pack(encode(document), where="here")
    both = library().extended([ours])
    packs = [both.compiled(ours.digest), both.compiled(base.digest)]
    stricter, looser = Panel(packs, CITED).judge(product())[1].tallies
    assert "cut-off-limit" in {rule.id for rule in stricter.broken}
    assert "cut-off-limit" not in {rule.id for rule in looser.broken}
