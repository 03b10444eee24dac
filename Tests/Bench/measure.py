"""What the kernel says of a process, and figures with their spread."""

import os
import statistics
import time

BEGIN = time.time()
TICK = os.sysconf("SC_CLK_TCK")


def say(text):
    print(f"[{time.time() - BEGIN:6.1f} s] {text}", flush=True)


def cpu(pid):
    """User and system time of all its threads in seconds, in the kernel's precision (/proc/PID/stat has 10 ms)."""
    return time.clock_gettime(~pid << 3 | 2)  # CPUCLOCK_SCHED of that process, as clock_getcpuclockid(3) makes it


def status(pid, word):
    with open(f"/proc/{pid}/status") as file:
        return int(next(line.split()[1] for line in file if line.startswith(word + ":")))


def resident(pid):
    """MiB."""
    return status(pid, "VmRSS") / 1024


def written(pid):
    """Bytes that the process caused to be written to disk."""
    with open(f"/proc/{pid}/io") as file:
        return int(next(line.split()[1] for line in file if line.startswith("write_bytes")))


def machine_busy():
    """CPU seconds that the whole machine has spent, all cores; to see who else was there."""
    with open("/proc/stat") as file:
        fields = [int(word) for word in file.readline().split()[1:]]
    return (sum(fields[:3]) + sum(fields[5:8])) / TICK


class Others:
    """The share of the machine that was used by none of ours while the works ran."""

    def __init__(self):
        self.busy, self.time = machine_busy(), time.time()

    def share(self, ours):
        return max(0.0, (machine_busy() - self.busy - ours) / (time.time() - self.time) / os.cpu_count())


class Figure:
    """Values of several rounds."""

    def __init__(self, values=()):
        self.values = [value for value in values if value is not None]

    def add(self, value):
        if value is not None:
            self.values.append(value)

    @property
    def median(self):
        return statistics.median(self.values)

    def text(self, digits=2):
        if not self.values:
            return "not measured"
        middle = f"{self.median:,.{digits}f}"
        if len(self.values) == 1:
            return middle
        return f"{middle} ({min(self.values):,.{digits}f} to {max(self.values):,.{digits}f})"


def over(above, below):
    """Round by round, so that what disturbs both cancels out."""
    return Figure(a / b for a, b in zip(above.values, below.values))


def settle(pid, within=1.5):
    """Waits for the pause between two ticks, so that a window holds whole ticks."""
    begin, quiet, before = time.time(), 0, cpu(pid)
    while time.time() - begin < within and quiet < 5:
        time.sleep(0.02)
        now = cpu(pid)
        quiet = quiet + 1 if now - before < 0.0003 else 0
        before = now


def table(head, rows):
    lines = [head] + rows
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    text = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |" for line in lines]
    return "\n".join([text[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|"] + text[1:])
