"""``schedules.yaml`` and ``shops.yaml``: what is audited when."""

from auditor.schedule.files import SettingsFileError, read_schedules, read_shops
from auditor.schedule.model import Schedule, Schedules, Shops
from auditor.schedule.slots import Slot, next_slots, slots_between

__all__ = [
    "Schedule",
    "Schedules",
    "SettingsFileError",
    "Shops",
    "Slot",
    "next_slots",
    "read_schedules",
    "read_shops",
    "slots_between",
]
