"""Pure readers of evidence that checks share: what a section means, never whether it is good."""
