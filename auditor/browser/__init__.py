"""Everything that touches a browser; the only package that imports Playwright."""
