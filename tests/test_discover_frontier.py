"""The order in which discovery asks for pages, and where it gives up."""

import pytest

from auditor.discover.click_graph import ClickGraph
from auditor.discover.frontier import FEW_DATES, FEW_LOOKS, FEW_PAGES, Frontier
from auditor.discover.link_address import Address, absolute

HOME = "https://shop.example/"


def at(path: str) -> Address:
    where = absolute(HOME, path)
    assert where
    return where


def taken(frontier: Frontier, most: int) -> list[str]:
    found = (frontier.take() for _ in range(most))
    return [candidate.where.path for candidate in found if candidate]


def test_few_requests_reach_every_kind_of_page() -> None:
    frontier = Frontier(100)
    for number in range(50):
        frontier.offer(at(f"/category/c-{number}"), region="nav", depth=1)
        frontier.offer(at(f"/product/p-{number}"), region="main", card=True, depth=1)
        frontier.offer(at(f"/pages/f-{number}"), region="footer", depth=1)
        frontier.offer(at(f"/listed/l-{number}"), in_sitemap=True)
    frontier.offer(at("/cart"), region="header", depth=1)
    assert {path.split("/")[1] for path in taken(frontier, 8)} == {"category", "product", "pages", "listed", "cart"}


def test_kinds_are_told_apart_where_all_addresses_look_alike() -> None:
    frontier = Frontier(100)
    for number in range(40):
        frontier.offer(at(f"/menu-{number}"), region="nav", depth=1, found_from=HOME)
    for number in range(40):
        frontier.offer(at(f"/card-{number}"), region="main", card=True, depth=2, found_from=HOME)
    first = taken(frontier, 10)
    assert sum(path.startswith("/card") for path in first) == 5


@pytest.mark.parametrize(
    ("addresses", "kept", "reason"),
    [
        ([f"/c?page={n}" for n in range(2, 40)], FEW_PAGES - 1, "pagination"),
        ([f"/c/page/{n}" for n in range(2, 40)], FEW_PAGES - 1, "pagination"),
        ([f"/c-{n}?sort=price" for n in range(40)], FEW_LOOKS, "near-duplicate"),
        ([f"/events/20{n}/05" for n in range(10, 60)], FEW_DATES, "calendar"),
        ([f"/events?date=2031-05-{n}" for n in range(10, 30)], FEW_DATES, "calendar"),
    ],
)
def test_budgets(addresses: list[str], kept: int, reason: str) -> None:
    frontier = Frontier(1000)
    answers = [frontier.offer(at(path), region="main", depth=1) for path in addresses]
    assert answers.count(None) == kept
    assert set(answers) == {None, reason}


def test_parameter_that_only_repeats_is_given_up() -> None:
    frontier = Frontier(1000)
    for number in range(30):
        frontier.offer(at(f"/c-{number}?color=red"), region="main", depth=1)
        frontier.offer(at(f"/c-{number}?color=red&size=m"), region="main", depth=1)
    dropped = 0
    for _ in range(4):
        candidate = frontier.take()
        assert candidate
        dropped += frontier.learn(candidate, "repeated")
    assert dropped == 56
    assert len(frontier) == 0
    assert frontier.offer(at("/new?color=blue&brand=x"), region="main", depth=1) == "near-duplicate"
    assert frontier.offer(at("/new"), region="main", depth=1) is None


def test_parameter_that_carries_content_is_kept() -> None:
    frontier = Frontier(1000)
    for number in range(60):
        frontier.offer(at(f"/index.php?route=product/product&product_id={number}"), region="main", depth=1)
    for number in range(60):
        candidate = frontier.take()
        assert candidate
        assert frontier.learn(candidate, "repeated" if number % 10 == 9 else "new") == 0


def test_link_outranks_sitemap() -> None:
    frontier = Frontier(10)
    frontier.offer(at("/a-1"), in_sitemap=True)
    frontier.offer(at("/a-1"), region="nav", depth=1)
    found = frontier.take()
    assert found
    assert found.group == "nav"
    assert frontier.take() is None
    assert len(frontier) == 0


def test_queue_is_bounded() -> None:
    frontier = Frontier(10)
    answers = {frontier.offer(at(f"/n-{number}"), region="main", depth=1) for number in range(3000)}
    assert answers == {None, "queue-full"}
    assert len(frontier) < 1100


def test_click_depth_is_the_least() -> None:
    graph = ClickGraph()
    for source, target in [("home", "a"), ("a", "b"), ("b", "c"), ("home", "c"), ("c", "d"), ("lost", "d")]:
        graph.link(graph.node(source), graph.node(target))
    graph.alias("other-c", "c")
    depths = graph.depths("home")
    assert {url: depth for url, (depth, _) in depths.items()} == {
        "home": 0,
        "a": 1,
        "b": 2,
        "c": 1,
        "d": 2,
        "other-c": 1,
    }
    assert depths["d"][1] == "c"
