"""Ids of organizations and layouts typed wrong: each beside the message that it must give."""

from pathlib import Path

import pytest

from tests.commands import run_docgen

LAYOUT = "layouts new patient-handout --organization"

MESSAGES = [
    (
        "organizations new Our_Clinic",
        "error[bad-id]: 'Our_Clinic' cannot be the id of an organization\n"
        "  hint: an id has small letters, digits and hyphens, such as our-clinic\n",
    ),
    (
        "organizations new -- ../away",
        "error[bad-id]: '../away' cannot be the id of an organization\n"
        "  hint: an id has small letters, digits and hyphens, such as away\n",
    ),
    (
        "organizations new ...",
        "error[bad-id]: '...' cannot be the id of an organization\n"
        "  hint: an id has small letters, digits and hyphens\n",
    ),
    (
        "organizations new north --parent riversid",
        "error[missing-organization]: there is no organization 'riversid'\n"
        "  hint: did you mean 'riverside'?\n",
    ),
    (
        "organizations new riverside --parent riverside",
        "error[organization-cycle]: 'riverside' cannot be a part of itself\n"
        "  hint: name the organization that it is a part of, or leave out --parent\n",
    ),
    (
        "organizations show riversid",
        "error[missing-organization]: there is no organization 'riversid'\n"
        "  hint: did you mean 'riverside'?\n",
    ),
    (
        "organizations check riversid",
        "error[missing-organization]: there is no organization 'riversid'\n"
        "  hint: did you mean 'riverside'?\n",
    ),
    (
        f"{LAYOUT} riversid",
        "error[missing-organization]: there is no organization 'riversid'\n"
        "  hint: did you mean 'riverside'?\n",
    ),
    (
        f"{LAYOUT} riverside --from patient-hand-out",
        "error[missing-layout]: there is no layout 'patient-hand-out'\n"
        "  hint: did you mean 'patient-handout'?\n",
    ),
    (
        f"{LAYOUT} sample",
        "error[shipped-organization]: the organization 'sample' comes with docgen; an upgrade "
        "would replace it\n  hint: make one of your own: docgen organizations new ID\n",
    ),
    (
        "layouts new Handout --organization riverside",
        "error[bad-id]: 'Handout' cannot be the id of a layout\n"
        "  hint: an id has small letters, digits and hyphens, such as handout\n",
    ),
    (
        "layouts new organization --organization riverside --from patient-handout",
        "error[bad-id]: 'organization' cannot be the id of a layout\n"
        "  hint: organization.yaml says who the organization is; choose another name\n",
    ),
]


@pytest.mark.parametrize(("command", "message"), MESSAGES, ids=lambda text: text.split(":")[0])
def test_message(command: str, message: str, tmp_path: Path) -> None:
    run_docgen("organizations", "new", "riverside", cwd=tmp_path)
    before = sorted(tmp_path.rglob("*"))
    run = run_docgen(*command.split(), cwd=tmp_path)
    assert (run.returncode, run.stderr.decode()) == (1, message)
    assert sorted(tmp_path.rglob("*")) == before, "nothing is made"
