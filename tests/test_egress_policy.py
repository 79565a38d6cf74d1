"""`--resolve` and what a policy opens."""

import pytest

from auditor.egress import EgressPolicy, Resolve, parse_resolve


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("shop.example:127.0.0.1", Resolve(host="shop.example", address="127.0.0.1")),
        ("Shop.Example.:443:127.0.0.1", Resolve(host="shop.example", port=443, address="127.0.0.1")),
        ("shop.example:127.0.0.1:8443", Resolve(host="shop.example", address="127.0.0.1", to_port=8443)),
        ("shop.example:80:10.0.0.5:8080", Resolve(host="shop.example", port=80, address="10.0.0.5", to_port=8080)),
        ("*.example:[::1]:8080", Resolve(host="*.example", address="::1", to_port=8080)),
        ("shop.example:443:[FD00::1]", Resolve(host="shop.example", port=443, address="fd00::1")),
        ("[::1]:80:127.0.0.1:8080", Resolve(host="::1", port=80, address="127.0.0.1", to_port=8080)),
    ],
)
def test_resolve_is_read(text: str, expected: Resolve) -> None:
    assert parse_resolve(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "shop.example",
        "shop.example:",
        "shop.example:elsewhere.example",
        "shop.example:80",
        "shop.example:0:127.0.0.1",
        "shop.example:99999:127.0.0.1",
        "shop.example:127.0.0.1:http",
        "shop.example:::1",
        "shop.example:80:127.0.0.1:81:82",
        "https://shop.example:127.0.0.1",
        "*:127.0.0.1",
        "shop.*.example:127.0.0.1",
        "shop.example:[::1",
        "shop.example:0177.0.0.1",
    ],
)
def test_what_cannot_be_read_is_explained(text: str) -> None:
    with pytest.raises(ValueError, match=r"--resolve .*HOST\[:PORT\]:ADDRESS\[:PORT\].*\.$"):
        parse_resolve(text)


def test_the_closest_entry_wins() -> None:
    entries = (
        "*.example:10.0.0.1",
        "*.shop.example:10.0.0.2",
        "a.shop.example:10.0.0.3",
        "a.shop.example:443:10.0.0.4",
    )
    policy = EgressPolicy(resolve=tuple(parse_resolve(entry) for entry in entries))

    def address(host: str, port: int) -> str | None:
        found = policy.override(host, port)
        return found.address if found else None

    assert address("b.example", 80) == "10.0.0.1"
    assert address("b.shop.example", 80) == "10.0.0.2"
    assert address("a.shop.example", 80) == "10.0.0.3"
    assert address("a.shop.example", 443) == "10.0.0.4"
    assert address("example", 80) is None
    assert address("badexample", 80) is None


def test_ports() -> None:
    policy = EgressPolicy(extra_ports=frozenset({8080}), resolve=(parse_resolve("shop.example:9000:127.0.0.1"),))
    assert [port for port in (22, 80, 443, 8080, 9000) if policy.allows_port("other.example", port)] == [80, 443, 8080]
    assert policy.allows_port("shop.example", 9000)
    assert not EgressPolicy(ports=frozenset({443})).allows_port("shop.example", 80)
