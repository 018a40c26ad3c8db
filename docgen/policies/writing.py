"""A policy as the text of its file, by which a later import knows whether somebody edited it."""

import hashlib
import json
import re

from docgen.code_systems import CODE_SYSTEMS
from docgen.policies.policy_file import CoveringPolicy

_HEAD = "# Imported from {name}. SHA-256 of what follows: {digest}\n"
_WRITTEN = re.compile(r"# Imported from [^\n]*\. SHA-256 of what follows: ([0-9a-f]{64})\n")
_BARE = re.compile(r"[A-Za-z][A-Za-z0-9 ,.'()/&+-]*(?<! )")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_TEXTS = ("payer", "number", "title", "url", "language")
_DATES = ("effective", "review_due", "expires")


def policy_text(one: CoveringPolicy) -> str:
    """The YAML of a policy, without the line that says where it comes from."""
    policy = one.policy
    lines = []
    for name in (*_TEXTS, *_DATES):
        value = getattr(policy, name)
        if value is not None:
            said = str(value.tag if name == "language" else value)
            lines.append(f"{name}: {said if name in _DATES else _quoted(said)}")
    lines.append("codes:")
    for system in CODE_SYSTEMS.values():
        ranges = [one for one in one.ranges if one.system == system]
        if ranges:
            lines += [f"  {system.id}:", *(f"    - {_quoted(str(one))}" for one in ranges)]
    return "\n".join(lines) + "\n"


def file_text(body: str, name: str) -> str:
    """A file's whole text: where it was imported from, then a policy's YAML."""
    shown = " ".join(name.split()).encode("ascii", "replace").decode()
    return _HEAD.format(name=shown, digest=_digest_of_body(body)) + body


def body_of(text: str) -> str:
    """What follows the line that says where a file was imported from."""
    head = _WRITTEN.match(text)
    return text[head.end() :] if head else text


def was_imported(text: str) -> bool:
    """Whether a file comes from an import, whatever became of it."""
    return _WRITTEN.match(text) is not None


def is_as_imported(text: str) -> bool:
    """Whether a file is as an import wrote it."""
    head = _WRITTEN.match(text)
    return head is not None and head[1] == _digest_of_body(text[head.end() :])


def was_imported_as(text: str, body: str) -> bool:
    """Whether an import wrote a file with this body, whatever became of it."""
    head = _WRITTEN.match(text)
    return head is not None and head[1] == _digest_of_body(body)


def _digest_of_body(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _quoted(text: str) -> str:
    """Text as YAML takes it for text: bare where nothing in it could mean something else."""
    if _BARE.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)
