"""The GitHub Action and the GitLab component: valid by their published schemas, and every step's script is run."""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from ruamel.yaml import YAML

from auditor.gate.outputs.comment import MARK
from auditor.gate.posting import NotPosted, thread_of
from tests.loopback import served
from tests.published_schemas import GITHUB_ACTION, GITHUB_WORKFLOW, GITLAB_CI, problems

ROOT = Path(__file__).parent.parent
EVENTS = Path(__file__).with_name("ci_events")
NOWHERE = "http://127.0.0.1:9/"


def documents(path: str) -> list[Any]:
    return list(YAML(typ="safe", pure=True).load_all((ROOT / path).read_text(encoding="utf-8")))


ACTION = documents("action.yml")[0]
HEADER, COMPONENT = documents("templates/gate/template.yml")


def test_the_action_follows_its_published_schema():
    assert problems(GITHUB_ACTION, ACTION) == []


@pytest.mark.parametrize("path", sorted(path.name for path in (ROOT / "templates/ci").glob("github-*.yml")))
def test_the_workflows_follow_their_published_schema_and_use_what_the_action_takes(path):
    (workflow,) = documents(f"templates/ci/{path}")
    assert problems(GITHUB_WORKFLOW, workflow) == []
    for step in workflow["jobs"]["gate"]["steps"]:
        if "storefront-auditor" in step["uses"]:
            assert set(step["with"]) <= set(ACTION["inputs"])


@pytest.mark.parametrize(
    "jobs", [COMPONENT, *documents("templates/ci/gitlab-nightly.yml")], ids=["component", "nightly"]
)
def test_the_gitlab_jobs_follow_their_published_schema(jobs):
    assert problems(GITLAB_CI, jobs) == []


def test_the_component_uses_every_input_it_declares_and_no_other():
    declared = set(HEADER["spec"]["inputs"])
    assert set(re.findall(r"\$\[\[ inputs\.([a-z]+) \]\]", str(COMPONENT))) == declared


def test_every_secret_is_handed_over_by_name():
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", ""), "an expression in a script is a hole for injection"


def steps() -> dict[str, dict[str, Any]]:
    return {step["name"]: step for step in ACTION["runs"]["steps"] if "run" in step}


class Job:
    """A place as a runner gives it to a job, and the scripts run in it."""

    def __init__(self, folder: Path, event: str = "pull_request", **environment: str) -> None:
        self.folder = folder
        self.environment = {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "HOME": str(folder),
            "GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": str(EVENTS / f"{event}.json"), "GITHUB_REPOSITORY": "acme/shop",
            "RUNNER_TEMP": str(folder), "GITHUB_OUTPUT": str(folder / "outputs"), "GITHUB_PATH": str(folder / "path"),
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"), "ACTION_PATH": str(ROOT),
        } | environment  # fmt: skip

    def run(self, script: str, shell: str = "bash", **environment: str) -> subprocess.CompletedProcess[str]:
        options = ("-e", "-o", "pipefail") if shell == "bash" else ("-e",)
        return subprocess.run(
            [shell, *options, "-c", script], cwd=self.folder, env=self.environment | environment,
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip

    def outputs(self) -> dict[str, str]:
        lines = (self.folder / "outputs").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines)


def inputs(**given: str) -> dict[str, str]:
    names = ("URL", "BASE", "BASELINE", "PROFILE", "CONFIG", "WAIT", "AUTH", "HEADER", "COOKIE", "STORAGE_STATE")
    known = {name: ACTION["inputs"].get(name.lower(), {}).get("default", "") for name in names}
    return {f"AUDITOR_{name}": value for name, value in (known | {"WAIT": "0"} | given).items()}


def test_the_install_step_leaves_an_installed_auditor_alone(tmp_path):
    done = Job(tmp_path).run(steps()["Install the auditor"]["run"])
    assert done.returncode == 0, done.stderr
    assert "installed already" in done.stdout


@pytest.mark.server
def test_the_gate_step_tells_the_job_its_verdict_and_its_exit_code(tmp_path):
    (tmp_path / "gate.yaml").write_text("version: 1\nname: lamps\nshop: {allow_private: true}\n")
    held = {"origin": NOWHERE, "localStorage": [{"name": "held", "value": "Canary-local-storage"}]}
    secrets = {"AUTH": "me:Canary-71", "HEADER": "X-Pass: Canary-82", "COOKIE": "pass=Canary-93",
               "STORAGE_STATE": json.dumps({"cookies": [], "origins": [held]})}  # fmt: skip
    job = Job(tmp_path)
    done = job.run(steps()["Run the gate"]["run"], **inputs(URL=NOWHERE, BASE=NOWHERE, CONFIG="gate.yaml", **secrets))
    assert done.returncode == 3, done.stdout + done.stderr
    assert job.outputs()["verdict"] == "not_judged"
    assert Path(job.outputs()["sarif-path"]).is_file()
    assert (tmp_path / "summary.md").read_text().startswith(MARK)
    assert "::error title=The gate::" in done.stdout
    for path in [*tmp_path.rglob("*")]:
        assert not path.is_file() or b"Canary" not in path.read_bytes()
    assert "Canary" not in done.stdout + done.stderr


@pytest.mark.server
def test_the_gate_step_hands_the_baseline_over(tmp_path):
    done = Job(tmp_path).run(steps()["Run the gate"]["run"], **inputs(URL=NOWHERE, BASELINE="none.json"))
    assert (done.returncode, "none.json: No such file" in done.stderr) == (2, True)


@pytest.mark.server
@pytest.mark.parametrize("shell", ["bash", "sh"])
def test_the_components_script_runs_as_one_shell(tmp_path, shell):
    given = {name: str(HEADER["spec"]["inputs"][name].get("default", "")) for name in HEADER["spec"]["inputs"]}
    given |= {"url": NOWHERE, "wait": "0", "config": "gate.yaml"}
    (tmp_path / "gate.yaml").write_text("version: 1\nshop: {allow_private: true}\n")
    variables = {
        name: re.sub(r"\$\[\[ inputs\.([a-z]+) \]\]", lambda match: given[match[1]], value)
        for name, value in COMPONENT["storefront-gate"]["variables"].items()
    }
    script = "\n".join(COMPONENT["storefront-gate"]["script"])
    done = Job(tmp_path).run(script, shell, **variables, AUDITOR_AUTH="me:Canary-71")
    assert done.returncode == 3, done.stdout + done.stderr
    for report in COMPONENT["storefront-gate"]["artifacts"]["reports"].values():
        assert (tmp_path / report).is_file()


class CodeHost:
    """Holds the comments of one request, as the two code hosts list, make and change them."""

    def __init__(self) -> None:
        self.comments: list[dict[str, Any]] = [{"id": 1, "body": "Looks good to me."}]
        self.url = ""
        self.refuses = False

    async def listed(self, request: web.Request) -> web.Response:
        page, size = int(request.query["page"]), int(request.query["per_page"])
        return web.json_response(self.comments[(page - 1) * size : page * size])

    async def made(self, request: web.Request) -> web.Response:
        if self.refuses:
            return web.json_response({"message": "Resource not accessible by integration"}, status=403)
        self.comments.append({"id": len(self.comments) + 1, "body": (await request.json())["body"]})
        return web.json_response(self.comments[-1], status=201)

    async def changed(self, request: web.Request) -> web.Response:
        self.comments[int(request.match_info["id"]) - 1]["body"] = (await request.json())["body"]
        return web.json_response({})


@pytest.fixture
async def host() -> AsyncIterator[CodeHost]:
    host, app = CodeHost(), web.Application()
    github, gitlab = "/repos/acme/shop/issues", "/projects/7/merge_requests/42/notes"
    app.add_routes([
        web.get(f"{github}/42/comments", host.listed), web.post(f"{github}/42/comments", host.made),
        web.patch(f"{github}/comments/{{id}}", host.changed),
        web.get(gitlab, host.listed), web.post(gitlab, host.made), web.put(f"{gitlab}/{{id}}", host.changed),
    ])  # fmt: skip
    async with served(app) as host.url:
        yield host


def answered(folder: Path, text: str) -> None:
    (folder / "storefront-gate").mkdir(exist_ok=True)
    (folder / "storefront-gate" / "gate.md").write_text(f"{MARK}\n{text}\n", encoding="utf-8")


GITLAB = {
    "GITHUB_ACTIONS": "", "GITLAB_CI": "true", "CI_PROJECT_ID": "7", "CI_MERGE_REQUEST_IID": "42",
    "AUDITOR_GITLAB_TOKEN": "Canary-token",
}  # fmt: skip


@pytest.mark.server
@pytest.mark.parametrize("where", ["github", "gitlab"])
async def test_the_comment_is_written_once_and_then_kept_up_to_date(tmp_path, host, where):
    job, script = Job(tmp_path, GITHUB_API_URL=host.url), steps()["Comment on the pull request"]["run"]
    environment = {"GITHUB_TOKEN": "Canary-token"}
    if where == "gitlab":
        environment = GITLAB | {"CI_API_V4_URL": host.url}
        script = "\n".join(COMPONENT["storefront-gate"]["after_script"])
    host.comments += [{"id": number, "body": "chat"} for number in range(2, 121)]
    for text in ("closed", "open"):
        answered(tmp_path, text)
        done = await asyncio.to_thread(job.run, script, **environment)
        assert done.returncode == 0, done.stderr
        assert "Canary" not in done.stdout + done.stderr
    ours = [comment["body"] for comment in host.comments if comment["body"].startswith(MARK)]
    assert ours == [f"{MARK}\nopen\n"]


@pytest.mark.server
@pytest.mark.parametrize(
    ("event", "says"), [("fork", "of a fork"), ("push", "no pull request"), ("pull_request", "refuses the comment")]
)  # fmt: skip
async def test_where_no_comment_can_be_written_the_step_says_so_and_passes(tmp_path, host, event, says):
    host.refuses = True
    answered(tmp_path, "closed")
    job = Job(tmp_path, event, GITHUB_API_URL=host.url, GITHUB_TOKEN="Canary-token")
    done = await asyncio.to_thread(job.run, steps()["Comment on the pull request"]["run"])
    assert done.returncode == 0, done.stderr
    assert says in done.stdout
    assert len(host.comments) == 1


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({}, "neither"),
        ({"GITLAB_CI": "true"}, "no merge request"),
        ({"GITLAB_CI": "true", "CI_MERGE_REQUEST_IID": "4"}, "AUDITOR_GITLAB_TOKEN"),
        ({"GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": "/nowhere"}, "cannot be read"),
        ({"GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": str(EVENTS / "pull_request.json")}, "GITHUB_TOKEN"),
    ],
)
def test_a_job_that_is_of_no_request_is_told_so(environment, says):
    with pytest.raises(NotPosted, match=says):
        thread_of(environment)
