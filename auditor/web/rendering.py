"""Templates → pages, in the visitor's language."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from auditor.check import CheckSpec, load_checks
from auditor.phrases import LANGUAGES, _, _n
from auditor.web.access import LoginNeeded, visitor_of
from auditor.web.drawing import sparkline, timeline
from reports.language import Language, current, number, written_in
from reports.recorded import said
from reports.shop_text import shown_address
from reports.wording import AREAS, DEVICES, METRICS, PAGES_OF, SEVERITIES, TEMPLATES, duration, moment, quantity

LANGUAGE_NAMES = {"en": "English", "pl": "polski", "fa": "فارسی"}
LANGUAGE = "auditor_language"
STATES = {
    "new": _("New"), "still": _("Still there"), "fixed": _("Fixed"), "came_back": _("Came back"),
    "unjudged": _("Unjudged"), "accepted": _("Accepted"),
}  # fmt: skip
ROLES = {"viewer": _("viewer"), "operator": _("operator"), "admin": _("admin")}
REFUSALS = (
    _("There is no such shop."), _("There is no such audit."), _("There is no such finding."),
    _("There is no such run."), _("There is no such page."), _("There is no such series."), _("Not Found"),
    _("There is no such picture, or it was removed to save space."),
    _("The report is gone: its run folder was moved or removed."),
    _("The form is not from a page of this server, or too old. Load the page again."),
    _("Too many logins were refused. Wait a quarter of an hour."),
)  # fmt: skip
"""What pages refuse with, for the catalogues."""


def language_of(request: Request) -> Language:
    """Asked for by ``?lang=``, else by cookie, else the user's own, else the browser's."""
    asked = [request.query_params.get("lang", ""), request.cookies.get(LANGUAGE, "")]
    visitor = getattr(request.state, "visitor", None)
    asked.append((visitor and visitor.language) or "")
    asked += [part.split(";")[0].strip()[:2] for part in request.headers.get("accept-language", "").split(",")[:10]]
    code = next((one for one in asked if one in LANGUAGES), "en")
    return Language(code, native_digits=code == "fa", jalali=code == "fa")


def page(request: Request, name: str, values: Mapping[str, Any] | None = None, status: int = 200) -> HTMLResponse:
    try:
        visitor = visitor_of(request)
    except LoginNeeded:
        visitor = None
    language = language_of(request)
    with written_in(language):
        text = _environment().get_template(name).render(
            **(values or {}), visitor=visitor, language=language, languages=LANGUAGE_NAMES, path=request.url.path,
            files_error=request.app.state.site.files()[1],
        )  # fmt: skip
    response = HTMLResponse(text, status)
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(LANGUAGE, language.code, max_age=31_536_000, httponly=True, samesite="lax")
    return response


def _remembered(worded: Callable[..., str]) -> Callable[..., str]:
    """The same numbers and instants stand on many pages, many times: a language's word for one is looked up once."""

    @lru_cache(maxsize=20_000)
    def of(_language: Language, *given: Any) -> str:
        return worded(*given)

    return lambda *given: of(current(), *given)


moment_once = _remembered(moment)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("auditor.web"), autoescape=True, undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.install_gettext_callables(_, _n, newstyle=True)  # type: ignore[attr-defined]
    environment.policies["ext.i18n.trimmed"] = True
    environment.filters |= {
        "number": _remembered(number), "moment": moment_once, "quantity": _remembered(quantity), "duration": duration,
        "day": _remembered(_day),
        "shown": _remembered(shown_address), "said": _remembered(said),
        "sparkline": sparkline, "timeline": timeline, "signed": _signed,
    }  # fmt: skip
    environment.globals |= {
        "severities": SEVERITIES, "area_names": AREAS, "devices": DEVICES, "templates": TEMPLATES, "pages_of": PAGES_OF,
        "metrics": METRICS, "state_name": lambda state: _(STATES[state]), "role_name": lambda role: _(ROLES[role]),
        "check_title": _check_title, "direction": lambda: current().direction,
    }  # fmt: skip
    return environment


def _check_title(check: str) -> str:
    spec = spec_of(check)
    return _(spec.title) if spec else check


@cache
def spec_of(check: str) -> CheckSpec | None:
    """What the check declares; None for one that this auditor does not have. Looking for plugins takes its time."""
    return load_checks().get(check)


def _day(when: datetime) -> str:
    """The date alone, in the language's words."""
    return moment(when).split(",")[0].split("،")[0]


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else '±'}{number(abs(value), 0)}"
