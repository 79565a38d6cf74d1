"""The dashboard: pages rendered here, served by this machine alone, readable without a script."""
