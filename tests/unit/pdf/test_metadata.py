"""A PDF says what it is, whose it is and what it was made from."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from msgspec.structs import replace
from PIL import Image, ImageCms

from docgen.document import Attachment
from docgen.pdf import write_pdf
from docgen.typeset import typeset
from tests.sheets import paper, text

DOCUMENT = replace(
    paper(text("Text")),
    title="Zoë's <b>knee</b> & more",
    author="O'Neil & Sons",
    subject="CPT 77299",
    language="es-MX",
)


def opened(**more: Any) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(write_pdf(typeset(DOCUMENT), **more).data))


def test_xmp_says_what_people_and_libraries_ask_for() -> None:
    with opened() as pdf:
        assert "/Filter" not in pdf.Root.Metadata
        xmp = pdf.open_metadata()
        assert xmp["dc:title"] == "Zoë's <b>knee</b> & more"
        assert xmp["dc:creator"] == ["O'Neil & Sons"]
        assert xmp["dc:language"] == {"es-MX"}
        assert xmp["dc:subject"] == {"CPT 77299"}
        assert xmp["dc:format"] == "application/pdf"
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
        assert xmp["pdfuaid:part"] == "1"
        assert "xmp:CreateDate" not in xmp


def test_what_a_document_lacks_is_left_out() -> None:
    nameless = replace(DOCUMENT, author="", subject="")
    with pikepdf.open(BytesIO(write_pdf(typeset(nameless)).data)) as pdf:
        xmp = pdf.open_metadata()
        assert "dc:creator" not in xmp
        assert "dc:subject" not in xmp
        assert "/Author" not in pdf.docinfo


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 22, 8, 30, tzinfo=UTC),
        datetime(2026, 11, 22, 3, 30, tzinfo=timezone(timedelta(hours=-5))),
    ],
)
def test_the_date_of_its_making_is_told_in_utc(moment: datetime) -> None:
    with opened(created=moment) as pdf:
        xmp = pdf.open_metadata()
        assert xmp["xmp:CreateDate"] == xmp["xmp:ModifyDate"] == "2026-11-22T08:30:00Z"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261122083000Z"
        assert str(pdf.docinfo["/ModDate"]) == "D:20261122083000Z"


def test_colours_are_srgb() -> None:
    with opened() as pdf:
        [intent] = pdf.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == "sRGB"
        assert intent.DestOutputProfile.N == 3
        profile = ImageCms.ImageCmsProfile(BytesIO(intent.DestOutputProfile.read_bytes()))
        standard = ImageCms.createProfile("sRGB")
        change = ImageCms.buildTransform(profile, standard, "RGB", "RGB")
        for colour in ((0, 0, 0), (255, 255, 255), (11, 74, 111), (155, 44, 20), (128, 128, 128)):
            dot: Any = ImageCms.applyTransform(Image.new("RGB", (1, 1), colour), change)
            differences = zip(dot.getpixel((0, 0)), colour, strict=True)
            assert all(abs(one - other) <= 1 for one, other in differences)


def test_the_source_is_attached_as_it_is() -> None:
    data = json.dumps({"code": "77299", "title": "Zoë"}).encode()
    attachment = Attachment(
        "cpt-77299.json", "application/json", "Record of CPT 77299", data, date(2026, 11, 20)
    )
    document = replace(DOCUMENT, attachment=attachment)
    with pikepdf.open(BytesIO(write_pdf(typeset(document)).data)) as pdf:
        [name] = pdf.attachments
        assert name == "cpt-77299.json"
        stored = pdf.attachments[name]
        assert stored.description == "Record of CPT 77299"
        file = stored.get_file()
        assert file.read_bytes() == data
        assert file.mime_type == "application/json"
        assert file.size == len(data)
        [associated] = pdf.Root.AF
        assert associated.AFRelationship == "/Source"
        assert str(associated.EF.F.Params.ModDate) == "D:20261120"


def test_the_environment_says_nothing_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = write_pdf(typeset(DOCUMENT)).data
    for said in ("1700000000", "today"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", said)
        assert write_pdf(typeset(DOCUMENT)).data == expected
