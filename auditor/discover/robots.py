"""What robots.txt says, as Scrapy's middleware reads it."""

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser

MOST_DELAY_S = 10.0
"""A longer Crawl-delay is cut to this, and the operator is told."""

MOST_TEXT = 100_000
"""Bytes of a robots.txt that are kept."""


class Robots:
    """Collects from Scrapy's signals; enforcement is Scrapy's RobotsTxtMiddleware, here the same answer is had
    beforehand."""

    def __init__(self, user_agent: str) -> None:
        self._user_agent = user_agent
        self._parsers: dict[str, ProtegoRobotParser] = {}
        self.found = False
        self.error_status: int | None = None
        self.crawl_delay_s: float | None = None
        self.sitemaps: list[str] = []
        self.texts: dict[str, str] = {}

    def answered(self, response: Response, request: Request) -> None:
        """Scrapy's signal for any response."""
        if urlsplit(request.url).path != "/robots.txt" or not request.meta.get("dont_obey_robotstxt"):
            return
        if b"X-Auditor-Egress" in response.headers:
            return
        kind = (response.headers.get("Content-Type") or b"").lower()
        self.found = self.found or (response.status == 200 and b"html" not in kind)
        self.error_status = response.status if response.status >= 500 else None
        if self.found and response.status == 200:
            self.texts[urlsplit(request.url).netloc] = response.body[:MOST_TEXT].decode("utf-8", "replace")

    def parsed(self, robotparser: object, request: Request) -> None:
        """Scrapy's signal for a robots.txt that was read. An error page in its place forbids nothing."""
        if not isinstance(robotparser, ProtegoRobotParser):
            return
        self._parsers[urlsplit(request.url).netloc] = robotparser
        delay = robotparser.crawl_delay(self._user_agent)
        if delay and delay > 0:
            self.crawl_delay_s = max(delay, self.crawl_delay_s or 0.0)
        self.sitemaps += [url for url in robotparser.rp.sitemaps if url not in self.sitemaps][:50]

    def allowed(self, url: str) -> bool:
        """Whether robots.txt of the address's host lets us ask for it; True while it is not known."""
        parser = self._parsers.get(urlsplit(url).netloc)
        return parser is None or parser.allowed(url, self._user_agent)

    @property
    def delay_s(self) -> float:
        """Seconds between requests that we keep for its sake."""
        return min(self.crawl_delay_s or 0.0, MOST_DELAY_S)
