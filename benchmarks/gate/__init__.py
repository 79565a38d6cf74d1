"""How often the gate is right, and how long it takes, on releases of the demo shop: `python -m benchmarks.gate`."""
