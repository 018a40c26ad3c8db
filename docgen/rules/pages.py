"""Rules about fonts, pictures and pages."""

from typing import Final, Literal

Refused = Literal[
    "barcode-too-wide",
    "font-characters",
    "font-damaged",
    "font-family-taken",
    "font-format",
    "font-missing",
    "font-not-embeddable",
    "font-outside-project",
    "font-too-large",
    "font-too-tall",
    "font-unreadable",
    "font-variable",
    "image-animated",
    "image-colours",
    "image-damaged",
    "image-format",
    "image-missing",
    "image-outside-project",
    "image-too-large",
    "image-unreadable",
    "no-room",
    "too-tall",
    "unencodable-code",
    "unprintable-character",
]

Warned = Literal[
    "image-scaled",
    "long-word",
    "tall-row",
    "torn-number",
]

Either = Literal["font-style-missing"]

MEANINGS: Final[dict[Refused | Warned | Either, str]] = {
    "barcode-too-wide": "a bar code cannot be read in the width that it has",
    "font-characters": "a font lacks letters that every sheet needs, or does not say which it has",
    "font-damaged": "a font file is damaged",
    "font-family-taken": "a font family has the name of another one",
    "font-format": "a font file is of a format that is not read",
    "font-missing": "there is no font file of this name",
    "font-not-embeddable": "the maker of a font does not allow it to be embedded",
    "font-outside-project": "a font lies outside of the folder of what names it",
    "font-style-missing": "a font family lacks a style",
    "font-too-large": "a font file is too large",
    "font-too-tall": "letters of a font are so tall that lines would overlap",
    "font-unreadable": "a font file cannot be read",
    "font-variable": "a font is variable, and holds all weights in one file",
    "image-animated": "a picture is animated",
    "image-colours": "a picture has colours that look different on every device",
    "image-damaged": "a picture is damaged or cut short",
    "image-format": "a file is no picture of a kind that is read",
    "image-missing": "there is no picture of this name",
    "image-outside-project": "a picture lies outside of the folder of what names it",
    "image-scaled": "a picture was larger than print needs, and was made smaller",
    "image-too-large": "a picture is too large to be read",
    "image-unreadable": "a picture cannot be read",
    "long-word": "a word is wider than its line and was cut",
    "no-room": "too little width or height is left for text",
    "tall-row": "a table row is taller than a page and was divided",
    "too-tall": "a block is taller than a page and cannot be divided",
    "torn-number": "a number and what belongs to it stand on two lines",
    "unencodable-code": "a QR or bar code cannot hold its content",
    "unprintable-character": "no font prints a character right",
}
