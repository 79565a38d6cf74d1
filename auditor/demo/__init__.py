"""A complete storefront on loopback, in English, Polish and Persian, with defects that can be switched on by name."""

from auditor.demo.catalogue import LANGUAGES
from auditor.demo.defects import DEFECTS, STATES, Defect
from auditor.demo.shop import DemoShop, run, serve

__all__ = ["DEFECTS", "LANGUAGES", "STATES", "Defect", "DemoShop", "run", "serve"]
