"""What to ask a shop's search, made from the shop's own goods. Pure: the same goods give the same queries."""

from auditor.queries.catalogue import Catalogue, Goods, catalogue_of
from auditor.queries.lists import lists_or_home, product_lists
from auditor.queries.making import Query, beginnings, queries
from auditor.queries.sharing import asks_alone, left_to_others, share

__all__ = [
    "Catalogue",
    "Goods",
    "Query",
    "asks_alone",
    "beginnings",
    "catalogue_of",
    "left_to_others",
    "lists_or_home",
    "product_lists",
    "queries",
    "share",
]
