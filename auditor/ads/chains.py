"""Who loaded whom: from a script on a page back to what came with its HTML."""

from collections.abc import Collection

from auditor.ads.parties import party_of
from auditor.evidence import Asked, Insertions, Maker

MOST_STEPS = 20


class Chains:
    """The chains of one load. A chain begins with the script that acted and ends with the one the page itself asked
    for; ``inline`` stands for a script in the page."""

    def __init__(self, seen: Insertions) -> None:
        self._asked: dict[str, Asked] = {}
        for one in seen.asked:
            self._asked.setdefault(one.url, one)
            for hop in one.hops:
                self._asked.setdefault(hop, one)
        self._inline: dict[str, Maker] = {}

    def of(self, maker: Maker) -> Maker:
        """The whole chain behind a maker."""
        found = dict.fromkeys(maker)
        while found and len(found) < MOST_STEPS:
            last = next((url for url in reversed(found) if party_of(url)), None)
            asked = self._asked.get(last or "")
            more = [url for url in (asked.maker if asked else ()) if url not in found]
            if not more:
                break
            found |= dict.fromkeys(more)
        return tuple(found)

    def of_request(self, url: str) -> Maker:
        """The chain of a file: itself, who asked for it, and so on."""
        return self.of((url,))


def parties_of(chain: Maker) -> tuple[str, ...]:
    """The parties along a chain, each once, from the one that acted."""
    return tuple(dict.fromkeys(party for url in chain if (party := party_of(url))))


def acted_by(chain: Maker, own: Collection[str]) -> str:
    """The party whose script acted; "" where it is the shop's own or the page's."""
    if not chain:
        return ""
    party = party_of(chain[0])
    return "" if party in own else party
