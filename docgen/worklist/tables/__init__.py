"""Text tables and JSON Lines as worklists."""
