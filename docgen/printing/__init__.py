"""Print files to a printer: planned, sent once, and followed to their end."""
