"""Sitemaps: what they list, within caps."""

import gzip
import itertools
from collections.abc import Iterator
from typing import NamedTuple

import lxml.etree
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import Sitemap

MOST_FILES = 50
MOST_DEPTH = 3
MOST_URLS = 50_000
MOST_BYTES = 50 * 2**20
"""Unpacked; the protocol allows 50 MB a file."""


class SitemapFile(NamedTuple):
    """``kind``: ``urlset`` lists pages, ``sitemapindex`` other sitemaps. ``urls`` yields as it reads."""

    kind: str
    urls: Iterator[str]


def read_sitemap(body: bytes) -> SitemapFile:
    """Read XML, gzipped XML or a plain list. What is malformed gives what could be read until there, maybe nothing.

    No entity is resolved, and a gzip bomb stops at ``MOST_BYTES``.
    """
    if body[:2] == b"\x1f\x8b":
        try:
            body = gunzip(body, max_size=MOST_BYTES)
        except (OSError, EOFError, ValueError, gzip.BadGzipFile):
            return SitemapFile("urlset", iter(()))
        except Exception as error:
            # Scrapy's error for a bomb is private to it.
            if type(error).__name__ != "_DecompressionMaxSizeExceeded":
                raise
            return SitemapFile("urlset", iter(()))
    start = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:4].lower() == b"http":
        return SitemapFile("urlset", itertools.islice(_lines(body), MOST_URLS))
    if not start.startswith(b"<"):
        return SitemapFile("urlset", iter(()))
    try:
        sitemap = Sitemap(body[body.find(b"<") :])
    except (lxml.etree.LxmlError, StopIteration, SyntaxError, ValueError):
        return SitemapFile("urlset", iter(()))
    if sitemap.type not in ("urlset", "sitemapindex"):
        return SitemapFile("urlset", iter(()))
    return SitemapFile(sitemap.type, itertools.islice(_locations(sitemap), MOST_URLS))


def _locations(sitemap: Sitemap) -> Iterator[str]:
    try:
        for entry in sitemap:
            if entry.get("loc"):
                yield str(entry["loc"])[:2000]
    except (lxml.etree.LxmlError, SyntaxError, ValueError):
        return


def _lines(body: bytes) -> Iterator[str]:
    for line in body.splitlines():
        text = line.strip().decode("utf-8", "replace")
        if text.lower().startswith(("http://", "https://")) and len(text) <= 2000:
            yield text
