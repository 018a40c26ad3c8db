"""What a caller without type checking may have given in the place of a code or record."""

from docgen.diagnostics import refuse


def code_of(code: object) -> str:
    """A code as it is written. Raises DocgenError for what is no text, such as a number."""
    if isinstance(code, str):
        return code
    raise refuse(
        "code-not-text",
        f"a code is text, and this is of type {type(code).__name__}: as a number, 00100 would lose "
        "its zeros",
        hint='write it in quotes, such as "77299"',
    )


def check_is_record(record: object) -> None:
    """Raises DocgenError for anything else."""
    from docgen.records import ProcedureRecord

    if not isinstance(record, ProcedureRecord):
        raise refuse(
            "not-a-record",
            f"a record is asked for, and this is of type {type(record).__name__}",
            hint='look it up by its code, such as project.record("77299")',
        )
