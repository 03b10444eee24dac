#!/usr/bin/env python3
"""Does what the tutorial says, as a reader does, and checks that each command prints what the page shows.

usage: tutorial.py PAGE --bin DIR [--profiles DIR] [--patience SECONDS] [--show]
       tutorial.py --same PAGE PAGE

PAGE        docs/tutorial.md or a translation
--bin       the folder of gateway and gateway-city
--profiles  the folder of device profiles (the checkout's devices)
--patience  how long a step may take (60); a block with `within=` may take that much longer than it says
--show      also prints what each command printed, to be pasted into the page
--same      proves that two pages have the same commands and files; comments in files may differ

What it reads in a page
  ```sh                  commands, typed into a terminal window with bash. More words behind `sh`:
      window=NAME        the window (`work`); a window begins in the folder of the page, with the folder of the
                         binaries in front of the PATH
      ctrl-c             Ctrl-C is pressed in that window first, and its program ends
      stays              the program stays in the foreground; without it the prompt must come back
      exit=N             the exit status of the last command that failed (0)
      again              a reader repeats it until it prints what is shown
      by-hand            is not run: it needs root, or an hour
  ```keys window=NAME    Ctrl-C in this window; several are NAME,NAME
  ```yaml file=PATH      a file to be written, in the folder of the page
  ```text                what the commands before it print: all of it, and nothing else. More words behind `text`:
      window=NAME        what this window has printed since the page last looked at it
      within=SECONDS     may take that long, because the program takes it too
  A fence without a language, or with another one, is for the eye.
  <!-- tutorial.py: folder=tutorial ports=18830,15020 lang=C.UTF-8 -->
                         the page's folder in the home, the ports in it, and LANG

What is loose in the comparison
  a line `...`           any lines, or none; inside a line: any characters
  a number               any number: digits, with a point, a comma or a sign; none in a name, such as kdr-soyo-01 or m3
  eight or more hex digits, one of them a figure   any hexadecimal word
  the bars of a figure   any bars
  spaces                 any spaces; those at the end of a line do not count, nor do colours
What is replaced in commands and files
  each port of the page  by a free one, everywhere
  Asia/Jakarta, WIB      by Asia/Makassar, WITA within half an hour of midnight in Jakarta: no figure of a day may end
The reader's home is a temporary folder. In it `gateway` looks like a checkout that was built. Root becomes the user
nobody, because PostgreSQL refuses root and no reader is root. Whatever still runs at the page's end is a fault of the
page, and is ended.
"""
import argparse
import codecs
import collections
import ctypes
import datetime
import difflib
import fcntl
import os
import pathlib
import pty
import random
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import time

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
COLUMNS = 100
# Between two tries of what a reader repeats.
PAUSE = 5
NOBODY = 65534
# What bash prints when a command is over: it stands in no output.
PROMPT = re.compile("\x1e(\\d*)\x1f")
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]|[\x07\r]")
WRITTEN_ANEW = re.compile(r"[^\n]*\r\x1b\[2?K")
CUT = re.compile(r"(?:\x1b\[?[0-9;?]*|\x1e\d*|\r)?\Z")
LOOSE = re.compile(
    r"(?P<skip> *\.\.\. *)|(?P<hex>\b(?=[0-9a-f]*[0-9])[0-9a-f]{8,}\b)"
    r"|(?P<number>(?:(?<=\dT)|(?<![A-Za-z_\d])(?<![A-Za-z]-))(?:(?<!\w)[-+])?\d+(?:[.,]\d+)*)"
    r"|(?P<bars>[▁-█]+)|(?P<space> +)"
)
LOOSE_FORMS = {
    "skip": ".*?",
    "hex": "[0-9a-f]+",
    "number": r"[-+]?\d+(?:[.,]\d+)*(?:[eE][-+]?\d+)?",
    "bars": "[ ▁-█]*",
    "space": " +",
}

Block = collections.namedtuple("Block", "line language words text")


class Failed(Exception):
    """A step that did not go as the page says."""


def blocks(page):
    """The fenced blocks of a page, and its settings."""
    settings, found, open_at, info, lines = {}, [], None, "", []
    for number, line in enumerate(page.read_text().splitlines(), 1):
        if open_at is None:
            if comment := re.fullmatch(r"<!-- tutorial\.py: (.*) -->", line):
                settings = dict(word.split("=", 1) for word in comment[1].split())
            elif line.startswith("```"):
                open_at, info, lines = number, line[3:].split(), []
        elif line.startswith("```"):
            words = dict(word.partition("=")[::2] for word in info[1:])
            found.append(Block(open_at, info[0] if info else "", words, "\n".join(lines)))
            open_at = None
        else:
            lines.append(line)
    if open_at is not None:
        sys.exit(f"{page}:{open_at}: a fence that does not end")
    return settings, found


def pattern(expected):
    """The regular expression of an expected output, whose lines end with a line feed each."""
    parts = []
    for line in expected.splitlines():
        if line.strip() == "...":
            parts.append("(?:.*\n)*?")
            continue
        part, at = "", 0
        for token in LOOSE.finditer(line.rstrip()):
            part += re.escape(line[at : token.start()]) + LOOSE_FORMS[token.lastgroup]
            at = token.end()
        parts.append(part + re.escape(line[at:].rstrip()) + " *\n")
    return re.compile("".join(parts))


def free_ports(count):
    """Free ports of five digits. No client and no other test gets them by chance until the page comes to use them."""
    first = int(pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    range_below = range(10_000, first) if first > 11_000 else range(10_000, 65_000)
    found = []
    for port in random.sample(range_below, len(range_below)):
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        found.append(str(port))
        if len(found) == count:
            break
    return found


class Window:
    """A terminal window: bash at a pseudo terminal."""

    def __init__(self, name, folder, environment, user):
        self.name, self.raw, self.plain, self.seen = name, "", "", 0
        self.prompts, self.is_busy, self.status = 0, False, 0
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            if user is not None:
                os.setgroups([])
                os.setgid(user)
                os.setuid(user)
            os.chdir(folder)
            os.execve("/bin/bash", ["bash", "--noprofile", "--norc", "--noediting", "-i"], environment)
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
        modes = termios.tcgetattr(self.descriptor)
        modes[3] &= ~termios.ECHO
        termios.tcsetattr(self.descriptor, termios.TCSANOW, modes)
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def type(self, text):
        os.write(self.descriptor, text.encode())

    def read(self):
        """Takes what has come; false when the window is closed."""
        try:
            data = os.read(self.descriptor, 65536)
        except OSError:
            return False
        self.raw += self.decoder.decode(data)
        # An escape, a prompt or a line that is written anew may be cut in two: that waits for its end.
        whole = self.raw[: -len(CUT.search(self.raw)[0]) or None]
        prompts = PROMPT.findall(whole)
        if len(prompts) > self.prompts:
            self.prompts, self.is_busy, self.status = len(prompts), False, int(prompts[-1] or 0)
        self.plain = ESCAPES.sub("", WRITTEN_ANEW.sub("", PROMPT.sub("", whole.replace("\r\n", "\n"))))
        return bool(data)

    @property
    def output(self):
        """What it has printed since the page last looked at it."""
        return self.plain[self.seen :]

    def look_away(self):
        self.seen = len(self.plain)


class Run:
    def __init__(self, page, options):
        self.page, self.options = page, options
        self.settings, self.blocks = blocks(page)
        self.windows, self.last, self.begun = {}, None, time.monotonic()
        self.user = NOBODY if os.geteuid() == 0 else None
        named = [port for port in self.settings.get("ports", "").split(",") if port]
        self.replacements = {rf"\b{port}\b": free for port, free in zip(named, free_ports(len(named)))}
        jakarta = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7)))
        if (jakarta + datetime.timedelta(minutes=30)).date() != (jakarta - datetime.timedelta(minutes=30)).date():
            self.replacements.update({"Asia/Jakarta": "Asia/Makassar", r"\bWIB\b": "WITA"})
        self.make_home()

    def make_home(self):
        """A home in which ~/gateway looks like a checkout that was built."""
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="tutorial-"))
        checkout = self.home / "gateway"
        (checkout / ".build").mkdir(parents=True)
        self.lend(checkout / ".build" / "release", pathlib.Path(self.options.bin))
        self.lend(checkout / "devices", pathlib.Path(self.options.profiles))
        self.lend(checkout / "config", REPOSITORY / "config")
        if self.user is not None:
            for path in [self.home, *self.home.rglob("*")]:
                os.chown(path, self.user, self.user, follow_symlinks=False)
        self.folder = self.home / self.settings.get("folder", "tutorial")
        self.environment = {
            "HOME": str(self.home),
            "PATH": f"{checkout}/.build/release:/usr/local/bin:/usr/bin:/bin",
            "LANG": self.settings.get("lang", "C.UTF-8"),
            # The page's locale need not be installed: only perl would complain of that.
            "PERL_BADLANG": "0",
            "TERM": "xterm",
            "USER": "nobody" if self.user else os.environ.get("USER", ""),
            "HISTFILE": "",
            "PS1": r"\036$failed\037",
            "PS2": "",
        }

    def lend(self, place, target):
        """A link, or a copy where the reader may not look."""
        target = target.resolve()
        if self.user is not None:
            looks = ["setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--clear-groups", "ls", f"{target}/"]
            if subprocess.run(looks, capture_output=True).returncode:
                shutil.copytree(target, place)
                return
        place.symlink_to(target)

    def replace(self, text):
        for old, new in self.replacements.items():
            text = re.sub(old, new, text)
        return text

    def window(self, name):
        if name not in self.windows:
            folder = self.folder if self.folder.is_dir() else self.home
            window = self.windows[name] = Window(name, folder, self.environment, self.user)
            for line in ("", "failed=0; trap 'failed=$?' ERR\n"):
                window.is_busy = True
                window.type(line)
                self.wait(lambda: not window.is_busy, self.options.patience, "bash shows no prompt", window)
            window.look_away()
        return self.windows[name]

    def wait(self, holds, within, what, window=None):
        """Reads all windows until it holds."""
        end = time.monotonic() + within
        while not holds():
            if time.monotonic() > end:
                raise Failed(f"{what} within {within:.0f} s", window)
            open_windows = {one.descriptor: one for one in self.windows.values()}
            for descriptor in select.select(list(open_windows), [], [], 0.2)[0]:
                if not open_windows[descriptor].read():
                    raise Failed(f"the window {open_windows[descriptor].name} has closed", window)

    def end_foreground(self, window):
        window.type("\x03")
        self.wait(lambda: not window.is_busy, self.options.patience, "Ctrl-C does not end the program", window)

    def start(self, block, window):
        """Types a block's commands."""
        number = len(list(self.home.glob(".typed-*")))
        typed = self.home / f".typed-{number}"
        typed.write_text(self.replace(block.text) + "\n")
        typed.chmod(0o644)
        window.look_away()
        window.is_busy = True
        window.type(f"failed=0; . {typed}\n")

    def run(self, block, following):
        """A block of commands, and the output that stands right after it."""
        window = self.window(block.words.get("window", "work"))
        if "ctrl-c" in block.words:
            self.end_foreground(window)
        elif window.is_busy:
            raise Failed(f"a program still runs in the window {window.name}: ctrl-c is missing in the fence", window)
        shown = following if following and following.language == "text" and "window" not in following.words else None
        within = self.options.patience + float(shown.words.get("within", 0) if shown else 0)
        expected = pattern(self.replace(shown.text)) if shown else None
        self.start(block, window)
        if "stays" in block.words:
            if shown:
                self.expect(shown, window, within)
            return
        end = time.monotonic() + within
        while True:
            self.wait(lambda: not window.is_busy, within, "the prompt does not come", window)
            fits = expected is None or expected.fullmatch(self.lines(window))
            if fits or "again" not in block.words or time.monotonic() > end:
                break
            time.sleep(PAUSE)
            self.start(block, window)
        wanted = int(block.words.get("exit", 0))
        if not fits:
            raise Failed("prints something else", window, shown)
        if window.status != wanted:
            raise Failed(f"exit status {window.status}, and {wanted} is expected", window)

    def lines(self, window):
        output = window.output
        return output if not output or output.endswith("\n") else output + "\n"

    def expect(self, block, window, within):
        """What a program in the foreground prints; only whole lines count."""
        expected = pattern(self.replace(block.text))
        ends = lambda: not window.is_busy

        def comes():
            found = expected.match(window.output)
            if found:
                window.shown, window.seen = window.output[: found.end()], window.seen + found.end()
            return found or ends()

        try:
            self.wait(comes, within, "it does not print what is expected", window)
        except Failed as error:
            raise Failed(error.args[0], window, block)
        if ends():
            raise Failed(f"it has ended, exit status {window.status}", window, block)

    def write(self, block):
        path = self.folder / block.words["file"]
        if not path.parent.is_dir():
            raise Failed(f"no folder for {block.words['file']}: the page must make it first")
        path.write_text(self.replace(block.text) + "\n")
        if self.user is not None:
            os.chown(path, self.user, self.user)

    def step(self, index):
        """Does one block; what it was in words, or None where there is nothing to say."""
        block = self.blocks[index]
        following = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
        first = block.text.splitlines()[0] if block.text else ""
        if block.language == "sh":
            if "by-hand" in block.words:
                return f"(by hand) {first}"
            self.last = block
            self.run(block, following)
            return first + (" [...]" if "\n" in block.text else "")
        if block.language == "keys":
            for name in block.words["window"].split(","):
                self.end_foreground(self.window(name))
            return f"Ctrl-C in {block.words['window']}"
        if "file" in block.words:
            self.write(block)
            return f"writes {block.words['file']}"
        if block.language == "text" and "window" in block.words:
            within = self.options.patience + float(block.words.get("within", 0))
            self.expect(block, self.window(block.words["window"]), within)
            return f"sees in {block.words['window']}: {self.shortened(block)}"
        return None

    def shortened(self, block):
        told = [line for line in block.text.splitlines() if line.strip() != "..."]
        return told[0][:60] if told else "..."

    def show(self, block):
        if not self.options.show:
            return
        window = self.windows.get(block.words.get("window", "work"))
        if window and block.language in ("sh", "text"):
            text = getattr(window, "shown", "") if block.language == "text" else window.output
            print("".join(f"    | {line}\n" for line in text.splitlines()), end="")

    def all(self):
        count = 0
        for index, block in enumerate(self.blocks):
            begin = time.monotonic()
            try:
                told = self.step(index)
            except Failed as error:
                self.report(block, error)
                return False
            if told:
                count += 1
                place = f"{self.page}:{block.line}"
                print(f"{count:3}  {place:26} {time.monotonic() - begin:6.1f} s  {told}", flush=True)
                self.show(block)
        try:
            self.wait(lambda: not self.programs_left(), self.options.patience, "programs still run")
        except Failed as error:
            print(f"{self.page}: at the end {error.args[0]}: {', '.join(self.programs_left())}")
            return False
        print(f"{self.page}: all well, {count} steps in {time.monotonic() - self.begun:.0f} s")
        return True

    def report(self, block, error):
        what, window, shown = (*error.args, None, None)[:3]
        print(f"\n{self.page}:{(shown or block).line}: {what}")
        command = self.last if block.language == "text" else block
        if command is not None:
            print("".join(f"    $ {line}\n" for line in command.text.splitlines()), end="")
        if window is None:
            return
        if shown is not None:
            print("  expected:")
            print("".join(f"    | {line}\n" for line in shown.text.splitlines()), end="")
        print(f"  printed in the window {window.name}:")
        print("".join(f"    | {line}\n" for line in window.output.splitlines()[-60:]), end="")
        for other in self.windows.values():
            if other is not window and other.output:
                print(f"  not looked at in the window {other.name}:")
                print("".join(f"    | {line}\n" for line in other.output.splitlines()[-12:]), end="")

    def programs_left(self):
        """What this run has started and not ended, without the windows themselves."""
        shells = {window.pid for window in self.windows.values()}
        return [name for pid, name in descendants() if pid not in shells]

    def end(self):
        """Ends whatever this run has started, the newest first."""
        for which in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            shells = {window.pid for window in self.windows.values()}
            for pid, _ in sorted(descendants(), reverse=True):
                if which == signal.SIGKILL or pid not in shells:
                    send(pid, which)
            end = time.monotonic() + 10
            while time.monotonic() < end and any(pid not in shells for pid, _ in descendants()):
                reap()
                time.sleep(0.05)
        reap()
        shutil.rmtree(self.home, ignore_errors=True)


def send(pid, which):
    try:
        os.kill(pid, which)
    except ProcessLookupError:
        pass


def reap():
    """Buries children that have ended; those that a shell left behind are ours too."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def descendants():
    """All processes below this one, with their names; dead ones are not among them."""
    children, names = collections.defaultdict(list), {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            text = pathlib.Path(f"/proc/{entry}/stat").read_text()
        except OSError:
            continue
        name, _, rest = text.partition("(")[2].rpartition(")")
        state, parent = rest.split()[:2]
        if state != "Z":
            children[int(parent)].append(int(entry))
            names[int(entry)] = name
    found, waiting = [], [os.getpid()]
    while waiting:
        for child in children[waiting.pop()]:
            found.append((child, names[child]))
            waiting.append(child)
    return found


def bare(block):
    """A block's text without the comments of a file."""
    if "file" not in block.words:
        return block.text.splitlines()
    lines = (re.sub(r"(^|\s+)#.*", "", line).rstrip() for line in block.text.splitlines())
    return [line for line in lines if line]


def same(first, second):
    """Whether two pages have the same commands and files."""
    sides = []
    for page in (first, second):
        settings, found = blocks(page)
        lines = [f"folder {settings.get('folder')}, ports {settings.get('ports')}"]
        for block in found:
            info = " ".join(f"{key}={value}" if value else key for key, value in block.words.items())
            lines.append(f"```{block.language} {info}")
            if block.language in ("sh", "keys") or "file" in block.words:
                lines += bare(block)
        sides.append(lines)
    difference = list(difflib.unified_diff(*sides, str(first), str(second), lineterm=""))
    print("\n".join(difference) if difference else f"{first}, {second}: the same {len(sides[0])} lines")
    return not difference


def main():
    parser = argparse.ArgumentParser(description="Does what the tutorial says; see the head of this file.")
    parser.add_argument("page", type=pathlib.Path, nargs="?")
    parser.add_argument("--bin")
    parser.add_argument("--profiles", default=REPOSITORY / "devices")
    parser.add_argument("--patience", type=float, default=60)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--same", type=pathlib.Path, nargs=2)
    options = parser.parse_args()
    if options.same:
        sys.exit(0 if same(*options.same) else 1)
    if not options.page or not options.bin:
        parser.error("PAGE and --bin are needed")
    # Programs that a shell leaves behind become children of this one, and none is lost (PR_SET_CHILD_SUBREAPER).
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    run = Run(options.page, options)
    try:
        is_well = run.all()
    except KeyboardInterrupt:
        is_well = False
    finally:
        run.end()
    sys.exit(0 if is_well else 1)


if __name__ == "__main__":
    main()
