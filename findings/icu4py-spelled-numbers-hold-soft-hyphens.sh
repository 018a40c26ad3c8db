#!/usr/bin/env bash
# icu4py 1.2.0 (ICU 78), MessageFormat with the style "spellout".
# Guess: a number that is spelled out is the word that a dictionary has, so that it can be searched, compared with
# text that people wrote, or looked up in a font.
# Seen: in languages that write numbers as one word, the parts are joined by soft hyphens (U+00AD): German 234 is
# "zwei", "hundert", "vier", "und", "dreißig" with one between each two. English, Spanish and French have none, so
# that trying it in these shows nothing.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check icu4py==1.2.0
cat >"$place/run.py" <<'PY'
from icu4py.messageformat import MessageFormat

for tag in ("en", "es", "fr", "de", "nl", "sv", "fi", "it"):
    said = MessageFormat("{n, spellout}", tag).format({"n": 234})
    print(tag, said.count("\u00ad"), said.replace("\u00ad", ""))
PY
seen=$("$place/venv/bin/python" "$place/run.py")
printf '%s\n' "$seen"

expected=$(cat <<'SEEN'
en 0 two hundred thirty-four
es 0 doscientos treinta y cuatro
fr 0 deux cent trente-quatre
de 4 zweihundertvierunddreißig
nl 4 tweehonderdvierendertig
sv 3 tvåhundratrettiofyra
fi 4 kaksisataakolmekymmentäneljä
it 3 duecentotrentaquattro
SEEN
)
[ "$seen" = "$expected" ] || { echo "this has changed; it was:"; printf '%s\n' "$expected"; exit 1; }
