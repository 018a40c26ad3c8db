"""Forms that values have: dates, languages, states of a visit, time zones."""
