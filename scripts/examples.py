"""Three example reports for clients: ``python -m scripts.examples [FOLDER [LANGUAGE…]]``, or ``make examples``.

Audits the demo shop in English, Polish and Persian with some defects switched on, then writes a branded HTML and PDF
report, the list of work and the tickets of each. A run that is there already is not made again.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from auditor.demo import serve

ROOT = Path(__file__).parents[1]
BRANDING = ROOT / "docs" / "branding"
LANGUAGES: dict[str, tuple[str, ...]] = {"en": (), "pl": (), "fa": ("--digits", "native", "--calendar", "jalali")}
DEFECTS = frozenset({
    "nav-breadcrumb-missing", "search-misses-typos", "search-blank", "speed-hero-late", "mobile-small-add-to-cart",
    "mobile-small-text", "image-alt-missing", "image-at-most-800", "product-delivery-unsaid", "cart-coupon-open",
    "checkout-surplus", "trust-no-phone", "dark-last-pieces",
})  # fmt: skip
HOST = "fernhill.example"
"""What a client would know the shop by: a report on 127.0.0.1 is nobody's."""
FORMS = ("html", "pdf", "xlsx", "tickets")
AUDIT_SECONDS = 2700
REPORT_SECONDS = 180


def auditor(*arguments: str | Path, seconds: float) -> int:
    """The exit code; 1 where it took longer than ``seconds``."""
    command = [sys.executable, "-c", "from auditor.cli import main; main()", *map(str, arguments)]
    try:
        return subprocess.run(command, cwd=ROOT, check=False, timeout=seconds).returncode
    except subprocess.TimeoutExpired:
        print(f"auditor {arguments[0]} had not ended after {seconds:g} seconds", file=sys.stderr)
        return 1


def audited(language: str, run: Path) -> None:
    """Audits the demo shop by its client's name for it."""
    with serve(language, DEFECTS) as shop, tempfile.TemporaryDirectory() as folder:
        port = urlsplit(shop.url).port
        settings = {
            "start_url": f"http://{HOST}/", "resolve": [f"{HOST}:80:127.0.0.1:{port}"], "allow_private": True,
            "depth": "payment", "authorised_by": "the demo shop is ours", "politeness": {"delay_s": 0},
        }  # fmt: skip
        config = Path(folder) / "shop.yaml"
        config.write_text(json.dumps(settings), encoding="utf-8")
        auditor("audit", "--config", config, "--out", run, seconds=AUDIT_SECONDS)


def example(language: str, folder: Path) -> bool:
    """Whether all its files were written."""
    run = folder / "runs" / language
    if not (run / "run.json").is_file():
        audited(language, run)
    if not (run / "report.json").is_file():
        auditor("replay", run, "--quiet", seconds=REPORT_SECONDS)
    forms = [part for form in FORMS for part in ("--format", form)]
    files = {"--brand": "branding.yaml", "--notes": f"notes.{language}.md", "--goals": "goals.yaml"}
    given = [part for option, name in files.items() for part in (option, str(BRANDING / name))]
    wanted: list[str | Path] = ["--locale", language, *LANGUAGES[language], "--out", folder / language]
    return auditor("report", run, *forms, *given, *wanted, seconds=REPORT_SECONDS) == 0


def main() -> int:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "runs/examples").resolve()
    made = [example(language, folder) for language in sys.argv[2:] or LANGUAGES]
    return 0 if all(made) else 1


if __name__ == "__main__":
    sys.exit(main())
