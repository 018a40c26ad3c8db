"""What files of rows that are printed once more are called."""

from docgen.batch.printing.reprint import reprint_stem


def test_the_name_of_a_reprint_is_a_file_name() -> None:
    assert reprint_stem("120-180, 200") == "reprint-120-180_200"
    assert len(reprint_stem(",".join(map(str, range(1000))))) <= 80


def test_two_reprints_never_share_a_name() -> None:
    """Of many rows, as of those that came out of the printer crumpled, the last ones count too."""
    many = ",".join(map(str, range(100, 160)))
    names = {reprint_stem(f"{many},{last}") for last in range(200, 300)}
    assert len(names) == 100
    assert reprint_stem(f"{many}, 7") == reprint_stem(f"{many},7")
    assert all(len(name) <= 68 for name in names)
