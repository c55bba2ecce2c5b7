"""The year of the real R6 annex, played from an empty register to the printed annex, and compared with the original."""
