"""Which column of a worklist holds which field."""
