"""Whatever a worklist says in whatever place: of its patients nothing is told, kept or named after.

What is meant to name them is left out: ``rejected.csv``, documents, and the pages of print files.
"""

import json
import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from docgen.batch.books import progress
from docgen.batch.plan.packets import Planner
from tests.commands import Ended
from tests.fhir_bundles import CPT, appointment, bundle, order, participant, patient
from tests.made_up_people import people, private_in, private_in_run, swapped, table, word
from tests.runs import COLUMNS, batch_here, manifest, rejected, summary
from tests.sample_records import take_over_samples

PATIENTS = 1000
SAMPLE = ("--organization", "sample", "--workers", "2", "-o", "RUN")
GATHERED = ("--print-file", "--split", "clinic", "--sort", "provider,time")


@pytest.fixture(autouse=True)
def _all_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Not the first twenty alone; and what is left in the folder of temporary files is seen."""
    monkeypatch.setattr(progress, "_MOST_TOLD", 100_000)
    (tmp_path / "tmp").mkdir()
    take_over_samples(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))


def assert_nothing_is_told(folder: Path, *ended: Ended) -> None:
    for one in ended:
        assert private_in(one.stdout.decode() + one.stderr.decode()) == []
        assert b"Traceback" not in one.stderr
    assert private_in_run(folder / "RUN") == {}
    assert list((folder / "tmp").iterdir()) == []


def worked_at(folder: Path, worklist: str, *arguments: str) -> list[Ended]:
    """A run, and all that can be asked of it afterwards."""
    take_over_samples(folder)
    ended = [batch_here(folder, worklist, *SAMPLE, *arguments)]
    for form in ("text", "json"):
        ended.append(batch_here(folder, "status", "RUN", "--format", form))
    ended.append(batch_here(folder, "reprint", "RUN", "--rows", "1-40", "--quiet"))
    ended.append(batch_here(folder, "assemble", "RUN", "--sort", "clinic,time", "--slip-sheets"))
    return ended


@pytest.mark.parametrize(("form", "count"), [("text", PATIENTS), ("json", 200)])
def test_swapped_columns_tell_nothing(tmp_path: Path, form: str, count: int) -> None:
    lines = list(swapped(people(count, seed=1), seed=2))
    text = table(COLUMNS, ([line[name] for name in COLUMNS] for line in lines))
    (tmp_path / "day.csv").write_text(text, "utf-8")
    gathered = (*GATHERED, "--slip-sheets") if form == "text" else GATHERED
    ended = worked_at(tmp_path, "day.csv", *gathered, "--format", form)
    assert_nothing_is_told(tmp_path, *ended)
    numbers = summary(tmp_path / "RUN")
    # Rows of all kinds were there: right ones, and those that fail at each step.
    assert numbers["packets"] > count / 8
    assert {"bad-date", "bad-code", "unknown-code", "unknown-layout", "missing-translation"} <= set(
        numbers["rejected_by_rule"]
    )


def test_swapped_columns_tell_nothing_where_another_language_stands_in(tmp_path: Path) -> None:
    lines = [line | {"language": "Qxa"} for line in people(40, seed=3)]
    text = table(COLUMNS, ([line[name] for name in COLUMNS] for line in lines))
    (tmp_path / "day.csv").write_text(text, "utf-8")
    ended = worked_at(tmp_path, "day.csv", "--fallback-language", "en", *GATHERED)
    assert summary(tmp_path / "RUN")["packets"] == 40
    assert {line["language"] for line in manifest(tmp_path / "RUN")} == {"en"}
    assert_nothing_is_told(tmp_path, *ended)


@pytest.mark.parametrize("known", ["codes", "layouts", "clinic", "language"])
def test_swapped_headings_tell_nothing(tmp_path: Path, known: str) -> None:
    """A whole column stands below the heading of another one."""
    for other in ("patient_id", "patient_name", "provider"):
        folder = tmp_path / other
        (folder / "tmp").mkdir(parents=True)
        headings = [{known: other, other: known}.get(name, name) for name in COLUMNS]
        text = table(headings, ([line[name] for name in COLUMNS] for line in people(24, seed=5)))
        (folder / "day.csv").write_text(text, "utf-8")
        assert_nothing_is_told(folder, *worked_at(folder, "day.csv", *GATHERED))


@pytest.mark.parametrize("known", [(), ("codes",), ("patient_name", "codes"), ("clinic",)])
def test_headings_that_are_patients_tell_nothing(tmp_path: Path, known: tuple[str, ...]) -> None:
    """A table without headings, or with columns that are called after patients."""
    first, *rest = people(30, seed=7)
    headings = [name if name in known else first[name] for name in COLUMNS]
    headings += [f"{word(random.Random(8))} status", f"Cancelled {word(random.Random(9))}"]
    rows = ([*(line[name] for name in COLUMNS), "", ""] for line in rest)
    (tmp_path / "day.csv").write_text(table(headings, rows), "utf-8")
    (tmp_path / "cancelled.csv").write_text(
        table(headings, ([*(line[name] for name in COLUMNS), "Cancelled", "Yes"] for line in rest)),
        "utf-8",
    )
    for name in ("day.csv", "cancelled.csv"):
        ended = batch_here(tmp_path, name, *SAMPLE)
        assert (ended.returncode == 0) == (len(known) == 2 and name == "day.csv")
        assert private_in(ended.stdout.decode() + ended.stderr.decode()) == []


def test_swapped_keys_of_json_lines_tell_nothing(tmp_path: Path) -> None:
    chance = random.Random(11)
    lines: list[dict[str, Any]] = []
    for number, line in enumerate(swapped(people(300, seed=10), seed=12)):
        extra: dict[str, Any] = {word(chance): line["patient_name"], "plan": word(chance)}
        if number % 5 == 0:
            extra[word(chance)] = [{word(chance): word(chance)}]
        if number % 7 == 0:
            extra["codes"] = [line["codes"], line["patient_id"]]
        if number % 11 == 0:
            extra["name"] = line["patient_name"]
        lines.append({**line, **extra})
    (tmp_path / "day.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")
    ended = worked_at(tmp_path, "day.jsonl", *GATHERED)
    assert_nothing_is_told(tmp_path, *ended)
    assert b"is not read" in ended[0].stderr
    assert summary(tmp_path / "RUN")["packets"] > 30


@pytest.mark.parametrize("key", [f"{word(random.Random(1))} status", "Qxa_noshow"])
def test_keys_that_are_patients_and_look_like_a_status_tell_nothing(
    tmp_path: Path, key: str
) -> None:
    line = people(1, seed=13)[0] | {key: "Cancelled"}
    twice = json.dumps(line)[:-1] + f', "{word(random.Random(2))}": 1, "{key}": 2}}'
    for text in (json.dumps(line), f"{json.dumps(people(1, seed=14)[0])}\n{twice}"):
        (tmp_path / "day.jsonl").write_text(text, "utf-8")
        ended = batch_here(tmp_path, "day.jsonl", *SAMPLE)
        assert b"unread-status" in ended.stderr
        assert private_in(ended.stderr.decode()) == []


def _everywhere(resource: Any, path: tuple[str, ...], value: Any) -> Any:
    """A copy in which a value stands at a path of keys and list places."""
    copied = json.loads(json.dumps(resource))
    holder = copied
    for key in path[:-1]:
        holder = holder[int(key)] if isinstance(holder, list) else holder.setdefault(key, {})
    if isinstance(holder, list):
        holder[int(path[-1])] = value
    else:
        holder[path[-1]] = value
    return copied


def _visits(count: int) -> Iterable[tuple[dict[str, Any], ...]]:
    """Visits of a FHIR file, in each of which some element says a word of the patient."""
    chance = random.Random(17)
    for number, line in enumerate(people(count, seed=16)):
        first, last = line["patient_name"].split()
        tag = f"qx{number}"
        resources = {
            "Patient": patient(
                f"p-{tag}",
                name=[{"use": "official", "family": last, "given": [first]}],
                birthDate=line["birth_date"],
                communication=[{"language": {"coding": [{"code": "en"}]}, "preferred": True}],
            ),
            "ServiceRequest": order(
                f"o-{tag}",
                (CPT, line["codes"]),
                subject={"reference": f"Patient/p-{tag}", "display": line["patient_name"]},
            ),
            "Appointment": appointment(
                f"a-{tag}",
                start="2031-05-05T09:30:00-06:00",
                basedOn=[{"reference": f"ServiceRequest/o-{tag}"}],
                participant=[
                    participant(f"Patient/p-{tag}"),
                    participant("", actor={"display": line["provider"], "type": "Practitioner"}),
                    participant("", actor={"display": line["clinic"], "type": "Location"}),
                ],
            ),
        }
        kind, path = chance.choice(_ELEMENTS)
        value = chance.choice(
            (word(chance), line["patient_id"], line["birth_date"], [word(chance)])
        )
        resources[kind] = _everywhere(resources[kind], path, value)
        yield tuple(resources.values())


_ELEMENTS = [
    (kind, tuple(path.split(".")))
    for kind, paths in {
        "Patient": "name.0.use name.0.text name.0.period.end identifier.0.value identifier.0.use "
        "birthDate communication.0.language.coding.0.code communication.0.language.text active "
        "communication.0.language.coding.0.display link modifierExtension implicitRules gender",
        "ServiceRequest": "code.coding.0.code code.coding.0.display code.coding.0.system code.text "
        "code.coding.0.userSelected status subject.reference subject.display doNotPerform",
        "Appointment": "status cancelationReason serviceType start basedOn.0.reference "
        "participant.0.status participant.0.actor.reference participant.1.actor.type reasonCode "
        "participant.0.required contained",
    }.items()
    for path in paths.split()
]


def test_words_of_patients_anywhere_in_fhir_tell_nothing(tmp_path: Path) -> None:
    resources = [one for visit in _visits(400) for one in visit]
    (tmp_path / "day.json").write_text(json.dumps(bundle(*resources), indent=1), "utf-8")
    ended = worked_at(tmp_path, "day.json", *GATHERED)
    assert_nothing_is_told(tmp_path, *ended)
    numbers = summary(tmp_path / "RUN")
    assert numbers["packets"] > 40
    assert len(numbers["rejected_by_rule"]) > 10
    assert len(rejected(tmp_path / "RUN")) > 100


def test_a_worklist_in_the_place_of_a_list_of_codes_tells_nothing(tmp_path: Path) -> None:
    lines = list(swapped(people(60, seed=20), seed=21))
    text = table(COLUMNS, ([line[name] for name in COLUMNS] for line in lines))
    patients = [line["patient_name"] for line in people(60, seed=20)]
    names = "".join(f"{name}\n{name}: 77299\n" for name in patients)
    (tmp_path / "day.csv").write_text(text + names, "utf-8")
    ended = batch_here(tmp_path, "--codes-from", "day.csv", *SAMPLE)
    assert summary(tmp_path / "RUN")["packets"] == 0
    assert_nothing_is_told(tmp_path, ended)


@pytest.mark.parametrize("again", [(), ("--resume",)])
def test_a_fault_of_docgens_own_tells_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, again: tuple[str, ...]
) -> None:
    """The text of an exception repeats what it was about."""

    def faulty(*_: object) -> Callable[[], None]:
        raise KeyError(people(1, seed=1)[0]["patient_name"])

    lines = people(3, seed=1)
    text = table(COLUMNS, ([line[name] for name in COLUMNS] for line in lines))
    (tmp_path / "day.csv").write_text(text, "utf-8")
    if again:
        assert batch_here(tmp_path, "day.csv", *SAMPLE).returncode == 3
        next((tmp_path / "RUN").glob("documents/*/*.pdf")).unlink()
    monkeypatch.setattr(Planner, "planned", faulty)
    ended = batch_here(tmp_path, *(("--resume", "RUN") if again else ("day.csv", *SAMPLE)))
    assert ended.returncode == 1
    assert b"error[internal-error]: docgen has a fault: KeyError at docgen/batch/" in ended.stderr
    assert_nothing_is_told(tmp_path, ended)
