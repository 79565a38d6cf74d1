"""What appears on a shop's pages that the shop did not put there: parties, signals, incidents, the approved baseline.

Pure: it reads evidence and the baseline's text; ``auditor.browser.unwanted`` records.
"""
