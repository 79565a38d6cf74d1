"""Defects that stop or hinder shoppers who use aids."""

from auditor.demo.defects.defect import Defect, adding, all_of, rows, setting, styled

ICON = '<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="M4 4h16v16H4z"></path></svg>'
SIZE = 'style="width:48px;height:48px;padding:12px"'

ACCESSIBILITY = (
    Defect(
        "access-button-unnamed",
        "A button on product pages has no name",
        rows("A11Y-001"),
        rows("product"),
        edit=adding(".buy", f'<p><button type="button" class="share" {SIZE}>{ICON}</button></p>'),
    ),
    Defect(
        "access-links-and-lists-broken",
        "Product pages hold a link without a name and a list of something else",
        rows("A11Y-002"),
        rows("product"),
        edit=all_of(
            adding(".facts", f'<li><a class="about" href="/about" {SIZE}>{ICON}</a></li>'),
            adding("#reviews", "<ul><div>5 of 5</div><div>4 of 5</div></ul>"),
        ),
    ),
    Defect(
        "access-price-pale",
        "The price can hardly be read",
        rows("A11Y-003"),
        rows("product"),
        part="price",
        edit=styled(".price-block .price{color:#b4b4b4}"),
    ),
    Defect(
        "access-language-wrong",
        "All pages say that they are written in Italian",
        rows("A11Y-007"),
        edit=setting("html", "lang", "it"),
    ),
    Defect(
        "access-focus-unseen",
        "Nothing shows where the keyboard is",
        rows("A11Y-006"),
        device="desktop",
        edit=styled("*:focus,*:focus-visible{outline:none!important}"),
    ),
    Defect(
        "access-spacing-cut",
        "Prices in lists are cut off when their text is spaced wider",
        rows("A11Y-008"),
        rows("category home search"),
        part="cards",
        edit=styled(".card-price .price{display:block;line-height:1;block-size:.95em;overflow:hidden}"),
    ),
)
