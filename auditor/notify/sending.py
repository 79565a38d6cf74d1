"""One message, sent by apprise in a process of its own, so that an address that hangs can be ended.

``python -m auditor.notify.sending`` with ``{"address", "title", "body"}`` on standard input, where no list of
processes shows the secret.
"""

import json
import logging
import sys


def main() -> int:
    """0 sent; 1 refused by the other side; 2 no address that apprise knows."""
    import apprise

    logging.getLogger("apprise").addHandler(logging.NullHandler())
    message = json.load(sys.stdin)
    sender = apprise.Apprise()
    if not sender.add(message["address"]):
        return 2
    sent = sender.notify(title=message["title"], body=message["body"], body_format=apprise.NotifyFormat.TEXT)
    return 0 if sent else 1


if __name__ == "__main__":
    sys.exit(main())
