"""How much the numbers of an unchanged shop move from run to run, and what the trends make of that."""
