"""The agency's logo as a ``data:`` address: pixels are drawn again, an SVG keeps nothing that runs or fetches."""

import base64
import re
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from lxml import etree
from PIL import Image, UnidentifiedImageError

MOST_BYTES = 5_000_000
MOST_SVG_BYTES = 500_000
LARGEST = (960, 320)
"""Pixels that a picture is reduced to."""
_SVG = "{http://www.w3.org/2000/svg}"
_DROPPED = {"script", "foreignObject", "iframe", "embed", "object", "audio", "video", "animate", "set", "handler"}
_FETCHES = re.compile(r"@import|url\(\s*['\"]?(?!#|data:image/(?:png|jpeg|webp|gif)[;,])", re.IGNORECASE)
_INLINE_PICTURE = re.compile(r"data:image/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)


class LogoError(Exception):
    """The file cannot be the logo. The message says why and what to do."""


@dataclass(frozen=True)
class Logo:
    """``uri`` is a ``data:`` address. ``dropped`` names what an SVG held that a report must not."""

    uri: str
    dropped: tuple[str, ...] = ()


def read_logo(path: Path) -> Logo:
    """A PNG, JPEG, WebP, GIF or SVG.

    :raises LogoError: when it is missing, broken, too large or something else.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise LogoError(f"{path} is larger than {MOST_BYTES // 1_000_000} MB; export it smaller")
        content = path.read_bytes()
    except OSError as error:
        raise LogoError(f"{path} cannot be read ({error.strerror}); give a path beside the branding file") from None
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return _svg(path, content) if start.startswith(b"<") else _pixels(path, content)


def _pixels(path: Path, content: bytes) -> Logo:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=("PNG", "JPEG", "WEBP", "GIF")) as picture:
                picture.thumbnail(LARGEST)
                drawn = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise LogoError(f"{path} is no PNG, JPEG or SVG that can be read; export the logo again") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise LogoError(f"{path} has too many pixels for a logo; export it at most 2000 pixels wide") from None
    written = BytesIO()
    drawn.save(written, "PNG", optimize=True)
    return Logo(_data("image/png", written.getvalue()))


def _svg(path: Path, content: bytes) -> Logo:
    if len(content) > MOST_SVG_BYTES:
        raise LogoError(f"{path} is larger than {MOST_SVG_BYTES // 1000} kB; export it as plain SVG or as PNG")
    if b"<!ENTITY" in content:
        raise LogoError(f"{path} declares entities, which a logo does not need; export it as plain SVG or as PNG")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise LogoError(f"{path}, line {error.lineno or 1}: this is no SVG; export it again, or as PNG") from None
    if root.tag != f"{_SVG}svg":
        raise LogoError(f"{path} begins with <{etree.QName(root).localname}>, not <svg>; give an SVG, PNG or JPEG")
    dropped = dict.fromkeys(_cleaned(root))
    return Logo(_data("image/svg+xml", etree.tostring(root)), tuple(dropped))


def _cleaned(root: etree._Element) -> list[str]:
    """Takes out what runs or fetches; names it."""
    dropped = []
    for element in list(root.iter()):
        name = etree.QName(element).localname
        foreign = not str(element.tag).startswith(_SVG)
        fetching_style = name == "style" and _FETCHES.search(element.text or "")
        if name in _DROPPED or (foreign and name in ("html", "body")) or fetching_style:
            dropped.append(f"<{name}>")
            _remove(element)
            continue
        for attribute, value in list(element.attrib.items()):
            local = etree.QName(attribute).localname
            outside = local == "href" and not (value.startswith("#") or _INLINE_PICTURE.fullmatch(value))
            if local.lower().startswith("on") or outside or _FETCHES.search(value):
                dropped.append(str(local))
                del element.attrib[attribute]
    return dropped


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _data(kind: str, body: bytes) -> str:
    return f"data:{kind};base64," + base64.b64encode(body).decode("ascii")
