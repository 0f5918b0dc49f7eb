"""Speed of Marsad, measured (make bench)."""
