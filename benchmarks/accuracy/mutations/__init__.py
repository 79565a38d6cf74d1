"""All that is planted, and the look-alikes of it that must stay quiet."""

from benchmarks.accuracy.mutations.imagery import IMAGERY
from benchmarks.accuracy.mutations.mobile import MOBILE
from benchmarks.accuracy.mutations.navigation import NAVIGATION
from benchmarks.accuracy.mutations.product import PRODUCT
from benchmarks.accuracy.mutations.reaching import REACHING
from benchmarks.accuracy.mutations.reading import READING
from benchmarks.accuracy.mutations.trust import TRUST

MUTATIONS = (*NAVIGATION, *MOBILE, *IMAGERY, *PRODUCT, *TRUST, *READING, *REACHING)
