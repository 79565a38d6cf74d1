"""What ``auditor.compare`` says of two runs, and what is recorded of shops that are not the operator's."""

from reports.language import _

RECORDED = (
    _("The runs are of two hosts: {one} and {two}."),
    _("The first run is younger than the second: were they given in the wrong order?"),
    _("The checks have changed between the runs. Replay the older one to compare like with like."),
    _("The runs were asked for with different settings."),
    _("The runs went to different depths: {one} and {two}."),
    _("Run {run} is {ended}: {why}"),
    _("the check is new, the shop may have had this before"),
    _("it was not looked at before"),
    _("the check was not asked"),
    _("{place} was not looked at again"),
    _("the check still fails there, in another way"),
    _("the check's answer there is {verdict}"),
    _("robots.txt keeps {address} from crawlers, and nobody of the shop allowed it, so it was not opened"),
    _("robots.txt keeps this page from crawlers, and nobody of the shop allowed it."),
)
