"""Translations with the digests of what they were made from, worked out apart from docgen."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

_TAG = re.compile(r"[a-z]{2}(-[A-Z]{2})?")


def digest_of(text: str) -> str:
    """The digest of a text, by its published description."""
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:16]


def read_in(record: str, translation: str) -> str:
    """A translation file of a record, every text of it read beside the text that it has now."""
    return f"{translation}{made_from(record, translation)}"


def made_from(record: str, translation: str, indent: int = 0) -> str:
    """The lines that say from which texts of a record a translation was made."""
    source, texts = yaml.load(record, yaml.BaseLoader), yaml.load(translation, yaml.BaseLoader)
    margin = " " * indent
    lines = (f'{margin}  {name}: "{digest_of(text)}"\n' for name, text in _sources(source, texts))
    return f"{margin}made_from:\n{''.join(lines)}"


def _sources(source: Any, translation: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The texts of a record that a translation has too."""
    if isinstance(translation, Mapping) and isinstance(source, Mapping):
        for key, value in translation.items():
            if key not in ("translation_of", "code", "code_system", "language", "audience"):
                yield from _sources(source.get(key), value, f"{path}.{key}" if path else key)
    elif isinstance(translation, list) and isinstance(source, list):
        for place, (item, value) in enumerate(zip(source, translation, strict=False)):
            yield from _sources(item, value, f"{path}[{place}]")
    elif isinstance(source, str) and isinstance(translation, str):
        yield path, source


def read_changes(override: str, own: str = "en") -> str:
    """A file that changes a record, every translation in it read beside the text in ``own``."""
    found: dict[str, list[str]] = {}
    for path, texts in _worded(yaml.load(override, yaml.BaseLoader)):
        for tag in texts.keys() - {own}:
            found.setdefault(tag, []).append(f'    {path}: "{digest_of(texts[own])}"\n')
    lines = (f"  {tag}:\n{''.join(found[tag])}" for tag in sorted(found))
    return f"{override}made_from:\n{''.join(lines)}" if found else override


def _worded(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """The texts that are given in several languages."""
    if isinstance(node, list):
        for place, item in enumerate(node):
            yield from _worded(item, f"{path}[{place}]")
    elif isinstance(node, dict) and all(_TAG.fullmatch(key) for key in node):
        yield path, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _worded(value, f"{path}.{key}" if path else key)
