"""Datasets that live: coded day by day, merged across articles, with ids that never move and rulings of people."""
