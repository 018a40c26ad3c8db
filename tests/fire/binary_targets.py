"""Readers of files that no person writes by hand: fonts, images, PDFs, catalogs, what is cached."""

import atexit
import io
import os
import shutil
import struct
import tempfile
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random

import pikepdf
from msgspec.structs import replace
from PIL import Image

from docgen.cli.password_files import read_password
from docgen.diagnostics import DocgenError, Findings, Span
from docgen.document import Figure
from docgen.fonts.own import add_family, forget_families
from docgen.images import load_image
from docgen.pdf import write_pdf
from docgen.printers.paper import check_paper, fitting_media
from docgen.printers.printer import Printer, PrinterName
from docgen.printfiles.measuring import measure, packet_starts
from docgen.project import Project, RenderOptions
from docgen.records import RecordLibrary, listings
from docgen.records.caching import cache_folder
from docgen.search.index import Index
from docgen.typeset import typeset
from docgen.validation import read_pdf, validate_pdf
from docs.catalogs import compiled
from tests.commands import ROOT
from tests.fire.mutations import mutated
from tests.fire.reader import Reader, files, written
from tests.fire.text_targets import project
from tests.indexed import code_table, record, write
from tests.sheets import paper, text
from tests.tagged_sample import tagged_sample

PAPERS = ("na_letter_8.5x11in", "iso_a4_210x297mm")
PRINTER = Printer(name=PrinterName("desk", "ipp://localhost/printers/desk"), media=PAPERS)
FONT = "docgen/fonts/faces/atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Regular.ttf"


def fonts() -> tuple[bytes, ...]:
    return files(FONT)


def mutated_font(sample: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """Mostly a few bytes of one table, or a table that is not there."""
    kind = chance.randrange(8)
    if kind == 0:
        return mutated(sample, others, chance)
    data = bytearray(sample)
    (count,) = struct.unpack_from(">H", data, 4)
    entry = 12 + 16 * chance.randrange(count)
    offset, length = struct.unpack_from(">LL", data, entry + 8)
    if kind == 1:
        data[entry : entry + 4] = b"zzzz"
    elif kind == 2:
        data[entry + 8 + chance.randrange(8)] ^= 1 << chance.randrange(8)
    else:
        near = min(length, chance.choice((8, 64, length)))
        for _ in range(chance.choice((1, 1, 4, 30))):
            value = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
            data[offset + chance.randrange(max(near, 1))] = value
    return bytes(data)


def read_fonts(data: bytes, folder: Path) -> None:
    place = Span("organization.yaml", 1, 1)
    findings = Findings()
    try:
        regular = written(folder / "own.ttf", data)
        add_family("Own", {"regular": (regular, place), "bold": (ROOT / FONT, place)}, findings)
        findings.raise_if_any()
        document = paper(text("All of a to z: 0123456789 éñÁ — “½”"))
        looks = {key: replace(one, family="Own") for key, one in document.styles.text.items()}
        write_pdf(typeset(replace(document, styles=replace(document.styles, text=looks))))
    finally:
        forget_families()


@cache
def images() -> tuple[bytes, ...]:
    kinds = (
        ("RGBA", "PNG"),
        ("P", "PNG"),
        ("I;16", "PNG"),
        ("1", "PNG"),
        ("L", "JPEG"),
        ("RGB", "JPEG"),
    )
    made = []
    for mode, kind in kinds:
        picture = Image.effect_mandelbrot((24, 16), (-2, -1, 1, 1), 20)
        out = io.BytesIO()
        turned = Image.Exif()
        turned[0x0112] = 6
        picture.convert(mode).save(out, kind, exif=turned)
        made.append(out.getvalue())
    return tuple(made)


def mutated_image(sample: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """Of PNGs, often a chunk whose sum is right."""
    if not sample.startswith(b"\x89PNG") or chance.random() < 1 / 4:
        return mutated(sample, others, chance)
    chunks, at = [], 8
    while at < len(sample):
        (length,) = struct.unpack_from(">L", sample, at)
        chunks.append((sample[at + 4 : at + 8], sample[at + 8 : at + 8 + length]))
        at += 12 + length
    picked = chance.randrange(len(chunks))
    kind, content = chunks[picked]
    if kind == b"IDAT":
        shades = zlib.decompress(content)
        content = zlib.compress(mutated(shades, (shades,), chance))
    elif kind == b"IHDR" or chance.random() < 1 / 2:
        flipped = bytearray(content or b"\0")
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        content = bytes(flipped)
    else:
        chunks.insert(chance.randrange(len(chunks)), chunks[picked])
    chunks[picked] = (kind, content)
    return sample[:8] + b"".join(
        struct.pack(">L", len(inner)) + tag + inner + struct.pack(">L", zlib.crc32(tag + inner))
        for tag, inner in chunks
    )


def read_images(data: bytes, folder: Path) -> None:
    written(folder / "logo", data)
    findings = Findings()
    image = load_image(Path("logo"), folder, Span("layout.yaml", 1, 1), findings)
    findings.raise_if_any()
    write_pdf(typeset(paper(Figure(image, "A picture"))))


def drawn_images() -> tuple[bytes, ...]:
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60">'
    contents = (
        "<style>.a { fill: navy; stroke: none } #b, rect.c { stroke-dasharray: 3 1 }</style>"
        '<g class="a" transform="rotate(10 3,4) scale(2)">'
        '<path d="M5 5h20c1 2 3 4 5 6z" id="b"/></g>',
        '<defs><g id="a"><circle cx="5" cy="5" r="4"/><polygon points="1,2 3,4 5,9"/></g></defs>'
        '<use href="#a" x="9" style="fill:currentColor;color:#abc"/>'
        '<clipPath id="k"><rect x="2mm" width="20" height="9pt" rx="3"/></clipPath>'
        '<ellipse clip-path="url(#k)" cx="5" cy="5" rx="20" ry="10" fill="hsl(20, 40%, 50%)"/>',
        '<title>Größe</title><path fill-rule="evenodd" stroke="red" stroke-miterlimit="9" '
        'd="m1 1a5 5 0 01 9 9q2 3 4 5t1 1s2 2 3 3v4H2l-1.e1.5ZM3 3V9"/>',
    )
    return tuple(f"{head}{content}</svg>".encode() for content in contents)


def read_drawn_images(data: bytes, folder: Path) -> None:
    written(folder / "logo.svg", data)
    findings = Findings()
    image = load_image(Path("logo.svg"), folder, Span("layout.yaml", 1, 1), findings)
    write_pdf(typeset(paper(Figure(image, "A picture"))))


def catalogs() -> tuple[bytes, ...]:
    small = compiled("es", {"In short": "En breve", "Page {number}": "Página {number}"})
    return (small, *files("layouts/locale/es.mo"))


def read_catalogs(data: bytes, folder: Path) -> None:
    written(folder / "layouts/locale/es.mo", data)
    own = Project.open(folder)
    own.render("77299", ["patient-handout"], options=RenderOptions(language="es"))


@cache
def _base() -> Path:
    """Records and a code table, for what is kept of them in the cache."""
    folder = Path(tempfile.mkdtemp(prefix="docgen-fire-"))
    owner = os.getpid()

    def take_away() -> None:
        if os.getpid() == owner:
            shutil.rmtree(folder)

    atexit.register(take_away)
    for number in range(12):
        said = record(f"T-{number}", f"A test {number}", summary=f"Knees and camera {number}.")
        write(folder / f"data/records/{number % 3}/t-{number}.yaml", said)
    code_table(folder / "data", {f"A{number:04}": f"Made-up ride {number}" for number in range(9)})
    return folder


@cache
def _index() -> tuple[str, bytes]:
    """The name and the bytes of the index of those."""
    with _cache(_base() / "cache"):
        index = Index.open(RecordLibrary([_base() / "data"]), Findings())
        index._store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        index.close()
        (path,) = cache_folder().glob("codes-*.sqlite")
    return path.name, path.read_bytes()


class _cache:  # noqa: N801 - a context
    """The cache in a folder, for a while."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        self._before = os.environ.get("XDG_CACHE_HOME")
        os.environ["XDG_CACHE_HOME"] = str(self._folder)

    def __exit__(self, *_: object) -> None:
        if self._before is None:
            del os.environ["XDG_CACHE_HOME"]
        else:
            os.environ["XDG_CACHE_HOME"] = self._before


def indexes() -> tuple[bytes, ...]:
    return (_index()[1],)


def read_indexes(data: bytes, folder: Path) -> None:
    with _cache(folder / "cache"):
        written(cache_folder() / _index()[0], data)
        library = RecordLibrary([_base() / "data"])
        findings = Findings()
        index = Index.open(library, findings)
        try:
            for query in ("knee", "T-1", "A0003", "kneee test", "rid*"):
                index.search(query)
            index.neighbours("local", "T-5")
            found = [one.code for one in index.texts()]
        finally:
            index.close()
    assert len(found) == 21 or findings, found


@cache
def _listing() -> tuple[str, bytes]:
    with _cache(_base() / "cache"), _small_folders():
        RecordLibrary([_base() / "data"]).find("T-1")
        (path,) = cache_folder().glob("listing-*")
    return path.name, path.read_bytes()


class _small_folders:  # noqa: N801 - a context
    """Has folders of more than five files listed, as others are from a thousand on."""

    def __enter__(self) -> None:
        self._before = listings.SMALL, listings.SETTLED
        listings.SMALL, listings.SETTLED = 5, 0

    def __exit__(self, *_: object) -> None:
        listings.SMALL, listings.SETTLED = self._before


def kept_listings() -> tuple[bytes, ...]:
    return (_listing()[1],)


def read_kept_listings(data: bytes, folder: Path) -> None:
    with _cache(folder / "cache"), _small_folders():
        written(cache_folder() / _listing()[0], data)
        library = RecordLibrary([_base() / "data"])
        library.near_codes("T-44")
        library.find("T-1")


def queries() -> tuple[bytes, ...]:
    return (b"knee camera", b"T-1", b'"whole words" AND NOT (x* OR y^2) NEAR/3', b"77299")


def read_queries(data: bytes, folder: Path) -> None:
    with _cache(_base() / "cache"):
        index = Index.open(RecordLibrary([_base() / "data"]), Findings())
        try:
            index.search(data.decode("utf-8", errors="surrogateescape"))
            index.like_spelled(data.decode("utf-8", errors="surrogateescape"))
        finally:
            index.close()


@cache
def pdfs() -> tuple[bytes, ...]:
    """A file by hand, one of docgen as it is, and one with all of its objects in plain sight."""
    (sheet,) = project().render("77299", ["clinician-summary"])
    with pikepdf.open(io.BytesIO(sheet.data)) as pdf:
        plain = io.BytesIO()
        pdf.save(plain, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return (tagged_sample(), sheet.data, plain.getvalue())


def read_pdfs(data: bytes, folder: Path) -> None:
    path = written(folder / "file.pdf", data)
    found = validate_pdf(read_pdf(path), str(path)).diagnostics
    if any(one.severity == "error" for one in found):
        raise DocgenError(found)


@cache
def printed() -> tuple[bytes, ...]:
    with pikepdf.new() as pdf:
        for _ in range(6):
            pdf.add_blank_page(page_size=(612, 792))
        with pdf.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(f"Packet {one}", one) for one in (0, 2, 4))
        data = io.BytesIO()
        pdf.save(data, qdf=True, deterministic_id=True)
    return (data.getvalue(), pdfs()[1])


def read_printed(data: bytes, folder: Path) -> None:
    path = written(folder / "patients-001.pdf", data)
    found = measure(path)
    packet_starts(path)
    size = (found.width, found.height)
    findings = Findings()
    check_paper(size, fitting_media(size, PAPERS), PRINTER, findings)
    findings.raise_if_any()


def passwords() -> tuple[bytes, ...]:
    return (b"correct horse battery staple\n", "contraseña ½ ﬁ\r\n".encode(), b"short")


def read_passwords(data: bytes, folder: Path) -> None:
    read_password(str(written(folder / "password", data)))


READERS = (
    Reader("fonts", fonts, read_fonts, mutate=mutated_font, weight=3),
    Reader("images", images, read_images, mutate=mutated_image, weight=3),
    Reader("SVG", drawn_images, read_drawn_images, weight=3),
    Reader("message catalogs", catalogs, read_catalogs),
    Reader("the index", indexes, read_indexes),
    Reader("lists of files", kept_listings, read_kept_listings, weight=1),
    Reader("queries", queries, read_queries, weight=1),
    Reader("PDFs to be judged", pdfs, read_pdfs),
    Reader("PDFs to be printed", printed, read_printed, weight=3),
    Reader("passwords", passwords, read_passwords, weight=1),
)
