"""Health plans' policies: which codes they cover, and how long they hold."""
