"""Bad organizations beside what must be told about them."""

from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError
from docgen.layouts import LayoutLibrary


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('name: "  "\n', "organization.yaml:1:7: error[missing-field]: 'name' is empty"),
        (
            "name: A\nphones: [{label: Nurse line, number: call us}]\n",
            "organization.yaml:2:38: error[bad-phone]: a phone number has 3 to 15 digits, "
            "but 'call us' has 0",
        ),
        (
            "name: A\nphones: [{label: '', number: 555-010-0100}]\n",
            "organization.yaml:2:18: error[missing-field]: 'label' is empty: a phone needs it",
        ),
        ("name: A\nlanguage: English\n", "'English' is not a language tag"),
        ("name: A\nfax: none\n", "organization.yaml:2:1: error[unknown-field]"),
    ],
)
def test_a_bad_organization_gives_its_message(tmp_path: Path, text: str, message: str) -> None:
    folder = tmp_path / "organizations" / "north"
    folder.mkdir(parents=True)
    (folder / "organization.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DocgenError) as refused:
        LayoutLibrary([tmp_path]).organization("north")
    assert message in str(refused.value)


def test_a_mistyped_organization_is_named(tmp_path: Path) -> None:
    (tmp_path / "organizations" / "north").mkdir(parents=True)
    (tmp_path / "organizations" / "north" / "organization.yaml").write_text("name: A\n")
    with pytest.raises(DocgenError, match="did you mean 'north'"):
        LayoutLibrary([tmp_path]).organization("nroth")
