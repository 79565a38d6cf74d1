"""Sitemaps that wait to be asked, and what they listed."""

import asyncio
from collections import deque

from auditor.discover.intake import Intake
from auditor.discover.link_address import absolute, address
from auditor.discover.sitemaps import MOST_DEPTH, MOST_FILES, MOST_URLS, read_sitemap


class SitemapQueue:
    """``files`` are the sitemaps that listed something, ``urls`` counts the distinct addresses in them."""

    def __init__(self, intake: Intake) -> None:
        self.files: list[str] = []
        self.urls = 0
        self._intake = intake
        self._waiting: deque[tuple[str, int]] = deque()
        self._seen: set[str] = set()

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, url: str, depth: int) -> None:
        """Remember to ask for a sitemap, within the caps of files and depth."""
        if url not in self._seen and len(self._seen) < MOST_FILES and depth <= MOST_DEPTH:
            self._seen.add(url)
            self._waiting.append((url, depth))

    def take(self) -> tuple[str, int]:
        """The next sitemap and its depth."""
        return self._waiting.popleft()

    async def read(self, body: bytes, url: str, depth: int, stopped: asyncio.Event) -> None:
        """Take in a sitemap; lets others run in between, and ends when the crawl does."""
        listed = read_sitemap(body)
        before, own = self.urls, address(url)
        own_host = own.host if own else ""
        for number, location in enumerate(listed.urls):
            if stopped.is_set() or self.urls >= MOST_URLS:
                break
            where = absolute(url, location)
            if where and listed.kind == "sitemapindex":
                if self._intake.scope.same_site(where) or where.host == own_host:
                    self.add(where.url, depth + 1)
            elif where:
                self.urls += self._intake.listed(where)
            if number % 500 == 499:
                await asyncio.sleep(0)
        if listed.kind == "sitemapindex" or self.urls > before:
            self.files.append(url)
