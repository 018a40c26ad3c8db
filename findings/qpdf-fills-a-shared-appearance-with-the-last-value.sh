#!/usr/bin/env bash
# pikepdf 10.0.2 with qpdf 12.2.0 (the same as "qpdf --generate-appearances").
# Guess: each text field of a form is drawn with its own value. Two fields may begin with the same, still empty,
# appearance stream: an indirect object may be referred to as often as one likes (ISO 32000-1, 7.3.10).
# Seen: the values are written into the stream that is there. Of two fields that share one, the first then shows the
# value of the second, and the second shows nothing. With a stream of its own, each field shows its value.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pikepdf==10.0.2
cat >"$place/run.py" <<'PY'
import pikepdf
from pikepdf import Array, Dictionary, Name

print("qpdf", pikepdf.__libqpdf_version__)


def shown(*, share):
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 100))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))
    form = pdf.Root.AcroForm = Dictionary(Fields=Array(), DR=resources, DA="/F 10 Tf 0 g", NeedAppearances=True)

    def empty():
        return pdf.make_stream(b"/Tx BMC EMC", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 90, 20])

    shared = empty()
    page.Annots = Array()
    for x, value in ((0, "one"), (100, "two")):
        field = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=f"at {x}", V=value, DA="/F 10 Tf 0 g", F=4,
            Rect=[x, 0, x + 90, 20], AP=Dictionary(N=shared if share else empty()),
        )
        field = pdf.make_indirect(field)
        form.Fields.append(field)
        page.Annots.append(field)
    pdf.generate_appearance_streams()
    looks = [field.AP.N.read_bytes() for field in page.Annots]
    return [[word for word in ("one", "two") if word.encode() in look] for look in looks]


print("each its own:", shown(share=False))
print("one for both:", shown(share=True))
PY
seen=$("$place/venv/bin/python" "$place/run.py")
printf '%s\n' "$seen"

expected=$(cat <<'SEEN'
qpdf 12.2.0
each its own: [['one'], ['two']]
one for both: [['two'], []]
SEEN
)
[ "$seen" = "$expected" ] || { echo "this has changed; it was:"; printf '%s\n' "$expected"; exit 1; }
