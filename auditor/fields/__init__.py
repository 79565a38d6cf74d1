"""What the fields of a shop's forms ask for, in 15 languages, and the commonest fields in 7 more.

Pure: tables are read once from the package.
"""

from auditor.fields.deciding import type_fields
from auditor.fields.meaning import ADDRESS, CARD, FieldMeaning, Typed

__all__ = ["ADDRESS", "CARD", "FieldMeaning", "Typed", "type_fields"]
