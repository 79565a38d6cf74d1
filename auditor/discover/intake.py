"""Takes in what was fetched: facts and links to disk, new addresses to the frontier, the end to be told."""

from collections import Counter
from typing import Any

from auditor.discover.blocks import Answer, Block, block_of
from auditor.discover.click_graph import ClickGraph
from auditor.discover.fetched import Fetched
from auditor.discover.frontier import Candidate, Frontier
from auditor.discover.link_address import Address, absolute, address
from auditor.discover.novelty import Novelty
from auditor.discover.own_links import own_links
from auditor.discover.page_record import facts_of, facts_without_page
from auditor.discover.recorder import Recorder
from auditor.discover.robots import Robots
from auditor.discover.scope import Scope, primary
from auditor.discover.sentences import ended_well, refused_later, robots_down, unreachable
from auditor.discover.skips import Skips
from auditor.evidence.discovery import Discovery, NotFoundProbe
from auditor.evidence.pages import Redirect, Region
from auditor.reading.interface import interface_language
from auditor.settings import ShopSettings

PAGES_OF_WORDS = 5
REFUSED_IN_A_ROW = 8
_REFUSED = (403, 429, 503)


class Intake:
    """All that a crawl knows, without Scrapy. ``settled`` once the home page is known; ``ended`` once there is a
    reason to stop."""

    def __init__(self, shop: ShopSettings, recorder: Recorder, robots: Robots) -> None:
        self.shop = shop
        self.robots = robots
        self.scope = Scope(shop, robots.allowed)
        self.frontier = Frontier(shop.max_pages)
        self.home_url = shop.start_url
        self.language: str | None = None
        self.settled = False
        self.ended: str | None = None
        self.why = ""
        self.block: Block = "none"
        self.fetched = 0
        self.not_found: NotFoundProbe | None = None
        self._recorder = recorder
        self._novelty = Novelty()
        self._graph = ClickGraph()
        self._skips = Skips()
        self._statuses: Counter[str] = Counter()
        self._listed: set[int] = set()
        self._read: set[str] = set()
        self._refusals: dict[str, str] = {}
        self._refused_row = 0
        self._rendered = 0
        self._notes: list[str] = []
        self._moved_language = False
        self._texts: list[str] = []

    def take(self, fetched: Fetched) -> Address | None:
        """Take in one answer. For a start page the answer may be the address to start from in its place: the wanted
        language."""
        if fetched.is_start:
            other = self._take_home(fetched)
            if other or self.ended:
                return other
        final = address(fetched.final_url)
        candidate: Candidate = fetched.candidate
        own = candidate.where
        if final and not fetched.is_start and self.scope.is_other_language(final, fetched.reading.fields["lang"]):
            self._skips.count("other-language", own.url)
            return None
        self._count_refusal(fetched)
        self._record(fetched)
        if final is None or not self.scope.same_site(final):
            return None
        if final.url != own.url:
            self.frontier.mark_seen(final.url)
            self._graph.alias(final.url, own.url)
        if final.url in self._read or fetched.status >= 400 or not fetched.is_html:
            return None
        self._read.add(final.url)
        if len(self._texts) < PAGES_OF_WORDS:
            self._texts.append(fetched.reading.text)
        verdict = self._novelty.judge(candidate, fetched.final_url, fetched.reading)
        if not fetched.redirects and not fetched.rendered:
            self._skips.add("near-duplicate", self.frontier.learn(candidate, verdict))
        self.scope.learn_alternates(fetched.reading.fields["hreflang"])
        self._take_links(fetched, own)
        return None

    def _take_home(self, fetched: Fetched) -> Address | None:
        self.frontier.mark_seen(fetched.candidate.where.url)
        self.home_url = fetched.final_url
        self.language = fetched.reading.fields["lang"]
        self.scope.settle(fetched.final_url, self.language)
        signals = fetched.reading.fields["signals"]
        answer = Answer(
            fetched.status, fetched.headers, fetched.html, fetched.is_html, own_links(fetched, self.scope),
            fetched.reading.fields["text_chars"], signals.cards, signals.has_password_field,
        )  # fmt: skip
        self.block, why = block_of(answer)
        if self.block == "none" and self.robots.error_status and self.shop.politeness.obey_robots:
            self.block, why = "http_error", robots_down(self.robots.error_status)
        if self.block != "none":
            self.ended, self.why = "blocked", why
            self._record(fetched)
            return None
        wanted = primary(self.shop.language)
        if wanted and primary(self.language) not in (None, wanted) and not self._moved_language:
            self._moved_language = True
            for language, url in fetched.reading.fields["hreflang"].items():
                where = address(url)
                if where and primary(language) == wanted and where.url != fetched.final_url:
                    return where
            self._notes.append(f"The start page is in {primary(self.language)} and names no version in {wanted}.")
        self.settled = True
        for url in self.shop.urls:
            asked = absolute(self.home_url, url)
            reason = self._refusal(asked) if asked else "unreadable"
            if asked and reason in (None, "excluded", "near-duplicate") and not self.frontier.seen(asked.url):
                self.frontier.offer(asked, asked=True)
            elif reason:
                self._skips.count(reason, url)
        return None

    def _take_links(self, fetched: Fetched, own: Address) -> None:
        reading = fetched.reading
        source = self._graph.node(own.url)
        depth = (fetched.candidate.depth if fetched.candidate.depth is not None else 98) + 1
        written: dict[tuple[str, Region], str] = {}
        for href, region, text, card, _, hreflang in reading.links:
            where = absolute(reading.base, href)
            if where is None:
                continue
            if not written.get((where.url, region)):
                written[where.url, region] = text
            url = where.url
            if url == own.url:
                continue
            if not self.frontier.seen(url):
                reason = self._refusal(where, hreflang) or self.frontier.offer(
                    where, region=region, card=card, depth=depth, found_from=own.url
                )
                if reason:
                    self._skips.count(reason, url)
                    continue
            self._graph.link(source, self._graph.node(url))
        self._recorder.links(own.url, ((url, region, text) for (url, region), text in written.items()))

    def _refusal(self, where: Address, hreflang: str = "") -> str | None:
        known = self._refusals.get(where.url)
        if known is None:
            known = self.scope.refuses(where, hreflang) or ""
            if known and len(self._refusals) < 50_000:
                self._refusals[where.url] = known
        return known or None

    def listed(self, where: Address) -> bool:
        """A sitemap lists an address. The answer is whether it is the first time."""
        mark = hash(where.url)
        if mark in self._listed:
            return False
        self._listed.add(mark)
        if not self.frontier.seen(where.url):
            reason = self._refusal(where) or self.frontier.offer(where, in_sitemap=True)
            if reason:
                self._skips.count(reason, where.url)
        return True

    def _record(self, fetched: Fetched) -> None:
        self.fetched += 1
        self._rendered += fetched.rendered
        self._statuses[str(fetched.status)] += 1
        if fetched.reading.cut_short:
            self._skips.count("cut-short", fetched.final_url)
        self._recorder.page(facts_of(fetched, own_links(fetched, self.scope)))

    def no_answer(
        self,
        candidate: Candidate,
        reason: str,
        redirects: tuple[Redirect, ...],
        refused_url: str | None,
        status: int,
        content_type: str,
    ) -> None:
        """An address without an answer that could be read, or with a redirect that is not followed."""
        if reason == "robots":
            self._skips.count("robots", candidate.where.url)
            return
        if reason == "too-large":
            self._skips.count("too-large", candidate.where.url)
        elif reason.startswith("redirect: "):
            status = redirects[-1].status if redirects else 0
        else:
            status = 0
        self.fetched += 1
        self._statuses[str(status)] += 1
        self._recorder.page(facts_without_page(candidate, status, redirects, refused_url, content_type))

    def start_failed(self, reason: str) -> None:
        """The start page could not be read."""
        self.ended = "blocked" if reason == "robots" else "unreachable"
        self.block = "blocked" if reason == "robots" else "none"
        self.why = unreachable(reason, self.shop.start_url)

    def _count_refusal(self, fetched: Fetched) -> None:
        challenged = fetched.headers.get("cf-mitigated") == "challenge"
        self._refused_row = self._refused_row + 1 if fetched.status in _REFUSED or challenged else 0
        if self._refused_row >= REFUSED_IN_A_ROW:
            self._refuse_rest()

    def _refuse_rest(self) -> None:
        good = sum(number for status, number in self._statuses.items() if status.startswith("2"))
        self.ended, self.block, self.why = "blocked", "blocked", refused_later(good)

    def discovery(self, stopping: str | None, facts: dict[str, Any]) -> Discovery:
        """The record, and the last writing of the pages. ``stopping``: why the crawl was stopped, None when it ran
        out."""
        home = address(self.shop.start_url)
        self._recorder.finish(self._graph.depths(home.url) if home and self.settled else {}, self._listed)
        left = len(self.frontier)
        refused = sum(self._statuses[str(status)] for status in _REFUSED)
        if not self.ended and refused >= 3 and refused >= self.fetched - 1:
            self._refuse_rest()
        ended = self.ended or stopping
        if not ended:
            ended = (
                "page_limit"
                if self.fetched >= self.shop.max_pages and (left or self._skips.counts["queue-full"])
                else "complete"
            )
        limit = self.shop.max_pages if ended == "page_limit" else self.shop.max_seconds
        why = self.why or ended_well(ended, self.fetched, left, limit)
        if ended == "time_limit" and not self.settled:
            ended, why = "unreachable", unreachable("timeout", self.shop.start_url)
        return Discovery.model_validate(
            {
                "start_url": self.shop.start_url,
                "home_url": self.home_url,
                "language": interface_language(" ".join(self._texts), self.language),
                "ended": ended,
                "why": " ".join([why, *self._notes]),
                "block": self.block,
                "fetched": self.fetched,
                "queued_left": left,
                "statuses": dict(self._statuses),
                "skipped": dict(self._skips.counts),
                "rendered_pages": self._rendered,
                "not_found": self.not_found,
                **facts,
            }
        )
