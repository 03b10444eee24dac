"""Three NATS nodes with JetStream and MQTT on loopback."""

import json
import os
import urllib.request

from engine import Process, find, free_port, listens

ACCOUNT = 'jetstream { store_dir: "STORE", max_mem: 256M, max_file: 8G }'


class NatsCluster:
    """MQTT 3.1.1 alone. PUBACK: a quorum has the message, not yet on disk. `$share` is taken; then nothing comes."""

    package = "nats-server"

    def __init__(self, folder, nodes=3):
        self.folder = os.path.join(folder, "nats")
        binary = find("nats-server", self.package)
        taken = [[free_port() for _ in range(4)] for _ in range(nodes)]
        self.ports = [ports[3] for ports in taken]
        self.monitors = [ports[2] for ports in taken]
        routes = ", ".join(f'"nats://127.0.0.1:{ports[1]}"' for ports in taken)
        self.nodes = []
        for number, (client, route, monitor, mqtt) in enumerate(taken, 1):
            home = os.path.join(self.folder, f"node-{number}")
            os.makedirs(home, exist_ok=True)
            configuration = os.path.join(home, "nats.conf")
            with open(configuration, "w") as file:
                file.write(
                    "\n".join(
                        [
                            f"server_name: node-{number}",
                            f'listen: "127.0.0.1:{client}"',
                            f'http: "127.0.0.1:{monitor}"',
                            ACCOUNT.replace("STORE", home),
                            f'cluster {{ name: city, listen: "127.0.0.1:{route}", routes: [{routes}] }}',
                            f'mqtt {{ listen: "127.0.0.1:{mqtt}", max_ack_pending: 8000, stream_replicas: {nodes} }}',
                        ]
                    )
                    + "\n"
                )
            self.nodes.append(Process([binary, "-c", configuration], os.path.join(home, "log")))

    def start(self):
        for node in self.nodes:
            node.start()
        self.nodes[0].wait(lambda: all(map(listens, self.ports)), 20, "NATS")
        self.nodes[0].wait(lambda: self.meta_leader() is not None, 60, "a leader of JetStream")

    def ask(self, node, path):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.monitors[node]}{path}", timeout=2) as answer:
                return json.load(answer)
        except (OSError, ValueError):
            return {}

    def up(self):
        return [number for number, node in enumerate(self.nodes) if node.is_up]

    def meta_leader(self):
        for number in self.up():
            leader = self.ask(number, "/jsz").get("meta_cluster", {}).get("leader")
            if leader:
                return leader
        return None

    def leader(self, stream="$MQTT_msgs"):
        """The number of the node that leads the stream; None while there is none."""
        for number in self.up():
            for account in self.ask(number, "/jsz?streams=1").get("account_details", []):
                for found in account.get("stream_detail", []):
                    name = found.get("cluster", {}).get("leader")
                    if found["name"] == stream and name:
                        return int(name.removeprefix("node-")) - 1
        return None

    def whole(self):
        """Whether each node is up, and each replica of the messages' stream is current."""
        leader = self.leader()
        if len(self.up()) < len(self.nodes) or leader is None:
            return False
        for account in self.ask(leader, "/jsz?streams=1").get("account_details", []):
            for found in account.get("stream_detail", []):
                replicas = found.get("cluster", {}).get("replicas", [])
                if found["name"] == "$MQTT_msgs":
                    return len(replicas) == len(self.nodes) - 1 and all(
                        replica.get("current") and not replica.get("offline") for replica in replicas
                    )
        return False

    def kill_node(self, number):
        self.nodes[number].kill()

    def start_node(self, number):
        self.nodes[number].start()
        self.nodes[number].wait(lambda: listens(self.ports[number]), 20, "NATS")

    def stop(self):
        for node in self.nodes:
            node.stop()

    def describe(self):
        return " ".join(f"mqtt://127.0.0.1:{port}" for port in self.ports)
