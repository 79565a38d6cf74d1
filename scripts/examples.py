"""Three example reports for clients: ``python -m scripts.examples [FOLDER [LANGUAGE…]]``, or ``make examples``.

Audits the demo shop in English, Polish and Persian with some defects switched on, then writes a branded HTML and PDF
report, the list of work and the tickets of each. A run that is there already is not made again.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BRANDING = ROOT / "docs" / "branding"
LANGUAGES = {"en": (), "pl": (), "fa": ("--digits", "native", "--calendar", "jalali")}
DEFECTS = (
    "nav-breadcrumb-missing", "search-misses-typos", "search-blank", "speed-hero-late", "mobile-small-add-to-cart",
    "mobile-small-text", "image-alt-missing", "image-at-most-800", "product-delivery-unsaid", "cart-coupon-open",
    "checkout-surplus", "trust-no-phone", "dark-last-pieces",
)  # fmt: skip
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


def example(language: str, folder: Path) -> list[Path]:
    """The files of one language; none when there is nothing to report on."""
    run = folder / "runs" / language
    if not (run / "run.json").is_file():
        defects = [part for name in DEFECTS for part in ("--defect", name)]
        auditor("demo", "--audit", "--language", language, *defects, "--out", run, seconds=AUDIT_SECONDS)
    if not (run / "report.json").is_file():
        auditor("replay", run, "--quiet", seconds=REPORT_SECONDS)
    written = []
    for form in ("html", "pdf", "xlsx", "tickets"):
        place = folder / (f"tickets-{language}" if form == "tickets" else f"report-{language}.{form}")
        dressed = ("--brand", BRANDING / "branding.yaml", "--notes", BRANDING / f"notes.{language}.md")
        asked = ("--format", form, "--locale", language, *LANGUAGES[language], "--out", place)
        if auditor("report", run, *dressed, *asked, seconds=REPORT_SECONDS) == 0:
            written.append(place)
    return written


def main() -> int:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "runs/examples").resolve()
    made = {language: example(language, folder) for language in sys.argv[2:] or LANGUAGES}
    for place in (place for places in made.values() for place in places):
        print(place)
    return 0 if all(len(places) == 4 for places in made.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
