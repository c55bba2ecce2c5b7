"""Made one: what was issued and what came back, field by field, into one register."""
