"""What a run is to make: rows as packets, and the kits that packets are made of."""
