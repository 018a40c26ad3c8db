"""Writes the golden files anew: ``python -m tests.golden``. Read them before they are kept."""

from tests.golden.sheets import FOLDER, GOLDENS

for name, (made, layout) in GOLDENS.items():
    path = FOLDER / name
    path.write_text(made(layout), "utf-8")
    print(path)
