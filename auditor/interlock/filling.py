"""What a field asks for, and whether it may be filled. Read for safety: doubt is never a card field's friend."""

import re

from auditor.interlock.clickable import Asks, Field, PageState
from auditor.interlock.deciding import ALLOWED, Verdict, refuse
from auditor.interlock.signs import host_of, is_payment_host
from auditor.lexicon import Concept, fold, mentions

_TOKENS = {
    Asks.CARD: re.compile(r"\bcc-(?!name)"),
    Asks.ADDRESS: re.compile(r"street-address|address-line|address-level|postal-code|\bcountry"),
    Asks.CONTACT: re.compile(r"\bemail|\btel\b|given-name|family-name|\bname\b|organization"),
}
# Card numbers, security codes, bank accounts: never filled, wherever they are.
_CARD = re.compile(
    r"card.?(number|num|no\b|holder|code|expir|sec)|\bcc.?(num|no|number|exp|csc|cvc|cvv)|cvv|cvc|\bcsc\b|security.?code"
    r"|\biban\b|\bbic\b|account.?number|sort.?code|routing|numer.?karty|kreditkart|kartennummer|numero.?de.?(carte|tarjeta)"
    r"|kaartnummer|kortnummer|cislo.?karty|kart.?numaras|شماره.?کارت|رقم.?البطاقه|カード番号|卡号|expir(y|ation)|\bblik\b|رمز.?دوم"
)
_PAYMENT = re.compile(
    r"pay(ment)?s?.?(method|option|type|mode|gateway|provider|way)|\bpayments?\b|\bpay (?:by|with|on)\b"
    r"|method.?of.?payment|zahl(ung|art)|platnosc|paiement"
    r"|\bpago|pagament|betaal|betal|platb|odeme|پرداخت|\bالدفع|支付|お?支払|paypal|stripe|klarna|cash.?on.?delivery|\bcod\b|przelew"
    r"|bank.?transfer|vorkasse|nachnahme|rechnung\b"
)
_GUEST = re.compile(
    r"\banonym|\bguest|\bgast\b|\bgaest|\bgosc|\binvite\b|\binvitado|\bospite|\bconvidado|\bmisafir|\bkonuk|\bhost\b|مهمان"
    r"|\bnew\b|\bexisting\b|\breturning\b|\bregister|\blog.?in\b|create.?account"
)
_WAYS = re.compile(
    r"card|kart|carte|tarjeta|\bbank|przelew|transfer|paypal|stripe|klarna|apple|google|blik|ideal|cash|\bcod\b|nachnahme|rechnung"
    r"|faktur|invoice|facture|instal|\brat[ay]?\b|credit|debit|wallet|voucher|crypto|کارت|درگاه|اقساط|نقد|カード|代引|支付宝|微信"
)
_DELIVERY = re.compile(
    r"shipping|delivery|versand|liefer|dostaw|wysylk|livraison|envio|spedizion|consegna|entrega|verzend|lever|frakt|doprava|kargo"
    r"|teslimat|ارسال|تحویل|الشحن|التوصیل|配送|courier|kurier|pickup|pick.?up"
)
_ADDRESS = re.compile(
    r"street|address|adres|strasse|\bstr\b|plz|post.?code|postal|\bzip\b|city|town|\bort\b|stadt|\bcity|kod.?poczt|miasto|ulica|rue\b"
    r"|ville|direccion|calle|ciudad|indirizzo|citta|\bcap\b|rua\b|cidade|straat|plaats|gata|\bort\b|ulice|mesto|psc|sokak|sehir|ilce"
    r"|country|land\b|kraj|pays|\bpais|paese|region|state|province|ostan|shahr|نشانی|آدرس|ادرس|شهر|استان|کد.?پستی|العنوان|المدینه|住所|地址|郵便|邮编"
)
_CONTACT = re.compile(
    r"e-?mail|phone|\btel|mobile|first.?name|last.?name|full.?name|surname|vorname|nachname|imie|nazwisko|prenom|\bnom\b|nombre|apellid"
    r"|\bnome|cognome|sobrenome|voornaam|achternaam|fornamn|efternamn|jmeno|prijmeni|\badi?\b|soyad|\bname\b|نام|تلفن|موبایل|ایمیل|الاسم"
    r"|البرید|الهاتف|氏名|姓名|メール|电话|電話"
)
_TERMS = re.compile(
    r"terms|conditions|\bagb\b|\bcg[uv]\b|regulamin|\bagree|akceptuj|accept.?(the)?.?(terms|tos)|\btos\b|قوانین|مقررات"
)
_QUANTITY = re.compile(
    r"\bq(uanti)?ty\b|quantity|\bamount\b|ilosc|menge|anzahl|cantidad|quantita|aantal|antal|mnozstvi|adet|تعداد"
)


def asks_for(field: Field, language: str | None = None) -> Asks:
    """What a field asks for: its type, its autocomplete token, then its words. Card and payment come first."""
    if field.type == "hidden":
        return Asks.HIDDEN
    said = fold(f"{field.name} {field.words}").replace("_", " ")
    token = field.autocomplete.lower()
    if _TOKENS[Asks.CARD].search(token) or _CARD.search(said):
        return Asks.CARD
    if field.type == "password":
        return Asks.PASSWORD
    if "captcha" in said:
        return Asks.CAPTCHA
    terms = mentions(field.words, Concept.TERMS, language) or mentions(field.words, Concept.TERMS, None)
    if field.type == "checkbox" and (_TERMS.search(said) or terms):
        return Asks.TERMS
    if field.type == "radio" and _is_guest_choice(field.name, said):
        return Asks.OTHER
    if field.type in ("radio", "checkbox", "select", "select-one", "listbox"):
        if _PAYMENT.search(fold(field.name)) or (_PAYMENT.search(said) and not _DELIVERY.search(fold(field.name))):
            return Asks.PAYMENT
        if _DELIVERY.search(said):
            return Asks.DELIVERY
    # "E-mail address" and "phone at the address" are no addresses.
    if field.type in ("email", "tel"):
        return Asks.CONTACT
    if _TOKENS[Asks.ADDRESS].search(token) or (field.type not in ("radio", "checkbox") and _ADDRESS.search(said)):
        return Asks.ADDRESS
    if field.type in ("email", "tel") or _TOKENS[Asks.CONTACT].search(token) or _CONTACT.search(said):
        return Asks.CONTACT if field.type not in ("radio", "checkbox") else Asks.OTHER
    if field.type == "search":
        return Asks.SEARCH
    return Asks.QUANTITY if _QUANTITY.search(said) or field.type == "number" else Asks.OTHER


def _is_guest_choice(name: str, said: str) -> bool:
    """Guest, new or known customer: such choices mention paying too ("an account before I pay"), but no way of it."""
    return bool(_GUEST.search(said)) and not _PAYMENT.search(fold(name)) and not _WAYS.search(said)


def judge_fill(field: Field, page: PageState) -> Verdict:
    """Whether a field may be filled or chosen."""
    if is_payment_host(host_of(field.frame_url)):
        return refuse("The field belongs to a payment provider.")
    reasons = {
        Asks.CARD: "Card and bank numbers are never filled in.",
        Asks.PAYMENT: "No way of paying is ever chosen.",
        Asks.TERMS: "Terms are never agreed to: without that the shop itself refuses an order.",
        Asks.CAPTCHA: "No captcha is solved.",
        Asks.PASSWORD: "No password is filled in: the journey is a guest's.",
    }
    why = reasons.get(asks_for(field, page.language))
    return refuse(why) if why else ALLOWED
