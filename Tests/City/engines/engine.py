"""A process of ours on loopback, and what every engine of the city needs around it."""

import os
import resource
import shutil
import signal
import socket
import subprocess
import time


class Missing(Exception):
    """A program that is not installed; the message names its Debian package."""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def find(program, package, *folders):
    path = shutil.which(program, path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", *folders]))
    if not path:
        raise Missing(f"{program} is not installed (Debian package {package}); `scripts/setup city` installs it")
    return path


def allow_many_files():
    """As many open files as the machine lets this process have: a broker needs one for each gateway."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


class Process:
    """A program with its log. It is ended by its own number, never by its name."""

    def __init__(self, command, log, user=None, environment=None, folder=None):
        self.command, self.log, self.user, self.folder = list(map(str, command)), log, user, folder
        self.environment = {**os.environ, **(environment or {})}
        self.process = None

    def start(self):
        as_user = ["setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--init-groups"]
        prefix = as_user if self.user and os.geteuid() == 0 else []
        with open(self.log, "ab") as log:
            # A session of its own: Ctrl-C is for whoever started it, and the children that it leaves can be ended too.
            self.process = subprocess.Popen(
                [*prefix, *self.command],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env=self.environment,
                cwd=self.folder,
                start_new_session=True,
            )

    @property
    def pid(self):
        return self.process.pid

    @property
    def is_up(self):
        return self.process is not None and self.process.poll() is None

    def send(self, which):
        if self.is_up:
            self.process.send_signal(which)

    def kill(self):
        """As a power cut of this program alone: the process, and all that it has started."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        self.process = None

    def stop(self, how=signal.SIGTERM, within=30):
        """Ends it in order. Its exit code, or None if it did not end in time and was killed."""
        if self.process is None:
            return 0
        self.send(signal.SIGCONT)
        self.send(how)
        try:
            code = self.process.wait(within)
        except subprocess.TimeoutExpired:
            self.kill()
            return None
        self.kill()
        return code

    def last_lines(self, count=15):
        with open(self.log, errors="replace") as file:
            return "".join(file.readlines()[-count:])

    def wait(self, holds, within, what):
        """Until it holds; raises with the log's last lines when the process ends or the time is over."""
        begin = time.monotonic()
        while time.monotonic() - begin < within:
            if holds():
                return
            if not self.is_up:
                raise RuntimeError(f"{what} ended:\n{self.last_lines()}")
            time.sleep(0.05)
        raise RuntimeError(f"{what} did not come within {within} s:\n{self.last_lines()}")


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False
