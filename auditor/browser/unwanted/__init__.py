"""Records what appears on a page and who put it there."""
