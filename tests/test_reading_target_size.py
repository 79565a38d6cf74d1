"""The geometry of WCAG 2.5.8, by properties that hold for any page."""

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.evidence import Target
from auditor.reading.target_size import pressable, too_small
from tests.factories import box, target

places = st.floats(0, 300)
edges = st.floats(4, 60)
boxes = st.builds(box, x=places, y=places, width=edges, height=edges)
links = st.builds(lambda where, name: target(name, box=where, href=f"/{name}"), boxes, st.text("abc", max_size=3))
pages = st.lists(links, max_size=6)
few = settings(max_examples=25, deadline=None)


def moved(one: Target, x: float, y: float) -> Target:
    return one.model_copy(update={"box": box(one.box.x + x, one.box.y + y, one.box.width, one.box.height)})


@few
@given(pages)
def test_only_pressable_targets_under_24_px_are_too_small(page: list[Target]) -> None:
    for small in too_small(page):
        assert small in pressable(page)
        assert min(small.box.width, small.box.height) < 24


@few
@given(pages)
def test_the_order_of_targets_does_not_matter(page: list[Target]) -> None:
    assert sorted(map(repr, too_small(page))) == sorted(map(repr, too_small(page[::-1])))


@few
@given(pages, st.integers(-2000, 2000), st.integers(-2000, 2000))
def test_a_target_far_from_all_others_crowds_none(page: list[Target], x: int, y: int) -> None:
    alone = target("alone", box=box(x + 10_000, y + 10_000, 8, 8))
    assert too_small([*page, alone]) == too_small(page)


@few
@given(pages, edges)
def test_a_covered_target_neither_counts_nor_crowds(page: list[Target], edge: float) -> None:
    covered = target("covered", box=box(0, 0, edge, edge), hit=False, href="/covered")
    assert too_small([covered, *page]) == too_small(page)


@few
@given(st.floats(4, 23), st.floats(0, 10))
def test_two_small_targets_are_kept_apart_by_24_px_between_their_centres(edge: float, more: float) -> None:
    one = target("one", box=box(0, 0, edge, edge))
    assert too_small([one, moved(one, 24 + more, 0).model_copy(update={"name": "other"})]) == ()
    near = moved(one, 4 + more, 0)
    assert len(too_small([one, near])) == 2


def test_the_same_address_in_full_size_is_an_equivalent() -> None:
    title = target("Lamp", box=box(0, 100, 60, 16), href="/lamp")
    heart = target("Wishlist", box=box(0, 118, 60, 16))
    picture = target("", box=box(0, 300, 100, 100), href="/lamp")
    assert too_small([title, heart]) == (title, heart)
    assert too_small([title, heart, picture]) == (heart,)


def test_a_script_instead_of_an_address_is_no_equivalent() -> None:
    rows = [target(str(n), box=box(0, 16 * n, 60, 15), href="#") for n in range(2)]
    large = target("", box=box(0, 300, 100, 100), href="#")
    assert too_small([*rows, large]) == tuple(rows)
