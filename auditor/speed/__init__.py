"""Chrome's trace engine in a Node process, and the statistics of repeated loads. No browser here."""
