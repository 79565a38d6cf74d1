"""Servers on loopback that treat an audit badly, and the audits of them as processes of their own."""
