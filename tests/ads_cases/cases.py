"""All cases of the suite."""

from tests.ads_cases import benign, injected
from tests.ads_cases.lookalikes import LOOKALIKES
from tests.ads_cases.neighbours import NEIGHBOURS
from tests.ads_cases.site import CLEAN, Case
from tests.ads_cases.slipped_in import SLIPPED_IN
from tests.ads_cases.turned import TURNED

INJECTED = [*injected.INJECTED, *SLIPPED_IN, *TURNED]
BENIGN = [*benign.BENIGN, *LOOKALIKES, *NEIGHBOURS]
UNCHANGED_VISITS = 20
UNCHANGED = Case("U20 twenty visits of the unchanged shop", "quiet", loads=CLEAN.loads * UNCHANGED_VISITS)

__all__ = ["BENIGN", "INJECTED", "UNCHANGED", "UNCHANGED_VISITS"]
