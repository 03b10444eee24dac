"""Many simulated gateways at one broker or cluster, in a thread of their own."""

import asyncio
import itertools
import logging
import threading
import time

from box import Box
from mqtt_session import Refused, Session

# It warns of each write to a connection that has ended, which is what is played here.
logging.getLogger("asyncio").setLevel(logging.ERROR)
WINDOW = 20
STATUS_EVERY = 2.0
MOST_LOOKED_AT = 400
PACKED = 40


class Fleet:
    """`ports` are those of the broker's nodes: a gateway that loses one goes to the next."""

    def __init__(self, ports, gateways, rate, prefix="kediri", event_share=0.02, answers=True, login=None):
        self.ports, self.rate, self.prefix, self.login = ports, rate, prefix, login
        self.event_share, self.answers = event_share, answers
        self.producing = True
        self.boxes = [Box(f"sim-{number:03}", prefix) for number in range(1, gateways + 1)]
        for box in self.boxes[2::3]:
            box.packs = True
        self.tasks = {}
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def call(self, function, *arguments):
        """Does it in the fleet's thread, and waits."""

        async def done():
            return function(*arguments)

        return asyncio.run_coroutine_threadsafe(done(), self.loop).result(60)

    def start(self):
        self.call(lambda: [self.switch_on(box) for box in self.boxes])

    # MARK: In the fleet's thread

    def switch_on(self, box):
        if box not in self.tasks:
            self.tasks[box] = self.loop.create_task(self.live(box))

    def switch_off(self, box):
        """Its power goes: no DISCONNECT."""
        task = self.tasks.pop(box, None)
        if task:
            task.cancel()

    def add(self, box):
        self.boxes.append(box)
        self.switch_on(box)

    async def live(self, box):
        producer = self.loop.create_task(self.produce(box))
        node = hash(box.name)
        try:
            while True:
                try:
                    await self.connected(box, self.ports[node % len(self.ports)])
                except (OSError, EOFError, asyncio.TimeoutError, Refused, asyncio.IncompleteReadError):
                    pass
                node += 1
                await asyncio.sleep(box.random.uniform(0.1, 0.6))
        finally:
            producer.cancel()

    async def produce(self, box):
        await asyncio.sleep(box.random.random() / self.rate)
        while True:
            if self.producing and not box.dead:
                box.passage() if box.random.random() < self.event_share else box.reading()
            await asyncio.sleep(1 / self.rate)

    async def connected(self, box, port):
        in_flight = {}

        def acknowledged(packet):
            for entry in in_flight.pop(packet, ()):
                box.take_acknowledgement(entry)

        def received(topic, payload):
            if topic.endswith(f"requests/{box.name}"):
                box.take_request(payload)

        session = Session(acknowledged, received)
        serving = None
        try:
            user, password = self.login or (None, None)
            await session.connect(port, box.name, will=box.status("offline"), user=user, password=password)
            if self.answers:
                session.subscribe(f"{self.prefix}/requests/{box.name}")
            serving = self.loop.create_task(session.serve())
            status_at = heard_at = time.monotonic()
            session.publish(*box.status(), retained=True)
            while not serving.done() and not session.writer.is_closing():
                idle = not in_flight
                self.send(box, session, in_flight)
                heard_at = time.monotonic() if idle else heard_at
                if time.monotonic() - status_at > STATUS_EVERY:
                    status_at = time.monotonic()
                    session.publish(*box.status(), retained=True)
                before = len(in_flight)
                await asyncio.wait({serving}, timeout=0.02 if before else 0.05)
                if not in_flight or len(in_flight) != before:
                    heard_at = time.monotonic()
                if time.monotonic() - heard_at > 10:  # a broker that takes and does not answer
                    break
            if serving.done():
                serving.result()
        finally:
            if serving:
                serving.cancel()
            session.abort()

    def send(self, box, session, in_flight):
        """What is owed and not on its way, as far as the window goes."""
        flying = {entry.key for entries in in_flight.values() for entry in entries}
        waiting = [
            entry for key, entry in itertools.islice(box.journal.owed.items(), MOST_LOOKED_AT) if key not in flying
        ]
        room = WINDOW - len(in_flight)
        if box.packs:
            groups = [[entry for entry in waiting if box.is_late(entry) == late][:PACKED] for late in (False, True)]
        else:
            groups = [[entry] for entry in waiting]
        for group in [group for group in groups if group][:room]:
            topic, payload = box.pack(group) if box.packs else box.message(group[0])
            for entry in group:
                entry.times_sent += 1
                box.sent.add(entry.key)
            in_flight[session.publish(topic, payload, retained="/readings/" in topic)] = group

    # MARK: For the harness

    def totals(self):
        def count():
            return (
                sum(len(box.acknowledged) for box in self.boxes),
                sum(len(box.journal.owed) for box in self.boxes if not box.dead),
            )

        return self.call(count)

    def drain(self, within=60):
        """Produces no more, and waits until each living gateway has everything acknowledged."""
        self.producing = False
        begin = time.monotonic()
        while time.monotonic() - begin < within:
            if self.totals()[1] == 0:
                return True
            time.sleep(0.2)
        return False

    def quiet(self):
        """Everybody is taken off the line, so that what was acknowledged stands still."""
        self.call(lambda: [self.switch_off(box) for box in list(self.tasks)])

    def close(self):
        self.quiet()
        time.sleep(0.1)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)
