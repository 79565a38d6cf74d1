"""Sentences that audits record in English and reports say in their own language.

They are marked here for the catalogues and matched by ``reports.recorded``; what is missing stays English.
"""
