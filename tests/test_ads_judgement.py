"""What is made of evidence: parties, chains, approvals, incidents. No browser."""

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from auditor.ads.approval import Approval
from auditor.ads.baseline_file import approve, baseline_text, write_baseline
from auditor.ads.chains import Chains
from auditor.ads.explaining import LANGUAGES, page_words, paragraph
from auditor.ads.incidents import Incident, incident_id, judge_loads
from auditor.ads.inventory import detection_power
from auditor.ads.learning import learned
from auditor.ads.loads import Seen
from auditor.ads.parties import hosts_named, party_of
from auditor.ads.signs import SignKind
from auditor.browser.unwanted.card_typing import CARD, spellings
from auditor.browser.unwanted.makers import hides, named_in, skeleton
from auditor.evidence import Asked, Box, Device, Insertions, Page, Piece, Press, StorefrontBaseline, Template
from auditor.evidence.unwanted import Leaving
from auditor.operator_file import SettingsFileError, read_operator_file

TODAY = date(2026, 11, 2)
SHOP = "https://shop.example/p/mug"
TAGS, STARS, ADX = "https://tags.example.net/gtm.js", "https://stars.example.org/s.js", "https://cdn.adx.example/a.js"


@pytest.mark.parametrize(
    ("url", "party"),
    [
        ("https://cdn.shop.co.uk/x", "shop.co.uk"), ("http://ads.test/x", "ads.test"), ("http://a.b.ads.test/", "ads.test"),
        ("https://bad.pages.dev/x", "bad.pages.dev"), ("blob:https://shop.example/1", "shop.example"), ("inline", ""),
        ("data:text/html,x", ""), ("javascript:void(0)", ""), ("http://127.0.0.1:80/", "127.0.0.1"), ("http://[::1]/", "::1"),
        ("http://[bad/", ""), ("//host", ""),
    ],
)  # fmt: skip
def test_a_party_is_the_registrable_domain(url: str, party: str) -> None:
    assert party_of(url) == party


def test_hosts_are_found_in_html_and_in_escaped_addresses() -> None:
    text = r'<script src="//a.example/x"></script>{"u":"https:\/\/b.example\/y"} mail@c.example 1.2.3 https://D.example'
    assert hosts_named(text) == ("a.example", "b.example", "d.example")


def test_a_hostile_text_is_searched_in_linear_time() -> None:
    assert hosts_named("//" + "a." * 200_000) == ()


def test_the_form_of_a_script_stays_when_tokens_change_and_not_when_hosts_do() -> None:
    form = skeleton("csrf='ab12cd34ef56ab12';at=1730000000;load('https://a.example/x')")
    assert skeleton("csrf='99ffcd34ef56ab99';at=1730000999;load('https://a.example/x')") == form
    assert skeleton("csrf='ab12cd34ef56ab12';at=1730000000;load('https://b.example/x')") != form


def test_a_host_in_base64_is_named_and_an_ordinary_script_hides_nothing() -> None:
    assert named_in("run(atob('aHR0cHM6Ly9hZHguZXhhbXBsZS9hLmpz'))") == ("adx.example",)
    assert hides("eval(atob('aHR0cHM6Ly9hZHguZXhhbXBsZS9hLmpz'))")
    assert not hides("window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}")


def test_a_card_number_is_found_in_every_spelling() -> None:
    import base64
    import json

    for before in ("", "x", "xy", "xyz"):
        body = base64.b64encode(json.dumps({"a": before, "card": CARD}).encode()).decode()
        assert any(one in body for one in spellings())
    assert {CARD, CARD[::-1], CARD.encode().hex()} <= set(spellings())


def test_a_chain_goes_back_to_what_the_page_asked_for() -> None:
    seen = insertions(
        asked=(
            Asked(url=TAGS, type="script"),
            Asked(url=STARS, type="script", maker=(TAGS,)),
            Asked(url=ADX, type="script", maker=(STARS,)),
        )
    )
    assert Chains(seen).of((ADX,)) == (ADX, STARS, TAGS)


def test_a_chain_that_goes_in_circles_ends() -> None:
    seen = insertions(
        asked=(Asked(url=TAGS, type="script", maker=(STARS,)), Asked(url=STARS, type="script", maker=(TAGS,)))
    )
    assert Chains(seen).of((TAGS,)) == (TAGS, STARS)


def insertions(**facts) -> Insertions:
    return Insertions(url=SHOP, asked_url=SHOP, makers_by="browser", served_hosts=("tags.example.net",), **facts)


def seen(**facts) -> Seen:
    page = Page(url=SHOP, key="/p/mug", template=Template.PRODUCT)
    return Seen(page, Device.DESKTOP, "direct", insertions(**facts), looked=True)


CLEAN = (Asked(url=TAGS, type="script"), Asked(url=STARS, type="script", maker=(TAGS,)))
AD = Piece(
    kind="layer", selector="div#ad", maker=(ADX,), box=Box(x=0, y=700, width=1350, height=220), share=0.23, layer=True,
    leads=("https://deals.example.com/go",), leads_share=1.0,
)  # fmt: skip


def baseline(*extra: Asked) -> StorefrontBaseline:
    return learned([seen(asked=(*CLEAN, *extra))], {"shop.example"}, shop="shop.example", today=TODAY)


def infected() -> Seen:
    return seen(asked=(*CLEAN, Asked(url=ADX, type="script", maker=(STARS,))), pieces=(AD,))


def judged(load: Seen, against: StorefrontBaseline | None, day: date = TODAY) -> tuple[Incident, ...]:
    return judge_loads((load,), Approval({"shop.example"}, against, day))


def test_novelty_and_harm_together_alert() -> None:
    (alert,) = [one for one in judged(infected(), baseline()) if one.standing == "alert"]
    assert (alert.party, alert.vector, alert.first_link) == ("adx.example", "third-party-tag", "example.org")
    assert alert.chain == (ADX, STARS, TAGS)


def test_novelty_without_harm_stays_under_the_cap() -> None:
    load = seen(
        asked=(
            *CLEAN,
            Asked(url=ADX, type="script"),
            Asked(url=ADX + "?f", type="document", maker=(ADX,)),
            Asked(url=ADX + "?x", type="xhr", maker=(ADX,)),
        )
    )
    (doubt,) = judged(load, baseline())
    assert doubt.standing == "review"
    assert doubt.score <= 59


def test_an_approved_incident_is_quiet_until_its_approval_ends() -> None:
    (alert,) = [one for one in judged(infected(), baseline()) if one.standing == "alert"]
    held = approve(baseline(), alert, why="our campaign", by="anna", on=TODAY, until=date(2027, 1, 31))
    assert not [one for one in judged(infected(), held) if one.standing in ("alert", "review")]
    after = [one for one in judged(infected(), held, date(2027, 2, 1)) if one.standing == "alert"]
    assert [one.id for one in after] == [alert.id]


def test_an_approval_does_not_cover_another_harm_of_the_same_company() -> None:
    (alert,) = [one for one in judged(infected(), baseline()) if one.standing == "alert"]
    held = approve(baseline(), alert, why="our campaign", by="anna", on=TODAY, until=date(2027, 1, 31))
    worse = seen(
        asked=infected().insertions.asked,
        left=(Leaving(url="https://casino.example.org/", how="document", maker=(ADX,)),),
    )
    assert [one.standing for one in judged(worse, held) if one.harm] == ["alert"]


def test_who_is_approved_for_measuring_is_not_approved_for_cards() -> None:
    beacon = Asked(
        url="https://stars.example.org/c", type="ping", maker=(STARS,), moment="typing", carries_card=True, held=True
    )
    (alert,) = [one for one in judged(seen(asked=(*CLEAN, beacon)), baseline()) if one.harm]
    assert (alert.standing, alert.lead.kind) == ("alert", "card-sent")
    assert 70 <= alert.score < 90


def test_without_a_baseline_only_what_is_wrong_whoever_does_it_counts() -> None:
    assert judged(seen(asked=(*CLEAN, Asked(url=ADX, type="script"))), None) == ()
    press = Press(
        what="link",
        selector="a",
        expected="https://shop.example/c",
        went=(Leaving(url="https://casino.example.org/", how="document"),),
    )
    assert [one.lead.kind for one in judged(seen(pressed=(press,)), None)] == ["link-diverted"]


def test_a_link_that_the_html_does_not_name_was_turned_round() -> None:
    link = Piece(
        kind="link",
        selector="a.buy",
        box=Box(x=0, y=0, width=90, height=20),
        leads=("https://deals.example.com/x",),
        leads_share=1.0,
    )
    kinds = {one.lead.kind for one in judged(seen(pieces=(link,)), baseline())}
    assert kinds == {"rewritten-link"}
    named = seen(pieces=(link.model_copy(update={"served": True}),))
    assert {one.standing for one in judged(named, baseline())} == {"log"}


def test_three_thousand_third_parties_are_judged() -> None:
    asked = tuple(Asked(url=f"https://a{number}.example/x.js", type="script", maker=(TAGS,)) for number in range(3000))
    assert len(judged(seen(asked=asked), baseline())) == 3000


def test_the_baseline_survives_its_file(tmp_path: Path) -> None:
    write_baseline(tmp_path / "b.yaml", baseline())
    assert read_operator_file(tmp_path / "b.yaml", StorefrontBaseline) == baseline()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("kinds: [script]", "kinds: [scripting]", "kinds.0"), ("version: 1", "version: 9", "line 4: version"),
        ("parties:", "partys:", "partys: there is no such key"), ("made: '2026-11-02'", "made: yesterday", "made"),
        ("parties:", "parties: {", "line"), ("shop: shop.example", "shop: [", "line"),
    ],
)  # fmt: skip
def test_a_baseline_edited_into_nonsense_is_told_with_its_line(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    path = tmp_path / "storefront-baseline.yaml"
    text = baseline_text(baseline())
    assert before in text
    path.write_text(text.replace(before, after, 1))
    with pytest.raises(SettingsFileError, match=r"line \d+") as problem:
        read_operator_file(path, StorefrontBaseline)
    assert said in str(problem.value)


def test_an_incident_keeps_its_id_and_two_companies_have_two() -> None:
    assert incident_id("adx.example") == incident_id("adx.example") != incident_id("ady.example")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sign_has_words_in_every_language(language: str) -> None:
    from auditor.ads.explaining import _words
    from auditor.ads.findings import CARD as CARDS
    from auditor.ads.findings import CLOAKED, HIJACKED, INJECTED, SENT_ELSEWHERE

    harmful: set[SignKind] = {*CARDS, *CLOAKED, *HIJACKED, *INJECTED, *SENT_ELSEWHERE}
    assert harmful <= _words(language)["title"].keys()
    assert set(get_args(SignKind)) == harmful | _words(language)["sign"].keys()
    assert page_words(language).keys() == page_words("en").keys()
    (alert,) = [one for one in judged(infected(), baseline()) if one.standing == "alert"]
    told = paragraph(alert, language)
    assert "adx.example" in told
    assert "{" not in told


def test_detection_power_is_what_statistics_say() -> None:
    assert [detection_power(loads) for loads in (0, 1, 11, 29, 59)] == [100, 95, 24, 10, 5]
