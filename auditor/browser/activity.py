"""Sentences on what other shoppers do, and where their numbers come from: the document, an answer, or chance."""

import base64
import re
from collections.abc import Iterable, Mapping

from playwright.async_api import CDPSession
from playwright.async_api import Error as PlaywrightError

from auditor.browser.isolated_world import IsolatedWorld, ScriptFailed
from auditor.browser.network import NetworkLog
from auditor.evidence import Activity, ActivityClaim, Request, TextRun
from auditor.lexicon import Concept, fold, mentions

MOST_CLAIMS = 6
MOST_FILES = 40
MOST_CHARS = 2_000_000
LONGEST_CLAIM = 160
NEAR_CHARS = 1200
"""How far from the words of an element a script draws its number by chance."""

_NUMBER = re.compile(r"(?<![\d.,:])\d{1,5}(?![\d.,:%]*\d|\s*%)")
_CHANCE = re.compile(r"Math\s*\.\s*random\s*\(|crypto\s*\.\s*getRandomValues\s*\(")
_SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)[^>]*>(.*?)</script", re.IGNORECASE | re.DOTALL)


def claims(runs: Iterable[TextRun], language: str | None) -> list[tuple[TextRun, str, int]]:
    """Short visible texts on what others do, each with its sentence and the one number in it."""
    shown = [run for run in runs if run.visible and run.region not in ("nav", "footer")]
    found: list[tuple[TextRun, str, int]] = []
    for place, run in enumerate(shown):
        # A number is often an element of its own inside the sentence.
        beside = [near for near in shown[max(0, place - 1) : place + 2] if _nested(run, near)]
        sentence = " ".join(near.text for near in beside) if _NUMBER.search(fold(run.text)) is None else run.text
        numbers = _NUMBER.findall(fold(sentence))
        if len(sentence) <= LONGEST_CLAIM and len(numbers) == 1 and mentions(sentence, Concept.ACTIVITY, language):
            found.append((run, sentence, int(numbers[0])))
    return found[:MOST_CLAIMS]


def _nested(run: TextRun, near: TextRun) -> bool:
    return near is run or near.selector.startswith(f"{run.selector} > ")


async def read_activity(
    found: list[tuple[TextRun, str, int]],
    cdp: CDPSession,
    world: IsolatedWorld,
    log: NetworkLog,
    html: str,
    requests: Iterable[Request],
) -> Activity:
    """Where the numbers of ``found`` come from."""
    inline = _SCRIPT.findall(html)
    scripts, answers = list(inline), list[str]()
    for request in [one for one in requests if one.type in ("script", "xhr", "fetch", "eventsource")][:MOST_FILES]:
        body = await _body(cdp, log, request.url)
        (scripts if request.type == "script" else answers).append(body)
    items = []
    document = _SCRIPT.sub(" ", html)
    for run, sentence, number in found:
        later = await _later(world, run)
        items.append(
            ActivityClaim(
                selector=run.selector,
                text=sentence[:LONGEST_CLAIM],
                number=number,
                sent=sent_in(document, sentence, number),
                answered=any(re.search(rf"(?<!\d){number}(?!\d)", body) for body in answers),
                random=next((part for script in scripts if (part := drawn_by_chance(script, run, html))), ""),
                later=later,
                box=run.box,
            )
        )
    return Activity(items=tuple(items))


async def _later(world: IsolatedWorld, run: TextRun) -> int | None:
    try:
        text = await world.call("textAt", run.selector, seconds=2)
    except (ScriptFailed, PlaywrightError):
        return None
    numbers = _NUMBER.findall(fold(text or ""))
    return int(numbers[0]) if len(numbers) == 1 else None


def sent_in(html: str, sentence: str, number: int) -> bool:
    """Whether the document as it was sent has the number beside the word that it stands beside in the sentence."""
    text = fold(re.sub(r"<[^>]*>", " ", html)[:MOST_CHARS])
    parted = re.split(rf"(?<!\d){number}(?!\d)", fold(sentence), maxsplit=1)
    before, after = (re.findall(r"[^\W\d_]+", part) for part in parted)
    beside = [rf"(?<!\w){re.escape(before[-1])}[\W_]{{1,12}}{number}(?!\d)"] if before else []
    beside += [rf"(?<!\d){number}[\W_]{{0,12}}{re.escape(after[0])}(?!\w)"] if after else []
    return any(re.search(one, text) for one in beside)


def drawn_by_chance(script: str, run: TextRun, html: str) -> str:
    """The words around the place where ``script`` draws a number near what names the element of ``run``, or ""."""
    names = _names(run, html)
    for match in _CHANCE.finditer(script[:MOST_CHARS]):
        around = script[max(0, match.start() - NEAR_CHARS) : match.end() + NEAR_CHARS]
        if any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", around) for name in names):
            return " ".join(script[max(0, match.start() - 40) : match.end() + 40].split())[:120]
    return ""


def _names(run: TextRun, html: str) -> set[str]:
    """Ids and classes of the element and of what holds it that are not on everything."""
    near = " > ".join(run.selector.split(" > ")[-3:])
    named = {part.replace("\\", "") for part in re.findall(r"[#.]((?:[\w-]|\\.)+)", near)}
    return {name for name in named if len(name) >= 4 and html.count(name) <= 12}


async def _body(cdp: CDPSession, log: NetworkLog, url: str) -> str:
    for request_id in log.bodies_of(url):
        try:
            kept: Mapping[str, str] = await cdp.send("Network.getResponseBody", {"requestId": request_id})
        except PlaywrightError:
            continue
        body = kept["body"]
        return (base64.b64decode(body).decode("utf-8", "replace") if kept["base64Encoded"] else body)[:MOST_CHARS]
    return ""
