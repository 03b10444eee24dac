"""Three RabbitMQ nodes with the MQTT plugin and quorum queues on loopback."""

import os
import secrets
import subprocess

from engine import Process, find, free_port, listens

HOME = "/usr/lib/rabbitmq/lib/rabbitmq_server-3.10.8"


class RabbitCluster:
    """MQTT 3.1.1 alone. PUBACK: on the disks of a quorum, if a quorum queue is bound to the topic; else nothing.

    The nodes start one after the other: nodes that start at the same moment can miss the Raft of the client ids, and
    then refuse each MQTT connection until they are restarted.
    """

    package = "rabbitmq-server"

    def __init__(self, folder, nodes=3):
        self.folder = os.path.join(folder, "rabbitmq")
        self.server = find("rabbitmq-server", self.package, f"{HOME}/sbin")
        self.control = f"{HOME}/sbin/rabbitmqctl"
        os.makedirs(self.folder, exist_ok=True)
        self.cookie = os.path.join(self.folder, ".erlang.cookie")
        with open(self.cookie, "w") as file:
            file.write(secrets.token_hex(10).upper())
        os.chmod(self.cookie, 0o400)
        self.mapper = free_port()
        self.ports, self.nodes, self.names, self.environments = [], [], [], []
        for number in range(1, nodes + 1):
            home = os.path.join(self.folder, f"node-{number}")
            os.makedirs(home, exist_ok=True)
            port, amqp, distribution = free_port(), free_port(), free_port()
            name = f"city{number}@localhost"
            with open(os.path.join(home, "rabbitmq.conf"), "w") as file:
                file.write(
                    "\n".join(
                        [
                            f"listeners.tcp.1 = 127.0.0.1:{amqp}",
                            f"mqtt.listeners.tcp.1 = 127.0.0.1:{port}",
                            "mqtt.allow_anonymous = true",
                            "mqtt.default_user = guest",
                            "mqtt.default_pass = guest",
                            "mqtt.durable_queue_type = quorum",
                            "mqtt.prefetch = 2000",
                            "mqtt.subscription_ttl = 86400000",
                            "disk_free_limit.absolute = 50MB",
                            "log.file.level = info",
                        ]
                    )
                    + "\n"
                )
            with open(os.path.join(home, "enabled_plugins"), "w") as file:
                file.write("[rabbitmq_mqtt].\n")
            environment = {
                "HOME": self.folder,
                "RABBITMQ_NODENAME": name,
                "ERL_EPMD_PORT": str(self.mapper),
                "ERL_EPMD_ADDRESS": "127.0.0.1",
                "RABBITMQ_DIST_PORT": str(distribution),
                "RABBITMQ_CONFIG_FILE": os.path.join(home, "rabbitmq"),
                "RABBITMQ_MNESIA_BASE": os.path.join(home, "data"),
                "RABBITMQ_LOG_BASE": os.path.join(home, "logs"),
                "RABBITMQ_PID_FILE": os.path.join(home, "pid"),
                "RABBITMQ_ENABLED_PLUGINS_FILE": os.path.join(home, "enabled_plugins"),
                "RABBITMQ_CONF_ENV_FILE": os.path.join(home, "none"),
                "RABBITMQ_USE_LONGNAME": "false",
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1 +sbwt none",
            }
            self.ports.append(port)
            self.names.append(name)
            self.environments.append(environment)
            self.nodes.append(
                Process([f"{HOME}/sbin/rabbitmq-server"], os.path.join(home, "log"), environment=environment)
            )
        # The port mapper of Erlang: a node would start one that outlives it.
        self.epmd = Process(
            [find("epmd", "erlang-base"), "-port", self.mapper, "-address", "127.0.0.1"],
            os.path.join(self.folder, "epmd.log"),
        )

    def ctl(self, number, *words, within=120):
        done = subprocess.run(
            [self.control, "--node", self.names[number], *words],
            capture_output=True,
            text=True,
            timeout=within,
            env={**os.environ, **self.environments[number]},
        )
        if done.returncode:
            raise RuntimeError(f"rabbitmqctl {' '.join(words)}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def start(self):
        self.epmd.start()
        for number in range(len(self.nodes)):
            self.start_node(number)
            if number:
                for words in (["stop_app"], ["reset"], ["join_cluster", self.names[0]], ["start_app"]):
                    self.ctl(number, *words)
                self.nodes[number].wait(lambda: listens(self.ports[number]), 60, "RabbitMQ's MQTT")

    def start_node(self, number):
        self.nodes[number].start()
        self.nodes[number].wait(lambda: listens(self.ports[number]), 120, "RabbitMQ's MQTT")

    def queue_leader(self, client_id):
        """The number of the node that leads the queue of a kept session; None while there is none."""
        for number, node in enumerate(self.nodes):
            if not node.is_up:
                continue
            try:
                for line in self.ctl(number, "list_queues", "name", "leader", "--quiet", within=30).splitlines():
                    if f"mqtt-subscription-{client_id}qos1" in line:
                        name = line.split("\t")[1]
                        return self.names.index(name) if name in self.names else None
            except (RuntimeError, subprocess.TimeoutExpired):
                continue
        return None

    def kill_node(self, number):
        self.nodes[number].kill()

    def stop(self):
        for node in reversed(self.nodes):
            node.stop(within=60)
        self.epmd.stop()

    def describe(self):
        return " ".join(f"mqtt://127.0.0.1:{port}" for port in self.ports)
