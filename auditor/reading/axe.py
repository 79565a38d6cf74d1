"""What axe-core reported, by rule and component, without what other checks of ours ask in their own way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.evidence import Accessibility, AxeNode, AxeResult
from auditor.finding import skeleton

ASKED_ELSEWHERE = frozenset({
    "color-contrast", "image-alt", "meta-viewport", "meta-viewport-large", "target-size", "html-has-lang",
    "html-lang-valid", "html-xml-lang-mismatch", "scrollable-region-focusable",
})  # fmt: skip
"""Rules of rows with a check of their own; the last one depends on the browser, which makes such regions focusable."""

ALT_RULE = "image-alt"
MOST_COMPONENTS = 3


@dataclass(frozen=True)
class Component:
    """A rule that a kind of element breaks; ``nodes`` are those elements."""

    rule: AxeResult
    name: str
    nodes: tuple[AxeNode, ...]


def components(
    results: Sequence[AxeResult], impact: str, pictures: frozenset[str] = frozenset()
) -> Iterator[Component]:
    """Rules of this impact, each by at most MOST_COMPONENTS kinds of elements; frames of others are not looked into.

    ``pictures`` are the selectors of those whose lack of a text alternative is asked for here.
    """
    for result in results:
        wanted = result.rule not in ASKED_ELSEWHERE or (result.rule == ALT_RULE and bool(pictures))
        if result.impact != impact or not wanted:
            continue
        kinds: dict[str, list[AxeNode]] = {}
        for node in result.nodes:
            if result.rule == ALT_RULE and node.selector not in pictures:
                continue
            if ">>>" not in node.selector or "iframe" not in node.selector:
                kinds.setdefault(skeleton(node.selector).rsplit(" > ", 1)[-1], []).append(node)
        for name, nodes in list(kinds.items())[:MOST_COMPONENTS]:
            yield Component(result, name, tuple(nodes))


def rules_of(accessibility: Accessibility, impact: str, pictures: frozenset[str] = frozenset()) -> frozenset[str]:
    """The rules of this impact that are broken."""
    return frozenset(component.rule.rule for component in components(accessibility.violations, impact, pictures))
