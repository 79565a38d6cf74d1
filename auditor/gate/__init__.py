"""The gate: whether a release made the shop worse, for a reason that holds."""
