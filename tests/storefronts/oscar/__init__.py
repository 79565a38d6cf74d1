"""A small django-oscar shop with a seeded catalogue; every template and style is django-oscar's own."""
