"""All cases of the suite."""

from tests.ads_cases import benign, injected
from tests.ads_cases.lookalikes import LOOKALIKES
from tests.ads_cases.site import CLEAN, Case
from tests.ads_cases.slipped_in import SLIPPED_IN

INJECTED = [*injected.INJECTED, *SLIPPED_IN]
BENIGN = [*benign.BENIGN, *LOOKALIKES]
UNCHANGED_VISITS = 20
UNCHANGED = Case("U20 twenty visits of the unchanged shop", "quiet", loads=CLEAN.loads * UNCHANGED_VISITS)

__all__ = ["BENIGN", "INJECTED", "UNCHANGED", "UNCHANGED_VISITS"]
