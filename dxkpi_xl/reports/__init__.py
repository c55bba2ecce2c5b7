"""Read by people: who has answered, what is to be looked at, what arrived."""
