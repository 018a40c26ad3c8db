#!/usr/bin/env bash
# zxing-cpp 3.1.1 as writer; the decoders of zbar and quirc as deqr 0.2.5 carries them.
# Guess: a QR code that is made of a Python string is read back as that string by other readers, as URLs are.
# Seen: text within Latin-1 is written as Latin-1 bytes and without an ECI; its own reader knows what was meant, the
# two others take the bytes for UTF-8 and give up. With eci="UTF-8" the bytes are UTF-8 and said to be so
# (ISO/IEC 18004, 7.4.3), and all three read the text.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check zxing-cpp==3.1.1 deqr==0.2.5 numpy==2.3.5
cat >"$place/run.py" <<'PY'
import deqr
import numpy as np
import zxingcpp

def read(text, **options):
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, **options)
    picture = np.array(code.to_image(scale=8))
    own = [ascii(found.text) for found in zxingcpp.read_barcodes(picture)]
    # A reader may change what it is given, so each gets a copy.
    others = []
    for reader in (deqr.QRdecDecoder(), deqr.QuircDecoder()):
        try:
            found = reader.decode(picture.copy())
        except UnicodeDecodeError as error:
            others.append(f"cannot decode byte {error.object[error.start]:#x}")
            continue
        others.append([ascii(entry.data) for one in found for entry in one.data_entries])
    return own, others

for options in ({}, {"eci": "UTF-8"}):
    print(options, *read("éé", **options))
PY
seen=$("$place/venv/bin/python" "$place/run.py")
printf '%s\n' "$seen"

expected=$(cat <<'SEEN'
{} ["'\\xe9\\xe9'"] ['cannot decode byte 0xe9', 'cannot decode byte 0xe9']
{'eci': 'UTF-8'} ["'\\xe9\\xe9'"] [["'\\xe9\\xe9'"], ["'\\xe9\\xe9'"]]
SEEN
)
[ "$seen" = "$expected" ] || { echo "this has changed; it was:"; printf '%s\n' "$expected"; exit 1; }
