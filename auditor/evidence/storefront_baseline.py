"""What the operator has approved on the shop's pages: ``storefront-baseline.yaml``."""

from datetime import date
from typing import Literal

from pydantic import Field

from auditor.evidence.frozen import Frozen

Kind = Literal["script", "frame", "fetch", "style", "image", "link", "onward", "layer", "form", "worker", "card"]
"""What a party is approved for. ``link``: shoppers may be led to it; ``onward``: what it makes may lead them to others
still, as an advertising network does; ``layer``: it may lay itself over the page; ``card``: what is typed into card
fields may go there."""


class ApprovedParty(Frozen):
    """``via``: the parties that may bring it in; none named means any. Past ``until`` the approval no longer holds."""

    kinds: tuple[Kind, ...]
    via: tuple[str, ...] = ()
    why: str = ""
    by: str = ""
    on: date | None = None
    until: date | None = None


class ApprovedScript(Frozen):
    """Contents of a script that were seen at its address, as SHA-256."""

    sha256: tuple[str, ...] = ()
    why: str = ""
    party: str = ""


class ApprovedLayer(Frozen):
    """A layer over the page, by who makes it and its selector without what varies."""

    maker: str
    selector: str
    why: str = ""
    until: date | None = None


class ApprovedHarm(Frozen):
    """An incident that the operator has looked at: what it did is wanted."""

    party: str
    signs: tuple[str, ...]
    why: str
    by: str = ""
    on: date | None = None
    until: date | None = None


class StorefrontBaseline(Frozen):
    """``own``: other domains of the shop itself. ``inline``: skeletons of scripts written into the pages."""

    version: Literal[1] = 1
    shop: str = ""
    made: date | None = None
    own: tuple[str, ...] = ()
    parties: dict[str, ApprovedParty] = {}
    scripts: dict[str, ApprovedScript] = {}
    inline: dict[str, tuple[str, ...]] = {}
    layers: tuple[ApprovedLayer, ...] = ()
    accepted: tuple[ApprovedHarm, ...] = ()
    templates: tuple[str, ...] = Field(default=())
