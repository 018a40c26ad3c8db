"""The structure tree as text."""

from pikepdf import Dictionary, Name, Pdf, String

from tests.tag_tree import tag_tree
from tests.tagged_sample import broken, element, tagged_sample

TREE = """\
Document
  H1 "Title"
  P
    "Read "
    Link "more" -> https://example.org/
    " here."
  L ListNumbering=Decimal
    LI
      Lbl "1."
      LBody "Step"
  Table
    TR
      TH Scope=Column "Dose"
      TH Scope=Column "Time"
    TR
      TD "5 mg"
      TD "noon"
  Figure Alt='A green box' (drawn)
  Note "Aside"
  P
    "Name:"
    Form -> Tx 'Name'
"""


def test_the_sample_as_text() -> None:
    assert tag_tree(tagged_sample()) == TREE


def test_attributes_are_told() -> None:
    def change(pdf: Pdf) -> None:
        element(pdf, "TD").A = Dictionary(O=Name.Table, RowSpan=2, ColSpan=3)
        element(pdf, "Note").Lang = String("es")

    tree = tag_tree(broken(change))
    assert '      TD ColSpan=3 RowSpan=2 "5 mg"\n' in tree
    assert "  Note Lang='es' \"Aside\"\n" in tree
