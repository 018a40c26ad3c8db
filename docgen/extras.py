"""Parts of docgen that are installed only where they are asked for, and what brings them."""

from typing import Final, Literal

from docgen.diagnostics import DocgenError, ErrorRule, refuse

DISTRIBUTION: Final = "docgen-procedures"
"""What package indexes know docgen as. Under its own name they have a stranger's package."""

Extra = Literal["cluster", "preview", "validate"]


def installing(extra: Extra) -> str:
    """The command that brings an extra. Where docgen is installed, pip fetches the rest only."""
    return f"pip install '{DISTRIBUTION}[{extra}]'"


def extra_missing(extra: Extra, rule: ErrorRule, message: str) -> DocgenError:
    """The refusal of what an extra does, where it is not installed."""
    return refuse(rule, message, hint=installing(extra))
