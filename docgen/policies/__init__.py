"""Health plans' policies: which codes they cover, and how long they hold."""

from docgen.policies.library import POLICIES, PolicyLibrary
from docgen.policies.policy_file import CoveringPolicy, policy_schema, read_policy

__all__ = [
    "POLICIES",
    "CoveringPolicy",
    "PolicyLibrary",
    "policy_schema",
    "read_policy",
]
