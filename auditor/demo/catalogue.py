"""The demo shop's stock: products, categories and texts of one language, read from ``data/``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

LANGUAGES = ("en", "pl", "fa")
PER_KIND = 7


@dataclass(frozen=True)
class Category:
    """A shelf of the shop: six departments, each with the kinds of thing it holds below it."""

    key: str
    name: str
    text: str
    path: str
    parent: str | None


@dataclass(frozen=True)
class Product:
    """One thing for sale; ``price`` and ``was`` are whole pounds, złoty or toman."""

    id: str
    name: str
    path: str
    department: str
    kind: str
    material: str
    series: str
    colours: tuple[str, ...]
    sizes: tuple[str, ...]
    sold_out_size: str | None
    price: int
    was: int | None
    stock: int
    sku: str
    gtin: str
    description: tuple[str, ...]
    reviews: tuple[int, ...]
    popularity: int

    @property
    def picture(self) -> str:
        """The picture key of the first colour; another colour's is :meth:`picture_in`."""
        return self.picture_in(self.colours[0])

    def picture_in(self, colour: str) -> str:
        """The picture key of ``colour``, as in ``/media/<key>-<number>-<width>.webp``."""
        return f"{self.id}.{colour}"


@dataclass(frozen=True)
class Catalogue:
    """Everything that is for sale in one language, with the shop's texts."""

    language: str
    words: Mapping[str, Any]
    colours: Mapping[str, str]
    departments: tuple[Category, ...]
    categories: Mapping[str, Category]
    products: tuple[Product, ...]

    def below(self, parent: str) -> tuple[Category, ...]:
        """The kinds of a department, in the order of the menu."""
        return tuple(c for c in self.categories.values() if c.parent == parent)

    def within(self, key: str) -> tuple[Product, ...]:
        """The products of a department or kind; ``"all"`` gives every product."""
        return tuple(p for p in self.products if key in ("all", p.department, p.kind))

    def product_at(self, path: str) -> Product | None:
        """The product whose page has ``path`` (decoded), if there is one."""
        return next((p for p in self.products if p.path == path), None)

    def category_at(self, path: str) -> Category | None:
        """The category whose page has ``path`` (decoded), if there is one."""
        return next((c for c in self.categories.values() if c.path == path), None)


def read(name: str) -> Any:
    """The content of ``data/<name>.yaml``."""
    text = files(__package__).joinpath("data", f"{name}.yaml").read_text(encoding="utf-8")
    return YAML(typ="safe").load(text)


@cache
def load(language: str) -> Catalogue:
    """The catalogue in ``language``, one of :data:`LANGUAGES`."""
    if language not in LANGUAGES:
        raise ValueError(f"The demo shop speaks {', '.join(LANGUAGES)}, not {language!r}.")
    plan, words = read("catalogue"), read(f"locale/{language}")
    categories: dict[str, Category] = {
        "all": Category("all", words["text"]["all_products"], words["text"]["story_title"], "/category/all", None)
    }
    products: list[Product] = []
    for department, kinds in plan["categories"].items():
        named = words["categories"][department]
        home = f"/category/{named['slug']}"
        categories[department] = Category(department, named["name"], named["text"], home, None)
        for kind in kinds:
            named = words["kinds"][kind]
            categories[kind] = Category(kind, named["plural"], named["text"], f"{home}/{named['slug']}", department)
            products += _products(plan, words, language, department, kind)
    departments = tuple(categories[key] for key in plan["categories"])
    return Catalogue(language, words, plan["colours"], departments, categories, tuple(products))


def _products(plan: Any, words: Any, language: str, department: str, kind: str) -> list[Product]:
    spec = plan["kinds"][kind]
    row = list(plan["kinds"]).index(kind)
    palette, lines = list(plan["colours"]), plan["series"]
    made = []
    for i in range(PER_KIND):
        number = row * PER_KIND + i
        series = lines[(2 * i + row) % len(lines)]
        material = spec["materials"][i % len(spec["materials"])]
        rate = plan["rates"][language]
        price = (spec["price"] + spec["step"] * i) * rate - (1 if language == "pl" else 0)
        sizes = tuple(spec["sizes"])
        name = words["name_pattern"].format(
            series=words["series"][series]["name"],
            material=words["materials"][material],
            kind=words["kinds"][kind]["name"],
        )
        made.append(
            Product(
                id=f"{kind}{i + 1}",
                name=name,
                path=f"/product/{_slug(name)}",
                department=department,
                kind=kind,
                material=material,
                series=series,
                colours=tuple(palette[(number * 3 + j * 5) % len(palette)] for j in range(1 + number % 3)),
                sizes=sizes,
                sold_out_size=sizes[-1] if sizes and i == 4 else None,
                price=price,
                was=price + price // 8 if i == 6 else None,
                stock=0 if i == 5 else 3 if i == 3 else 40 - i,
                sku=f"DH-{kind[:3].upper()}-{i + 1:03d}",
                gtin=_gtin(200_000_001_000 + number),
                description=(words["kinds"][kind]["text"], words["series"][series]["text"]),
                reviews=tuple((number + j) % len(words["reviews"]) for j in range(3 + number % 3)),
                popularity=(number * 37) % 101,
            )
        )
    return made


def _slug(name: str) -> str:
    plain = name.casefold().translate(str.maketrans("ąćęłńóśźż\u200c", "acelnoszz-"))
    return "-".join(plain.replace("،", " ").split())


def _gtin(first_twelve: int) -> str:
    digits = f"{first_twelve:012d}"
    total = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits))
    return digits + str(-total % 10)
