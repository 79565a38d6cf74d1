"""The interlock in force: around a browser context, every request and every press of a journey is judged."""

from auditor.browser.interlock.alarm import Alarm
from auditor.browser.interlock.guard import Interlock, Vetoed
from auditor.browser.interlock.reading import read_clickable, read_field, reading_script, steps_script
from auditor.browser.interlock.transport import NotGuarded
from auditor.browser.interlock.tripwire import Trip

__all__ = [
    "Alarm",
    "Interlock",
    "NotGuarded",
    "Trip",
    "Vetoed",
    "read_clickable",
    "read_field",
    "reading_script",
    "steps_script",
]
