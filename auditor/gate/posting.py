"""The comment of a pull or merge request: written once, then kept up to date in place."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp

from auditor.egress import EgressPolicy, EgressProxy
from auditor.gate.outputs.comment import MARK

MOST_PAGES = 30
PER_PAGE = 100
SECONDS = 30.0
_PORTS = frozenset(range(1, 65536))


class NotPosted(Exception):
    """There is no comment to write, or it could not be written. The message says why; the gate's answer stands."""


@dataclass(frozen=True)
class Thread:
    """Where a request's comments are listed and made (``comments``), and the address of one by its id."""

    comments: str
    one: str
    headers: Mapping[str, str]
    update: str


def thread_of(environment: Mapping[str, str]) -> Thread:
    """From what GitHub Actions or GitLab CI puts into the environment of a job.

    :raises NotPosted: where the job is of no pull or merge request, or may not write.
    """
    if environment.get("GITHUB_ACTIONS") == "true":
        return _github(environment)
    if environment.get("GITLAB_CI") == "true":
        return _gitlab(environment)
    raise NotPosted("This is neither a job of GitHub Actions nor of GitLab CI: no comment is written.")


def _github(environment: Mapping[str, str]) -> Thread:
    event = _event(environment.get("GITHUB_EVENT_PATH", ""))
    request = event.get("pull_request") or {}
    if not isinstance(request.get("number"), int):
        raise NotPosted("This job is of no pull request: the answer is in the job's summary.")
    head, base = (((request.get(side) or {}).get("repo") or {}).get("full_name") for side in ("head", "base"))
    if head != base:
        raise NotPosted("The pull request is of a fork, whose jobs may not write: the answer is in the job's summary.")
    token = environment.get("GITHUB_TOKEN", "")
    if not token:
        raise NotPosted("GITHUB_TOKEN is missing: give the step `pull-requests: write` and the token.")
    api = environment.get("GITHUB_API_URL", "https://api.github.com").rstrip("/")
    home = f"{api}/repos/{environment['GITHUB_REPOSITORY']}/issues"
    headers = {
        "Authorization": f"Bearer {token}",
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    return Thread(f"{home}/{request['number']}/comments", f"{home}/comments", headers, "PATCH")


def _gitlab(environment: Mapping[str, str]) -> Thread:
    number = environment.get("CI_MERGE_REQUEST_IID", "")
    if not number:
        raise NotPosted("This job is of no merge request: the answer is in its artifacts.")
    token = environment.get("AUDITOR_GITLAB_TOKEN", "")
    if not token:
        raise NotPosted("AUDITOR_GITLAB_TOKEN is missing (a project access token with the scope `api`): no comment.")
    project = quote(environment["CI_PROJECT_ID"], safe="")
    home = f"{environment['CI_API_V4_URL'].rstrip('/')}/projects/{project}/merge_requests/{number}/notes"
    return Thread(home, home, {"PRIVATE-TOKEN": token}, "PUT")


def _event(path: str) -> dict[str, Any]:
    try:
        event = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise NotPosted("The job's event cannot be read: no comment is written.") from None
    return event if isinstance(event, dict) else {}


async def post(thread: Thread, text: str) -> str:
    """Write ``text`` into our comment of the request, or into a new one. Returns what was done.

    :raises NotPosted: when the code host refuses or does not answer.
    """
    policy = EgressPolicy(allow_private=True, extra_ports=_PORTS)
    try:
        async with (
            EgressProxy(policy) as egress,
            aiohttp.ClientSession(
                headers=dict(thread.headers), timeout=aiohttp.ClientTimeout(total=SECONDS)
            ) as session,
        ):
            known = await _ours(session, thread, egress.url)
            method, url = ("POST", thread.comments) if known is None else (thread.update, f"{thread.one}/{known}")
            async with session.request(method, url, json={"body": text}, proxy=egress.url) as response:
                _accepted(response)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise NotPosted(f"The code host did not take the comment ({type(error).__name__}).") from None
    return "The comment was written." if known is None else "The comment was brought up to date."


async def _ours(session: aiohttp.ClientSession, thread: Thread, proxy: str) -> int | None:
    for page in range(1, MOST_PAGES + 1):
        query = {"per_page": str(PER_PAGE), "page": str(page)}
        async with session.get(thread.comments, params=query, proxy=proxy) as response:
            _accepted(response)
            comments = await response.json()
        for comment in comments:
            if str(comment.get("body", "")).startswith(MARK):
                return int(comment["id"])
        if len(comments) < PER_PAGE:
            return None
    return None


def _accepted(response: aiohttp.ClientResponse) -> None:
    if response.status in (401, 403, 404):
        raise NotPosted(f"The code host refuses the comment ({response.status}): may the token write to the request?")
    if response.status >= 400:
        raise NotPosted(f"The code host did not take the comment ({response.status}).")
