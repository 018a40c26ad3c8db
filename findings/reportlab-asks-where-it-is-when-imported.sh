#!/usr/bin/env bash
# reportlab 5.1.0, Python 3.11 to 3.13.
# Guess: importing a library that draws needs no working folder: fonts and pictures are given as bytes, and the result
# goes to a stream.
# Seen: reportlab.rl_config asks for the working folder as it is imported, to look for settings there, so that the
# import fails in a process whose folder was removed meanwhile, as that of a job whose scratch folder is cleaned up.
# Imported before, everything works in the same place.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check reportlab==5.1.0
cat >"$place/run.py" <<'PY'
import io
import os
import sys
import tempfile

early = sys.argv[1] == "before"
if early:
    import reportlab.pdfgen.canvas
folder = tempfile.mkdtemp()
os.chdir(folder)
os.rmdir(folder)
try:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(72, 72, "one")
    canvas.save()
    print(sys.argv[1], stream.getvalue()[:5])
except OSError as error:
    print(sys.argv[1], type(error).__name__)
PY
seen=$("$place/venv/bin/python" "$place/run.py" before; "$place/venv/bin/python" "$place/run.py" after)
printf '%s\n' "$seen"

expected=$(cat <<'SEEN'
before b'%PDF-'
after FileNotFoundError
SEEN
)
[ "$seen" = "$expected" ] || { echo "this has changed; it was:"; printf '%s\n' "$expected"; exit 1; }
