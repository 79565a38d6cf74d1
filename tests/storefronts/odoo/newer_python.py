# mypy: disable-error-code="import-not-found,import-untyped,attr-defined,assignment"
"""What Odoo 11, of 2018, asks of older versions of Python and of libraries, and newer ones have elsewhere."""

import ast
import base64
import collections
import collections.abc
import dis
import importlib
import inspect
import threading
from typing import Any, NamedTuple

import yaml

for _name in collections.abc.__all__:
    if not hasattr(collections, _name):
        setattr(collections, _name, getattr(collections.abc, _name))

base64.encodestring, base64.decodestring = base64.encodebytes, base64.decodebytes
threading.Thread.isAlive = threading.Thread.is_alive
_load = yaml.load
yaml.load = lambda stream, Loader=yaml.Loader: _load(stream, Loader)


class ArgSpec(NamedTuple):
    args: list[str]
    varargs: str | None
    keywords: str | None
    defaults: tuple[object, ...] | None


def formatargspec(args: list[str], varargs: str | None, keywords: str | None, defaults: Any) -> str:
    plain = len(args) - len(defaults or ())
    given = zip(args[plain:], defaults or (), strict=True)
    shown = [*args[:plain], *(f"{name}={value!r}" for name, value in given)]
    shown += [f"*{varargs}"] if varargs else []
    shown += [f"**{keywords}"] if keywords else []
    return f"({', '.join(shown)})"


inspect.getargspec = lambda function: ArgSpec(*inspect.getfullargspec(function)[:4])
inspect.formatargspec = formatargspec


class Newer(ast.NodeTransformer):
    """Templates become syntax trees as they were in Python 3.7."""

    def visit_Module(self, node: ast.Module) -> ast.AST:
        node.type_ignores = []
        return self.generic_visit(node)

    def visit_arguments(self, node: ast.arguments) -> ast.AST:
        node.posonlyargs = []
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        constants = {"None": None, "True": True, "False": False}
        return ast.Constant(constants[node.id]) if node.id in constants else node


def fix_missing_locations(tree: ast.AST) -> ast.AST:
    newer: ast.AST = Newer().visit(tree)
    for node in ast.walk(newer):
        if "lineno" in node._attributes:
            place: Any = node
            place.lineno = place.end_lineno = 1
            place.col_offset = place.end_col_offset = 0
    return newer


ast.fix_missing_locations = fix_missing_locations

# What its own formulas may be compiled to is listed by the names of Python 3.7.
safe: Any = importlib.import_module("odoo.tools.safe_eval")
NEVER = ("IMPORT", "STORE_ATTR", "DELETE_ATTR", "STORE_GLOBAL")
for _allowed in (safe._CONST_OPCODES, safe._EXPR_OPCODES, safe._SAFE_OPCODES):
    _allowed.update(code for name, code in dis.opmap.items() if not name.startswith(NEVER))
