"""A broker that is frozen, half-open, refuses, or shows a wrong certificate: the gateway recovers by itself."""

import os
import subprocess
import time

from broker import free_port
from verdict import Row, say
from world import World

RECOVERS_WITHIN = 70


def run(quick):
    return [frozen(quick), half_open(quick), refusing(quick), certificate(quick)]


def live_after(world, moment, within=RECOVERS_WITHIN + 10):
    """Seconds until a live reading that arrived after the moment was delivered."""
    while time.time() - moment < within:
        with world.record.lock:
            if any(kind == "readings" and arrived > moment for _, kind, arrived in reversed(world.record.arrivals)):
                return time.time() - moment
        time.sleep(0.1)
    return float("inf")


def finish(row, world, recovered):
    row.rounds += 1
    row.demand(recovered <= RECOVERS_WITHIN, f"recovered after {recovered:.0f} s")
    row.notes.append(f"recovered in {recovered:.1f} s")
    moment = time.time()
    code = world.settle()
    row.demand(code == 0, f"ended with {code} when asked")
    row.take(world, moment=moment)
    world.close()
    say(f"   {row.fault}: {row.verdict}")
    return row


def frozen(quick):
    row = Row("broker frozen")
    world = World(devices=2, interval="100ms")
    world.start()
    time.sleep(3)
    world.broker.freeze()
    time.sleep(10 if quick else 50)
    world.broker.thaw()
    return finish(row, world, live_after(world, time.time()))


def half_open(quick):
    row = Row("broker half-open")
    world = World(devices=2, interval="100ms", proxied=True)
    world.start()
    time.sleep(3)
    world.proxy.go_deaf()
    return finish(row, world, live_after(world, time.time()))


def refusing(quick):
    row = Row("broker refusing")
    world = World(devices=2, interval="100ms", proxied=True)
    world.proxy.refuse_with = 0x88
    world.start()
    time.sleep(5 if quick else 40)
    world.proxy.refuse_with = None
    return finish(row, world, live_after(world, time.time()))


def certificate(quick):
    row = Row("broker certificate")
    port = free_port()
    world = World(devices=2, interval="100ms")
    good, bad = authority(world.folder, "good"), authority(world.folder, "bad")
    serve(world.folder, bad)
    with open(world.broker.configuration, "a") as file:
        file.write(
            f"listener {port} 127.0.0.1\ncertfile {world.folder}/server.crt\nkeyfile {world.folder}/server.key\n"
        )
    world.broker.stop()
    world.broker.start()
    world.address = f"mqtts://127.0.0.1:{port}"
    world.destination = [f"    ca_file: {good}.crt"]
    world.start()
    time.sleep(5 if quick else 40)
    row.demand(not world.record.readings(), "delivered to a broker with a wrong certificate")
    serve(world.folder, good)
    world.broker.stop()
    world.broker.start()
    return finish(row, world, live_after(world, time.time()))


def openssl(*words):
    subprocess.run(["openssl", *words], check=True, capture_output=True)


def authority(folder, name):
    """Makes a CA and a certificate of 127.0.0.1 that it signed; returns the path without its ending."""
    path = os.path.join(folder, name)
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30"]
    openssl("req", "-x509", *key, "-subj", f"/CN={name} CA", "-keyout", path + ".key", "-out", path + ".crt")
    openssl("req", *key[:-2], "-subj", "/CN=127.0.0.1", "-keyout", path + "-server.key", "-out", path + ".csr")
    with open(path + ".ext", "w") as file:
        file.write("subjectAltName=IP:127.0.0.1\n")
    openssl("x509", "-req", "-in", path + ".csr", "-CA", path + ".crt", "-CAkey", path + ".key", "-CAcreateserial",
            "-days", "30", "-extfile", path + ".ext", "-out", path + "-server.crt")
    return path


def serve(folder, authority):
    for ending in ("crt", "key"):
        with open(f"{authority}-server.{ending}", "rb") as source, open(f"{folder}/server.{ending}", "wb") as target:
            target.write(source.read())
