"""Writes the golden pages anew: ``python -m tests.golden``. Read them before they are kept."""

from tests.golden.sheets import GOLDENS, dumped

for layout, path in GOLDENS.items():
    path.write_text(dumped(layout), "utf-8")
    print(path)
