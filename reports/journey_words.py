"""What reports call journeys, their steps and what they cost."""

from auditor.evidence.journey import Blocker, StepIntent
from reports.language import Words, _

JOURNEYS = Words[str](
    {
        "search": _("Search for a product"),
        "browse": _("Browse to a product"),
        "buy": _("Buy as a guest"),
    }
)

JOURNEY_ENDINGS = Words[str](
    {
        "completed": _("completed"),
        "stuck": _("stuck"),
        "forbidden": _("forbidden"),
        "not_walked": _("not walked"),
    }
)

INTENTS = Words[StepIntent](
    {
        StepIntent.OPEN: _("Open the product page"),
        StepIntent.CHOOSE_VARIANT: _("Choose a variant"),
        StepIntent.ADD_TO_CART: _("Put the product into the cart"),
        StepIntent.OPEN_CART: _("Open the cart"),
        StepIntent.START_CHECKOUT: _("Go to the checkout"),
        StepIntent.CHOOSE_GUEST: _("Go on as a guest"),
        StepIntent.FILL_CONTACT: _("Give contact data"),
        StepIntent.FILL_ADDRESS: _("Give the address"),
        StepIntent.CHOOSE_DELIVERY: _("Choose the delivery"),
        StepIntent.REACH_PAYMENT: _("Reach the payment step"),
        StepIntent.CLOSE_LAYER: _("Close what covers the page"),
        StepIntent.EMPTY_CART: _("Empty the cart again"),
        StepIntent.OPEN_HOME: _("Open the home page"),
        StepIntent.SUGGEST: _("Begin a word in the search field"),
        StepIntent.SEARCH: _("Search"),
        StepIntent.OPEN_LIST: _("Open a product list"),
        StepIntent.FILTER: _("Choose a filter"),
        StepIntent.SORT: _("Sort by price"),
        StepIntent.OPEN_PRODUCT: _("Open a product from the list"),
        StepIntent.GO_BACK: _("Go back"),
        StepIntent.OPEN_OVERLAY: _("Open a layer over the list"),
    }
)

REACHED = Words[StepIntent](
    {
        StepIntent.REACH_PAYMENT: _("to the payment step"),
        StepIntent.START_CHECKOUT: _("to the checkout"),
        StepIntent.OPEN_CART: _("to the cart"),
        StepIntent.ADD_TO_CART: _("a product into the cart"),
    }
)
"""How far a journey came, the furthest first."""

BLOCKERS = Words[Blocker](
    {
        Blocker.BOT_WALL: _("the shop lets no robots in"),
        Blocker.LOGIN_WALL: _("the shop asks for an account"),
        Blocker.NO_PRODUCT: _("there was no product page to start from"),
        Blocker.NO_ADD_TO_CART: _("nothing put the product into the cart"),
        Blocker.SOLD_OUT: _("the product cannot be bought now"),
        Blocker.CART_EMPTY: _("the cart stayed empty"),
        Blocker.NO_CHECKOUT: _("no way to the checkout was found"),
        Blocker.FORM_GATE: _("the shop did not take the form"),
        Blocker.DEAD_END: _("nothing led to a next step"),
        Blocker.MINIMUM_ORDER: _("the shop asks for a larger order"),
        Blocker.NO_DELIVERY: _("the shop offers no delivery there"),
        Blocker.CAPTCHA: _("the shop asks for a captcha, and none is solved"),
        Blocker.ONE_TIME_CODE: _("the shop asks for a one-time code"),
        Blocker.OFF_DOMAIN: _("the checkout is on another domain"),
        Blocker.SPINNER: _("the page kept loading"),
        Blocker.TIMEOUT: _("time ran out"),
        Blocker.HTTP_ERROR: _("a page could not be opened"),
        Blocker.INTERLOCK: _("going on might have placed an order"),
        Blocker.TRIPPED: _("there was a sign of an order"),
        Blocker.BROWSER_DIED: _("the browser ended"),
        Blocker.NO_SEARCH: _("no search field was found"),
        Blocker.NO_QUERIES: _("no product's name is known to search for"),
        Blocker.NO_LIST: _("no product list was found"),
    }
)

GUESTS = Words[str](
    {
        "offered": _("offered beside an account"),
        "only-way": _("the only way, no account is asked for"),
        "not-offered": _("not offered"),
        "unknown": _("not found out"),
    }
)

EFFORTS = Words[str](
    {
        "steps": _("Steps"),
        "pages": _("Pages"),
        "clicks": _("Clicks"),
        "keys": _("Keys"),
        "fields": _("Fields"),
        "elements": _("Fields, lists and boxes"),
        "required": _("Required fields"),
        "optional": _("Optional fields"),
        "prefilled": _("Fields filled by the shop"),
        "autofillable": _("Fields a browser can fill"),
        "waited": _("Waiting for the shop"),
        "waits": _("Waiting for the shop"),
        "desktop": _("Hands-on time, estimated"),
        "phone": _("Hands-on time, estimated"),
        "desktop autofill": _("Hands-on time with autofill, estimated"),
        "phone autofill": _("Hands-on time with autofill, estimated"),
    }
)
