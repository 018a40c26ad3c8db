"""IPP messages as bytes: RFC 8010, "Internet Printing Protocol/1.1: Encoding and Transport".

No library of PyPI would do: those that exist leave out attributes they do not know, hold a whole
document in memory, or need libcups to be compiled against.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum

from msgspec import Struct

from docgen.diagnostics import visible

Value = bool | int | str | tuple[int, int]
"""As a message holds it: a range is its first and its last number."""
Attributes = Mapping[str, tuple[Value, ...]]

_HEAD = struct.Struct(">BBhi")
_VERSION = (2, 0)
_REQUEST = 1
_LENGTH = struct.Struct(">H")
_NUMBER = struct.Struct(">i")
_RANGE = struct.Struct(">ii")


class Tag(IntEnum):
    """What a value is (RFC 8010, section 3.5.2)."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    RANGE = 0x33
    TEXT_IN_LANGUAGE = 0x35
    NAME_IN_LANGUAGE = 0x36
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    URI_SCHEME = 0x46
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49


class Group(IntEnum):
    """Whom a group of attributes is about (RFC 8010, section 3.5.1)."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    PRINTER = 0x04
    UNSUPPORTED = 0x05


class Attribute(Struct, frozen=True):
    """One attribute of a request."""

    name: str
    tag: Tag
    values: tuple[Value, ...]


class Answer(Struct, frozen=True):
    """What a server answers."""

    status: int
    """A status code of RFC 8011, appendix B; below 0x100 it did as it was asked."""
    groups: tuple[tuple[int, Attributes], ...]

    def about(self, group: Group) -> tuple[Attributes, ...]:
        """The groups about one kind of thing, in order: such as each of several printers."""
        return tuple(attributes for tag, attributes in self.groups if tag == group)

    @property
    def message(self) -> str:
        """The server's own words, or none."""
        return first_text(next(iter(self.about(Group.OPERATION)), {}), "status-message")


_LAST_GROUP = 0x0F
_LONGEST_TEXT = 1023
"""RFC 8011, section 5.1, lets none be longer."""
_TEXTS = frozenset(
    {
        Tag.TEXT,
        Tag.NAME,
        Tag.KEYWORD,
        Tag.URI,
        Tag.URI_SCHEME,
        Tag.CHARSET,
        Tag.LANGUAGE,
        Tag.MIME_TYPE,
    }
)


def first_text(attributes: Attributes, name: str) -> str:
    """The first text of an attribute, as it may be shown; empty where there is none."""
    return next(iter(all_texts(attributes, name)), "")


def all_texts(attributes: Attributes, name: str) -> tuple[str, ...]:
    """The texts of an attribute, each on one line, and nothing in them that a terminal acts on."""
    values = attributes.get(name, ())
    return tuple(
        visible(" ".join(value.split()))[:_LONGEST_TEXT]
        for value in values
        if isinstance(value, str)
    )


def first_number(attributes: Attributes, name: str) -> int | None:
    """The first whole number of an attribute."""
    return next(iter(all_numbers(attributes, name)), None)


def all_numbers(attributes: Attributes, name: str) -> tuple[int, ...]:
    """The whole numbers of an attribute."""
    values = attributes.get(name, ())
    return tuple(v for v in values if isinstance(v, int) and not isinstance(v, bool))


def request_head(operation: int, groups: Sequence[tuple[Group, Sequence[Attribute]]]) -> bytes:
    """A request, up to where a document would follow."""
    parts = [_HEAD.pack(*_VERSION, operation, _REQUEST)]
    for group, attributes in groups:
        parts.append(bytes([group]))
        parts += (_attribute(attribute) for attribute in attributes)
    return b"".join((*parts, bytes([Group.END])))


def _attribute(attribute: Attribute) -> bytes:
    # Values after the first have no name.
    names = (attribute.name, *[""] * (len(attribute.values) - 1))
    pairs = zip(names, attribute.values, strict=True)
    return b"".join(
        bytes([attribute.tag]) + _with_length(name.encode()) + _with_length(_encoded(value))
        for name, value in pairs
    )


def _encoded(value: Value) -> bytes:
    match value:
        case bool():
            return bytes([value])
        case int():
            return _NUMBER.pack(value)
        case str():
            return value.encode()
        case first, last:
            return _RANGE.pack(first, last)


def _with_length(data: bytes) -> bytes:
    return _LENGTH.pack(len(data)) + data


def read_answer(data: bytes) -> Answer:
    """Reads an answer; raises ValueError where it is none. Values of collections are left out."""
    try:
        _, _, status, _ = _HEAD.unpack_from(data)
        return Answer(status, tuple(_groups(data)))
    except (struct.error, IndexError) as error:
        raise ValueError("it ends too early") from error


def _groups(data: bytes) -> Iterator[tuple[int, Attributes]]:
    at = _HEAD.size
    while (group := data[at]) != Group.END:
        if group > _LAST_GROUP:
            raise ValueError("values outside of any group")
        found: dict[str, list[Value]] = {}
        name, at = "", at + 1
        while data[at] > _LAST_GROUP:
            tag = data[at]
            label, at = _piece(data, at + 1)
            value, at = _piece(data, at)
            name = label.decode("utf-8", "replace") or name
            read = _value(tag, value)
            found.setdefault(name, []).extend(read)
        yield group, {name: tuple(values) for name, values in found.items()}


def _piece(data: bytes, at: int) -> tuple[bytes, int]:
    (length,) = _LENGTH.unpack_from(data, at)
    start = at + _LENGTH.size
    if start + length > len(data):
        raise ValueError("it ends too early")
    return data[start : start + length], start + length


def _value(tag: int, data: bytes) -> tuple[Value, ...]:
    """One value, or none where nothing here has a use for its kind."""
    match tag:
        case Tag.INTEGER | Tag.ENUM:
            return _NUMBER.unpack(data)
        case Tag.BOOLEAN:
            return (data != b"\0",)
        case Tag.RANGE:
            first, last = _RANGE.unpack(data)
            return ((first, last),)
        case Tag.TEXT_IN_LANGUAGE | Tag.NAME_IN_LANGUAGE:
            _, at = _piece(data, 0)
            words, _ = _piece(data, at)
            return (words.decode("utf-8", "replace"),)
        case _ if tag in _TEXTS:
            return (data.decode("utf-8", "replace"),)
        case _:
            return ()
