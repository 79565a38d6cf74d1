"""The templates of the demo shop, made ready once per language."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup, escape

from auditor.demo.catalogue import Product, load
from auditor.demo.wording import money, number


@cache
def static_files() -> Mapping[str, bytes]:
    """The style sheet, script and icon, by name."""
    return {path.name: path.read_bytes() for path in files(__package__).joinpath("static").iterdir() if path.is_file()}


def asset(name: str) -> str:
    """The address of a static file, which changes with its content."""
    return f"/static/{hashlib.sha256(static_files()[name]).hexdigest()[:10]}/{name}"


@cache
def environment(language: str) -> Environment:
    """Templates with the words, amounts and addresses of ``language``."""
    goods = load(language)
    words = goods.words

    def stars(item: Product) -> float:
        given: list[int] = [words["reviews"][i]["stars"] for i in item.reviews]
        return round(sum(given) / len(given), 1)

    def view(item: Product, picture: int) -> str:
        colour = words["colours"][item.colours[0]].casefold()
        return str(words["views"][picture - 1].format(name=item.name, colour=colour))

    def mail(text: str) -> Markup:
        address = escape(words["shop"]["email"])
        link = f'<a class="mail" href="mailto:{address}"><bdi dir="ltr">{address}</bdi></a>'
        return Markup(str(escape(text)).replace("{email}", link))

    env = Environment(
        loader=PackageLoader(__package__),
        autoescape=select_autoescape(),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "money": partial(money, language=language),
        "number": partial(number, language=language),
        "url": lambda path: quote(path, safe="/?&=:#%+,-."),
        "tel": lambda phone: phone.replace(" ", ""),
        "ld": lambda data: Markup(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")),
        "rating": lambda item: number(stars(item), language),
        "share": lambda item: stars(item) * 20,
    }
    env.globals |= {
        "t": words["text"],
        "shop": words["shop"],
        "language": words["language"],
        "names": words,
        "hex": goods.colours,
        "departments": goods.departments,
        "below": goods.below,
        "within": goods.within,
        "view": view,
        "mail": mail,
        "asset": asset,
    }
    return env
