"""Markdown that a consultant wrote, as HTML: no HTML of its own, no pictures, links to the web and mail only."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_DEEPEST = 6
_WRITTEN = frozenset({"paragraph_open", "heading_open", "td_open", "th_open"})


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        return url.lower().startswith(("http://", "https://", "mailto:"))


def _markdown() -> MarkdownIt:
    return _Markdown("commonmark", {"html": False}).enable("table").disable(["image", "html_block", "html_inline"])


def tokens_of(text: str) -> list[Token]:
    """The blocks of a Markdown text, each with its lines."""
    return _markdown().parse(text)


def shown(text: str, level: int) -> Markup:
    """:param level: of the highest heading in it, 3 for ``<h3>``; lower ones follow."""
    markdown = _markdown()
    tokens = markdown.parse(text)
    _lower_headings(tokens, level)
    _prepare(tokens)
    # Rendered from parsed Markdown with HTML switched off: the renderer escapes every text in it.
    return Markup(markdown.renderer.render(tokens, markdown.options, {}))


def _lower_headings(tokens: Sequence[Token], level: int) -> None:
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    highest = min((int(token.tag[1]) for token in headings), default=level)
    for token in headings:
        token.tag = f"h{min(_DEEPEST, level + int(token.tag[1]) - highest)}"


def _prepare(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.type in _WRITTEN:
            token.attrSet("dir", "auto")
        if token.type == "link_open":
            token.attrSet("rel", "noopener noreferrer nofollow")
        _prepare(token.children or ())
