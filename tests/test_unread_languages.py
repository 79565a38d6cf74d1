"""In a language of which we know no words, nothing is called absent."""

import pytest

from auditor.evidence import Ended
from auditor.finding import Verdict
from tests.hostile_shop.audited import LONGEST_S, Place, here
from tests.hostile_shop.judging import judged
from tests.hostile_shop.server import serving
from tests.hostile_shop.unread import AMHARIC, GEORGIAN, not_found, unread_shop

pytestmark = [pytest.mark.server, pytest.mark.browser, pytest.mark.timeout(LONGEST_S + 60)]

ABSENCES = frozenset(
    {
        "navigation/breadcrumb-missing", "navigation/menu-missing", "navigation/search-missing", "navigation/not-found-page",
        "product/price-unclear", "product/availability-unclear", "imagery/main-image-missing",
        "trust/contact-unreachable", "trust/email-missing", "trust/phone-missing", "trust/policies-missing",
    }
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("words", [GEORGIAN, AMHARIC], ids=["Georgian", "Amharic"])
def test_nothing_is_called_absent_in_a_language_without_words(where: Place, words: dict[str, str]) -> None:
    with serving(unread_shop(words), not_found(words)) as shop:
        panel = {"home": 1, "category": 1, "product": 1, "content": 1}
        templates = {"/i*": "product", "/t*": "content"}
        options = where.config(
            allow_private=True, devices=["mobile"], max_pages=25, politeness={"delay_s": 0}, speed={"runs": 0}, ads={"pages": 0}, depth="pages",
            panel=panel, templates=templates,
        )  # fmt: skip
        done = here(where, "audit", shop.url, *options)
    judged(done, where)
    assert {page.template for page in done.report.pages} == set(panel)
    assert {page.ended for page in done.report.pages} == {Ended.LOADED}
    called = {finding.check: finding.found for finding in done.report.findings if finding.verdict is Verdict.FAILED}
    assert not ABSENCES & called.keys(), called
    assert done.report.outcomes["trust/policies-missing"].keys() == {Verdict.NEEDS_REVIEW}
