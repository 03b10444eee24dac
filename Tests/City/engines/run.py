"""Starts one engine of the city in a folder of its own, prints where it listens, and ends it with itself.

usage: run.py mosquitto | postgres | postgres-pair | nats | rabbitmq
"""

import shutil
import signal
import sys
import tempfile

from engine import Missing


def engine(name, folder):
    if name == "mosquitto":
        from mosquitto import Mosquitto

        return Mosquitto(folder)
    if name == "postgres":
        from postgres import Postgres

        return Postgres(folder)
    if name == "postgres-pair":
        from postgres import PostgresPair

        return PostgresPair(folder)
    if name == "nats":
        from nats import NatsCluster

        return NatsCluster(folder)
    if name == "rabbitmq":
        from rabbitmq import RabbitCluster

        return RabbitCluster(folder)
    sys.exit(__doc__)


def main(arguments):
    if len(arguments) != 1:
        sys.exit(__doc__)
    folder = tempfile.mkdtemp(prefix="city-engine-")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    running = None
    try:
        running = engine(arguments[0], folder)
        running.start()
        print(f"{arguments[0]}: {running.describe()}", flush=True)
        print(f"folder {folder}", flush=True)
        print("ready", flush=True)
        signal.pause()
    except KeyboardInterrupt:
        pass
    except Missing as error:
        sys.exit(str(error))
    finally:
        if running:
            running.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1:])
