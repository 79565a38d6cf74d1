"""The synthetic shopper: an address that exists, a name that nobody has, and what of it goes into which field."""

from auditor.identity.filling import invites, value_for, values_for
from auditor.identity.shopper import Identity, countries, identity_for

__all__ = ["Identity", "countries", "identity_for", "invites", "value_for", "values_for"]
