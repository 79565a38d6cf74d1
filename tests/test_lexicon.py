"""The words shops use are found, in their spellings, and their look-alikes are not."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from auditor.lexicon import (
    LANGUAGES,
    Concept,
    base_language,
    detect_language,
    fold,
    mentions,
    path_concepts,
    path_segments,
    script_of,
    url_words,
    words,
)

ANY_TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)
SHOP_TEXT = st.text(alphabet="aeouzłøđßäÄİIıŁ آأإيكةۀپچژگک\u200c\u0640\u064b\u0307ءئ۱٣１カが가-–'’ \t", max_size=40)


@settings(deadline=None)
@given(ANY_TEXT | SHOP_TEXT, st.sampled_from([None, "de", "fa", "tr"]))
@example("0\r\u200c 0", None)
def test_folding_twice_changes_nothing(text: str, language: str | None) -> None:
    assert fold(fold(text, language), language) == fold(text, language)


@settings(deadline=None)
@given(SHOP_TEXT)
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.upper()) == fold(text.upper().lower())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كتاب يك", "کتاب یک"),
        ("می‌شود", "می شود"),
        ("می شود", "میشود"),
        ("آن‌ها", "آنها"),
        ("سبـــد خرید", "سبدخرید"),
        ("۱۲۳", "123"),
        ("٤٥٦", "456"),
        ("İADE", "iade"),
        ("ISPARTA", "ısparta"),
        ("Łódź", "lodz"),
        ("Øl", "ol"),
        ("Straße", "STRASSE"),
        ("ﬁlter", "filter"),
        ("Ｆｉｌｔｅｒ", "filter"),
        ("don’t", "don't"),
        ("re\u00adturns", "returns"),
        ("a\u00a0b", "a b"),
        ("الإرجاع", "الارجاع"),
        ("كلمة", "کلمه"),
    ],
)
def test_spellings_of_one_text_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("شیر", "سیر"), ("sok", "ok"), ("が", "か"), ("returns", "return")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_german_digraphs_fold_with_the_language() -> None:
    assert fold("Rueckgabe", "de-AT") == fold("Rückgabe", "de")
    assert fold("neue Poesie", "de") == fold("neue Posie", "de") != fold("neu", "de")


FOUND = [
    ("Add to basket", Concept.ADD_TO_CART, "en"),
    ("Dodaj do koszyka", Concept.ADD_TO_CART, "pl"),
    ("DODAJ DO KOSZYKA", Concept.ADD_TO_CART, "pl-PL"),
    ("Twój koszyk (3)", Concept.CART, "pl"),
    ("w koszyku", Concept.CART, "pl"),
    ("Cart0", Concept.CART, "en"),
    ("افزودن به سبدخرید", Concept.ADD_TO_CART, "fa"),
    ("اضافه کردن به سبد", Concept.ADD_TO_CART, "fa-IR"),
    ("سبد خرید (۳)", Concept.CART, "fa"),
    ("ديدگاه‌هاي كاربران", Concept.REVIEWS, "fa"),
    ("دیدگاهها", Concept.REVIEWS, "fa"),
    ("جست وجو", Concept.SEARCH, "fa"),
    ("ثبت‌نام", Concept.REGISTER, "fa"),
    ("In den Warenkorb", Concept.ADD_TO_CART, "de"),
    ("In Warenkorb legen", Concept.ADD_TO_CART, "de"),
    ("Continuer en tant qu’invité", Concept.GUEST_CHECKOUT, "fr"),
    ("Cambios y devoluciones", Concept.RETURNS, "es"),
    ("Vai alla cassa", Concept.CHECKOUT, "it"),
    ("Adicionar à sacola", Concept.ADD_TO_CART, "pt-BR"),
    ("Niet op voorraad", Concept.OUT_OF_STOCK, "nl"),
    ("Ångerrätt", Concept.RETURNS, "sv"),
    ("V košíku", Concept.CART, "cs"),
    ("İADE VE DEĞİŞİM", Concept.RETURNS, "tr"),
    ("ARAMA", Concept.SEARCH, "tr"),
    ("Ara", Concept.SEARCH, "tr"),
    ("والإرجاع", Concept.RETURNS, "ar"),
    ("اضف الى السلة", Concept.ADD_TO_CART, "ar"),
    ("カートに入れる", Concept.ADD_TO_CART, "ja"),
    ("ショッピングカート", Concept.CART, "ja"),
    ("加入購物車", Concept.ADD_TO_CART, "zh-Hant"),
    ("加入 购物车", Concept.ADD_TO_CART, "zh"),
    ("Add to cart", Concept.ADD_TO_CART, "fa"),
    ("Checkout", Concept.CHECKOUT, "ar"),
    ("Dodaj do koszyka", Concept.ADD_TO_CART, None),
    ("Zwroty i reklamacje", Concept.RETURNS, "pl"),
    ("Ustawienia plików cookie", Concept.COOKIES, "pl"),
    ("Kup bez rejestracji", Concept.GUEST_CHECKOUT, "pl"),
    ("Add-to-cart", Concept.ADD_TO_CART, "en"),
    ("Nedostupné", Concept.OUT_OF_STOCK, "cs"),
    ("Přidat do košíku", Concept.ADD_TO_CART, "sk"),
]


@pytest.mark.parametrize(("text", "concept", "language"), FOUND)
def test_words_are_found(text: str, concept: Concept, language: str | None) -> None:
    assert mentions(text, concept, language)


NOT_FOUND = [
    ("Contact lenses", Concept.CONTACT, "en"),
    ("Coffee filters", Concept.FILTER, "en"),
    ("Sleeping bags", Concept.CART, "en"),
    ("Cartel", Concept.CART, "en"),
    ("Golf cart", Concept.CART, "en"),
    ("Unavailable", Concept.IN_STOCK, "en"),
    ("Not available", Concept.IN_STOCK, "en"),
    ("Notify me when available", Concept.IN_STOCK, "en"),
    ("nicht auf Lager", Concept.IN_STOCK, "de"),
    ("Není skladem", Concept.IN_STOCK, "cs"),
    ("No disponible", Concept.IN_STOCK, "es"),
    ("ej i lager", Concept.IN_STOCK, "sv"),
    ("غير متوفر", Concept.IN_STOCK, "ar"),
    ("ناموجود", Concept.IN_STOCK, "fa"),
    ("نا موجود", Concept.IN_STOCK, "fa"),
    ("موجود نیست", Concept.IN_STOCK, "fa"),
    ("موجود شد خبرم کن", Concept.IN_STOCK, "fa"),
    ("Produkt niedostępny", Concept.IN_STOCK, "pl"),
    ("Powiadom o dostępności", Concept.IN_STOCK, "pl"),
    ("نمی‌پذیرم", Concept.CONSENT_ACCEPT, "fa"),
    ("Nie zgadzam się", Concept.CONSENT_ACCEPT, "pl"),
    ("Akceptuję tylko niezbędne", Concept.CONSENT_ACCEPT, "pl"),
    ("Continuer sans accepter", Concept.CONSENT_ACCEPT, "fr"),
    ("Nur notwendige akzeptieren", Concept.CONSENT_ACCEPT, "de"),
    ("Přejít do košíku", Concept.ADD_TO_CART, "cs"),
    ("Przejdź do koszyka", Concept.ADD_TO_CART, "pl"),
    ("Dodaj do koszyka", Concept.CART, "pl"),
    ("カートリッジ", Concept.CART, "ja"),
    ("プレビュー", Concept.REVIEWS, "ja"),
    ("Kupony", Concept.BUY_NOW, "pl"),
    ("حساب کتاب خریداران", Concept.BUY_NOW, "fa"),
    ("ارسال نظر", Concept.SHIPPING, "fa"),
    ("Zapisz się do newslettera", Concept.REGISTER, "pl"),
    ("Bestellen ohne Registrierung", Concept.REGISTER, "de"),
    ("Geld-zurück-Garantie", Concept.WARRANTY, "de"),
    ("Koszyk", Concept.CART, "de"),
    ("", Concept.CART, "pl"),
    ("(3)", Concept.CART, "pl"),
]


@pytest.mark.parametrize(("text", "concept", "language"), NOT_FOUND)
def test_look_alikes_are_not_found(text: str, concept: Concept, language: str | None) -> None:
    assert mentions(text, concept, language) is None


def test_what_is_in_stock_and_what_is_not_can_stand_together() -> None:
    assert mentions("Size S: sold out. Size M: in stock", Concept.IN_STOCK, "en") == "in stock"


def test_przejdz_do_koszyka_is_the_cart() -> None:
    assert mentions("Przejdź do koszyka", Concept.CART, "pl") == "koszyk"


ORDER_BUTTONS = [
    "Place order",
    "Zamawiam z obowiązkiem zapłaty",
    "Kupuję i płacę",
    "ثبت سفارش",
    "پرداخت و ثبت سفارش",
    "Zahlungspflichtig bestellen",
    "Jetzt kaufen",
    "Commander avec obligation de paiement",
    "Realizar pedido",
    "Ordina ora",
    "Finalizar pedido",
    "Bestelling plaatsen",
    "Slutför köp",
    "Objednat s povinností platby",
    "Siparişi onayla",
    "Auftrag bestätigen",
    "Confirmez votre commande",
    "Bevestig order",
    "Sipariş Onaylama",
    "تأكيد الأمر",
    "تأكيد الطلب",
    "注文を確定する",
    "提交订单",
    "提交訂單",
]


@pytest.mark.parametrize("label", ORDER_BUTTONS)
def test_an_order_button_is_known_without_a_language(label: str) -> None:
    assert mentions(label, Concept.PLACE_ORDER, None)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("concept", list(Concept))
def test_each_language_has_words_for_each_concept(concept: Concept, language: str) -> None:
    own = set(words(concept, language)) - (set(words(concept, "en")) if language != "en" else set())
    assert own or concept in (Concept.NEWSLETTER, Concept.BLOG, Concept.MENU, Concept.HOME, Concept.SPONSORED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_listed_word_is_found_or_hidden_by_a_stronger_one(language: str) -> None:
    hidden = [
        (concept, word)
        for concept in (Concept.PLACE_ORDER, Concept.PAY, Concept.CHECKOUT, Concept.RETURNS, Concept.SEARCH)
        for word in words(concept, language)
        if mentions(word, concept, language) is None
    ]
    assert hidden == []


def test_words_start_with_the_page_language_and_end_with_english() -> None:
    found = words(Concept.CART, "pl-PL")
    assert found[0] == "koszyk"
    assert "cart" in found
    assert set(found) < set(words(Concept.CART, None))
    assert words(Concept.CART, "xx") == words(Concept.CART, "en")


@settings(deadline=None)
@given(ANY_TEXT, st.sampled_from(list(Concept)), st.sampled_from(["pl", "fa", "ja", None]))
def test_no_text_breaks_the_search(text: str, concept: Concept, language: str | None) -> None:
    word = mentions(text, concept, language)
    assert word is None or word in words(concept, language)


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("pl-PL", "pl"),
        ("zh-Hant", "zh"),
        ("fa_IR", "fa"),
        ("EN", "en"),
        ("per", "fa"),
        (" de ", "de"),
        ("", None),
        (None, None),
        ("x-default", None),
        ("123", None),
    ],
)
def test_base_language(tag: str | None, language: str | None) -> None:
    assert base_language(tag) == language


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Koszyk", "Latin"),
        ("سبد خرید", "Arabic"),
        ("カート", "Kana"),
        ("购物车", "Han"),
        ("Корзина", "Cyrillic"),
        ("123 €", None),
        ("", None),
    ],
)
def test_script_of(text: str, script: str | None) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [
        (
            "Free delivery on all orders. Find what you are looking for in our shop and have it with you tomorrow.",
            None,
            "en",
        ),
        (
            "Darmowa dostawa od 100 zł. Nasze produkty, które są dostępne od ręki oraz dla twojej rodziny",
            None,
            "pl",
        ),
        ("Die Lieferung ist für Sie kostenlos, wenn Sie mit uns bestellen und die Ware nicht zurückgeben", None, "de"),
        (
            "La livraison est gratuite pour votre commande dans votre pays avec nos partenaires et sur le site",
            None,
            "fr",
        ),
        (
            "Doprava zdarma pro všechny objednávky, které jsou skladem, a také pro vaše vrácení již do tří dnů",
            None,
            "cs",
        ),
        ("سبد خرید شما خالی است، برای خرید به فروشگاه بروید و کالا را انتخاب کنید", None, "fa"),
        ("سلة التسوق فارغة، تسوق الآن من متجرنا الإلكتروني واحصل على توصيل مجاني إلى بيتك", None, "ar"),
        ("カートに商品がありません", None, "ja"),
        ("购物车是空的，请选择商品", None, "zh"),
        ("سبد خرید شما خالی است، برای خرید به فروشگاه بروید", "en", "fa"),
        ("Nike Air Max 90 Adidas Samba OG Puma Suede", None, None),
        ("Koszyk", "pl", None),
        ("", "pl", None),
    ],
)
def test_language_is_claimed_only_when_sure(text: str, hint: str | None, language: str | None) -> None:
    assert detect_language(text, hint) == language


def test_path_words_of_many_languages() -> None:
    assert {"koszyk", "warenkorb", "سبد-خرید"} <= set(url_words(Concept.CART))
    assert "تماس-با-ما" in url_words(Concept.CONTACT)
    assert "درباره-ما" in url_words(Concept.ABOUT)
    assert "قوانین" in url_words(Concept.TERMS)
    assert url_words(Concept.CLOSE) == ()


@pytest.mark.parametrize(
    ("url", "concept"),
    [
        ("https://shop.example/%D8%B3%D8%A8%D8%AF-%D8%AE%D8%B1%DB%8C%D8%AF/", "cart"),
        ("https://shop.example/pl/koszyk.html?a=1", "cart"),
        ("https://shop.example/Cart.aspx", "cart"),
        ("https://shop.example/shopping_cart", "cart"),
        ("https://shop.example/قوانين", "terms"),
        ("https://shop.example/rückgabe", "returns"),
    ],
)
def test_path_segments_are_decoded_and_known(url: str, concept: str) -> None:
    assert concept in path_concepts(path_segments(url)[-1])


@pytest.mark.parametrize(
    "url", ["https://shop.example/sleeping-bags", "https://shop.example/golfcart", "https://shop.example/Cartel_Tycoon"]
)
def test_path_look_alikes_mean_nothing(url: str) -> None:
    assert path_concepts(path_segments(url)[-1]) == frozenset()
