import Configuration
import Control
import Domain
import Forwarding
import Glibc
import Indicators
import Journal
import Logging
import MQTT
import Platform
import Synchronization

/// Every part of the running gateway and the arrows between them: journal, destinations, buses, brokers, control socket.
final class RunningSystem: Sendable {
    let time: SystemClock
    let log: Logger
    let journal: Journal
    let board: DeviceBoard
    let intake: Intake
    let indicators = IndicatorService()
    /// Of the start; a reload gives the service another.
    private let plan: IndicatorPlan
    let forwarders: [Forwarder]
    let state: GatewayState
    let field: Mutex<Field>
    let gridStart: Uptime
    /// Which polls the Modbus TCP endpoints and serves the destinations.
    let network: EventLoop
    private let control: Mutex<ControlServer?> = Mutex(nil)
    private let housekeeper: Mutex<Housekeeper?> = Mutex(nil)

    init(
        deployment: Deployment,
        version: String,
        log: Logger,
        onFailure: @escaping @Sendable (String) -> Void
    ) throws {
        self.log = log
        let configuration = deployment.configuration
        let time = SystemClock(trusted: configuration.clockTrusted)
        self.time = time
        let since = time.stamp()
        gridStart = since.uptime
        network = EventLoop(name: "network", time: time)
        // Incidents come on the journal's thread, before there is an intake to tell of them: they wait for the housekeeper.
        let incidents = IncidentQueue()
        let journal = try Journal(
            settings: JournalSettings(
                directory: configuration.storage.path,
                gateway: configuration.gateway,
                limit: configuration.storage.limit,
                destinations: configuration.destinations.map { JournalDestination(id: $0.id, sameBox: $0.sameBox) }
            ),
            time: time,
            onIncident: { incidents.add($0) },
            onFailure: { onFailure("the journal failed: \($0)") }
        )
        for incident in journal.incidents { incidents.add(incident) }
        self.journal = journal
        let topics = Topics(prefix: configuration.topicPrefix, gateway: configuration.gateway)
        let notices = NoticeQueue()
        forwarders = configuration.destinations.map { destination in
            Forwarder(
                settings: ForwarderSettings(
                    destination: destination.id,
                    topics: topics,
                    backfillRate: destination.backfillRate,
                    waitsForSubscriber: destination.backfillWithoutSubscriber == .wait
                ),
                journal: journal,
                time: time,
                notify: { notices.add($0, destination: destination.id) }
            )
        }
        board = DeviceBoard(devices: configuration.devices)
        intake = Intake(journal: journal, board: board, forwarders: forwarders, indicators: indicators)
        field = Mutex(Field(configuration: configuration))
        plan = deployment.indicators
        state = GatewayState(
            gateway: configuration.gateway,
            state: "online",
            version: version,
            epoch: journal.epoch,
            since: since.time,
            configuration: configuration.hash
        )
        let control = try Self.controlServer(
            path: configuration.controlSocket,
            call: { [weak self] in self?.answer($0) },
            gone: { [weak self] in self?.forget(client: $0) }
        )
        self.control.withLock { $0 = control }
        housekeeper.withLock { $0 = Housekeeper(incidents: incidents, notices: notices) }
    }

    /// When those work next that do so once a second: together, and a tenth of a second after the grid's tick, since on a box with
    /// one core they would hold up the readings of its polls.
    var nextRound: Uptime {
        let offset = Duration.milliseconds(100)
        let seconds = (time.uptime() - gridStart - offset).inSeconds.rounded(.down) + 1
        return gridStart + offset + .seconds(Int64(seconds))
    }

    /// The folder is systemd's RuntimeDirectory in service; elsewhere it is made.
    private static func controlServer(
        path: String,
        call: @escaping @Sendable (ControlCall) -> Void,
        gone: @escaping @Sendable (Int) -> Void
    ) throws(SystemError) -> ControlServer {
        if let slash = path.lastIndex(of: "/") { mkdir(String(path[..<slash]), 0o750) }
        return try ControlServer(path: path, call: call, gone: gone)
    }

    func start() {
        let configuration = configuration
        for destination in configuration.destinations where destination.broker.version == .v311 {
            log.warning(
                "with MQTT 3.1.1 a refused message looks accepted; prefer version 5",
                metadata: ["destination": "\(destination.id)"]
            )
        }
        intake.accept(startEvent())
        announceDevices()
        let topics = Topics(prefix: configuration.topicPrefix, gateway: configuration.gateway)
        let will = MQTTMessage(topic: topics.status, payload: state.lastWill, retained: true)
        for (forwarder, destination) in zip(forwarders, configuration.destinations) {
            forwarder.start(
                MQTTSettings(destination.broker, clientID: configuration.gateway, will: will),
                name: "to " + destination.id,
                on: network
            )
        }
        indicators.start(self, plan: plan)
        startBuses(of: configuration)
        housekeeper.withLock { $0 }?.start(self)
        ServiceManager().ready()
        log.notice(
            "gateway runs",
            metadata: [
                "gateway": "\(configuration.gateway)", "version": "\(state.version)", "epoch": "\(journal.epoch)",
                "devices": "\(configuration.devices.count)", "buses": "\(configuration.buses.count)",
            ]
        )
    }

    /// Ends everything in order, sources first, within 5 s: what is read is committed, what can be sent is sent.
    ///
    /// - Parameter reason: stands in the `stop` event.
    func stop(reason: String) {
        let begin = time.uptime()
        log.notice("stopping")
        announceStatus(state: "stopping")
        stopBuses(field.withLock { Array($0.parts.values) }, within: .milliseconds(1_500))
        housekeeper.withLock { $0 }?.stop()
        inParallel([{ [indicators] in indicators.stop() }], until: begin + .milliseconds(2_200))
        intake.accept(Event("stop", severity: .info, stamp: time.stamp(), data: [("reason", .string(reason))]))
        announceStatus(state: "offline")
        inParallel(
            forwarders.map { forwarder in { forwarder.stop(within: .seconds(2)) } },
            until: begin + .milliseconds(3_700)
        )
        network.stop()
        control.withLock { $0 }?.stop()
        let journal = journal
        if !inParallel([{ journal.close() }], until: begin + .milliseconds(4_800)) {
            log.error("the disk takes too long; the next start will say that this one did not end in order")
        }
        log.notice("stopped", metadata: ["milliseconds": "\((time.uptime() - begin).wholeMilliseconds)"])
    }

    /// Runs each action on a thread of its own.
    ///
    /// - Returns: whether all had ended by the deadline; one that has not is left behind.
    @discardableResult
    func inParallel(_ actions: [@Sendable () -> Void], until deadline: Uptime) -> Bool {
        let threads = actions.map { WorkerThread(name: "stopping", body: $0) }
        return threads.map { $0.join(until: deadline, time: time) }.allSatisfy { $0 }
    }

    private func startEvent() -> Event {
        var data: [(key: String, value: JSONValue)] = [
            ("version", .string(state.version)), ("configuration", .string(configuration.hash)),
        ]
        if let previous = journal.previous {
            data.append(
                (
                    "previous",
                    Announcements.object([
                        ("epoch", .string(previous.epoch)), ("committed_through", .integer(previous.committedThrough)),
                        ("clean", .bool(previous.clean)),
                    ])
                )
            )
        }
        return Event("start", severity: .info, stamp: time.stamp(), data: data)
    }
}
