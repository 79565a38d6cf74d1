"""How reports speak of pages of a kind: one, several, all of them."""

from auditor.evidence import Template
from reports.language import Counted, Words, _, forms

THE_PAGE = Words[Template](
    {
        Template.HOME: _("the home page"),
        Template.CATEGORY: _("the category page"),
        Template.PRODUCT: _("the product page"),
        Template.SEARCH: _("the search page"),
        Template.CART: _("the cart page"),
        Template.CHECKOUT: _("the checkout page"),
        Template.ACCOUNT: _("the account page"),
        Template.CONTENT: _("the content page"),
        Template.OTHER: _("the other page"),
    }
)

PAGES_TOGETHER = Words[Template](
    {
        Template.HOME: _("all home pages together"),
        Template.CATEGORY: _("all category pages together"),
        Template.PRODUCT: _("all product pages together"),
        Template.SEARCH: _("all search pages together"),
        Template.CART: _("all cart pages together"),
        Template.CHECKOUT: _("all checkout pages together"),
        Template.ACCOUNT: _("all account pages together"),
        Template.CONTENT: _("all content pages together"),
        Template.OTHER: _("all other pages together"),
    }
)

ALL_PAGES = Counted[Template](
    {
        Template.HOME: forms("all {count} home page", "all {count} home pages"),
        Template.CATEGORY: forms("all {count} category page", "all {count} category pages"),
        Template.PRODUCT: forms("all {count} product page", "all {count} product pages"),
        Template.SEARCH: forms("all {count} search page", "all {count} search pages"),
        Template.CART: forms("all {count} cart page", "all {count} cart pages"),
        Template.CHECKOUT: forms("all {count} checkout page", "all {count} checkout pages"),
        Template.ACCOUNT: forms("all {count} account page", "all {count} account pages"),
        Template.CONTENT: forms("all {count} content page", "all {count} content pages"),
        Template.OTHER: forms("all {count} other page", "all {count} other pages"),
    }
)

SOME_PAGES = Counted[Template](
    {
        Template.HOME: forms("{seen} of {count} home page", "{seen} of {count} home pages"),
        Template.CATEGORY: forms("{seen} of {count} category page", "{seen} of {count} category pages"),
        Template.PRODUCT: forms("{seen} of {count} product page", "{seen} of {count} product pages"),
        Template.SEARCH: forms("{seen} of {count} search page", "{seen} of {count} search pages"),
        Template.CART: forms("{seen} of {count} cart page", "{seen} of {count} cart pages"),
        Template.CHECKOUT: forms("{seen} of {count} checkout page", "{seen} of {count} checkout pages"),
        Template.ACCOUNT: forms("{seen} of {count} account page", "{seen} of {count} account pages"),
        Template.CONTENT: forms("{seen} of {count} content page", "{seen} of {count} content pages"),
        Template.OTHER: forms("{seen} of {count} other page", "{seen} of {count} other pages"),
    }
)
