"""What a run made, gathered for printers, and sent to them."""
