"""What a file says of itself: information, XMP, colours, and the source that it carries.

XMP follows ISO 16684-1, its claims ISO 14289-1, 5 and ISO 19005-3, 6.6.
"""

from datetime import UTC, datetime
from functools import lru_cache
from html import escape
from pathlib import Path

from docgen.diagnostics import refuse
from docgen.document import Attachment, Document
from docgen.fonts.streams import deflated, encoded
from docgen.pdf.packing import PackedFile
from docgen.pdf.strings import text_string

PRODUCER = "docgen"
_ATTACHMENT_LEVEL = 1
"""How hard attachments are compressed: zlib's usual 6 saves 0.6 % of a file."""
_PROFILE = Path(__file__).parent / "profiles" / "sRGB-v4.icc"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" \
xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" \
pdf:Producer="{producer}" pdfaid:part="3" pdfaid:conformance="A" pdfuaid:part="1"{dates}>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
{author}{subject}<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_AUTHOR = "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n"
_SUBJECT = "<dc:subject><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:subject>\n"


def add_information(file: PackedFile, document: Document, created: datetime | None) -> str:
    """Adds the information dictionary; returns its reference."""
    entries = {
        "Title": document.title,
        "Author": document.author,
        "Subject": document.subject,
        "Producer": PRODUCER,
    }
    if created is not None:
        entries["CreationDate"] = entries["ModDate"] = pdf_date(created)
    lines = [f"/{key} {text_string(value)}" for key, value in entries.items() if value]
    return file.add(f"<< {' '.join(lines)} >>")


def add_xmp(file: PackedFile, document: Document, created: datetime | None) -> str:
    """Adds the metadata stream, uncompressed for readers of it alone; returns its reference."""
    packet = _XMP.format(
        producer=escape(PRODUCER),
        dates="" if created is None else _dates(created),
        title=escape(document.title),
        language=escape(document.language),
        author=_AUTHOR.format(escape(document.author)) if document.author else "",
        subject=_SUBJECT.format(escape(document.subject)) if document.subject else "",
    )
    return file.add_stream(encoded(packet.encode(), "/Type /Metadata /Subtype /XML"))


def add_output_intent(file: PackedFile) -> str:
    """Adds what the colours of the file mean: sRGB (ISO 19005-3, 6.2.3); returns the reference.

    Raises DocgenError where the colour profile is missing in the installation.
    """
    profile = file.add_stream(_profile_stream())
    intent = (
        "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) "
        f"/Info (sRGB IEC61966-2.1) /DestOutputProfile {profile} >>"
    )
    return file.add(intent)


def add_attachment(file: PackedFile, attachment: Attachment) -> str:
    """Adds a file that the document carries (ISO 19005-3, 6.8); returns its reference."""
    media_type = attachment.media_type.replace("/", "#2F")
    day = attachment.modified
    dated = f" /ModDate (D:{_digits(day.isoformat())})" if day else ""
    stream = deflated(
        attachment.data,
        f"/Type /EmbeddedFile /Subtype /{media_type} "
        f"/Params << /Size {len(attachment.data)}{dated} >>",
        _ATTACHMENT_LEVEL,
    )
    embedded = file.add_stream(stream)
    name = text_string(attachment.name)
    specification = (
        f"<< /Type /Filespec /F {name} /UF {name} /Desc {text_string(attachment.description)} "
        f"/AFRelationship /Source /EF << /F {embedded} /UF {embedded} >> >>"
    )
    return file.add(specification)


def pdf_date(moment: datetime) -> str:
    """A date as PDF writes it, in UTC (ISO 32000-1, 7.9.4)."""
    return f"D:{_digits(_in_utc(moment))}Z"


def _dates(moment: datetime) -> str:
    written = f"{_in_utc(moment)}Z"
    return f' xmp:CreateDate="{written}" xmp:ModifyDate="{written}"'


def _in_utc(moment: datetime) -> str:
    # Not by strftime: whether it writes the year 999 in four digits hangs on the machine.
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")


def _digits(written: str) -> str:
    return "".join(filter(str.isdigit, written))


@lru_cache(maxsize=1)
def _profile_stream() -> bytes:
    try:
        profile = _PROFILE.read_bytes()
    except OSError as error:
        raise refuse(
            "broken-installation",
            f"the colour profile {_PROFILE.name} of docgen cannot be read",
            hint="install docgen again",
        ) from error
    return deflated(profile, "/N 3")
