"""How far guests' journeys come on shops that we did not write, and what the shops' databases say was ordered."""
