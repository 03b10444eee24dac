"""Removes the saved state of a device's figures from a journal, as if a disk had lost it."""

import sqlite3
import sys

with sqlite3.connect(sys.argv[1]) as journal:
    for kind in ("bins", "days"):
        journal.execute("DELETE FROM saved WHERE key LIKE ?", (f"{kind}/{sys.argv[2]}/%",))
