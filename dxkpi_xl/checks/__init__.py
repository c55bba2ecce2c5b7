"""Judged: the rules in the order in which they speak; where two speak of one cell, the first is heard."""
