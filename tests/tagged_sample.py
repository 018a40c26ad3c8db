"""A small tagged PDF made by hand, with one of each kind of thing, for tests of what judges PDFs.

It owes nothing to docgen's own writer. ``broken`` changes a copy of it.
"""

import io
from collections.abc import Callable
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String
from reportlab.pdfbase.ttfonts import TTFontFile  # type: ignore[import-untyped]

from tests.commands import ROOT

LINES = """\
/Artifact BMC 0 0 1 rg 0 290 300 10 re f EMC
/H1 <</MCID 0>> BDC BT /F1 16 Tf 20 260 Td (Title) Tj ET EMC
BT /F1 10 Tf 20 240 Td
/P <</MCID 1>> BDC (Read ) Tj EMC
/Link <</MCID 2>> BDC (more) Tj EMC
/P <</MCID 3>> BDC ( here.) Tj EMC
ET
/Lbl <</MCID 4>> BDC BT /F1 10 Tf 20 220 Td (1.) Tj ET EMC
/LBody <</MCID 5>> BDC BT /F1 10 Tf 40 220 Td (Step) Tj ET EMC
/TH <</MCID 6>> BDC BT /F1 10 Tf 20 200 Td (Dose) Tj ET EMC
/TH <</MCID 7>> BDC BT /F1 10 Tf 90 200 Td (Time) Tj ET EMC
/TD <</MCID 8>> BDC BT /F1 10 Tf 20 180 Td (5 mg) Tj ET EMC
/TD <</MCID 9>> BDC BT /F1 10 Tf 90 180 Td (noon) Tj ET EMC
/Figure <</MCID 10>> BDC 0 1 0 rg 20 120 30 30 re f EMC
/Note <</MCID 11>> BDC BT /F1 8 Tf 20 100 Td (Aside) Tj ET EMC
/P <</MCID 12>> BDC BT /F1 8 Tf 20 80 Td (Name:) Tj ET EMC
"""
"""What stands on the only page, one thing a line."""

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Sample</rdf:li></rdf:Alt></dc:title>
<pdfuaid:part>1</pdfuaid:part>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfrange <20> <7E> <0020> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""


def broken(change: Callable[[Pdf], object]) -> bytes:
    """The sample after a change."""
    with pikepdf.open(io.BytesIO(tagged_sample())) as pdf:
        change(pdf)
        return saved(pdf)


def element(pdf: Pdf, role: str) -> Object:
    """The first structure element of a role, in the order of reading."""
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        found = waiting.pop(0)
        if found.get("/S") == f"/{role}":
            return found
        kids = found.get("/K")
        inner = list(kids) if isinstance(kids, Array) else [kids]
        waiting = [kid for kid in inner if isinstance(kid, Dictionary) and "/S" in kid] + waiting
    raise LookupError(role)


def saved(pdf: Pdf) -> bytes:
    """The bytes of a PDF, its metadata left alone.

    qpdf puts no line between data and ``endstream``: data that happens to end in CR would be read
    as shorter than it is. Streams that it does not compress end in what they say.
    """
    file = io.BytesIO()
    pdf.save(
        file,
        fix_metadata_version=False,
        deterministic_id=True,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
    )
    return file.getvalue()


@cache
def tagged_sample() -> bytes:
    """A page that conforms to PDF/UA-1 and PDF/A-3a."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(300, 300))
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(LINES.encode())
        page.Resources = Dictionary(Font=Dictionary(F1=_font(pdf)))
        page.StructParents = 0
        page.Tabs = Name.S
        _add_catalog(pdf)
        _Tree(pdf, page).grow()
        return saved(pdf)


class _Tree:
    """Grows the structure tree of the page, marks in the order of their numbers."""

    def __init__(self, pdf: Pdf, page: Object) -> None:
        self._pdf = pdf
        self._page = page
        self._owners: list[Object] = []
        self._root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))

    def grow(self) -> None:
        document = self._add("Document", self._root)
        self._mark(self._add("H1", document))
        paragraph = self._add("P", document)
        self._mark(paragraph)
        link = self._add("Link", paragraph)
        self._mark(link)
        self._mark(paragraph)
        items = self._add("L", document, A=Dictionary(O=Name.List, ListNumbering=Name.Decimal))
        item = self._add("LI", items)
        self._mark(self._add("Lbl", item))
        self._mark(self._add("LBody", item))
        table = self._add("Table", document)
        head = self._add("TR", table)
        for _ in range(2):
            scope = Dictionary(O=Name.Table, Scope=Name.Column)
            self._mark(self._add("TH", head, A=scope))
        row = self._add("TR", table)
        for _ in range(2):
            self._mark(self._add("TD", row))
        box = Dictionary(O=Name.Layout, BBox=Array([20, 120, 50, 150]), Placement=Name.Block)
        self._mark(self._add("Figure", document, A=box, Alt=String("A green box")))
        self._mark(self._add("Note", document, ID=String("note-1")))
        question = self._add("P", document)
        self._mark(question)
        form = self._add("Form", question)
        annotations = [self._annotate(link, self._link()), self._annotate(form, self._field())]
        self._page.Annots = Array(annotations)
        self._pdf.Root.AcroForm = Dictionary(Fields=Array(annotations[1:]))
        marked = self._pdf.make_indirect(Array(self._owners))
        self._root.ParentTree = Dictionary(Nums=Array([0, marked, 1, link, 2, form]))
        self._root.ParentTreeNextKey = 3
        self._pdf.Root.StructTreeRoot = self._root

    def _add(self, role: str, parent: Object, **entries: Object) -> Object:
        made = self._pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{role}"), P=parent, Pg=self._page)
        )
        for key, value in entries.items():
            made[f"/{key}"] = value
        if parent.get("/Type") == Name.StructTreeRoot:
            parent.K = made
        else:
            self._kids(parent).append(made)
        return made

    def _mark(self, owner: Object) -> None:
        self._kids(owner).append(len(self._owners))
        self._owners.append(owner)

    def _kids(self, owner: Object) -> Object:
        if "/K" not in owner:
            owner.K = Array()
        return owner.K

    def _annotate(self, owner: Object, annotation: Object) -> Object:
        self._kids(owner).append(
            Dictionary(Type=Name.OBJR, Obj=annotation, Pg=self._page),
        )
        return annotation

    def _link(self) -> Object:
        return self._pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array([45, 238, 70, 250]),
                A=Dictionary(S=Name.URI, URI=String("https://example.org/")),
                Contents=String("More on example.org"),
                F=4,
                Border=Array([0, 0, 0]),
                StructParent=1,
            )
        )

    def _field(self) -> Object:
        look = self._pdf.make_stream(
            b"/Tx BMC EMC", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 12])
        )
        return self._pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("name"),
                TU=String("Name"),
                Rect=Array([60, 78, 160, 90]),
                F=4,
                AP=Dictionary(N=look),
                StructParent=2,
            )
        )


def _add_catalog(pdf: Pdf) -> None:
    root = pdf.Root
    root.Lang = String("en-US")
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.Metadata = pdf.make_stream(_XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)
    profile = pdf.make_stream((ROOT / "docgen/pdf/profiles/sRGB-v4.icc").read_bytes(), N=3)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        DestOutputProfile=profile,
    )
    root.OutputIntents = Array([intent])
    attached = pdf.make_stream(
        b"{}",
        Type=Name.EmbeddedFile,
        Subtype=Name("/application/json"),
        Params=Dictionary(ModDate=String("D:20261122000000Z"), Size=2),
    )
    specification = pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String("record.json"),
            UF=String("record.json"),
            Desc=String("The source"),
            AFRelationship=Name.Source,
            EF=Dictionary(F=attached, UF=attached),
        )
    )
    root.AF = Array([specification])
    names = Array([String("record.json"), specification])
    root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))


def _font(pdf: Pdf) -> Object:
    folder = ROOT / "docgen/fonts/faces/atkinson-hyperlegible-next"
    path = folder / "AtkinsonHyperlegibleNext-Regular.ttf"
    face = TTFontFile(str(path))
    name = Name("/ABCDEF+AtkinsonHyperlegibleNext-Regular")
    program = path.read_bytes()
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=name,
            Encoding=Name.WinAnsiEncoding,
            FirstChar=0x20,
            LastChar=0x7E,
            Widths=Array([int(face.charWidths[code]) for code in range(0x20, 0x7F)]),
            ToUnicode=pdf.make_stream(_TO_UNICODE),
            FontDescriptor=pdf.make_indirect(
                Dictionary(
                    Type=Name.FontDescriptor,
                    FontName=name,
                    Flags=32,
                    FontBBox=Array([int(edge) for edge in face.bbox]),
                    ItalicAngle=0,
                    Ascent=int(face.ascent),
                    Descent=int(face.descent),
                    CapHeight=int(face.capHeight),
                    StemV=80,
                    FontFile2=pdf.make_stream(program, Length1=len(program)),
                )
            ),
        )
    )
