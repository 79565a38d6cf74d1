"""Defects that make the shop hard to reach or to believe."""

from aiohttp import web

from auditor.demo.defects.defect import (
    Defect,
    Document,
    Edit,
    adding,
    all_of,
    asking,
    in_language,
    removing,
    replying,
    rows,
    with_data,
    without_data,
)


def _without(*keys: str) -> Edit:
    def change(data: dict[str, object]) -> None:
        point = data["contactPoint"]
        assert isinstance(point, dict)
        for key in keys:
            data.pop(key, None)
            point.pop(key, None)

    return with_data("Organization", change)


def _no_phone(page: Document) -> None:
    for link in page.every("a.tel"):
        link.decompose()


def _plain_phone(page: Document) -> None:
    for link in page.every("a.tel"):
        link.name = "span"
        link.attrs.pop("href", None)


def _odd_phone(page: Document) -> None:
    for link in page.every("a.tel"):
        link["href"] = "tel:+441234"
        link.string = "+44 1234"
    page.change_data("Organization", lambda data: data.update(telephone="+441234"))
    page.change_data("Organization", lambda data: data["contactPoint"].update(telephone="+441234"))


def _mail_words(page: Document) -> None:
    address = page.catalogue.words["shop"]["email"]
    for text in page.soup.find_all(string=lambda found: bool(found) and address in found):
        if text.parent is not None and text.parent.name != "script":
            text.replace_with(str(text).replace(address, ""))


def _empty_policy(page: Document) -> None:
    title = page.every("main h1")
    if title and title[0].get_text() == page.catalogue.words["text"]["returns"]:
        for part in page.every("main section, main .text > p"):
            part.decompose()


VAGUE = {
    "en": "We want you to be happy with what you bought. If something is not as you hoped, tell us about it, and we"
    " will look for a solution that is good for both sides. What comes back to us has to be unused and in its box."
    " Please be patient, because our team is small and every case is looked at by somebody who knows the product.",
    "pl": "Chcemy, by każdy zakup cieszył. Jeśli coś nie jest takie, jak miało być, daj znać, a poszukamy"
    " rozwiązania dobrego dla obu stron. To, co do nas wraca, musi być nieużywane i w swoim pudełku. Prosimy o"
    " cierpliwość, bo jest nas niewielu, a każdą sprawą zajmuje się ktoś, kto zna produkt.",
    "fa": "می‌خواهیم از آنچه خریده‌اید راضی باشید. اگر چیزی آن‌طور نبود که انتظار داشتید، به ما بگویید تا راهی پیدا کنیم"
    " که برای هر دو طرف خوب باشد. کالایی که به ما برمی‌گردد باید استفاده‌نشده و در جعبهٔ خودش باشد. لطفاً شکیبا باشید، چون"
    " گروه ما کوچک است و هر مورد را کسی بررسی می‌کند که کالا را می‌شناسد.",
}


def _vague_returns(page: Document) -> None:
    title = page.every("main h1")
    if title and title[0].get_text() == page.catalogue.words["text"]["returns"]:
        removing("main section")(page)
        in_language("main .text", {code: f"<section><p>{text}</p></section>" for code, text in VAGUE.items()})(page)


def _no_withdrawal(page: Document) -> None:
    for link in page.every("footer a"):
        if link.get_text() == page.catalogue.words["text"]["withdraw"]:
            link.decompose()


def _withdrawal_in_terms(page: Document) -> None:
    for link in page.every("footer a"):
        if link.get_text() == page.catalogue.words["text"]["withdraw"]:
            link["href"] = "/terms"


def _no_answer_on_returns(page: Document) -> None:
    question = page.catalogue.words["pages"]["faq"][RETURNING]["h"]
    for section in page.every("main section"):
        if section.h2 is not None and section.h2.get_text() == question:
            section.decompose()


RETURNING = 2
"""Where the questions ask how things are returned."""

CHAT = "embed.tawk.to"
CONTACT = all_of(
    removing("a.contact", "a.tel", "a.mail", ".help", ".ask", ".reach p"), without_data("Organization"), _mail_words,
    _withdrawal_in_terms,
)  # fmt: skip
NO_MAIL = all_of(removing("a.mail", ".note"), _without("email"), _mail_words)

TRUST = (
    Defect(
        "trust-no-contact-on-product",
        "Product pages offer no way to contact",
        rows("TRU-001"),
        rows("product"),
        edit=CONTACT,
    ),
    Defect(
        "trust-no-contact-in-cart",
        "Cart and checkout offer no way to contact",
        rows("TRU-001"),
        rows("cart checkout"),
        edit=CONTACT,
    ),
    Defect(
        "trust-no-email",
        "There is neither an e-mail address nor a contact form",
        rows("TRU-002"),
        also=rows("TRU-009"),
        edit=all_of(NO_MAIL, removing(".contact-form")),
    ),
    Defect(
        "trust-form-only",
        "There is a contact form but no e-mail address",
        rows("TRU-002"),
        edit=NO_MAIL,
    ),
    Defect(
        "trust-no-phone",
        "There is no phone number",
        rows("TRU-003"),
        edit=all_of(_no_phone, _without("telephone")),
    ),
    Defect(
        "trust-phone-not-linked",
        "The phone number is text that cannot be tapped",
        rows("TRU-003"),
        device="mobile",
        edit=_plain_phone,
    ),
    Defect(
        "trust-phone-invalid",
        "The phone number cannot exist",
        rows("TRU-003"),
        doubtful=True,
        edit=_odd_phone,
    ),
    Defect(
        "trust-returns-not-linked",
        "No page links to the return policy",
        rows("TRU-006"),
        part="returns",
        edit=all_of(removing("a[href='/returns']"), _no_answer_on_returns),
    ),
    Defect(
        "trust-policies-not-linked",
        "No page links to the policies",
        rows("TRU-006"),
        part="returns",
        edit=removing("a[href='/returns']", "a[href='/shipping']", "a[href='/terms']", "a[href='/privacy']"),
    ),
    Defect(
        "trust-returns-gone",
        "The return policy answers 404",
        rows("TRU-006 NAV-003"),
        part="returns explored",
        answer=replying(frozenset({"/returns"}), lambda: web.Response(status=404, text="Not found")),
    ),
    Defect(
        "trust-returns-empty",
        "The return policy is an empty page",
        rows("TRU-006"),
        rows("content"),
        part="returns",
        edit=_empty_policy,
    ),
    Defect(
        "trust-profile-of-nobody",
        "A link to a social network leads to its front page",
        rows("TRU-005"),
        edit=adding(".reach", '<p><a href="https://www.facebook.com/">Facebook</a></p>'),
    ),
    Defect(
        "trust-no-feedback",
        "There is no form to write to the shop",
        rows("TRU-009"),
        edit=removing(".contact-form"),
    ),
    Defect(
        "trust-no-self-service",
        "There are no answers to common questions, and no hours of service",
        rows("TRU-010"),
        edit=removing("a[href='/faq']", ".hours"),
        answer=replying(frozenset({"/faq"}), lambda: web.Response(status=410, text="Gone")),
    ),
    Defect(
        "trust-company-unnamed",
        "The shop does not say who runs it",
        rows("TRU-011"),
        doubtful=True,
        edit=removing(".footer .small p:last-of-type"),
    ),
    Defect(
        "trust-seal-unlinked",
        "A trust seal is a picture without a link",
        rows("TRU-012"),
        edit=adding(".reach", '<p><img src="/favicon.ico" alt="Trusted Shops" width="64" height="64"></p>'),
    ),
    Defect(
        "trust-chat-gone",
        "The chat's maker answers that the shop has no chat",
        rows("TRU-004"),
        also=rows("ADS-013"),
        hosts=(CHAT,),
        edit=asking('<script async src="{}/5f3c/default.js"></script>', CHAT),
    ),
    Defect(
        "trust-returns-vague",
        "The return policy names neither a time nor a way, nor who pays",
        rows("TRU-007"),
        rows("content"),
        at="/returns",
        part="returns",
        edit=_vague_returns,
    ),
    Defect(
        "trust-no-withdrawal",
        "No link leads to the withdrawal from a contract",
        rows("TRU-008"),
        rows("home product content"),
        language="pl",
        doubtful=True,
        edit=_no_withdrawal,
    ),
)
