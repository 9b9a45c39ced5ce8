"""What a person who does not hold a recipe can do about it with each command, as scenes.

A scene gets a world and answers with the runs of one command, in order: in the OEM's folder, whose
log has of the maker's part what is signed and no more, or on the files that an outsider was given.
Scenes follow one another in one copy of a world, as a table has them.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.encoding import time_text
from rootprint.ledger.verify import NAMES
from tests.cli.running import Answer, Cli
from tests.cli.story import FACTORS, MAKER, OEM, product_file
from tests.leaks.worlds import RECORDS, composed, in_given_slots, in_the_open

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.leaks.worlds import World

    Scene = Callable[[World], Iterator[Answer]]

JSON: Final = ("--format", "json")
SINCE: Final = "2026-01-01T00:00:00Z"
VIEWS: Final = (
    (),
    JSON,
    *(("--explain", str(number), "--nodes", "9") for number in NAMES),
    ("--contributions", "--until", "90", "--cut-off", "1"),
    *(
        ("--contributions", "--by", by)
        for by in ("stage", "component", "organisation", "checked", "gas")
    ),
    ("--uncertainty",),
    ("--uncertainty", "--samples", "64", "--sampling", "monte-carlo", "--seed", "7"),
    ("--lines", "--most", "5"),
    ("--lines", *JSON),
    ("--tree",),
    ("--lines", "--lines-to", "{folder}/lines.csv", *JSON),
    ("--contributions", "--uncertainty", "--explain", "8", *JSON),
)
POLICIES: Final = (
    ("--require-arithmetic", "recomputed"),
    ("--require-assurance", "limited"),
    ("--require-assurance", "reasonable"),
    *(
        ("--require", one)
        for one in (
            "assuredBy=did:web:other.example", "mostUnsigned=0", "leastPrimary=50",
            "mostNoLongerAdmitted=0", "mostExempted=0", "mostMateriality=1",
            "oldestAssurance=0", "oldestStatus=0", "oldestPeriod=0", "mostRemovals=0",
            "mostCredits=0", "rules=rootprint-base-rules",
        )
    ),
)  # fmt: skip
# Who reads, when, and by which way to see the chain.
READERS: Final = (
    ("--at", SINCE),
    ("--at", "2031-01-01T00:00:00Z"),
    ("--issuer", OEM),
    ("--product", "urn:example:part"),
    ("--digest", "{part}"),
    ("--block", "{part_block}"),
    ("--chain-file", "{folder}/bare/chain.sqlite"),
    ("--offline",),
    ("--seconds", "0.000001"),
    ("--policy", "{part_trust_json}"),
    ("--pack-file", "{part_trust_json}"),
)


def _runs(*given: tuple[object, ...]) -> Scene:
    """Return a scene of commands in the OEM's folder; ``{name}`` is a digest or a file."""

    def scene(world: World) -> Iterator[Answer]:
        for one in given:
            yield world.bare(*(_filled(word, world) for word in one))

    return scene


def _filled(word: object, world: World) -> str:
    files = {file.name.replace(".", "_"): str(file) for file in world.folder.iterdir()}
    blocks = {f"{name}_block": block for name, block in world.blocks.items()}
    return str(word).format(**world.names, **files, **blocks, folder=world.folder)


def _compromised(world: World) -> Iterator[Answer]:
    """Report a key from before it was added, which is refused, and from now on."""
    for since in (SINCE, time_text(int(time.time()))):
        yield world.bare("key", "compromised", "maker", "--since", since)


def _verify(world: World) -> Iterator[Answer]:
    outside = Cli(world.folder / "none", passphrase=None)
    for name in ("part", "car"):
        files = ("verify", world.file(f"{name}.json"), "--trust", world.file(f"{name}.trust.json"))
        for more in (*VIEWS, *POLICIES, *READERS):
            yield outside(*files, *(_filled(word, world) for word in more))
    table = world.file("lines.csv")
    yield Answer(0, table.read_text(encoding="utf-8-sig"), "")


def _walk(world: World) -> Iterator[Answer]:
    for name, asked in (("part", (VIEWS[0], VIEWS[-1])), ("car", VIEWS)):
        for more in asked:
            yield world.bare("walk", world.names[name], *(_filled(word, world) for word in more))
    for name in RECORDS:
        yield world.bare("walk", world.names[name], "--explain", "5", "--nodes", "9")
    for name in ("fuel", "part", "retired", "pool", "kiln"):
        yield world.bare("walk", world.names[name], "--down")
        yield world.bare("walk", world.names[name], "--down", *JSON)


WAYS: Final[dict[str, Callable[[dict[str, Any]], dict[str, Any]]]] = {
    "honest": lambda subject: subject,
    "made-up-gases": lambda subject: {**subject, "gases": {"CO2": "20.5000"}},
    "made-up-spread": lambda subject: {
        **subject,
        "uncertainty": {
            "distribution": "lognormal",
            "statedValue": subject["pcf"]["pcfExcludingBiogenicUptake"],
            "geometricStandardDeviation": "9.0000",
        },
    },
    "wrong-total": lambda subject: {
        **subject,
        "pcf": {**subject["pcf"], "pcfExcludingBiogenicUptake": "9.00000"},
    },
    "wrong-share": lambda subject: {**subject, "pcf": {**subject["pcf"], "primaryDataShare": "99"}},
    "wrong-set": lambda subject: {
        **subject,
        "characterizationSets": [{"set": "AR5", "share": "100.0000"}],
    },
}


def _taking(amount: str, **inputs: str) -> str:
    """Return a file of the OEM's; what is produced of it is asked of what it takes (law 6)."""
    text = product_file("frame", OEM, {"part": amount, **inputs})
    return text + "producedAmount: {value: '100000000', unit: kg}\n"


def _compose(world: World) -> Iterator[Answer]:
    part = f"--input=part={world.names['part']}"
    for text in (
        _taking("3"),
        _taking("3").replace("unit: kg", "unit: kWh", 1),
        _taking("3").replace("AR6", "AR5"),
        _taking("3").replace("2025-01-01", "2021-01-01"),
        _taking("3").replace("cradle-to-gate", "cradle-to-grave"),
        _taking("3", hole="1"),
        _taking("0.0000001"),
    ):
        yield world.bare("compose", "-", part, stdin=text)
    yield from _by_others_records(world)


def _by_others_records(world: World) -> Iterator[Answer]:
    """Compose by a pool and a process record of which only what is signed is here."""
    pool, kiln = world.names["pool"], world.names["kiln"]
    for issuer in (OEM, MAKER):
        own = product_file("part", issuer, {"part": "1"})
        own += "producedAmount: {value: '5', unit: kg}\n"
        for variant in ("GREEN1", "NONE42"):
            said = f"variant: {{reason: energy-attributes, code: {variant}, pool: plates}}\n"
            yield world.bare("compose", "-", f"--input=part={world.names['part']}",
                             f"--input=plates={pool}", stdin=own + said)  # fmt: skip
        said = (
            "process: {name: Kiln 1, site: 'urn:example:site-1', record: kiln, product: part,\n"
            "  allocation: {method: physical}, outputs: [\n"
            "    {name: part, productId: 'urn:example:part', amount: {value: '5', unit: kg}},\n"
            "    {name: slag, productId: 'urn:example:slag', amount: {value: '5', unit: kg}}]}\n"
        )
        yield world.bare("compose", "-", f"--input=part={world.names['part']}",
                         f"--input=kiln={kiln}", stdin=own + said)  # fmt: skip


def drafts(world: World) -> Iterator[tuple[str, dict[str, Any]]]:
    draft = in_given_slots(composed(world.bare, _taking("3"), part=world.names["part"]))
    for name, change in WAYS.items():
        subject = {**draft["credentialSubject"], "productIds": [f"urn:example:{name}"]}
        yield name, {**draft, "credentialSubject": change(subject)}


def _rules_check(world: World) -> Iterator[Answer]:
    for _, draft in drafts(world):
        yield world.bare("rules", "check", "-", stdin=json.dumps(draft))


def _sign(world: World) -> Iterator[Answer]:
    for _, draft in drafts(world):
        for key in ("oem", "auditor"):
            yield world.bare("sign", "-", "--as", key, stdin=json.dumps(draft))


def _publish(world: World) -> Iterator[Answer]:
    texts = {}
    for name, draft in drafts(world):
        answer = world.bare("sign", "-", "--as", "oem", stdin=json.dumps(draft))
        if answer.code == 0:
            texts[name] = answer.out
    honest = texts.pop("honest")
    for text in texts.values():
        yield world.bare("publish", "-", stdin=text)
    for text in (honest, honest, world.file("part.sdjwt").read_text(), f"{honest[:-9]}~"):
        yield world.bare("publish", "-", *JSON, stdin=text)


def _process(world: World) -> Iterator[Answer]:
    text = product_file("steel", OEM, {"part": "30"}) + (
        "process: {name: Hall 1, site: 'urn:example:site-1', product: steel,\n"
        "  allocation: {method: physical}, outputs: [\n"
        "    {name: steel, productId: 'urn:example:steel', amount: {value: '10', unit: kg}},\n"
        "    {name: slag, productId: 'urn:example:slag', amount: {value: '5', unit: kg}}]}\n"
    )
    answer = world.bare("process", "-", f"--input=part={world.names['part']}", stdin=text)
    draft = json.loads(answer.out)
    for name, place in (("allocation", "row"), ("activities", "activity")):
        for item in draft["credentialSubject"][name]:
            del item[place]  # drawn at random
    yield Answer(answer.code, json.dumps(draft), answer.err)


def _pool(world: World) -> Iterator[Answer]:
    text = (
        "kind: VariantPool\nissuer: {issuer}\nvalidFrom: '2026-01-01T00:00:00Z'\n"
        "validUntil: '2028-01-01T00:00:00Z'\nbase: part\nreason: energy-attributes\n"
        "variants: [{{code: GREEN1, volume: '1', value: '1'}}]\n"
    )
    for issuer in (OEM, MAKER):
        for base in ("part", "whole"):
            yield world.bare("pool", "-", f"--input=part={world.names[base]}",
                             stdin=text.format(issuer=issuer))  # fmt: skip


def _partner(world: World) -> Iterator[Answer]:
    for form in ("pact", "catena-x"):
        file = world.file(f"{form}.json")
        file.write_text(world.bare("evidence", form, world.names["car"]).out)
        out = world.file(f"of-{form}")
        yield world.bare(
            "partner", "import", file, "--issuer", OEM, "--out", out, "--country", "CN"
        )
        for one in sorted(out.iterdir()) if out.is_dir() else ():
            yield Answer(0, one.read_text(), "")


_ASSURED: Final = (
    "--standard", "ISO 14064-3:2019", "--level", "limited", "--outcome", "positive",
    "--examined", "papers", "--accreditation", "Example body", "17",
)  # fmt: skip
_CAR: Final = ("verify", "{car_json}", "--trust", "{car_trust_json}")
# Any file will do for a signed decision: its digest is written to the chain, and no more.
_DECIDED: Final = ("--reason", "inquiry", "--decision", "{part_trust_json}")
_MWH: Final = ("--amount", "5", "MWh", "--from", SINCE, "--until", "2026-06-01T00:00:00Z")

SCENES: Final[dict[str, Scene]] = {
    "demo": _runs(("demo", "{folder}", "--out", "{folder}/demo")),
    "init": _runs(
        ("init", "--origin", "o.example/log", "--authority", OEM, "--authority-name", "O",
         "--authority-country", "CN"),
    ),
    "template": _runs(("template", "--lang", "en", "--out", "{folder}/template.xlsx")),
    "mapping": _runs(("mapping", "{car_trust_json}", "--out", "{folder}/mapping.yaml")),
    "factors import": _runs(
        ("factors", "import", "epa", "{car_json}", "--issuer", FACTORS, "--valid-from", SINCE,
         "--valid-until", "2027-01-01T00:00:00Z", "--out", "{folder}/factors"),
    ),
    "rules list": _runs(("rules", "list")),
    "rules show": _runs(("rules", "show", "rootprint-base-rules")),
    "policy": _runs(("policy",)),
    "serve": _runs(("serve",)),
    "list": _runs(("list",), ("list", *JSON), ("list", "--kind", "footprint", "--issuer", MAKER)),
    "search": _runs(
        ("search", "part"), ("search", "maker", *JSON),
        *(("search", word) for word in
          ("cathode", "kiln", "gypsum", "OCHRERAIL4", "24680246", "coal", "1.3713")),
    ),
    "show": _runs(("show", "{part}"), ("show", "part"), ("show", "{car}", *JSON),
        *(("show", f"{{{name}}}") for name in RECORDS),
    ),
    "walk": _walk,
    "verify": _verify,
    "changes": _runs(
        ("changes", "{whole}", "--by", "-10%"), ("changes", "{pool}", "--by", "10%"),
        ("changes", "{part}", "--by", "-10%"), ("changes", "{part}", "--value", "1", *JSON),
        ("changes", "{fuel}", "--by", "50%", *JSON), ("changes", "{coal}", "--by", "50%", *JSON),
    ),
    "recharacterise": _runs(
        ("recharacterise", "{part}", "--set", "AR5"), ("recharacterise", "{car}", "--set", "AR5")
    ),
    "present": _runs(
        ("present", "{part}"),
        *(("present", "{part}", "--show", place) for place in
          ("inventory", "inventory[0]", "gases", "cells", "producedAmount", "evidence")),
        *(("present", f"{{{name}}}") for name in RECORDS),
        *(("present", name, "--show", place) for name, place in
          (("{pool}", "rows"), ("{pool}", "rowsShape"), ("{pool}", "rows[0]"),
           ("{kiln}", "allocation"), ("{kiln}", "activities[0]"))),
        ("present", "{car}", "--show", "inventory"),
    ),
    "evidence export": _runs(
        ("evidence", "export", "{car}", "--out", "{folder}/again.json"),
        ("evidence", "export", "{car}", "--hide", "{part}", "--out", "{folder}/hidden.json", *JSON),
        ("evidence", "export", "{car}", "--hide", "{part}:inventory", "--out", "{folder}/no.json"),
        ("evidence", "export", "{car}", "--hide", "{car}:inventory", "--out",
         "{folder}/alone.json", "--without-chain"),
        *(("evidence", "export", f"{{{name}}}", "--out", f"{{folder}}/of-{name}.json")
          for name in RECORDS),
        ("evidence", "export", "{car}", "--hide", "{pool}", "--hide", "{kiln}", "--out",
         "{folder}/parted.json", *JSON),
        ("evidence", "export", "{part}", "--out", "{folder}/mine.json", "--failing"),
    ),
    "evidence forward": _runs(
        ("evidence", "forward", "{car_json}", "--trust", "{car_trust_json}", "--out",
         "{folder}/same.json", "--without-chain"),
        ("evidence", "forward", "{car_json}", "--trust", "{car_trust_json}", "--hide", "{part}",
         "--out", "{folder}/on.json", *JSON),
        ("evidence", "forward", "{car_json}", "--trust", "{car_trust_json}", "--hide", "{car}",
         "--out", "{folder}/less.json"),
        ("evidence", "forward", "{part_json}", "--trust", "{part_trust_json}", "--out",
         "{folder}/part-on.json"),
        ("evidence", "forward", "{part_json}", "--trust", "{part_trust_json}", "--hide",
         "{pool}:rowsShape", "--hide", "{kiln}:allocation", "--out", "{folder}/unpooled.json"),
        ("evidence", "forward", "{part_json}", "--trust", "{part_trust_json}", "--hide",
         "{part}:gases", "--out", "{folder}/part-less.json"),
    ),
    "evidence renew": _runs(
        ("evidence", "renew", "{on_json}"), ("evidence", "renew", "{less_json}", *JSON),
        ("evidence", "renew", "{on_json}", "--trust", "{car_trust_json}"),
        ("evidence", "renew", "{part-on_json}", "--trust", "{part_trust_json}"),
        ("evidence", "renew", "{part-on_json}"),
        ("verify", "{on_json}", "--trust", "{car_trust_json}", "--explain", "8"),
    ),
    "evidence restore": _runs(("evidence", "restore", "{part_json}", "--out", "{folder}/re.json")),
    "evidence trust": _runs(("evidence", "trust", "{part}"), ("evidence", "trust", "{car}")),
    "evidence pact": _runs(("evidence", "pact", "{car}"), ("evidence", "pact", "{part}")),
    "evidence catena-x": _runs(
        ("evidence", "catena-x", "{car}"), ("evidence", "catena-x", "{part}")
    ),
    "partner import": _partner,
    "compose": _compose,
    "rules check": _rules_check,
    "sign": _sign,
    "publish": _publish,
    "process": _process,
    "outputs": _runs(
        ("outputs", "{part}"), ("outputs", "{car}"), ("outputs", "{kiln}"),
        ("outputs", "{kiln}", *JSON), ("outputs", "{pool}"),
    ),
    "pool": _pool,
    "anchor": _runs(("anchor",), ("anchor", *JSON)),
    "log proof": _runs(
        ("log", "proof", "{pool}"), ("log", "proof", "{part}"), ("log", "proof", "{part}", *JSON)
    ),
    "log checkpoint": _runs(("log", "checkpoint"), ("log", "checkpoint", "--size", "2")),
    "log fsck": _runs(("log", "fsck"), ("log", "fsck", *JSON)),
    "assure": _runs(
        ("assure", "{part}", "--as", "oem", *_ASSURED),
        ("assure", "{part}", "--as", "auditor", *_ASSURED, "--laws", "1,3"),
        ("assure", "{part}", "--as", "auditor", *_ASSURED, *JSON),
        ("assure", "{car}", "--as", "auditor", *_ASSURED, "--includes-inventory", *JSON),
        ("assure", "{whole}", "--as", "auditor", *_ASSURED, "--laws", "5"),
    ),
    "withdraw": _runs(
        ("withdraw", "{part}", "--as", "oem", "--reason", "not mine"),
        ("withdraw", "{pool}", "--as", "oem", "--reason", "not mine"),
    ),
    "supersede": _runs(
        ("supersede", "{part}", "--as", "oem", "--by", "{car}", "--reason", "not mine")
    ),
    "retire": _runs(
        ("retire", "--as", "oem", *_MWH, "--registry", "R", "--beneficiary", MAKER, "--attribute",
         "electricity", "--market", "CN", "--certificates", "A1", "A9"),
    ),
    "claim": _runs(
        ("claim", "--as", "oem", *_MWH, "--certificate", "R", "A1"),
        ("claim", "--as", "oem", *_MWH, "--retirement", "{part}"),
        ("claim", "--as", "oem", *_MWH, "--retirement", "{retired}"),
    ),
    "org admit": _runs(
        ("--insecure-plain-keys", "org", "admit", "new", "--did", "did:web:new.example",
         "--legal-name", "New (fictional)", "--country", "CN", "--role", "supplier"),
    ),
    "org show": _runs(("org", "show", "maker"), ("org", "show", MAKER, *JSON)),
    "key add": _runs(("--insecure-plain-keys", "key", "add", "oem", "--as", "oem-2")),
    "key retire": _runs(("key", "retire", "maker"), ("key", "retire", "oem-2")),
    "key compromised": _compromised,
    "key back-date": _runs(
        ("key", "back-date", "maker", "A" * 43, "--since", SINCE, "--decision",
         "{part_trust_json}", "--yes"),
    ),
    "org suspend": _runs(("org", "suspend", "maker", *_DECIDED), (*_CAR, "--explain", "2")),
    "org readmit": _runs(("org", "readmit", "maker"), (*_CAR, *JSON)),
    "org accredit": _runs(
        ("org", "accredit", "maker", "--as", "oem", "--standard", "ISO 14064-3:2019",
         "--level", "limited", "--from", SINCE, "--until", "2027-01-01T00:00:00Z"),
    ),
    "org end-accreditation": _runs(
        ("org", "end-accreditation", "maker", "--as", "oem", "--record", "sha256:" + "0" * 64),
    ),
    "org expel": _runs(("org", "expel", "maker"), (*_CAR, "--contributions")),
    "account new": _runs(("--insecure-plain-keys", "account", "new", "next")),
    "account show": _runs(("account", "show", "next"), ("account", "show", "oem", *JSON)),
    "account relay": _runs(
        ("--insecure-plain-keys", "key", "add", "oem", "--as", "oem-3", "--sign-only",
         "{folder}/act.json"),
        ("account", "relay", "{folder}/act.json", "--account", "operator", "--yes"),
    ),
    "org hand-over": _runs(("org", "hand-over", "oem", "--to", "next", "--yes")),
    "org accept": _runs(("org", "accept", "oem", "--account", "next", "--yes")),
    "org recover": _runs(
        ("--insecure-plain-keys", "account", "new", "third"),
        ("org", "recover", "oem", "--to", "third", "--decision", "{part_trust_json}", "--yes"),
    ),
    "org object": _runs(("org", "object", "oem"), ("org", "show", "oem")),
    "log show": _runs(("log", "show"), ("log", "show", *JSON)),
    "log open": _runs(("log", "open", "--account", "next")),
    "log hand-over": _runs(("log", "hand-over", "--to", "next", "--yes")),
    "log accept": _runs(("log", "accept", "--account", "next", "--yes")),
    "log freeze": _runs(("log", "freeze", "--decision", "{part_trust_json}", "--yes")),
    "log follow": _runs(("log", "follow", "--account", "next", "--yes")),
    "log name-successor": _runs(
        ("log", "name-successor", "--successor", "0x" + "9" * 64, "--row", "0", "--yes"),
    ),
    "registrar show": _runs(("registrar", "show"), ("registrar", "show", *JSON)),
    "registrar hand-over": _runs(("registrar", "hand-over", "--to", "third", "--yes")),
    "registrar accept": _runs(("registrar", "accept", "--account", "third", "--yes")),
    "registrar follow": _runs(("registrar", "follow", "0x" + "9" * 40)),
    "chain show": _runs(("chain", "show"), ("chain", "show", *JSON)),
    "chain use": _runs(("chain", "use", "--rpc", "http://127.0.0.1:9")),
    "chain confirm-clock": _runs(("chain", "confirm-clock")),
    "chain restamp": _runs(("chain", "restamp")),
}  # fmt: skip


def _kept_compose(world: World) -> Iterator[Answer]:
    """Compose beside what the folder keeps: what is signed in the open rests on none of it."""
    answer = world.kept("compose", "-", f"--input=part={world.names['part']}", stdin=_taking("3"))
    shown = in_the_open(json.loads(answer.out))
    yield Answer(answer.code, json.dumps(shown), answer.err)


def _forwarded(world: World) -> Iterator[Answer]:
    """Whoever was shown all passes on less; the folder that has all renews it and shows no more."""
    part, trust = world.names["part"], world.file("part.trust.json")
    whole, less = world.file("whole.json"), world.file("less-of-it.json")
    world.kept.done("evidence", "export", part, "--out", whole)
    yield world.kept("evidence", "forward", whole, "--trust", trust, "--hide", part, "--out", less)
    whole.unlink()
    for more in ((), ("--trust", trust)):
        yield world.kept("evidence", "renew", less, *more)
    yield world.kept("verify", less, "--trust", trust, "--uncertainty", "--contributions", *JSON)


def _kept(*given: tuple[object, ...]) -> Scene:
    def scene(world: World) -> Iterator[Answer]:
        for one in given:
            yield world.kept(*(_filled(word, world) for word in one))

    return scene


# What the holder of the recipe makes for others, or says to them.
HANDED_OVER: Final[dict[str, Scene]] = {
    "compose": _kept_compose,
    "present": _kept(*(("present", f"{{{name}}}") for name in ("part", *RECORDS))),
    "list": _kept(("list",), ("search", "part", *JSON)),
    "pact": _kept(("evidence", "pact", "{part}")),
    "catena-x": _kept(("evidence", "catena-x", "{part}")),
    "trust": _kept(("evidence", "trust", "{part}")),
    "export": _kept(
        ("evidence", "export", "{part}", "--hide", "{part}", "--out", "{folder}/kept.json", *JSON),
        (
            "evidence",
            "export",
            "{part}",
            "--hide",
            "{part}",
            "--out",
            "{folder}/kept-bare.json",
            "--without-chain",
        ),
        ("verify", "{part_json}", "--trust", "{part_trust_json}", *JSON),
        ("evidence", "renew", "{part_json}"),
        ("verify", "{part_json}", "--trust", "{part_trust_json}", "--explain", "7"),
    ),
    "forward": _forwarded,
    "log": _kept(("log", "proof", "{part}"), ("log", "checkpoint")),
}
