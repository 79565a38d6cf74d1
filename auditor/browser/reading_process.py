"""The child process that opens files of strangers: pictures and structured data, within limits of memory and time.

It reads requests from standard input, a JSON line each with the number of bytes that follow, and answers each with a
JSON line.
"""

import hashlib
import io
import json
import os
import sys
import warnings
from typing import Any, BinaryIO

MAX_PIXELS = 40_000_000
MAX_MEMORY_BYTES = 3 * 2**30
MAX_CPU_SECONDS = 3600
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP", "TIFF", "ICO")
MAX_ITEMS = 400


def read_picture(body: bytes) -> dict[str, Any]:
    """Size in pixels, perceptual hashes (64 bits in hex), the share of the commonest colour, its look; or ``error``."""
    import imagehash
    from PIL import Image

    from auditor.browser.picture_look import LOOK_PX, look_of

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    facts: dict[str, Any] = {"sha256": hashlib.sha256(body).hexdigest(), "width": 0, "height": 0}
    if body.lstrip()[:200].lower().startswith((b"<svg", b"<?xml")) and b"<svg" in body[:2000].lower():
        return facts | {"error": "a vector drawing has no size in pixels"}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(body), formats=FORMATS) as image:
                facts.update(width=image.width, height=image.height, mime=Image.MIME.get(image.format or ""))
                image.draft("RGB", (LOOK_PX, LOOK_PX))
                image.thumbnail((LOOK_PX, LOOK_PX), Image.Resampling.BILINEAR, reducing_gap=2.0)
                shown = _flatten(image)
        facts.update(look_of(shown))
        small = shown.copy()
        small.thumbnail((256, 256), Image.Resampling.BILINEAR)
        colours = small.resize((64, 64)).quantize(16).getcolors() or [(0, 0)]
        facts.update(
            dhash=str(imagehash.dhash(small)),
            phash=str(imagehash.phash(small)),
            flat=round(max(count for count, _colour in colours) / 4096, 4),
        )
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        facts.update(width=0, height=0, error=f"it has more than {MAX_PIXELS // 1_000_000} million pixels")
    except Exception as problem:
        facts.update(width=0, height=0, error=f"it cannot be read as a picture ({type(problem).__name__})")
    return facts


def _flatten(image: Any) -> Any:
    """The picture on white, as a shopper sees a transparent one."""
    from PIL import Image

    if image.mode.startswith("I"):
        # Pillow cuts 16 bits off at 255, which makes nearly all of it white.
        image = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layers = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layers.size, "white"), layers).convert("RGB")
    return image.convert("RGB")


def read_structured_data(body: bytes, url: str) -> dict[str, Any]:
    """JSON-LD objects with ``@graph`` flattened, microdata items, Open Graph, and what could not be parsed."""
    from extruct.jsonld import JsonLdExtractor
    from extruct.opengraph import OpenGraphExtractor
    from extruct.utils import parse_html
    from extruct.w3cmicrodata import MicrodataExtractor

    text = body.decode("utf-8", "replace")
    errors: list[str] = []
    found: dict[str, Any] = {"json_ld": [], "microdata": [], "open_graph": {}, "errors": errors}
    try:
        tree = parse_html(text, encoding="utf-8")
    except Exception as problem:
        errors.append(f"the document cannot be parsed: {problem}"[:300])
        return found
    for script in tree.xpath("//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]")[:100]:
        try:
            for item in JsonLdExtractor()._extract_items(script):
                found["json_ld"] += _flat(item)
        except Exception as problem:
            errors.append(f"JSON-LD: {problem}"[:300])
    try:
        found["microdata"] = MicrodataExtractor().extract_items(tree, base_url=url)[:MAX_ITEMS]
    except Exception as problem:
        errors.append(f"microdata: {problem}"[:300])
    try:
        for item in OpenGraphExtractor().extract_items(tree, base_url=url):
            for name, value in item.get("properties", []):
                found["open_graph"].setdefault(str(name)[:100], str(value)[:2000])
    except Exception as problem:
        errors.append(f"Open Graph: {problem}"[:300])
    found["json_ld"] = found["json_ld"][:MAX_ITEMS]
    return found


def _flat(item: Any, depth: int = 0) -> list[dict[str, Any]]:
    if isinstance(item, list):
        return [one for inner in item[:MAX_ITEMS] for one in _flat(inner, depth)]
    if not isinstance(item, dict):
        return []
    graph = item.get("@graph")
    if graph is not None and depth < 3:
        rest = {key: value for key, value in item.items() if key not in ("@graph", "@context", "@id")}
        return ([rest] if rest else []) + _flat(graph, depth + 1)
    return [item]


def _limit_memory() -> None:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Until the parent closes the pipe or is gone."""
    while line := requests.readline():
        request = json.loads(line)
        body = requests.read(request["bytes"])
        try:
            answer = read_picture(body) if request["kind"] == "picture" else read_structured_data(body, request["url"])
        except (MemoryError, RecursionError) as problem:
            answer = {"error": f"reading it took too much memory ({type(problem).__name__})"}
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    _limit_memory()
    serve(sys.stdin.buffer, sys.stdout.buffer)
