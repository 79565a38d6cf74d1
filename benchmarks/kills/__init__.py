"""Servers that are killed at random moments lose no slot, run none twice and leave nothing behind."""
