"""PostgreSQL clusters of their own: one server, or a primary with a synchronous standby that can be promoted."""

import os
import pwd
import shutil
import signal
import subprocess

from engine import Process, find, free_port

BIN = "/usr/lib/postgresql/15/bin"


def owner():
    """PostgreSQL refuses to run as root; then it runs as the user of Debian's package."""
    return "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def lend(path):
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(path, account.pw_uid, account.pw_gid)


class Postgres:
    """A server of its own: its data, its socket and its log lie in its folder. Everybody on this machine may log in.

    `data` is another place for its data, such as a small file system.
    """

    package = "postgresql-15"

    def __init__(self, folder, name="postgres", data=None, settings=(), port=None):
        self.folder = os.path.join(folder, name)
        os.makedirs(self.folder, exist_ok=True)
        lend(self.folder)
        # The server's user must reach its folder through the one around it, which mktemp keeps to its owner.
        os.chmod(folder, os.stat(folder).st_mode | 0o011)
        self.data = os.path.join(data or self.folder, "data")
        self.port = port or free_port()
        self.settings = [
            "fsync = on",
            "synchronous_commit = on",
            "max_connections = 60",
            "shared_buffers = 256MB",
            "max_wal_size = 4GB",
            "track_commit_timestamp = on",
            *settings,
        ]
        self.process = None

    @property
    def ports(self):
        return [self.port]

    def run(self, *words):
        prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        done = subprocess.run([*prefix, *words], capture_output=True, text=True, cwd="/")
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)}: {done.stderr.strip()}")
        return done.stdout

    def create(self):
        find("initdb", self.package, BIN)
        if data_folder := os.path.dirname(self.data):
            lend(data_folder)
        self.run(
            f"{BIN}/initdb",
            "--pgdata",
            self.data,
            "--auth",
            "trust",
            "--encoding",
            "UTF8",
            "--locale",
            "C.UTF-8",
            "--username",
            "postgres",
        )
        self.configure()

    def configure(self, *more):
        with open(os.path.join(self.data, "postgresql.auto.conf"), "a") as file:
            lines = [
                f"port = {self.port}",
                "listen_addresses = '127.0.0.1'",
                f"unix_socket_directories = '{self.folder}'",
                *self.settings,
                *more,
            ]
            file.write("\n".join(lines) + "\n")

    def start(self, within=60):
        if not os.path.exists(os.path.join(self.data, "PG_VERSION")):
            self.create()
        # A server that was killed leaves this; another process may have its number by now.
        for left in (os.path.join(self.data, "postmaster.pid"),):
            if os.path.exists(left):
                os.remove(left)
        self.process = Process(
            [f"{BIN}/postgres", "-D", self.data], os.path.join(self.folder, "log"), owner(), folder="/"
        )
        self.process.start()
        self.process.wait(self.answers, within, "PostgreSQL")

    def answers(self):
        done = subprocess.run([f"{BIN}/pg_isready", "-q", "-h", self.folder, "-p", str(self.port)])
        return done.returncode == 0

    @property
    def pid(self):
        return self.process.pid

    def stop(self):
        if self.process:
            self.process.stop(signal.SIGINT)

    def kill(self):
        """The server and each of its backends at once."""
        self.process.send(signal.SIGKILL)
        pids = [int(word) for word in children(self.process.pid)]
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.kill()

    def url(self, database="postgres"):
        return f"postgresql://postgres@/{database}?host={self.folder}&port={self.port}"

    def tcp_url(self, database="postgres"):
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def query(self, sql, database="postgres"):
        """Rows as lists of texts."""
        done = subprocess.run(
            ["psql", "-XAtq", "-F", "\x1f", "-v", "ON_ERROR_STOP=1", self.url(database)],
            input=sql,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(done.stderr.strip())
        return [line.split("\x1f") for line in done.stdout.splitlines()]

    def create_database(self, name):
        self.query(f'create database "{name}"')

    def describe(self):
        return self.url()


def children(pid):
    """The children of a process; they outlive it for a moment when it is killed."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            return file.read().split()
    except OSError:
        return []


class PostgresPair:
    """A primary, and a standby that has each commit before it is answered."""

    def __init__(self, folder):
        self.folder = folder
        self.count = 0
        self.primary = self.server()
        self.standby = None

    def server(self):
        self.count += 1
        return Postgres(self.folder, f"postgres-{self.count}", settings=["wal_level = replica", "max_wal_senders = 5"])

    @property
    def ports(self):
        return [self.primary.port, self.standby.port]

    def start(self):
        self.primary.start()
        with open(os.path.join(self.primary.data, "pg_hba.conf"), "a") as file:
            file.write("local replication all trust\nhost replication all 127.0.0.1/32 trust\n")
        self.primary.query("select pg_reload_conf()")
        self.follow()

    def follow(self):
        """Makes a new standby of the primary, and waits until the primary waits for it."""
        self.standby = standby = self.server()
        standby.run(
            f"{BIN}/pg_basebackup",
            "-h",
            self.primary.folder,
            "-p",
            str(self.primary.port),
            "-U",
            "postgres",
            "-D",
            standby.data,
            "-X",
            "stream",
            "-c",
            "fast",
        )
        with open(os.path.join(standby.data, "standby.signal"), "w"):
            pass
        lend(os.path.join(standby.data, "standby.signal"))
        name = f"standby_{self.count}"
        standby.configure(
            f"primary_conninfo = 'host={self.primary.folder} port={self.primary.port} user=postgres "
            f"application_name={name}'",
            "synchronous_standby_names = ''",
        )
        standby.start()
        self.primary.query(f"alter system set synchronous_standby_names = '{name}'")
        self.primary.query("select pg_reload_conf()")
        standby.process.wait(
            lambda: self.primary.query("select count(*) from pg_stat_replication where sync_state = 'sync'") == [["1"]],
            60,
            "the synchronous standby",
        )

    def kill_primary_and_promote(self):
        """The primary dies, and the standby takes its place. There is no new standby yet; `follow` makes one."""
        self.primary.kill()
        shutil.rmtree(self.primary.data, ignore_errors=True)
        self.primary = self.standby
        self.primary.query("select pg_promote(true, 60)")

    def url(self, database="postgres", server_ports=None):
        """Finds whichever of the ports takes writes, as libpq does."""
        ports = server_ports or self.ports
        hosts = ",".join(f"127.0.0.1:{port}" for port in ports)
        return f"postgresql://postgres@{hosts}/{database}?target_session_attrs=read-write&connect_timeout=3"

    def query(self, sql, database="postgres"):
        return self.primary.query(sql, database)

    def create_database(self, name):
        self.primary.create_database(name)

    def stop(self):
        for server in (self.standby, self.primary):
            if server:
                server.stop()

    def describe(self):
        return self.url()
