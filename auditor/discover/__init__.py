"""Finding a shop's pages over HTTP: sitemaps, links, raw-HTML facts.

``crawl.discover`` is the way in. Only this package knows Scrapy, and only the modules around ``crawl`` import it, so
that a replay does not wait for it.
"""
