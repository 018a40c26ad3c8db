"""Reading input files: YAML and JSON as positioned nodes, and nodes as models."""

from docgen.source.binding import bind, salvage
from docgen.source.characters import has_unprintable, is_unprintable, refuse_unprintable
from docgen.source.derived import marks_of, with_fields
from docgen.source.files import MAX_BYTES, SUFFIXES, read_file, read_text
from docgen.source.hand_breaks import BULLETS, is_broken_by_hand
from docgen.source.language import Language, are_languages, language_name, same_language
from docgen.source.leaves import says_yes
from docgen.source.names import refusing_names_without_text
from docgen.source.nodes import (
    MappingNode,
    Node,
    Positioned,
    Scalar,
    SequenceNode,
    SourceText,
    TextNode,
    place_of,
    word_of,
)
from docgen.source.presence import (
    TooManyEntriesError,
    WalkedFolder,
    current_folder,
    display_path,
    entries,
    files_below,
    is_file,
    is_folder,
    is_there,
    names_beside,
    real_path,
    status_of,
    unreadable,
    walk,
)
from docgen.source.schema import DIALECT, Schema, SchemaWriter, json_schema
from docgen.source.shapes import (
    LINED,
    WORDED,
    Role,
    Shape,
    Wording,
    fields_of,
    if_missing,
    tag_of,
)
from docgen.source.written_lines import WrittenLines, tell_joined_lines

__all__ = [
    "BULLETS",
    "DIALECT",
    "LINED",
    "MAX_BYTES",
    "SUFFIXES",
    "WORDED",
    "Language",
    "MappingNode",
    "Node",
    "Positioned",
    "Role",
    "Scalar",
    "Schema",
    "SchemaWriter",
    "SequenceNode",
    "Shape",
    "SourceText",
    "TextNode",
    "TooManyEntriesError",
    "WalkedFolder",
    "Wording",
    "WrittenLines",
    "are_languages",
    "bind",
    "current_folder",
    "display_path",
    "entries",
    "fields_of",
    "files_below",
    "has_unprintable",
    "if_missing",
    "is_broken_by_hand",
    "is_file",
    "is_folder",
    "is_there",
    "is_unprintable",
    "json_schema",
    "language_name",
    "marks_of",
    "names_beside",
    "place_of",
    "read_file",
    "read_text",
    "real_path",
    "refuse_unprintable",
    "refusing_names_without_text",
    "salvage",
    "same_language",
    "says_yes",
    "status_of",
    "tag_of",
    "tell_joined_lines",
    "unreadable",
    "walk",
    "with_fields",
    "word_of",
]
