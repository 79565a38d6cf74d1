"""Compiled templates are found again, and never in place of a template that changed."""

import sys

import pytest
from jinja2 import DictLoader, Environment

from reports.compiled_templates import CompiledTemplates


@pytest.fixture
def compiled(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    maker = tmp_path / "maker.py"
    maker.write_text("as it is")
    return maker


def rendered(maker, source, **options):
    environment = Environment(loader=DictLoader({"page": source}), bytecode_cache=CompiledTemplates(maker), **options)
    return environment.get_template("page").render(value="<b>")


def kept(tmp_path):
    return [path for path in (tmp_path / "kept").rglob("*") if path.is_file()]


def test_a_template_is_compiled_once(compiled, tmp_path, monkeypatch):
    first = rendered(compiled, "a {{ value }}")
    assert len(kept(tmp_path)) == 1
    monkeypatch.setattr(Environment, "compile", None)
    assert rendered(compiled, "a {{ value }}") == first


def test_a_changed_template_is_compiled_anew(compiled):
    assert rendered(compiled, "a {{ value }}") == "a <b>"
    assert rendered(compiled, "b {{ value }}") == "b <b>"


def test_a_changed_environment_is_compiled_anew(compiled):
    assert rendered(compiled, "{{ value }}") == "<b>"
    compiled.write_text("escapes now")
    assert rendered(compiled, "{{ value }}", autoescape=True) == "&lt;b&gt;"


def test_nothing_is_written_where_python_writes_no_bytecode(compiled, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(compiled, "a {{ value }}") == "a <b>"
    assert kept(tmp_path) == []


def test_a_place_that_cannot_be_written_is_no_error(compiled, tmp_path):
    (tmp_path / "kept").write_text("a file where a folder should be")
    assert rendered(compiled, "a {{ value }}") == "a <b>"
