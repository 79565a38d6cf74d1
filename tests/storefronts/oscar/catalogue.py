"""What the shop sells: two levels of categories, forty products and one product in three sizes."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Shelf:
    """A leaf category: what it is called, the shape its photographs show, the lowest price, and its products."""

    department: str
    name: str
    shape: str
    price: Decimal
    products: tuple[str, ...]


SHELVES = (
    Shelf(
        "Kitchen",
        "Mugs",
        "cup",
        Decimal("8.50"),
        (
            "Speckled stoneware mug",
            "Tall enamel mug",
            "Espresso cup in moss green",
            "Two-handled soup mug",
            "Glass tea mug",
        ),
    ),
    Shelf(
        "Kitchen",
        "Pans",
        "pan",
        Decimal("24.00"),
        ("Cast-iron frying pan", "Copper saucepan", "Steel milk pan", "Carbon-steel wok", "Crêpe pan"),
    ),
    Shelf(
        "Living room",
        "Lamps",
        "lamp",
        Decimal("39.00"),
        ("Oak tripod lamp", "Brass reading lamp", "Paper globe lamp", "Concrete desk lamp", "Clip-on shelf lamp"),
    ),
    Shelf(
        "Living room",
        "Cushions",
        "cushion",
        Decimal("18.00"),
        (
            "Linen cushion in rust",
            "Velvet cushion in teal",
            "Woven wool cushion",
            "Round floor cushion",
            "Striped bench cushion",
        ),
    ),
    Shelf(
        "Garden",
        "Planters",
        "planter",
        Decimal("12.00"),
        (
            "Terracotta planter",
            "Glazed blue planter",
            "Zinc window box",
            "Hanging rope planter",
            "Raised cedar planter",
        ),
    ),
    Shelf(
        "Garden",
        "Hand tools",
        "tool",
        Decimal("9.75"),
        ("Ash-handled trowel", "Forged hand fork", "Bypass secateurs", "Copper plant labels", "Dutch hoe"),
    ),
    Shelf(
        "Desk",
        "Notebooks",
        "book",
        Decimal("6.00"),
        ("Dotted pocket notebook", "Clothbound journal", "Sketchbook A4", "Weekly planner", "Recycled exercise book"),
    ),
    Shelf(
        "Desk",
        "Pens",
        "pen",
        Decimal("4.20"),
        ("Brass ballpoint pen", "Fine fountain pen", "Graphite pencil set", "Brush pen in black", "Four-colour pen"),
    ),
)

APRON = "Waxed cotton apron"
APRON_SIZES = ("Small", "Medium", "Large")

DESCRIPTION = (
    "<p>{name}: made in small batches for everyday use, and meant to be kept for years.</p>"
    "<p>We chose it because it is simple to look after and easy to repair. Each piece is checked by hand before it is "
    "packed, so small differences in colour and surface are part of its character.</p>"
    "<ul><li>Plastic-free packing</li><li>Two-year guarantee</li></ul>"
)
REVIEWS = (
    ("Better than the picture", "It feels solid and the colour is warmer than I expected.", 5),
    ("Good, with one wish", "Does what it should. I would have liked one size larger.", 4),
    ("Fine", "Arrived quickly and well packed.", 3),
)
