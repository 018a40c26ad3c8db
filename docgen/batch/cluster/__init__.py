"""The same on the machines of a cluster."""
