"""This year: the survey's settings, the plan, the organisation, and the register of all listings."""
