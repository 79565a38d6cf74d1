"""What a form field asks for."""

from dataclasses import dataclass
from enum import StrEnum


class FieldMeaning(StrEnum):
    """``STREET`` is the name alone, where the house number has a field of its own; ``ADDRESS_LINE1`` takes both."""

    EMAIL = "email"
    NEWSLETTER_EMAIL = "newsletter_email"
    USERNAME = "username"
    PHONE = "phone"
    FULL_NAME = "full_name"
    FIRST_NAME = "first_name"
    MIDDLE_NAME = "middle_name"
    LAST_NAME = "last_name"
    FULL_NAME_KANA = "full_name_kana"
    FIRST_NAME_KANA = "first_name_kana"
    LAST_NAME_KANA = "last_name_kana"
    SALUTATION = "salutation"
    COMPANY = "company"
    TAX_ID = "tax_id"
    NATIONAL_ID = "national_id"
    BIRTH_DATE = "birth_date"
    ADDRESS_LINE1 = "address_line1"
    ADDRESS_LINE2 = "address_line2"
    STREET = "street"
    HOUSE_NUMBER = "house_number"
    FLAT = "flat"
    POSTCODE = "postcode"
    CITY = "city"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"
    PASSWORD = "password"
    OTP = "otp"
    COUPON = "coupon"
    LOYALTY_NUMBER = "loyalty_number"
    QUANTITY = "quantity"
    NOTE = "note"
    GIFT_MESSAGE = "gift_message"
    DELIVERY_DATE = "delivery_date"
    DELIVERY_METHOD = "delivery_method"
    PAYMENT_METHOD = "payment_method"
    NEWSLETTER_CONSENT = "newsletter_consent"
    TERMS_CONSENT = "terms_consent"
    CREATE_ACCOUNT = "create_account"
    SAME_ADDRESS = "same_address"
    SEARCH = "search"
    CARD_NUMBER = "card_number"
    CARD_EXPIRY = "card_expiry"
    CARD_CVC = "card_cvc"
    CARD_NAME = "card_name"
    BANK_ACCOUNT = "bank_account"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Typed:
    """``score`` is between 0 and 1; ``because`` names what spoke for the meaning, strongest first."""

    meaning: FieldMeaning
    score: float
    because: tuple[str, ...]


CARD = frozenset({FieldMeaning.CARD_NUMBER, FieldMeaning.CARD_EXPIRY, FieldMeaning.CARD_CVC, FieldMeaning.CARD_NAME})
ADDRESS = frozenset(
    {
        FieldMeaning.ADDRESS_LINE1,
        FieldMeaning.ADDRESS_LINE2,
        FieldMeaning.STREET,
        FieldMeaning.HOUSE_NUMBER,
        FieldMeaning.FLAT,
        FieldMeaning.POSTCODE,
        FieldMeaning.CITY,
        FieldMeaning.DISTRICT,
        FieldMeaning.REGION,
        FieldMeaning.COUNTRY,
    }
)
TICKED = frozenset(
    {
        FieldMeaning.NEWSLETTER_CONSENT,
        FieldMeaning.TERMS_CONSENT,
        FieldMeaning.CREATE_ACCOUNT,
        FieldMeaning.SAME_ADDRESS,
        FieldMeaning.SALUTATION,
        FieldMeaning.PAYMENT_METHOD,
        FieldMeaning.DELIVERY_METHOD,
        FieldMeaning.DELIVERY_DATE,
    }
)
"""What a tick box or radio button can mean."""
ONLY_TICKED = TICKED - {
    FieldMeaning.SALUTATION,
    FieldMeaning.PAYMENT_METHOD,
    FieldMeaning.DELIVERY_METHOD,
    FieldMeaning.DELIVERY_DATE,
}
"""What nobody types or selects."""
ONLY_TYPED = CARD - {FieldMeaning.CARD_EXPIRY, FieldMeaning.CARD_NUMBER} | {
    FieldMeaning.EMAIL,
    FieldMeaning.NEWSLETTER_EMAIL,
    FieldMeaning.PHONE,
    FieldMeaning.FULL_NAME,
    FieldMeaning.FIRST_NAME,
    FieldMeaning.LAST_NAME,
    FieldMeaning.PASSWORD,
    FieldMeaning.OTP,
    FieldMeaning.SEARCH,
    FieldMeaning.COUPON,
}
"""What no list of options can mean."""
