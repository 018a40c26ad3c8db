"""docgen turns a medical procedure code into a patient handout and a clinician summary sheet."""
