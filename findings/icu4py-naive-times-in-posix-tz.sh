#!/usr/bin/env bash
# icu4py 1.2.0 (ICU 78), Python 3.11 to 3.14.
# Guess: a datetime without a zone is a wall-clock time, so that formatting 00:00 prints 00:00 wherever it runs.
# Seen: it is turned into an instant in the zone that Python reads from TZ, and printed in the zone that ICU reads
# from it. Of a zone in the POSIX form with rules (IEEE 1003.1, 8.3) the two make different zones: the hour moves by
# five, and for a zone east of +12 the day changes. An aware datetime in UTC, formatted in a locale with the keyword
# "timezone=utc", prints the same everywhere.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check icu4py==1.2.0
cat >"$place/run.py" <<'PY'
from datetime import UTC, datetime
from icu4py.messageformat import MessageFormat

naive, aware = datetime(2026, 7, 1), datetime(2026, 7, 1, tzinfo=UTC)
pattern = "{v, date, short} {v, time, ::Hmm}"
print(MessageFormat(pattern, "es").format({"v": naive}), end=" | ")
print(MessageFormat(pattern, "es@timezone=utc").format({"v": aware}))
PY
seen=$(for zone in UTC 'EST5EDT,M3.2.0,M11.1.0' '<+1245>-12:45'; do
  printf '%s: ' "$zone"
  TZ=$zone "$place/venv/bin/python" "$place/run.py"
done)
printf '%s\n' "$seen"

expected=$(cat <<'SEEN'
UTC: 1/7/26 0:00 | 1/7/26 0:00
EST5EDT,M3.2.0,M11.1.0: 1/7/26 4:00 | 1/7/26 0:00
<+1245>-12:45: 30/6/26 11:15 | 1/7/26 0:00
SEEN
)
[ "$seen" = "$expected" ] || { echo "this has changed; it was:"; printf '%s\n' "$expected"; exit 1; }
