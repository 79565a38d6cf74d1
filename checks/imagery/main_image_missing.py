"""IMG-001."""

from collections.abc import Iterator

from auditor.api import (
    Certainty,
    Judgement,
    Measure,
    NotRecorded,
    PageEvidence,
    Problem,
    Severity,
    Template,
    TemplateEvidence,
    _,
    check,
)
from auditor.reading import placeholders
from auditor.reading.pictures import main_image

REPEATED = 3
"""So many products that have nothing in common, with one picture, show a placeholder."""

SURE, DOUBT = Certainty.CERTAIN, Certainty.NEEDS_REVIEW


@check(
    id="imagery/main-image-missing",
    row="IMG-001",
    severity=Severity.CRITICAL,
    templates={Template.PRODUCT},
    title=_("Products have no real picture"),
    why=_("Hardly anyone buys what they cannot see."),
    fix=_("Put a photograph on every product and repair addresses of pictures that do not load."),
    found=_("Main picture: {state} ({url})"),
    source="https://support.google.com/merchants/answer/6324350",
    scale="share",
)
def main_image_missing(evidence: TemplateEvidence, *, repeated: int = REPEATED) -> Judgement:
    judged = [page for page in evidence.pages if page.images and page.document]
    if not judged:
        raise NotRecorded("no images were recorded on product pages")
    alone = {page.visit.id: problem for page in judged if (problem := _alone(page))}
    rest = [page for page in judged if page.visit.id not in alone or alone[page.visit.id].certainty is DOUBT]
    found = alone | {page.visit.id: problem for page, problem in _shared(rest, repeated)}
    yield Measure(value=round(1 - len(found) / len(judged), 4), unit="share", of=len(judged))
    yield from found.values()


def _alone(page: PageEvidence) -> Problem | None:
    """What one page shows by itself."""
    assert page.images
    assert page.document
    main = main_image(page.images, page.document)
    if main is None:
        return _problem(page, "none", "none found", placeholders.absence_is_certain(page))
    if not main.loaded:
        return _problem(page, "broken", "does not load", placeholders.is_broken(main))
    if placeholders.named_as_placeholder(main, page.document.lang):
        return _problem(page, "placeholder", "placeholder by its name", not placeholders.offers_another(page, main))
    if placeholders.looks_empty(placeholders.main_file(page)):
        return _problem(page, "placeholder", "a small file of one colour", sure=False)
    return None


def _shared(pages: list[PageEvidence], repeated: int) -> Iterator[tuple[PageEvidence, Problem]]:
    """One picture on products that are no variants of each other."""
    for group in placeholders.shared_pictures(pages):
        products = placeholders.distinct(group.pages, placeholders.same_product)
        unrelated = placeholders.distinct(group.pages, placeholders.perhaps_same_product)
        empty = placeholders.looks_empty(placeholders.main_file(group.pages[0]))
        if products > 1:
            for page in group.pages:
                sure = group.identical and (unrelated >= repeated or empty)
                yield page, _problem(page, "placeholder", f"the same on {products} products", sure)


def _problem(page: PageEvidence, kind: str, state: str, sure: bool) -> Problem:
    main = main_image(page.images, page.document) if page.images and page.document else None
    return Problem(
        selector=main.selector if main else None,
        box=main.box if main else None,
        values={"state": state, "url": main.url if main else page.page.url},
        page_key=page.page.key,
        discriminator=kind,
        certainty=SURE if sure else DOUBT,
    )
