#!/usr/bin/env bash
# deqr 0.2.5 (decoders of zbar and quirc), numpy 2.3.5, zxing-cpp 3.1.1 to make a picture.
# Guess: decode() reads the array that it is given; the same array can then go to a second reader.
# Seen: the array itself is binarized in place: every gray level of it is 0 or 255 afterwards, so that a picture that
# is drawn or measured later, or given to another reader, is no longer the one that was taken.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check deqr==0.2.5 numpy==2.3.5 zxing-cpp==3.1.1
cat >"$place/run.py" <<'PY'
import deqr
import numpy as np
import zxingcpp

code = np.array(zxingcpp.create_barcode("one", zxingcpp.BarcodeFormat.QRCode).to_image(scale=8))
for name in ("QRdecDecoder", "QuircDecoder"):
    picture = np.where(code > 0, 200, 60).astype(np.uint8)  # light and dark gray
    before = np.unique(picture).tolist()
    found = getattr(deqr, name)().decode(picture)
    print(name, len(found), before, "->", np.unique(picture).tolist())
PY
seen=$("$place/venv/bin/python" "$place/run.py")
printf '%s\n' "$seen"

expected=$(cat <<'SEEN'
QRdecDecoder 1 [60, 200] -> [0, 255]
QuircDecoder 1 [60, 200] -> [0, 255]
SEEN
)
[ "$seen" = "$expected" ] || { echo "this has changed; it was:"; printf '%s\n' "$expected"; exit 1; }
