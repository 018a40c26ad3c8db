"""The first file of an organization, with an example of everything that it may say."""

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from docgen import shipped
from docgen.cli.new_files import NewFile, scaffold_text
from docgen.diagnostics import quoted, refuse
from docgen.source import current_folder, real_path

if TYPE_CHECKING:
    from docgen.layouts import LoadedOrganization

_OWN_FILE = "organization"


def organization_file(id: str, parent: str | None = None) -> NewFile:
    """``organization.yaml`` of a new organization, which says its name and what it is a part of."""
    text = scaffold_text("organization", "organization.yaml")
    text = text.replace("__ID__", id).replace("__NAME__", id.replace("-", " ").title())
    if parent:
        text = text.replace("#parent: hospital", f"parent: {parent}")
        text = text.replace("\nlanguage: en", "\n#language: en")
    return PurePosixPath("layouts/organizations", id, "organization.yaml"), text.encode()


def check_id(id: str, kind: str) -> None:
    """Refuses an id that cannot be the name of a file or folder everywhere."""
    from docgen.layouts import ID_FORM

    if ID_FORM.fullmatch(id):
        return
    words = "-".join(re.findall("[a-z0-9]+", id.lower()))
    raise refuse(
        "bad-id",
        f"{quoted(id)} cannot be the id of {kind}",
        hint="an id has small letters, digits and hyphens"
        + (f", such as {words}" if words else ""),
    )


def check_layout_id(id: str) -> None:
    """Refuses what cannot be the id of a layout in the folder of an organization."""
    check_id(id, "a layout")
    if id == _OWN_FILE:
        raise refuse(
            "bad-id",
            f"{id!r} cannot be the id of a layout",
            hint=f"{id}.yaml says who the organization is; choose another name",
        )


def own_folder(organization: "LoadedOrganization") -> Path:
    """The folder of an organization. Refuses those of docgen's own, which an upgrade replaces."""
    folder = organization.folders[-1]
    ours, place = real_path(shipped.layouts_folder()), real_path(folder)
    if ours in place.parents and not place.is_relative_to(current_folder()):
        raise refuse(
            "shipped-organization",
            f"the organization {organization.id!r} comes with docgen; an upgrade would replace it",
            hint="make one of your own: docgen organizations new ID",
        )
    return folder
