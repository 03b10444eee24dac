"""Attacks the pages of a running gateway, while an ordinary reader asks for one each second.

usage: page_attack.py BASE PIN
  BASE  the pages' address, such as http://127.0.0.1:8080
  PIN   the box's PIN

It prints a line of JSON for each check, {"check": ..., "ok": ..., "detail": ...}, and exits with 1 if one failed. It needs
nothing but Python. It runs on the machine of the pages, whose process it finds by the port; it takes two minutes, and the
pages refuse PINs for some minutes after it.
"""

import base64
import json
import os
import re
import resource
import select
import socket
import sys
import threading
import time
from urllib.parse import urlsplit

base = urlsplit(sys.argv[1])
place = (base.hostname, base.port)
host = base.netloc
pin = sys.argv[2]
failed = 0


def say(check, ok, detail=""):
    global failed
    failed += not ok
    print(json.dumps({"check": check, "ok": bool(ok), "detail": str(detail)}, ensure_ascii=False), flush=True)


# Talking.


def connect(timeout=5):
    return socket.create_connection(place, timeout)


def read(client, timeout=8, most=1 << 20):
    """What comes until the other end closes, an answer is whole, or nothing comes for some time."""
    data = b""
    end = time.monotonic() + timeout
    try:
        while len(data) < most and (left := end - time.monotonic()) > 0:
            client.settimeout(left)
            piece = client.recv(65_536)
            if not piece:
                break
            data += piece
            head, gap, body = data.partition(b"\r\n\r\n")
            length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
            if gap and length and len(body) >= int(length[1]):
                break
    except OSError:
        pass
    return data


def code(data):
    """The status of an answer; 0 for a closed connection or for none."""
    found = re.match(rb"HTTP/1\.[01] (\d{3})", data)
    return int(found[1]) if found else 0


def send(raw, timeout=8):
    try:
        with connect() as client:
            try:
                client.sendall(raw)
            except OSError:
                pass  # It may close before it has all; its answer may stand there.
            return read(client, timeout)
    except OSError:
        return b""


def request(path="/", method="GET", headers=(), body=b"", name=None):
    lines = [f"{method} {path} HTTP/1.1", f"Host: {name or host}", *headers]
    if body or method == "POST":
        lines.append(f"Content-Length: {len(body)}")
        lines.append("Content-Type: application/x-www-form-urlencoded")
    return "\r\n".join(lines + ["Connection: close", "", ""]).encode() + body


def ask(*args, **more):
    return code(send(request(*args, **more)))


# What is watched meanwhile.


def inode_of(port):
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in open(table):
            cells = line.split()
            if cells[3] == "0A" and int(cells[1].rsplit(":", 1)[1], 16) == port:
                return cells[9]
    return None


def process(port):
    """The process that listens on a port; None where it is not ours to see."""
    wanted = f"socket:[{inode_of(port)}]"
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if any(os.readlink(f"/proc/{pid}/fd/{fd}") == wanted for fd in os.listdir(f"/proc/{pid}/fd")):
                return int(pid)
        except OSError:
            continue
    return None


def memory(pid):
    """MiB in memory."""
    return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{pid}/status").read())[1]) / 1024


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def processor(pid):
    """Seconds of processor time."""
    cells = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(cells[11]) + int(cells[12])) / os.sysconf("SC_CLK_TCK")


def status():
    data = send(request("/api/status.json"))
    return json.loads(data.partition(b"\r\n\r\n")[2])


class Reader(threading.Thread):
    """Asks for the technician's page each second, as a telephone at the cabinet does."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.times, self.errors, self.most = pid, [], [], {"memory": 0, "descriptors": 0}
        self.ends = threading.Event()

    def run(self):
        while not self.ends.wait(1):
            began = time.monotonic()
            answer = code(send(request("/")))
            self.times.append(time.monotonic() - began)
            if answer != 200:
                self.errors.append(answer)
            if self.pid:
                try:
                    self.most["memory"] = max(self.most["memory"], memory(self.pid))
                    self.most["descriptors"] = max(self.most["descriptors"], descriptors(self.pid))
                except OSError:
                    self.errors.append("gone")

    def told(self, name, slowest=3):
        """The reader's luck since the last time."""
        times, errors = sorted(self.times), self.errors
        self.times, self.errors = [], []
        middle, worst = (times[len(times) // 2], times[-1]) if times else (0, 0)
        middle, worst = round(middle * 1_000), round(worst * 1_000)
        words = f"{len(times)} pages, half within {middle} ms, all within {worst} ms, errors {errors}"
        say(f"an ordinary reader during {name}", not errors and worst < slowest * 1_000, words)


# The attacks.


def garbage():
    noise = os.urandom(4_096)
    for name, raw in (
        ("noise", noise),
        ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + noise),
        ("no version", b"GET /\r\n\r\n"),
        ("HTTP/9", b"GET / HTTP/9.9\r\nHost: a\r\n\r\n"), ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        ("NUL", b"GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("two hosts", f"GET / HTTP/1.1\r\nHost: {host}\r\nHost: a\r\n\r\n".encode()),
        ("a line a MB long", b"GET /" + b"a" * (1 << 20) + b" HTTP/1.1\r\n\r\n"),
        ("a header a MB long", b"GET / HTTP/1.1\r\nX: " + b"a" * (1 << 20) + b"\r\n\r\n"),
        ("100,000 headers", b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 100_000 + b"\r\n"),
        ("a folded header", b"GET / HTTP/1.1\r\nHost: localhost\r\n X: y\r\n\r\n"),
    ):
        answer = code(send(raw, 20))
        say(f"bad request: {name}", answer == 0 or 400 <= answer < 600, answer)


def lengths():
    for name, header, body in (
        ("negative", "Content-Length: -5", b""), ("huge", "Content-Length: 99999999999999999999", b"pin=1"),
        ("10 GB", "Content-Length: 10000000000", b"pin=1"), ("a word", "Content-Length: many", b""),
        ("two", "Content-Length: 5\r\nContent-Length: 6", b"pin=12"),
        ("with chunks", "Content-Length: 5\r\nTransfer-Encoding: chunked", b"0\r\n\r\n"),
        ("chunks of nonsense", "Transfer-Encoding: chunked", b"zz\r\nhello\r\n"),
        ("a huge chunk", "Transfer-Encoding: chunked", b"FFFFFFFFFFFFFFFFF\r\nhello\r\n"),
        ("a negative chunk", "Transfer-Encoding: chunked", b"-1\r\nhello\r\n"),
        ("chunks twice", "Transfer-Encoding: chunked, chunked", b"0\r\n\r\n"),
    ):
        head = f"POST /ask/none HTTP/1.1\r\nHost: {host}\r\n{header}\r\n\r\n".encode()
        # Where the rest of a body never comes, nothing may be answered but an error, later.
        answer = code(send(head + body, 2))
        say(f"length of the body: {name}", answer == 0 or 400 <= answer < 500, answer)
    big = ask("/ask/none", "POST", body=b"a" * 100_000)
    say("a form of 100 kB is refused", big in (0, 413), big)


def pipelined():
    """Answers in order to requests that come at once."""
    one = f"GET /healthz HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
    try:
        with connect() as client:
            client.sendall(one * 20 + request("/nothing-here"))
            data = b""
            client.settimeout(8)
            while piece := client.recv(65_536):
                data += piece
    except OSError as error:
        data += str(error).encode()
    answers = re.findall(rb"HTTP/1\.1 (\d{3})", data)
    say("20 pipelined requests are answered in order", len(answers) == 21 and answers[-1] == b"404", answers)


def paths():
    wrong = []
    for path in (
        "/static/../../../../etc/passwd", "/lib/../../../etc/passwd", "/lib/dygraphs/..%2f..%2f..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd", "/lib/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/static/%00", "/device/%00", "/device/%ff%fe",
        "/device/..", "/device/" + "a" * 6_000, "/" + "a/" * 3_000, "/%", "/%zz", "/%25%32%65", "//etc/passwd", "/\\..\\etc",
        "/device/%3Cscript%3Ealert(1)%3C/script%3E", "/history.csv?device=..%2f..&point=%00", "http://evil.example/", "*",
        "/figure?indicator=%22%3E%3Cscript%3E&scope=x&window=y", "/kota?window=%3Cscript%3E&before=99999999999999999999",
        "/kota?before=-1", "/?lang=xx%22%3E%3Cscript%3E", "/?" + "a=b&" * 1_000,
    ):
        data = send(request(path))
        head, _, body = data.partition(b"\r\n\r\n")
        if b"root:" in body or b"<script>alert" in body or b'"><script>' in body or code(data) >= 500 or code(data) == 0:
            wrong.append(f"{path[:60]}: {code(data)}")
    say("odd paths give nothing away and break nothing", not wrong, "; ".join(wrong))


def strangers():
    for name, wanted, answer in (
        ("another name for this machine", 421, ask("/", name="evil.example")),
        ("another name, with the port", 421, ask("/", name=f"evil.example:{place[1]}")),
        ("a name that begins as an address", 421, ask("/", name="127.0.0.1.evil.example")),
        ("a name that begins as ours", 421, ask("/", name="localhost.evil.example")),
        ("a user before the name", 421, ask("/", name="127.0.0.1@evil.example")),
        ("the status by another name", 421, ask("/api/status.json", name="evil.example")),
        ("the metrics by another name", 421, ask("/metrics", name="evil.example")),
        ("an empty name", 421, code(send(b"GET / HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n"))),
        ("an absolute address of another host", 421, ask("http://evil.example/", name="evil.example")),
    ):
        say(f"refused: {name}", answer in (wanted, 400), answer)
    form = f"do=ask&pin={pin}".encode()
    for name, headers in (
        ("another site", ["Origin: http://evil.example"]), ("another port", [f"Origin: http://{place[0]}:1"]),
        ("no origin to tell", ["Origin: null"]), ("its fetch site", ["Sec-Fetch-Site: cross-site"]),
        ("a sister site", ["Sec-Fetch-Site: same-site"]),
    ):
        answer = ask("/ask/none", "POST", headers, form)
        say(f"refused although the PIN is right: a form from {name}", answer in (403, 421), answer)
    answer = ask("/", headers=["X-Forwarded-For: 203.0.113.7"])
    say("a proxy's reader needs the PIN", answer == 401, answer)
    answer = ask("/", headers=["Forwarded: for=203.0.113.7"])
    say("a proxy's reader needs the PIN, in the other words", answer == 401, answer)


def methods():
    for method in ("HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "CONNECT", "PATCH", "BREW"):
        data = send(request("/", method))
        body = data.partition(b"\r\n\r\n")[2]
        ok = code(data) == 200 and not body if method == "HEAD" else code(data) in (0, 400, 401, 405, 501)
        say(f"method {method}", ok, f"{code(data)}, {len(body)} bytes")
    answer = ask("/", "POST", body=b"a=b")
    say("a form to a page that asks nothing needs the PIN all the same", answer in (401, 404, 405), answer)


def basic(tried):
    return "Authorization: Basic " + base64.b64encode(f"a:{tried}".encode()).decode()


def guesses():
    """Wrong PINs of one address, then of many; each is a reader behind the proxy."""
    first = ["X-Forwarded-For: 203.0.113.50"]
    answers = [ask("/healthz", headers=first + [basic(f"{n:06}")]) for n in range(12)]
    say("five wrong PINs, then a wait", answers[:5] == [401] * 5 and set(answers[5:]) == {429}, answers)
    right = ask("/", headers=first + [basic(pin)])
    say("the right PIN waits, too", right == 429, right)
    other = ask("/", headers=["X-Forwarded-For: 203.0.113.51", basic(pin)])
    say("another address gets in meanwhile", other == 200, other)
    say("whoever is at the box reads without a PIN", ask("/") == 200)
    long = ask("/healthz", headers=["X-Forwarded-For: 203.0.113.52", basic("1" * 5_000)])
    say("a PIN of 5 kB is a wrong one", long in (401, 400, 431), long)
    odd = ask("/healthz", headers=["X-Forwarded-For: 203.0.113.52", "Authorization: Basic !!!"])
    say("an Authorization of nonsense is no PIN", odd == 401, odd)
    passed = 0
    for n in range(120):
        answer = ask("/healthz", headers=[f"X-Forwarded-For: 203.0.{114 + n // 60}.{n % 60}", basic(f"{n:06}")])
        passed += answer == 401
    say("many addresses do not try PINs fast", passed <= 62, f"{passed} of 120 tried")


def slow(reader, count=500, seconds=20):
    """Headers that drip."""
    clients = []
    for _ in range(count):
        try:
            client = connect(2)
            client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ")
            clients.append(client)
        except OSError:
            break
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for client in clients:
            try:
                client.send(b"a")
            except OSError:
                pass
        time.sleep(2)
    left = sum(is_open(client) for client in clients)
    say("headers that drip for 20 s are cut off", left == 0, f"{left} of {len(clients)} are connected still")
    close(clients)
    reader.told(f"{count} slow connections")


def is_open(client):
    try:
        client.setblocking(False)
        while True:
            if not client.recv(65_536):
                return False
    except BlockingIOError:
        return True
    except OSError:
        return False


def close(clients):
    for client in clients:
        client.close()


def crowd(reader, count=10_000):
    """Connections that ask for nothing; each that the other end closes is let go."""
    poll, clients = select.poll(), {}
    opened = ended = 0
    family = socket.AF_INET6 if ":" in place[0] else socket.AF_INET
    began = time.monotonic()

    def events(wait):
        nonlocal opened, ended
        for fd, _ in poll.poll(wait):
            client, is_new = clients[fd]
            if is_new:
                opened += client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0
                clients[fd] = (client, False)
                poll.modify(fd, select.POLLIN)
            elif not is_open(client):
                ended += 1
                poll.unregister(fd)
                del clients[fd]
                client.close()

    for _ in range(count):
        client = socket.socket(family)
        client.setblocking(False)
        client.connect_ex(place)
        clients[client.fileno()] = (client, True)
        poll.register(client, select.POLLOUT)
        events(0)
    while opened < count and time.monotonic() - began < 10:
        events(100)
    seconds = time.monotonic() - began
    held = 0
    while time.monotonic() - began < 28:
        events(100)
        held = descriptors(reader.pid) if reader.pid else 0
        if held < 300 and time.monotonic() - began > 16:
            break
    times, errors = sorted(reader.times), reader.errors
    reader.times, reader.errors = [], []
    close(client for client, _ in clients.values())
    words = f"{opened} opened within {seconds:.1f} s, {ended} sent away, {held} descriptors left meanwhile"
    say(f"of {count:,} connections few are held", held <= 300, words)
    # During the rush a reader may lose a page; after it he must not.
    slowest = times[-1] * 1_000 if times else 0
    words = f"{len(times)} tried, errors {errors}, slowest {slowest:.0f} ms"
    say(f"a reader gets pages during {count:,} connections", len(errors) * 2 < len(times), words)
    # A reader who knocked during the rush may still wait for his turn.
    time.sleep(8)
    reader.times, reader.errors = [], []
    time.sleep(5)
    reader.told(f"the time after {count:,} connections")


def unread(reader):
    """Clients that follow live values: 200 at once, and 20 that read nothing."""
    followers = []
    for _ in range(200):
        try:
            client = connect()
            client.sendall(request("/live"))
            followers.append(client)
        except OSError:
            break
    time.sleep(3)
    answers = [code(read(client, 0.05, 12)) for client in followers]
    served, refused = answers.count(200), answers.count(503)
    words = f"{served} served, {refused} told, {answers.count(0)} neither"
    say("of 200 that follow live values some are served, the others are told", served and served + refused >= 190, words)
    time.sleep(3)
    reader.told("200 that follow live values")
    close(followers)
    time.sleep(3)
    mute = []
    for _ in range(20):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1_024)
        client.settimeout(5)
        try:
            client.connect(place)
            client.sendall(request("/live"))
            mute.append(client)
        except OSError:
            client.close()
    # Many requests whose answers nobody takes.
    greedy = []
    for _ in range(20):
        try:
            client = connect(2)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1_024)
            client.setblocking(False)
            for _ in range(50):
                client.send(f"GET /metrics HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            greedy.append(client)
        except OSError:
            greedy.append(client)
    time.sleep(8)
    reader.told("clients that read nothing")
    close(mute + greedy)
    time.sleep(2)
    with connect() as client:
        client.sendall(request("/live"))
        time.sleep(1.5)
        again = code(read(client, 1, 12))
    say("a seat is free again after that", again == 200, again)


def figures(reader):
    """Many different questions that each cost the gateway time."""
    answers = []

    def one(number):
        window = ("day", "month", "year", "hour")[number % 4]
        answers.append(code(send(request(f"/kota?window={window}&before={366 - number}"), 60)))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(40)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - began
    odd = [answer for answer in answers if answer not in (200, 429, 503)]
    say("40 questions for figures at once", not odd and seconds < 30, f"{seconds:.1f} s, {sorted(set(answers))}")
    reader.told("40 questions for figures")


def main():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 12_000 if hard == resource.RLIM_INFINITY else min(hard, 12_000)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    pid = process(place[1])
    before = status()
    gateway = before.get("process", {}).get("pid")
    used = processor(pid) if pid else 0
    start = (memory(pid), descriptors(pid)) if pid else (0, 0)
    began = time.monotonic()
    reader = Reader(pid)
    reader.start()
    for attack in (garbage, lengths, pipelined, paths, strangers, methods):
        attack()
    reader.told("bad requests")
    slow(reader)
    unread(reader)
    figures(reader)
    crowd(reader, 10_000 if wanted >= 12_000 else 3_000)
    guesses()
    reader.told("wrong PINs")
    reader.ends.set()
    reader.join()
    seconds = time.monotonic() - began
    if pid:
        time.sleep(3)
        end = (memory(pid), descriptors(pid))
        say("the page process is the same one", process(place[1]) == pid, f"process {pid}")
        most = reader.most
        words = f"{start[0]:.0f} MiB before, {most['memory']:.0f} at most, {end[0]:.0f} after"
        say("its memory stays bounded", most["memory"] < 160, words)
        words = f"{start[1]} before, {most['descriptors']} at most, {end[1]} after"
        say("its descriptors are given back", end[1] < start[1] + 40, words)
        say("its processor time", True, f"{processor(pid) - used:.1f} s of {seconds:.0f}")
    after = status()
    lost = {d["id"]: d["missed"] - o["missed"] for d, o in zip(after["devices"], before["devices"])}
    failures = {d["id"]: d["failures"] - o["failures"] for d, o in zip(after["devices"], before["devices"])}
    say("the gateway skipped no tick", not any(lost.values()), lost)
    say("no device failed for it", not any(failures.values()), failures)
    say("the gateway runs on", after["epoch"] == before["epoch"], after["epoch"])
    say("all", failed == 0, f"{failed} failed, {seconds:.0f} s")
    sys.exit(failed > 0)


main()
