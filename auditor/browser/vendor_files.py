"""Where the browser-side libraries of package-lock.json are; hatch_build.py puts them there."""

from pathlib import Path

FOLDER = Path(__file__).parent / "vendor"


class VendorFileMissing(RuntimeError):
    """A browser-side library is not installed; the message says what to do."""


def vendor_file(name: str) -> Path:
    """The path of one vendored file, for example ``axe.min.js`` (the names are the keys of "vendor" in package.json).

    Raises VendorFileMissing when the file is not there.
    """
    path = FOLDER / name
    if Path(name).name != name or not path.is_file():
        raise VendorFileMissing(
            f"The browser-side library {name} is not installed. In a checkout run 'make setup';"
            " otherwise install the auditor's package again."
        )
    return path
