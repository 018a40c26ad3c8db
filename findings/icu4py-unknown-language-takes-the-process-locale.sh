#!/usr/bin/env bash
# icu4py 1.2.0 (ICU 78).
# Guess: a language for which CLDR has no data is formatted by the root locale, the same on every machine.
# Seen: it is formatted by the locale of the process (LC_ALL): a Hmong date is German on a German machine. Asking
# whether an invented language gives the same words does not tell: on a Spanish machine Spanish does as well.
# Haitian Creole is dated in French, on every machine.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check icu4py==1.2.0
cat >"$place/run.py" <<'PY'
from datetime import UTC, datetime
from icu4py.messageformat import MessageFormat

day = {"v": datetime(2026, 11, 20, 12, tzinfo=UTC)}
dated = (f"{tag} {MessageFormat('{v, date, long}', tag).format(day)}" for tag in ("hmn", "ht"))
print("; ".join(dated))
PY
seen=$(for locale in C.UTF-8 de_DE.UTF-8 es_ES.UTF-8; do
  printf '%s: ' "$locale"
  TZ=UTC LC_ALL=$locale "$place/venv/bin/python" "$place/run.py"
done)
printf '%s\n' "$seen"

expected=$(cat <<'SEEN'
C.UTF-8: hmn November 20, 2026; ht 20 novembre 2026
de_DE.UTF-8: hmn 20. November 2026; ht 20 novembre 2026
es_ES.UTF-8: hmn 20 de noviembre de 2026; ht 20 novembre 2026
SEEN
)
[ "$seen" = "$expected" ] || { echo "this has changed; it was:"; printf '%s\n' "$expected"; exit 1; }
