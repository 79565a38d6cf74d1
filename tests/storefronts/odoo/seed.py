# mypy: disable-error-code="import-not-found,import-untyped"
"""Run by the shop's own Python: Odoo's database with its own demo data, in the folder of ODOO_FOLDER."""

from tests.storefronts.odoo import newer_python  # noqa: F401
from tests.storefronts.odoo.serve import LANGUAGES, opened, settings

MODULES = "website_sale,website_sale_options,website_sale_wishlist,payment_transfer,l10n_generic_coa"


def main() -> None:
    import odoo

    others = ",".join(language for language in LANGUAGES.values() if language != "en_US")
    odoo.tools.config.parse_config([*settings(), "-i", MODULES, f"--load-language={others}"])
    odoo.service.db._create_empty_database("shop")
    if odoo.service.server.start(preload=["shop"], stop=True):
        raise SystemExit("Odoo could not fill its database")
    with opened() as environment:
        environment["product.template"].search([("sale_ok", "=", True)]).write({"website_published": True})
        environment.ref("website_sale.products_categories").active = True
        environment["sale.order"].search([]).write({"client_order_ref": "demo data"})
        environment["payment.transaction"].search([]).unlink()


if __name__ == "__main__":
    main()
