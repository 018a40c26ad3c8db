"""The validator: the package page-validation, which only the extra ``validate`` installs."""

from importlib.util import find_spec
from typing import TYPE_CHECKING

from docgen.diagnostics import DocgenError, Span, refuse
from docgen.extras import extra_missing
from docgen.validation.profiles import Profile

if TYPE_CHECKING:
    from page import ValidationReport


def require_validator() -> None:
    """Raises DocgenError where the validator is not installed."""
    if find_spec("page") is None:
        raise _not_installed()


def judge_pdf(data: bytes, profile: Profile, name: str) -> "ValidationReport":
    """What the validator says of a PDF. Raises DocgenError where it comes to no judgement."""
    import page  # noqa: PLC0415 - an extra, and 50 MB to load

    try:
        return page.validate_pdf_bytes(data, profile=profile.id)
    except page.SafetyLimitError as error:
        raise _undecided(name, profile, f"it goes beyond a limit: {error}") from error
    except page.PageError as error:
        raise _undecided(name, profile, f"{error}") from error
    except BaseException as error:
        # A panic of the validator, which is written in Rust, is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _undecided(name, profile, "it stumbled over the file") from error


def _not_installed() -> DocgenError:
    return extra_missing("validate", "validator-missing", "the validator is not installed")


def _undecided(name: str, profile: Profile, reason: str) -> DocgenError:
    return refuse(
        "not-validated",
        f"the validator cannot check this file against {profile.name}: {reason}",
        Span.whole_file(name),
        "the file is likely damaged; make it again, or open it with another validator",
    )
