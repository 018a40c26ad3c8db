"""What a run says of itself: manifest, rejected rows, summary, status."""
