"""A running demo (scripts/demo) for the scripts that make pictures of it. They start it, wait for what it shows, end it."""
import json
import os
import pathlib
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Demo:
    """`with Demo() as demo:` the demo runs, and everything that it shows comes from its own programs.

    GATEWAY_BINARY names a gateway that is built already. With `faster=5` the demo's clock runs five times as fast
    (faketime), so that an hour of its figures takes twelve minutes; it begins two minutes before a full hour.
    """

    def __init__(self, faster=None):
        if faster and not shutil.which("faketime"):
            sys.exit("faketime is missing: apt install faketime (scripts/setup torture does it)")
        (ROOT / ".build").mkdir(exist_ok=True)
        ahead = (3600 - 120 - time.time() % 3600) % 3600
        command = ["faketime", "-f", f"+{ahead:.0f} x{faster}"] if faster else []
        self.process = subprocess.Popen(
            command + [str(ROOT / "scripts/demo")], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )
        self.is_wrapped = bool(command)
        self.lines = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def __enter__(self):
        said = []
        while True:
            line = self.lines.get()
            if line is None:
                sys.exit("the demo ended:\n" + "".join(said))
            said.append(line)
            if line.startswith("  In a browser: "):
                self.page = line.split()[3].rstrip("/")
            if line.startswith("The city runs in"):
                self.folder = os.path.realpath(ROOT / ".build/demo")
            if "mosquitto_sub" in line:
                return self

    def __exit__(self, *_):
        process = self.process.pid
        if self.is_wrapped:  # faketime waits for its child, and passes no signal on
            process = int(pathlib.Path(f"/proc/{process}/task/{process}/children").read_text().split()[0])
        os.kill(process, signal.SIGTERM)
        self.process.wait()

    def run(self, command, *arguments):
        """What one of the demo's own commands (gateway, cable) prints."""
        return subprocess.run(
            [f"{self.folder}/{command}", *arguments], capture_output=True, text=True, check=True
        ).stdout

    def status(self):
        return json.loads(self.run("gateway", "status", "--json"))

    def wait(self, what, holds, within=300):
        """Waits until `holds(status)`, so many seconds at most."""
        end = time.monotonic() + within
        while not holds(self.status()):
            if time.monotonic() > end or self.process.poll() is not None:
                sys.exit(f"the demo never came so far: {what}")
            time.sleep(0.5)


# Conditions for `wait`.

def all_answer(status):
    return all(device.get("answering") for device in status["devices"])


def water_flows(status):
    """The demo's pump stands still for half of the time."""
    return any(
        point["name"] == "discharge" and (point.get("value") or 0) > 0
        for device in status["devices"] for point in device["points"]
    )


def has_read(device, count):
    return lambda status: any(d["id"] == device and d["readings"] >= count for d in status["devices"])


def is_silent(device):
    return lambda status: any(d["id"] == device and d.get("answering") is False for d in status["devices"])
