"""Printers, by way of CUPS: jobs sent, followed to their end, and sent again where they failed."""
