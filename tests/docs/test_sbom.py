"""The bill of materials says what the lock pins, in the form that CycloneDX asks for."""

import json
import re

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from docgen import __version__
from docs.sbom import LOCK, sbom

LINES = LOCK.read_text("utf-8")
BILL = sbom(LINES)


def test_it_is_valid() -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(BILL) is None


def test_it_names_all_that_the_lock_pins_and_nothing_else() -> None:
    pinned = {line.split(" ")[0] for line in LINES.splitlines() if "==" in line}
    told = json.loads(BILL)["components"]
    assert {f"{one['name']}=={one['version']}" for one in told} == pinned
    assert {digest["content"] for one in told for digest in one["hashes"]} == set(
        re.findall("sha256:([0-9a-f]{64})", LINES)
    )


def test_it_tells_what_runs_from_what_only_builds() -> None:
    scopes = {one["name"]: one["scope"] for one in json.loads(BILL)["components"]}
    assert scopes["pikepdf"] == scopes["lxml"] == scopes["tzdata"] == "required"
    assert scopes["hatchling"] == scopes["editables"] == "excluded"


def test_it_tells_what_needs_what() -> None:
    bill = json.loads(BILL)
    product = bill["metadata"]["component"]
    assert (product["name"], product["version"]) == ("docgen-procedures", __version__)
    needs = {
        one["ref"].split("==")[0]: {name.split("==")[0] for name in one.get("dependsOn", ())}
        for one in bill["dependencies"]
    }
    assert "jinja2" in needs["docgen-procedures"]
    assert needs["jinja2"] == {"markupsafe"}


def test_the_same_lock_gives_the_same_bill() -> None:
    assert sbom(LINES) == BILL
    assert (
        json.loads(sbom(LINES.replace("jinja2==3", "jinja2==4")))["serialNumber"]
        != (json.loads(BILL)["serialNumber"])
    )
