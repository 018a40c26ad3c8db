"""Words set in faces: which face shows each character, and how wide it is."""

import unicodedata
from collections.abc import Callable

from msgspec import Struct

from docgen.fonts.faces import Face, LoadedFace, load
from docgen.fonts.printable import LINE_CONTROLS, NO_FONT, UnprintableCharacter, reason_against

_WORDS_KEPT = 20_000
"""How many words each look remembers; a handout has about 800 words, half of them different."""


class Glyphs(Struct, frozen=True, gc=False):
    """Text that one face shows; ``width`` is a multiple of the font's size."""

    face: Face
    text: str
    width: float


class WordsInFaces(dict[str, tuple[Glyphs, ...]]):
    """Texts in the first of some families that has each of their characters, composed as NFC.

    Each is set when it is first asked for. Raises UnprintableCharacter for a character that no
    family prints right. Line controls are not for fonts: they raise as well. No kerning is
    applied.
    """

    def __init__(self, families: tuple[str, ...], strong: bool, emphasis: bool) -> None:
        super().__init__()
        self._look = (families, strong, emphasis)
        first = load(families[0], strong, emphasis)
        self._face = first.face
        self._advance = first.advances.__getitem__
        self._units = first.units_per_em

    def __missing__(self, text: str) -> tuple[Glyphs, ...]:
        if len(self) >= _WORDS_KEPT:
            self.clear()
        composed = text if text.isascii() else unicodedata.normalize("NFC", text)
        glyphs: tuple[Glyphs, ...] = ()
        try:
            if composed:
                width = sum(map(self._advance, composed)) / self._units
                glyphs = (Glyphs(self._face, composed, width),)
        except KeyError:
            glyphs = _set_by_character(composed, *self._look)
        self[text] = glyphs
        return glyphs


_looks: dict[tuple[tuple[str, ...], bool, bool], WordsInFaces] = {}
_forgotten: list[Callable[[], None]] = [_looks.clear]


def words_in_faces(families: tuple[str, ...], strong: bool, emphasis: bool) -> WordsInFaces:
    """What words look like in the faces of some families, remembered until fonts change.

    Raises KeyError for a family that is not among ``families``, and DocgenError where the file of a
    face in the installation is damaged.
    """
    look = (families, strong, emphasis)
    if look not in _looks:
        _looks[look] = WordsInFaces(*look)
    return _looks[look]


def set_word(
    text: str, families: tuple[str, ...], strong: bool, emphasis: bool
) -> tuple[Glyphs, ...]:
    """A text in the faces of some families, as WordsInFaces has it.

    Raises UnprintableCharacter as that does, and as ``words_in_faces`` for the families.
    """
    return words_in_faces(families, strong, emphasis)[text]


def forgotten_with_fonts(forget: Callable[[], None]) -> None:
    """Has what was set in faces forgotten when the files of a family change."""
    _forgotten.append(forget)


def forget_words() -> None:
    """Drops all that was set so far, since a family's faces have changed."""
    for forget in _forgotten:
        forget()


def unprintable(text: str, families: tuple[str, ...]) -> list[tuple[int, UnprintableCharacter]]:
    """Every character of a text that no family prints right, with its offset in the text.

    Raises KeyError and DocgenError for a family as ``words_in_faces`` does.
    """
    if unicodedata.is_normalized("NFC", text):
        strangers = _strangers(set(text), families)
        if not strangers:
            return []
        clusters = [(at, char) for at, char in enumerate(text) if char in strangers]
    else:
        clusters = _clusters(text)
    return [
        (
            at + max(cluster.find(character), 0),
            UnprintableCharacter(character, reason_against(character) or NO_FONT),
        )
        for at, cluster in clusters
        for character in unicodedata.normalize("NFC", cluster)
        if _strangers({character}, families)
    ]


def _glyphs(face: LoadedFace, text: str) -> Glyphs:
    units = sum(map(face.advances.__getitem__, text))
    return Glyphs(face.face, text, units / face.units_per_em)


def _set_by_character(
    text: str, families: tuple[str, ...], strong: bool, emphasis: bool
) -> tuple[Glyphs, ...]:
    stretches: list[tuple[LoadedFace, str]] = []
    for character in text:
        face = _face_with(character, families, strong, emphasis)
        if stretches and stretches[-1][0] is face:
            stretches[-1] = (face, stretches[-1][1] + character)
        else:
            stretches.append((face, character))
    return tuple(_glyphs(face, stretch) for face, stretch in stretches)


def _face_with(
    character: str, families: tuple[str, ...], strong: bool, emphasis: bool
) -> LoadedFace:
    reason = reason_against(character)
    if reason is not None:
        raise UnprintableCharacter(character, reason)
    for family in families:
        face = load(family, strong, emphasis)
        if character in face.advances:
            return face
    raise UnprintableCharacter(character, NO_FONT)


def _strangers(characters: set[str], families: tuple[str, ...]) -> set[str]:
    """Those of the characters that no family has; a family is loaded only where one is left."""
    left = characters - LINE_CONTROLS
    for family in families:
        if not left:
            break
        left -= load(family, strong=False, emphasis=False).advances.keys()
    return left


def _clusters(text: str) -> list[tuple[int, str]]:
    """Each character with the combining marks that follow it, and its offset."""
    clusters: list[tuple[int, str]] = []
    for at, character in enumerate(text):
        if clusters and unicodedata.category(character)[0] == "M":
            start, cluster = clusters[-1]
            clusters[-1] = (start, cluster + character)
        else:
            clusters.append((at, character))
    return clusters
