"""The peer that anyone can install: collectd from Debian; its modbus and mqtt plugins poll and publish the same."""

import os

PROGRAM = "/usr/sbin/collectd"


class Collectd:
    @staticmethod
    def is_installed():
        return os.path.exists(PROGRAM) and os.path.exists("/usr/lib/collectd/mqtt.so")

    def __init__(self, world, ports, points, core):
        folder = world.path("collectd")
        os.makedirs(folder, exist_ok=True)
        lines = [
            'Hostname "bench"', "FQDNLookup false", "Interval 1", f'BaseDir "{folder}"', f'PIDFile "{folder}/pid"',
            "LoadPlugin modbus", "LoadPlugin mqtt", "<Plugin modbus>",
        ]
        for point in range(points):
            lines += [
                f'  <Data "p{point:03}">', f"    RegisterBase {2 * point}", "    RegisterType Float", "    Type gauge",
                f'    Instance "p{point:03}"', "  </Data>",
            ]
        for number, port in enumerate(ports):
            lines += [
                f'  <Host "dev-{number}">', '    Address "127.0.0.1"', f'    Port "{port}"', "    Interval 1", "    <Slave 1>",
                f'      Instance "dev-{number}"', *[f'      Collect "p{point:03}"' for point in range(points)], "    </Slave>", "  </Host>",
            ]
        lines += [
            "</Plugin>", "<Plugin mqtt>", "  <Publish bench>", '    Host "127.0.0.1"', f"    Port {world.port}", '    Prefix "bench"',
            "    QoS 1", "  </Publish>", "</Plugin>",
        ]
        configuration = os.path.join(folder, "collectd.conf")
        with open(configuration, "w") as file:
            file.write("\n".join(lines) + "\n")
        self.program = world.start(PROGRAM, "-f", "-C", configuration, core=core)
