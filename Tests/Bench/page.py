"""The pages of docs/ that hold what was measured."""

import datetime
import os
import platform

from measure import say


def machine(others):
    """What was measured on, and how much of it was somebody else's."""
    with open("/proc/cpuinfo") as file:
        model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), platform.machine())
    used = os.times()
    share = others.share(used.user + used.system + used.children_user + used.children_system)
    return (
        f"Measured on {datetime.date.today():%d %B %Y}: {os.cpu_count()} cores, {model}, Linux {platform.release().split('-')[0]}. "
        f"Of all cores' time, {share:.0%} was used by other processes. Figures are medians, with (minimum to maximum) of the rounds."
    )


def write(page, tables):
    """Puts each table between its markers; the prose around them stays."""
    with open(page) as file:
        text = file.read()
    for name, table in tables.items():
        begin, end = f"<!-- bench: {name} -->", f"<!-- end: {name} -->"
        if begin not in text or end not in text:
            say(f"   {page} has no place for {name}")
            continue
        head, rest = text.split(begin, 1)
        text = f"{head}{begin}\n{table}\n{end}{rest.split(end, 1)[1]}"
    with open(page, "w") as file:
        file.write(text)
