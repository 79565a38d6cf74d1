"""Pictures and structured data of strangers, read within limits."""

import io
import json
import os
import struct
import zlib

import psutil
import pytest
from PIL import Image

from auditor.browser.devices import Identity
from auditor.browser.network import site_of
from auditor.browser.reader import Reader, ReadingFailed
from auditor.browser.reading_process import read_picture, read_structured_data
from auditor.browser.renditions import candidates
from auditor.browser.sections import layout_shift
from auditor.evidence import Device, StructuredData
from tests.browser_site import picture


def bomb(side: int) -> bytes:
    """A valid PNG of side x side pixels in a few kilobytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compress(bytes(1 + side // 8) * 100, 9)
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_picture_has_size_and_hashes() -> None:
    facts = read_picture(picture(640, 480))
    assert (facts["width"], facts["height"], facts["mime"]) == (640, 480, "image/jpeg")
    assert len(facts["dhash"]) == len(facts["phash"]) == 16
    assert facts["flat"] < 0.9


def test_the_same_picture_in_another_size_has_nearly_the_same_hash() -> None:
    large, small = (int(read_picture(picture_of(side))["dhash"], 16) for side in (1200, 300))
    assert (large ^ small).bit_count() <= 8


def picture_of(side: int) -> bytes:
    body = io.BytesIO()
    Image.open(io.BytesIO(picture(1200, 1200))).resize((side, side)).save(body, "WEBP")
    return body.getvalue()


def test_one_colour_is_flat() -> None:
    body = io.BytesIO()
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(body, "PNG")
    assert read_picture(body.getvalue())["flat"] == 1.0


@pytest.mark.parametrize("side", [7_000, 30_000])
def test_a_bomb_is_named_not_decoded(side: int) -> None:
    facts = read_picture(bomb(side))
    assert "40 million pixels" in facts["error"]
    assert facts["width"] == 0


@pytest.mark.parametrize("body", [b"", b"<html>no", picture(200, 200)[:300], b"<svg xmlns='x'></svg>"])
def test_what_is_no_picture_says_so(body: bytes) -> None:
    facts = read_picture(body)
    assert facts["error"]
    assert facts["width"] == 0


def test_structured_data_flattens_graphs_and_keeps_errors() -> None:
    html = """<meta property="og:image" content="/og.jpg">
      <script type="application/ld+json">{"@graph": [{"@type": "Product", "image": "/a.jpg"}, {"@type": "WebSite"}]}</script>
      <script type="application/ld+json">{"@type": "Product", </script>
      <div itemscope itemtype="https://schema.org/Product"><img itemprop="image" src="/m.jpg"></div>"""
    found = read_structured_data(html.encode(), "https://shop.example/p")
    assert [item["@type"] for item in found["json_ld"]] == ["Product", "WebSite"]
    assert found["microdata"][0]["properties"]["image"] == "https://shop.example/m.jpg"
    assert found["open_graph"] == {"og:image": "/og.jpg"}
    assert len(found["errors"]) == 1
    assert found["errors"][0].startswith("JSON-LD")


def test_deeply_nested_documents_are_read() -> None:
    html = "<div>" * 20_000 + "<p itemscope itemtype='https://schema.org/Thing'></p>"
    assert read_structured_data(html.encode(), "https://shop.example/")["json_ld"] == []


def test_candidates_put_the_main_picture_first_and_stop_at_twelve() -> None:
    gallery = [
        {
            "of": "#main",
            "files": [{"url": "https://x.example/zoom.jpg", "source": "zoom"}, {"url": "data:x", "source": "current"}],
        },
        *({"of": f"#t{i}", "files": [{"url": f"https://x.example/{i}.jpg", "source": "current"}]} for i in range(20)),
    ]
    data = StructuredData(json_ld=({"@type": ["Product"], "image": [{"url": "/big.jpg"}, "/zoom.jpg"]},))
    files = candidates(gallery, data, "https://x.example/p")
    assert [file["url"] for file in files[:3]] == [f"https://x.example/{name}.jpg" for name in ("zoom", "big", "0")]
    assert len(files) == 12


def test_layout_shift_is_the_largest_session_window() -> None:
    shifts = [{"value": 0.1, "at_ms": at} for at in (0, 900, 1800)] + [{"value": 0.25, "at_ms": 9000}]
    assert layout_shift(shifts) == pytest.approx(0.3)
    assert layout_shift([{"value": 0.1, "at_ms": at} for at in range(0, 8000, 900)]) == pytest.approx(0.6)


def test_sites_are_registrable_domains() -> None:
    assert site_of("https://cdn.shop.example.co.uk/x?y=https://evil.example") == "example.co.uk"
    assert site_of("http://127.0.0.1:8000/") == "127.0.0.1"


def test_the_user_agent_is_the_browser_own_and_names_us() -> None:
    own = (
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36"
    )
    mobile = Identity(own, "https://example.com/bot\n").user_agent(Device.MOBILE)
    assert "Android" in mobile
    assert "Mobile Safari" in mobile
    assert "storefront-auditor/" in mobile
    assert mobile.endswith("(+https://example.com/bot)")
    assert (
        Identity(own.replace("156.0.0.0", "156.0.8078.79"), "https://example.com/bot").user_agent(Device.MOBILE)
        == mobile
    )


@pytest.mark.server
async def test_the_reading_process_survives_a_bomb_and_ends_with_its_parent() -> None:
    reader = Reader()
    assert "error" in await reader.picture(bomb(30_000))
    assert (await reader.picture(picture(320, 200)))["width"] == 320
    assert (await reader.structured_data("<p>", "https://shop.example/"))["json_ld"] == []
    children = [
        child for child in psutil.Process(os.getpid()).children() if "reading_process" in " ".join(child.cmdline())
    ]
    assert len(children) == 1
    await reader.close()
    assert not children[0].is_running()
    with pytest.raises(ReadingFailed):
        await reader.picture(b"")


def test_answers_are_json() -> None:
    assert json.loads(json.dumps(read_picture(b"x")))["error"]
