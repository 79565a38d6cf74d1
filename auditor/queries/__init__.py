"""What to ask a shop's search, made from the shop's own goods. Pure: the same goods give the same queries."""

from auditor.queries.catalogue import Catalogue, Goods, catalogue_of
from auditor.queries.lists import product_lists
from auditor.queries.making import Query, asked_again, beginnings, kinds_answered, queries

__all__ = [
    "Catalogue",
    "Goods",
    "Query",
    "asked_again",
    "beginnings",
    "catalogue_of",
    "kinds_answered",
    "product_lists",
    "queries",
]
