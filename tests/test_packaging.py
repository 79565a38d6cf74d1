"""What is promised to those who install: hashed locks without addresses, a package with its browser-side libraries."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import entry_points, version
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

import auditor
from auditor.browser.vendor_files import VendorFileMissing, vendor_file

ROOT = Path(auditor.__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-node.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGE = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
PACKAGE_LOCK = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))


def pins(lock: str) -> dict[str, str]:
    """Name to version of everything a lock pins."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9][a-z0-9.-]*)==([^ ;\\]+)", text, re.MULTILINE))


@pytest.mark.parametrize("lock", [*LOCKS, "package-lock.json"])
def test_a_lock_names_no_address(lock: str) -> None:
    text = re.sub(r'"funding": \{[^}]*\}', "", (ROOT / lock).read_text(encoding="utf-8"))
    assert not re.search(r"\w+://|--(?:extra-)?index-url|--find-links|\"resolved\"", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_of_a_lock_has_hashes(lock: str) -> None:
    entries = re.split(r"^(?=[a-z0-9])", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_every_browser_side_library_has_an_integrity_hash() -> None:
    packages = {name: entry for name, entry in PACKAGE_LOCK["packages"].items() if name}
    assert {f"node_modules/{name}" for name in PACKAGE["dependencies"]} <= packages.keys()
    assert [name for name, entry in packages.items() if not entry["integrity"].startswith("sha512-")] == []


def test_the_lock_holds_every_dependency_in_an_allowed_version() -> None:
    locked = pins("requirements.lock")
    project = PROJECT["project"]
    wanted = [Requirement(text) for text in project["dependencies"] + project["optional-dependencies"]["dev"]]
    assert [str(one) for one in wanted if locked.get(one.name, "absent") not in one.specifier] == []


def test_the_locks_do_not_ask_for_two_versions_of_one_package() -> None:
    main, build = pins("requirements.lock"), pins("requirements-build.lock")
    assert {name: (main[name], build[name]) for name in main.keys() & build.keys() if main[name] != build[name]} == {}


def test_the_notices_name_the_versions_that_are_shipped() -> None:
    notices = (ROOT / "THIRD_PARTY_NOTICES").read_text(encoding="utf-8")
    for name, wanted in PACKAGE["dependencies"].items():
        assert f"{name.split('/')[-1]} {wanted}\n" in notices
        assert PACKAGE_LOCK["packages"][f"node_modules/{name}"]["version"] == wanted
    for file in (*PACKAGE["vendor"], *(f"node_modules/{name}/" for name in PACKAGE["vendorPackages"])):
        assert file in notices


def test_the_editable_install_holds_the_browser_side_libraries() -> None:
    assert f"axe v{PACKAGE['dependencies']['axe-core']}" in vendor_file("axe.min.js").read_text(encoding="utf-8")[:100]
    assert "autoconsentReceiveMessage" in vendor_file("autoconsent.playwright.js").read_text(encoding="utf-8")
    assert len(json.loads(vendor_file("autoconsent.rules.json").read_text(encoding="utf-8"))["autoconsent"]) > 100
    assert "Mozilla Public License" in vendor_file("autoconsent.LICENSE").read_text(encoding="utf-8")
    assert "webVitals" in vendor_file("web-vitals.iife.js").read_text(encoding="utf-8")[:40]
    for name, patterns in PACKAGE["vendorPackages"].items():
        folder = vendor_file("axe.min.js").parent / "node_modules" / name
        assert [pattern for pattern in patterns if not any(folder.glob(pattern))] == []


@pytest.mark.parametrize("name", ["nothing.js", "../finder.py", ""])
def test_a_missing_browser_side_library_says_what_to_do(name: str) -> None:
    with pytest.raises(VendorFileMissing, match="make setup"):
        vendor_file(name)


def test_the_built_in_checks_are_found_by_entry_point() -> None:
    assert "checks" in {point.value for point in entry_points(group="auditor.checks")}
    assert version("storefront-auditor") == auditor.__version__


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what a build reads, vendor folder included."""
    for folder in PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "README.md", "hatch_build.py", "package.json", "package-lock.json", ".gitignore"):
        shutil.copy(ROOT / file, tmp_path / file)
    for file in PROJECT["project"]["license-files"]:
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


def test_the_build_hook_leaves_a_current_vendor_folder_alone(
    hook: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    vendor = checkout / "auditor" / "browser" / "vendor"
    assert hook.fill(checkout, vendor) is False


@pytest.mark.parametrize("changed", ["package-lock.json", "package.json", "auditor/browser/vendor/axe.min.js"])
def test_the_build_hook_sees_what_has_changed(hook: ModuleType, checkout: Path, changed: str) -> None:
    vendor = checkout / "auditor" / "browser" / "vendor"
    assert hook.is_current(checkout, vendor)
    if changed.endswith(".json"):
        (checkout / changed).write_text((checkout / changed).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    else:
        (checkout / changed).unlink()
    assert not hook.is_current(checkout, vendor)


@pytest.mark.server
def test_a_library_with_a_wrong_hash_stops_the_build_and_keeps_the_old_ones(hook: ModuleType, checkout: Path) -> None:
    lock = checkout / "package-lock.json"
    broken = re.sub(r'"integrity": "sha512-.{8}', '"integrity": "sha512-AAAAAAAA', lock.read_text(encoding="utf-8"))
    lock.write_text(broken, encoding="utf-8")
    vendor = checkout / "auditor" / "browser" / "vendor"
    with pytest.raises(RuntimeError, match=r"(?s)npm could not install the browser-side libraries.*EINTEGRITY"):
        hook.fill(checkout, vendor)
    assert (vendor / "axe.min.js").is_file()


@pytest.mark.slow
@pytest.mark.server
def test_a_wheel_built_from_a_clean_checkout_holds_everything(checkout: Path) -> None:
    shutil.rmtree(checkout / "auditor" / "browser" / "vendor")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "out"],
        cwd=checkout,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
        env={**os.environ, "PYTHONWARNINGS": ""},
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = (checkout / "out").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        metadata = archive.read(next(name for name in names if name.endswith("/METADATA"))).decode()
    assert {f"auditor/browser/vendor/{name}" for name in PACKAGE["vendor"]} <= names
    assert "auditor/py.typed" in names
    assert "\nLicense-Expression: MIT AND MPL-2.0 AND BSD-3-Clause AND Apache-2.0 AND 0BSD AND OFL-1.1\n" in metadata
    assert "\nLicense-File: THIRD_PARTY_NOTICES\n" in metadata
    sources = {
        path.relative_to(ROOT).as_posix()
        for folder in ("auditor", "checks", "reports")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert sources - names == set()


def test_continuous_integration_runs_what_the_readme_says() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").splitlines()[-1] == "make test"
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
