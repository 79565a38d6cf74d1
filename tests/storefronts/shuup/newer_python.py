# mypy: disable-error-code="import-not-found"
"""What Shuup, of 2021, asks of older versions of Python and of a library, and newer ones have elsewhere."""

import collections
import collections.abc
from typing import Any

from django.db.models.query_utils import DeferredAttribute
from enumfields import fields

for _name in collections.abc.__all__:
    if not hasattr(collections, _name):
        setattr(collections, _name, getattr(collections.abc, _name))


class CastOnAssign(DeferredAttribute):  # type: ignore[misc]
    """Reads an enumeration's value when a row's field is set, as the library did for this version of Django."""

    def __init__(self, field: Any) -> None:
        super().__init__(field.attname)
        self.field = field

    def __set__(self, row: Any, value: object) -> None:
        row.__dict__[self.field.name] = self.field.to_python(value)


fields.CastOnAssignDescriptor = CastOnAssign
