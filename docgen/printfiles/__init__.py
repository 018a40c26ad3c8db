"""Print files: packets gathered into PDFs that a printer takes as they are."""
