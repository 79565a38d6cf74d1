"""The IP policy: every way to write or wrap an internal address."""

from ipaddress import ip_address, ip_network

import pytest

from auditor.egress import refused_range

PRIVATE = ["127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1"]
PRIVATE_6 = ["::1", "fd12::1", "fc00::1"]
ALWAYS_REFUSED = [
    "0.0.0.0",
    "0.1.2.3",
    "169.254.1.1",
    "192.0.0.8",
    "192.88.99.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b::808:808",
    "64:ff9b:1::7f00:1",
    "2002:7f00:1::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:2::1",
    "fe80::1",
    "fe80::1%1",
    "fec0::1",
    "ff02::1",
    "5f00::1",
]
METADATA = ["169.254.169.254", "168.63.129.16", "fd00:ec2::254", "100.100.100.200", "169.254.170.2"]
PUBLIC = ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "192.0.1.1", "203.0.113.5", "2606:4700::1111"]


@pytest.mark.parametrize("address", [*PRIVATE, *PRIVATE_6, *ALWAYS_REFUSED, *METADATA])
def test_internal_addresses_are_refused(address: str) -> None:
    assert refused_range(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize("allow_private", [False, True])
def test_public_addresses_are_open(address: str, allow_private: bool) -> None:
    assert refused_range(ip_address(address), allow_private) is None


@pytest.mark.parametrize("address", [*PRIVATE, *PRIVATE_6])
def test_allow_private_opens_private_ranges(address: str) -> None:
    assert refused_range(ip_address(address), True) is None


@pytest.mark.parametrize("address", [*ALWAYS_REFUSED, *METADATA])
def test_allow_private_opens_nothing_else(address: str) -> None:
    assert refused_range(ip_address(address), True)


def test_a_listed_network_opens_itself_only() -> None:
    listed = [ip_network("10.1.0.0/16")]
    assert refused_range(ip_address("10.1.2.3"), listed) is None
    assert refused_range(ip_address("10.2.0.1"), listed) == "private"
    assert refused_range(ip_address("127.0.0.1"), listed) == "loopback"


@pytest.mark.parametrize("wide", ["169.254.0.0/16", "0.0.0.0/0"])
def test_metadata_opens_only_when_listed_alone(wide: str) -> None:
    metadata = ip_address("169.254.169.254")
    assert refused_range(metadata, [ip_network(wide)]) == "metadata"
    assert refused_range(metadata, [ip_network("169.254.169.254/32")]) is None


def test_a_listed_translation_network_does_not_open_what_is_inside() -> None:
    listed = [ip_network("64:ff9b::/96")]
    assert refused_range(ip_address("64:ff9b::808:808"), listed) is None
    assert refused_range(ip_address("64:ff9b::a9fe:a9fe"), listed) == "metadata"
    assert refused_range(ip_address("64:ff9b::7f00:1"), listed) == "loopback"
    assert refused_range(ip_address("2002:7f00:1::1"), [ip_network("2002::/16")]) == "loopback"
