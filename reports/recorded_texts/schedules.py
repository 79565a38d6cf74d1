"""What a schedule's worker records of its runs."""

from reports.language import _

RECORDED = (
    _("nothing was running when it was due; it was seen {seconds} s later"),
    _("the run of {when} UTC was still {state}"),
    _("another process audits {shop}"),
    _("there is no shop '{shop}' in {file}"),
    _("its worker was ended in the middle of it"),
    _("the server was told to stop at once"),
    _("the audit was not done within {minutes} minutes and was ended"),
    _("the audit's process ended with {code}: {said}"),
    _("{why}; attempt {number} was the last"),
    _("{why}; attempt {number} begins at {when} UTC"),
    _("queued"),
    _("running"),
)
