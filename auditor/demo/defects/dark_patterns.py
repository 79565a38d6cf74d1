"""Patterns that press shoppers into what they did not choose."""

from auditor.demo.defects.defect import Defect, adding, rows

PLANS = (
    '<fieldset class="plan"><legend>How often</legend>'
    '<p><label><input type="radio" name="plan" value="once"> One-time purchase</label></p>'
    '<p><label><input type="radio" name="plan" value="monthly" checked> Subscribe and save 10 %</label></p></fieldset>'
)

DARK_PATTERNS = (
    Defect(
        "dark-urgency",
        "An offer on product pages ends soon, nobody knows when",
        rows("DRK-002"),
        rows("product"),
        edit=adding(".price-block", "<p>Limited time offer, ends soon!</p>"),
    ),
    Defect(
        "dark-subscription",
        "A subscription is chosen in advance",
        rows("DRK-010"),
        rows("product"),
        also=rows("MOB-004 MOB-006"),
        edit=adding("form.add", PLANS, first=True),
    ),
)
