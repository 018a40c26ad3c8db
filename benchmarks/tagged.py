"""What accessibility and archiving cost: a handout with all of it, and the same one without."""

from statistics import median

from benchmarks.timing import seconds_in_turns, table
from benchmarks.untagged import write_untagged
from benchmarks.warm import IN_A_ROW, LAYOUT, RECORD, ROUNDS, numbered_record, with_code
from docgen import Project
from docgen.pdf import write_pdf
from docgen.records import record_json
from docgen.typeset import typeset

UNTAGGED = "without tags, metadata and attachment"


def measure() -> list[str]:
    """The table of the tagged benchmark: time, then size."""
    project = Project.open(RECORD.parents[2], organization="sample")
    records = [numbered_record(number) for number in range(ROUNDS * IN_A_ROW + 1)]

    def tagged(number: int) -> bytes:
        # Composing makes the attachment for either contestant; it is this one's to pay for.
        record_json(records[number])
        document = with_code(project.compose(records[number], LAYOUT), number)
        return write_pdf(typeset(document)).data

    def untagged(number: int) -> bytes:
        document = with_code(project.compose(records[number], LAYOUT), number)
        return write_untagged(typeset(document))

    taken = seconds_in_turns({"docgen": tagged, UNTAGGED: untagged}, ROUNDS, IN_A_ROW)
    sizes: dict[str, list[int]] = {"docgen": [], UNTAGGED: []}
    for number in range(len(records)):
        sizes["docgen"].append(len(tagged(number)))
        sizes[UNTAGGED].append(len(untagged(number)))
    small = median(sizes[UNTAGGED])
    return [
        *table(taken, UNTAGGED),
        *(
            f"  {name:<44} {median(size) / 1000:9.1f} KB   {median(size) / small:5.2f} x"
            for name, size in sizes.items()
        ),
    ]
