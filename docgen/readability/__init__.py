"""How plainly a record speaks: grade level, long sentences, jargon, and what readers need."""
