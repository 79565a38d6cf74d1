"""How many injected things are told from look-alikes, on pages of a loopback shop and its made-up third parties."""
