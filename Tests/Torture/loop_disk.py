"""A small ext4 on a loop file, and the power cut: every write from then on fails, and what was not synced is gone."""

import fcntl
import os
import shutil
import struct
import subprocess
import tempfile

from verdict import Skipped

EXT4_IOC_SHUTDOWN = 0x8004587D
NO_FLUSH = 2


def run(*words, allow=(0,)):
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode not in allow:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


class LoopDisk:
    def __init__(self, megabytes):
        if os.geteuid() != 0:
            raise Skipped("mounting a file system needs root")
        self.folder = tempfile.mkdtemp(prefix="torture-disk-")
        self.image = os.path.join(self.folder, "image")
        self.path = os.path.join(self.folder, "mnt")
        self.mounted = False
        os.mkdir(self.path)
        with open(self.image, "wb") as file:
            file.truncate(megabytes << 20)
        try:
            run("mkfs.ext4", "-q", "-F", self.image)
            self.mount()
        except (OSError, RuntimeError) as error:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise Skipped(f"no loop file system here: {error}") from None

    def mount(self):
        run("mount", "-o", "loop", self.image, self.path)
        self.mounted = True

    def cut_power(self):
        handle = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, EXT4_IOC_SHUTDOWN, struct.pack("I", NO_FLUSH))
        finally:
            os.close(handle)

    def unmount(self):
        if self.mounted:
            run("umount", self.path)
            self.mounted = False

    def check(self):
        """Replays the file system's own journal, as a boot does (code 1: repaired)."""
        run("e2fsck", "-p", "-f", self.image, allow=(0, 1))

    def close(self):
        try:
            self.unmount()
        except RuntimeError:
            run("umount", "-l", self.path)
            self.mounted = False
        shutil.rmtree(self.folder, ignore_errors=True)
