"""Tables of records and of codes."""
