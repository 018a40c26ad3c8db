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
_COUNT = ROUNDS * IN_A_ROW + 1


def measure() -> list[str]:
    """The table of the tagged benchmark: time, then size."""
    project = Project.open(RECORD.parents[2], organization="sample")
    # Each contestant meets its own words and codes for the first time, as in a run by itself.
    own, other = (
        [numbered_record(number) for number in range(first, 2 * _COUNT, 2)] for first in (0, 1)
    )

    def tagged(number: int) -> bytes:
        # Composing makes the attachment for either contestant; it is this one's to pay for.
        record_json(own[number])
        document = with_code(project.compose(own[number], LAYOUT), 2 * number)
        return write_pdf(typeset(document)).data

    def untagged(number: int) -> bytes:
        document = with_code(project.compose(other[number], LAYOUT), 2 * number + 1)
        return write_untagged(typeset(document))

    tasks = {"docgen": tagged, UNTAGGED: untagged}
    taken = seconds_in_turns(tasks, ROUNDS, IN_A_ROW)
    sizes = {name: [len(task(number)) for number in range(_COUNT)] for name, task in tasks.items()}
    small = median(sizes[UNTAGGED])
    return [
        *table(taken, UNTAGGED),
        *(
            f"  {name:<44} {median(size) / 1000:9.1f} KB   {median(size) / small:5.2f} x"
            for name, size in sizes.items()
        ),
    ]
