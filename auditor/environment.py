"""What a run is made with."""

import os
import platform
from collections.abc import Sequence

from auditor import __version__
from auditor.check import CheckSpec
from auditor.replay import checks_digest, settings_digest
from auditor.result import Environment
from auditor.score import PROFILE
from auditor.settings import ShopSettings


def environment(shop: ShopSettings, checks: Sequence[CheckSpec], browser: str = "not started") -> Environment:
    """The fingerprint of tool, machine and settings; ``browser`` is filled in once it runs."""
    return Environment(
        auditor=__version__,
        browser=browser,
        python=platform.python_version(),
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        cores=os.cpu_count() or 1,
        checks_digest=checks_digest(checks),
        settings_digest=settings_digest(shop),
        score_profile=PROFILE,
    )
