"""Built-in checks: one file each, found by walking the package."""

import importlib
import pkgutil

for _module in pkgutil.walk_packages(__path__, prefix="checks."):
    if not _module.ispkg:
        importlib.import_module(_module.name)
