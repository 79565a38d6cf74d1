"""What is approved, and so no news: by the operator's baseline, on the day of the run."""

from collections.abc import Collection
from datetime import date

from auditor.ads.parties import SHORTEST_NAME, party_of, party_of_host
from auditor.ads.vendors import Vendor, vendor_of
from auditor.evidence import StorefrontBaseline
from auditor.evidence.storefront_baseline import Kind
from auditor.finding import skeleton


class Approval:
    """``own``: the shop's parties. Without a ``baseline`` nothing is approved and nothing is news either: then
    ``first`` is true, and only what is wrong whoever does it counts."""

    def __init__(self, own: Collection[str], baseline: StorefrontBaseline | None, today: date) -> None:
        self.baseline, self.today = baseline, today
        extra = {party_of_host(host.lower()) for host in (baseline.own if baseline else ())}
        self.own = frozenset(own) | extra - {""}
        layers = baseline.layers if baseline else ()
        self._layers = {(layer.maker, layer.selector) for layer in layers if self.holds(layer.until)}
        self._parties = {
            party_of_host(name.lower()): one for name, one in (baseline.parties if baseline else {}).items()
        }

    @property
    def first(self) -> bool:
        return self.baseline is None

    def stranger(self, party: str) -> bool:
        """Not the shop itself."""
        return bool(party) and party not in self.own

    def holds(self, until: date | None) -> bool:
        return until is None or self.today <= until

    def approved(self, party: str, kind: Kind) -> bool:
        """Whether the party may do this. The shop may do anything, and lead to its own shop of another country."""
        known = self._parties.get(party)
        held = known is not None and kind in known.kinds and self.holds(known.until)
        return not self.stranger(party) or held or (kind == "link" and self.sister(party))

    def sister(self, party: str) -> bool:
        """The shop's own name under another ending, such as shop.example.de beside shop.example."""
        name = party.partition(".")[0]
        return len(name) >= SHORTEST_NAME and name in {one.partition(".")[0] for one in self.own}

    def known(self, party: str) -> bool:
        """Whether the party is approved for anything."""
        known = self._parties.get(party)
        return not self.stranger(party) or (known is not None and self.holds(known.until))

    def expired(self, party: str) -> bool:
        known = self._parties.get(party)
        return known is not None and not self.holds(known.until)

    def why(self, party: str) -> str:
        """The operator's reason for a party."""
        known = self._parties.get(party)
        return known.why if known else ""

    def since(self, party: str) -> date | None:
        """The day on which the baseline took a party up."""
        known = self._parties.get(party)
        return (known.on or (self.baseline.made if self.baseline else None)) if known else None

    def vendor(self, party: str) -> Vendor | None:
        return vendor_of(party) if self.stranger(party) else None

    def ordinary(self, party: str) -> bool:
        """A well-known company whose business is not selling other people's attention."""
        vendor = self.vendor(party)
        return vendor is not None and vendor.category not in ("ad", "other", "unknown")

    def new_script(self, url: str, sha256: str | None) -> bool:
        """Whether an approved script's content is another than the ones that were seen."""
        if self.baseline is None or sha256 is None:
            return False
        known = self.baseline.scripts.get(bare(url))
        return known is not None and sha256 not in known.sha256

    def new_inline(self, form: str) -> bool:
        return self.baseline is not None and bool(form) and form not in self.baseline.inline

    def new_layer(self, maker: str, selector: str) -> bool:
        return self.baseline is not None and (maker, skeleton(selector)) not in self._layers

    def accepted(self, party: str, signs: Collection[str]) -> bool:
        """Whether the operator accepted all that the party does that is harmful."""
        return any(
            one.party == party and set(signs) <= set(one.signs) and self.holds(one.until)
            for one in (self.baseline.accepted if self.baseline else ())
        )


def bare(url: str) -> str:
    """The address of a script without query and fragment, which change with every release."""
    return url.split("#")[0].split("?")[0]


def innermost_stranger(approval: Approval, chain: Collection[str], kind: Kind, leads: Collection[str] = ()) -> str:
    """Who did it: the first on the chain whom nobody knows. Where all on it are known, one that nobody knows among
    those that it ``leads`` to; else the first who is known and was not approved for this. "" where all is approved."""
    parties = dict.fromkeys(party for url in chain if (party := party_of(url)))
    strangers = [one for one in parties if not approval.known(one) and not approval.ordinary(one)]
    gaining = [one for one in leads if not approval.known(one) and not approval.ordinary(one)]
    # Whoever only loaded the one that acted did not do it.
    acted = [one for one in parties if approval.stranger(one)][:1]
    beyond = [one for one in acted if not approval.approved(one, kind) and not approval.ordinary(one)]
    return next(iter((*strangers, *(gaining if beyond else ()), *beyond)), "")
