"""A broker that refuses, wrong credentials, a certificate that has expired.

The collector says what is wrong, stays, and goes on by itself when it is put right.
"""

import os
import subprocess
import time

from city_world import CityWorld
from engine import free_port
from mosquitto import Mosquitto
from verdict import Row, say


def run(quick):
    return [refused(quick), credentials(quick), expired(quick)]


def said(world, *words):
    with open(world.collectors["collect-1"].log, errors="replace") as file:
        text = file.read().lower()
    return any(word in text for word in words)


def finish(row, world, seconds):
    row.rounds += 1
    row.demand(seconds < 75, "it did not go on by itself within 75 s")
    row.notes.append(f"goes on after {seconds:.1f} s")
    world.finish(row)
    row.demand(world.stop_collector() == 0, "the collector did not end in order")
    say(f"   {row.fault}: {row.verdict}")
    return row


def refused(quick):
    """No broker at all, then one that ends each connection."""
    row = Row("broker away")
    with CityWorld(gateways=5) as world:
        world.start_collector()
        world.fleet.start()
        time.sleep(2)
        for _ in range(1 if quick else 5):
            world.broker.stop()
            time.sleep(3 if quick else 20)
            row.demand(world.collectors["collect-1"].is_up, "the collector ended with the broker")
            world.broker.start()
            seconds = world.rows_again(within=75)
        return finish(row, world, seconds)


def secret(world, name, text):
    path = os.path.join(world.folder, name)
    with open(path, "w") as file:
        file.write(text + "\n")
    os.chmod(path, 0o600)
    return path


def credentials(quick):
    """A wrong password; somebody corrects it in the file, and restarts the collector as the log advises."""
    row = Row("credentials wrong")

    def broker(folder):
        passwords = os.path.join(folder, "passwords")
        open(passwords, "w").close()
        port = free_port()
        for name, word in (("collect", "right"), ("gate", "way")):
            subprocess.run(["mosquitto_passwd", "-b", passwords, name, word], check=True)
        return Mosquitto(folder, port, anonymous=False, lines=[f"password_file {passwords}"])

    with CityWorld(gateways=5, broker=broker) as world:
        world.fleet.login = ("gate", "way")
        path = secret(world, "word", "wrong")
        world.login = ["username: collect", f"password_file: {path}"]
        world.start_collector(ready=False)
        time.sleep(4)
        row.demand(
            world.collectors["collect-1"].is_up, "the collector ended at a wrong password, and nothing would start it"
        )
        row.demand(
            said(world, "password", "credential", "not authori", "refuse"),
            "the log does not say that the password is refused",
        )
        secret(world, "word", "right")
        if not said(world, "subscribed") and not world.ready_lines(world.collectors["collect-1"]):
            begin = time.monotonic()
            while not world.ready_lines(world.collectors["collect-1"]) and time.monotonic() - begin < 40:
                time.sleep(0.2)
            if not world.ready_lines(world.collectors["collect-1"]):
                row.notes.append("a corrected password_file is read at the next start only")
                world.kill_collector()
                world.start_collector()
        world.fleet.start()
        return finish(row, world, world.rows_again(within=75))


def expired(quick):
    """The broker's certificate has expired; then it is renewed."""
    row = Row("TLS expired")
    port = free_port()
    with CityWorld(gateways=5, address=[f"mqtts://localhost:{port}"]) as world:
        folder = world.broker.folder
        authority(folder)
        certificate(folder, expired=True)
        with open(world.broker.configuration, "a") as file:
            file.write(f"\nlistener {port} 127.0.0.1\ncertfile {folder}/server.crt\nkeyfile {folder}/server.key\n")
        world.broker.stop()
        world.broker.start()
        world.login = [f"ca_file: {folder}/ca.crt"]
        world.start_collector(ready=False)
        time.sleep(5)
        row.demand(world.collectors["collect-1"].is_up, "the collector ended at an expired certificate")
        row.demand(not world.ready_lines(world.collectors["collect-1"]), "it took an expired certificate")
        row.demand(said(world, "certificate", "tls"), "the log does not say that it is the certificate")
        certificate(folder, expired=False)
        world.broker.stop()
        world.broker.start()
        begin = time.monotonic()
        while not world.ready_lines(world.collectors["collect-1"]) and time.monotonic() - begin < 75:
            time.sleep(0.2)
        world.fleet.start()
        return finish(row, world, world.rows_again(within=75))


def openssl(*words):
    subprocess.run(["openssl", *words], check=True, capture_output=True)


def authority(folder):
    openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        f"{folder}/ca.key",
        "-out",
        f"{folder}/ca.crt",
        "-days",
        "30",
        "-subj",
        "/CN=city",
    )


def certificate(folder, expired):
    openssl(
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        f"{folder}/server.key",
        "-out",
        f"{folder}/server.csr",
        "-subj",
        "/CN=localhost",
    )
    names = f"{folder}/names"
    with open(names, "w") as file:
        file.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    # Days below zero: it ended yesterday.
    openssl(
        "x509",
        "-req",
        "-in",
        f"{folder}/server.csr",
        "-CA",
        f"{folder}/ca.crt",
        "-CAkey",
        f"{folder}/ca.key",
        "-CAcreateserial",
        "-out",
        f"{folder}/server.crt",
        "-days",
        "-1" if expired else "30",
        "-extfile",
        names,
    )
