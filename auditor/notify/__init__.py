"""Messages to people: an outbox that keeps them until they are sent, and a bounded process that sends one."""

from auditor.notify.delivery import deliver_due
from auditor.notify.outbox import Message, enqueue

__all__ = ["Message", "deliver_due", "enqueue"]
