"""Three example reports for clients: ``python -m scripts.examples [FOLDER [LANGUAGE…]]``, or ``make examples``.

Audits the demo shop in English, Polish and Persian with some defects switched on, then writes a branded HTML and PDF
report, the list of work and the tickets of each. A run that is there already is not made again.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BRANDING = ROOT / "docs" / "branding"
LANGUAGES: dict[str, tuple[str, ...]] = {"en": (), "pl": (), "fa": ("--digits", "native", "--calendar", "jalali")}
DEFECTS = (
    "nav-breadcrumb-missing", "search-misses-typos", "search-blank", "speed-hero-late", "mobile-small-add-to-cart",
    "mobile-small-text", "image-alt-missing", "image-at-most-800", "product-delivery-unsaid", "cart-coupon-open",
    "checkout-surplus", "trust-no-phone", "dark-last-pieces",
)  # fmt: skip
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


def example(language: str, folder: Path) -> bool:
    """Whether all its files were written."""
    run = folder / "runs" / language
    if not (run / "run.json").is_file():
        defects = [part for name in DEFECTS for part in ("--defect", name)]
        auditor("demo", "--audit", "--language", language, *defects, "--out", run, seconds=AUDIT_SECONDS)
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
