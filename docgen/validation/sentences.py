"""What the validator's rules mean, in words for people who make or hand out documents."""

from msgspec import Struct


class RuleSentence(Struct, frozen=True):
    """What is wrong where a rule is broken, and what to do."""

    wrong: str
    hint: str
    tells_detail: bool = True
    """Whether the validator's own words may be told besides, since they quote no values."""


_TAGS = "make the document with tags; a PDF that was printed to a file has none"
_MAKER = "mend it in the program that made the file, and make the file again"
_FONTS = "embed every font, as a TrueType subset with its Unicode map"
_LANGUAGE = "name the document's language, and that of passages in another one"
_XMP = "write the metadata (XMP) that the standard asks for; most programs call it 'save as PDF/A'"
_FORM = "give each field a label, and tag it as a form field"
_ARCHIVE = "make the file as PDF/A anew, or do not claim PDF/A for it"
_INFO = "say the same in the document's properties and in its XMP metadata"


def sentence_of(rule: str) -> RuleSentence | None:
    """The sentence of one of the validator's rules, such as ``PDFUA1-LINK-CONTENTS-001``.

    Rules of the several standards that ask for the same share a sentence.
    """
    return _SENTENCES.get(rule.partition("-")[2].rpartition("-")[0])


_TABLE = {
    "STRUCT-TREE-ROOT": ("the document has no tags", _TAGS),
    "TAGGED-DOCUMENT": ("the document does not say that it is tagged", _TAGS),
    "CONTENT-TAGGING": ("something on a page is neither tagged nor marked as decoration", _TAGS),
    "SUSPECTS": ("the tags are marked as doubtful", "let a person check the tags"),
    "ARTIFACT-NESTED": ("decoration stands inside of tagged content", _MAKER),
    "TAGGED-CONTENT-INSIDE-ARTIFACT": ("tagged content stands inside of decoration", _MAKER),
    "STRUCT-ELEMENT-PARENT": ("a tag does not know the tag that holds it", _MAKER),
    "STRUCT-TREE-ROLE-MAP": ("a tag is of a kind that no reader knows", _MAKER),
    "STRUCT-TREE-ROLE-MAP-STANDARD": ("a standard tag is given another meaning", _MAKER),
    "STRUCT-TREE-ROLE-MAP-CYCLE": ("kinds of tags are explained by each other", _MAKER),
    "METADATA-STRUCTURE": ("the document has no metadata", _XMP),
    "METADATA-TITLE": ("the document has no title", "give the document a title"),
    "METADATA-LANGUAGE": ("the language of the title is not known", _LANGUAGE),
    "METADATA-FILTER": ("the metadata is compressed, so that archives cannot search it", _XMP),
    "ID-SCHEMA": ("the metadata does not claim the standard", _XMP),
    "ID-PART": ("the metadata does not claim this part of the standard", _XMP),
    "ID-CONFORMANCE": ("the metadata does not claim this level of the standard", _XMP),
    "VIEWER-PREFERENCES": (
        "windows show the name of the file, not the document's title",
        "let the title be shown (DisplayDocTitle)",
    ),
    "LANG": ("the document does not name its language, or not by a known code", _LANGUAGE),
    "LANGUAGE-TAG": ("a language is not named by a known code", "write codes such as en-US"),
    "TEXT-LANGUAGE": ("the language of a text is not known", _LANGUAGE),
    "OUTLINE-LANGUAGE": ("the language of the bookmarks is not known", _LANGUAGE),
    "ALT-TEXT-LANGUAGE": ("the language of an alternative text is not known", _LANGUAGE),
    "ACTUAL-TEXT-LANGUAGE": ("the language of a replacement text is not known", _LANGUAGE),
    "E-TEXT-LANGUAGE": ("the language of a spelled-out abbreviation is not known", _LANGUAGE),
    "ANNOTATION-CONTENTS-LANGUAGE": ("the language of a link's text is not known", _LANGUAGE),
    "FORM-FIELD-TU-LANGUAGE": ("the language of a field's label is not known", _LANGUAGE),
    "FIGURE-ALTERNATIVE-TEXT": (
        "a picture has no alternative text",
        "say in words what the picture shows, or mark it as decoration",
    ),
    "FORMULA-ALTERNATIVE-TEXT": ("a formula has no alternative text", "say the formula in words"),
    "HEADING-NESTING": (
        "a level of headings is skipped",
        "let each heading be at most one level below the one before, the first at level 1",
    ),
    "HEADING-STRUCTURE": ("numbered and unnumbered headings are mixed", _MAKER),
    "HEADING-CHILD-COUNT": ("a part of the document has more than one heading of its own", _MAKER),
    "NOTE-ID": ("a note has no name to refer to", _MAKER),
    "NOTE-ID-UNIQUE": ("two notes have the same name", _MAKER),
    "TABLE-HEADERS-SCOPE": (
        "a cell of a table has no header that says what it is about",
        "mark the header cells of rows and columns as such",
    ),
    "TABLE-HEADERS-UNDEFINED": ("a cell of a table names a header that is not there", _MAKER),
    "TABLE-ROW-COLUMNSPAN": ("the rows of a table are not equally long", _MAKER),
    "TABLE-COLUMN-ROWSPAN": ("the columns of a table are not equally long", _MAKER),
    "TABLE-CELL-INTERSECTION": ("two cells of a table take the same place", _MAKER),
    "TABLE-KIDS": ("a table holds something besides rows and a caption", _MAKER),
    "TR-KIDS": ("a row of a table holds something besides cells", _MAKER),
    "TR-PARENT": ("a row stands outside of a table", _MAKER),
    "TH-PARENT": ("a header cell stands outside of a row", _MAKER),
    "TD-PARENT": ("a cell stands outside of a row", _MAKER),
    "L-KIDS": ("a list holds something besides its items", _MAKER),
    "LI-KIDS": ("an item of a list holds something besides its label and its text", _MAKER),
    "LI-PARENT": ("an item stands outside of a list", _MAKER),
    "LBODY-PARENT": ("the text of an item stands outside of an item", _MAKER),
    "LINK-LINK-TAG": ("a link is not tagged as one", _TAGS),
    "LINK-CONTENTS": (
        "a link does not say in words where it leads",
        "give each link a description (Contents)",
    ),
    "ANNOTATION-ANNOT-TAG": ("a note, stamp or the like is not tagged", _TAGS),
    "ANNOTATION-CONTENTS-ALT": (
        "a note, stamp or the like has no text for those who do not see it",
        "give it a description",
    ),
    "PAGE-TABS": (
        "the tab key does not follow the reading order",
        "let the tab order of each page follow its structure",
    ),
    "WIDGET-FORM-TAG": ("a field of a form is not tagged as one", _FORM),
    "FORM-FIELD-TU-ALT": ("a field of a form has no label for those who do not see it", _FORM),
    "FORM-CHILDREN": ("the tag of a field holds more than its field", _FORM),
    "FONT-EMBEDDING": ("a font is not embedded, so that others may stand in for it", _FONTS),
    "FONT-UNICODE-MAPPING": ("a font does not say which characters its signs are", _FONTS),
    "FONT-UNICODE-VALUE": ("a font takes a sign for a character that cannot be one", _FONTS),
    "UNICODE-MAPPING": ("a font does not say which characters its signs are", _FONTS),
    "UNICODE-VALUE": ("a font takes a sign for a character that cannot be one", _FONTS),
    "FONT-GLYPH-PRESENCE": ("a font lacks a sign that the document uses", _FONTS),
    "FONT-GLYPH-WIDTH": ("a font and the document do not agree on the width of a sign", _FONTS),
    "NOTDEF-GLYPH": ("a character is missing, and a box stands in its place", _FONTS),
    "ENCRYPTION-P": (
        "the file's permissions keep screen readers out",
        "encrypt it again with the permission for accessibility",
    ),
    "ENCRYPTION": ("the file is encrypted", "an archive needs the file without a password"),
    "OUTPUTINTENT": ("the profile of the document's colours is not right", _ARCHIVE),
    "DEVICE-RGB": (
        "colours are used without a profile that says how they look",
        "embed the sRGB profile as output intent",
    ),
    "DEVICE-GRAY": ("grey is used without a profile that says how it looks", _ARCHIVE),
    "DEVICE-CMYK": ("printing colours are used without a profile for them", _ARCHIVE),
    "FILE-SPEC-F-AND-UF": ("an attached file has no name", _MAKER),
    "FILE-SPEC-AF-RELATIONSHIP": (
        "an attached file does not say what it is to the document",
        _MAKER,
    ),
    "FILE-SPEC-ASSOCIATION": ("an attached file belongs to nothing in the document", _MAKER),
    "EMBEDDED-FILE-MIME": ("an attached file does not say of which type it is", _MAKER),
    "EMBEDDED-FILE-PDFA": ("an attached file is no PDF/A itself", _ARCHIVE),
    "NAMES-EMBEDDED-FILES": ("files are attached, which PDF/A-1 forbids", _ARCHIVE),
    "ANNOTATION-FLAGS": ("a link, note or field is hidden or left out in print", _MAKER),
    "ANNOTATION-FLAGS-PRESENT": ("a link, note or field may be left out in print", _MAKER),
    "ANNOTATION-AP-REQUIRED": ("a note or field does not say how it looks", _MAKER),
    "ACTION-TYPE": ("the document starts something that an archive must not", _ARCHIVE),
    "TRAILER-ID": ("the file has no ID", _MAKER),
    "POST-EOF-DATA": ("something follows after the end of the file", _MAKER),
    "XREF-STREAM": ("the file is packed in a way that is newer than PDF/A-1", _ARCHIVE),
    "XMP-PROPERTY-DEFINITION": ("the metadata uses words that it does not define", _ARCHIVE),
}
_QUOTING = {
    "INFO-TITLE": "the title",
    "INFO-AUTHOR": "the author",
    "INFO-SUBJECT": "the subject",
    "INFO-KEYWORDS": "the keywords",
    "INFO-CREATOR": "the program that wrote the text",
    "INFO-PRODUCER": "the program that made the file",
    "INFO-CREATIONDATE": "the date of making",
    "INFO-MODDATE": "the date of the last change",
}
"""By rules whose messages quote the document, which may speak of a patient: what they compare."""

_SENTENCES = {name: RuleSentence(wrong, hint) for name, (wrong, hint) in _TABLE.items()} | {
    name: RuleSentence(f"the properties and the metadata do not agree on {what}", _INFO, False)
    for name, what in _QUOTING.items()
}
