import Buses
import Contract
import Control
import Domain
import Forwarding
import Indicators
import Installation
import Journal
import MQTT
import Platform
import Profiles

/// The operator's view of the running gateway, collected from its parts at each request.
struct StatusView: Sendable {
    /// The values that do not change while the gateway runs.
    private let base: GatewayStatus
    /// The running configuration.
    private let configuration: @Sendable () -> Configuration
    private let journal: Journal
    private let board: DeviceBoard
    private let sources: RunningSources
    private let destinations: Destinations
    private let figures: FigureService
    private let time: any TimeSource

    init(
        base: GatewayStatus,
        configuration: @escaping @Sendable () -> Configuration,
        journal: Journal,
        board: DeviceBoard,
        sources: RunningSources,
        destinations: Destinations,
        figures: FigureService,
        time: any TimeSource
    ) {
        self.base = base
        self.configuration = configuration
        self.journal = journal
        self.board = board
        self.sources = sources
        self.destinations = destinations
        self.figures = figures
        self.time = time
    }

    /// The whole view at this moment.
    func status() -> SystemStatus {
        let configuration = configuration()
        let now = time.stamp()
        let journal = journal.snapshot
        var whole = SystemStatus(
            gateway: configuration.gateway,
            version: base.version,
            state: base.state,
            epoch: base.epoch,
            since: base.since.description,
            time: now.time.description,
            clock: now.clock,
            configuration: configuration.hash,
            devices: configuration.devices.map { status(of: $0, now: now.uptime) },
            buses: sources.all.map(status),
            destinations: destinations.all.map(status),
            journal: JournalStatus(
                bytes: journal.bytes,
                limit: journal.limit,
                stored: journal.stored,
                waiting: journal.waiting,
                lost: journal.lost,
                isStalled: journal.isStalled,
                path: configuration.storage.path
            ),
            indicators: figures.overview(now: now.uptime).map(status),
            leftOut: figures.leftOut.isEmpty ? nil : figures.leftOut,
            figures: figures.figureCounts,
            timezone: configuration.timezone,
            sites: configuration.sites.map(SiteStatus.init)
        )
        whole.city = configuration.cityName.map { ["en": $0.english, "id": $0.indonesian] }
        whole.box = BoxStatus(BoxFacts(), folder: configuration.storage.path)
        whole.process = ProcessFacts().map(ProcessStatus.init)
        whole.journal.commits = TimesStatus(journal.commitTimes)
        return whole
    }

    private func status(of figure: Figure) -> IndicatorStatus {
        var value: String?
        switch figure.value {
        case .number(let number): value = number.description
        case .word(let word): value = word
        case nil: break
        }
        return IndicatorStatus(
            id: figure.indicator.id,
            scope: figure.scope,
            window: figure.window.kind.rawValue,
            value: value,
            unit: figure.indicator.unit?.code,
            quality: figure.quality == .good ? nil : figure.quality.rawValue,
            reason: figure.doubt?.word,
            completeness: figure.completeness?.double
        )
    }

    private func status(of device: Device, now: Uptime) -> DeviceStatus {
        let entry = board[device.id]
        let points = entry.reading.map { reading in
            zip(reading.shape.points, reading.samples).compactMap { face, sample in sample.map { PointStatus(face, $0) }
            }
        }
        var status = DeviceStatus(
            id: device.id,
            name: device.profile.name,
            site: device.site.id,
            profile: device.profile.id,
            bus: device.bus,
            intervalMilliseconds: device.interval.wholeMilliseconds,
            verified: device.verified != nil,
            answering: entry.answering,
            ageMilliseconds: entry.answeredAt.map { (now - $0).wholeMilliseconds },
            readings: entry.readings,
            failures: entry.failures,
            missed: entry.missed,
            events: entry.events,
            points: points ?? []
        )
        if entry.isDown { status.downSince = entry.failingSince.map { time.stamp(at: $0).time.description } }
        if entry.answering == false { status.reason = entry.reading.flatMap(\.reason)?.word }
        return status
    }

    private func status(of source: any FieldSource) -> BusStatus {
        let snapshot = source.snapshot
        return BusStatus(
            id: source.id,
            address: source.address,
            connected: snapshot.connected,
            error: snapshot.error,
            fault: snapshot.connected ? nil : snapshot.failure.map(FaultStatus.init),
            requests: snapshot.requests,
            timeouts: snapshot.timeouts,
            crcErrors: snapshot.crcErrors,
            exceptions: snapshot.exceptions,
            otherErrors: snapshot.otherErrors,
            load: snapshot.load,
            latency: snapshot.latency.map(TimesStatus.init),
            missed: snapshot.missed
        )
    }

    private func status(_ destination: Destination, _ forwarder: Forwarder) -> DestinationStatus {
        let snapshot = forwarder.snapshot
        let pending = journal.pending(destination: destination.id)
        let refusal = forwarder.refusal
        let refusesAll = refusal.flatMap { $0.topic == nil ? $0 : nil }
        var status = DestinationStatus(
            id: destination.id,
            address: snapshot?.address?.description ?? destination.broker.addresses.first?.description ?? "",
            connected: snapshot?.connected ?? false,
            error: snapshot?.connected == true ? nil : snapshot?.lastError,
            pending: pending.count,
            oldestPending: pending.oldest?.description,
            acknowledged: forwarder.delivered,
            refused: snapshot?.refused ?? 0,
            inFlight: snapshot?.inFlight ?? 0,
            waitsForSubscriber: forwarder.waitsForSubscriber,
            refusesAll: refusesAll.map { "\($0.words), since \(time.stamp(at: $0.since).time)" },
            refusal: refusal.map {
                RefusalStatus(code: $0.code, since: time.stamp(at: $0.since).time.description, topic: $0.topic)
            },
            fault: snapshot?.connected == true ? nil : snapshot?.lastFailure.map(FaultStatus.init),
            since: snapshot.map { time.stamp(at: $0.since).time.description },
            traffic: traffic(of: destination)
        )
        status.gaps = journal.givenUp(destination: destination.id)
        status.newestPending = journal.newestPending(destination: destination.id)?.description
        status.askedAgain = journal.askedAgain(destination: destination.id)
        return status
    }

    private func traffic(of destination: Destination) -> TrafficStatus {
        let ledger = destinations.traffic.ledger(of: destination.id)
        let day = ledger.since(of: TrafficBudget(bytes: 0, per: .day))
        return TrafficStatus(today: ledger.today, month: ledger.month, day: day, budget: destination.budget)
    }
}

extension Reading {
    /// Why its points have no good value: the reason of the first that has one.
    fileprivate var reason: Reason? { samples.lazy.compactMap { $0?.reason }.first }
}

extension SiteStatus {
    fileprivate init(_ site: Site) {
        self.init(
            id: site.id,
            name: site.name,
            kelurahan: site.kelurahan,
            kecamatan: site.kecamatan,
            latitude: site.latitude?.double,
            longitude: site.longitude?.double
        )
    }
}

extension TimesStatus {
    fileprivate init(_ histogram: LatencyHistogram) {
        self.init(
            bounds: LatencyHistogram.bounds.map { Double($0) / 1e9 },
            counts: histogram.cumulated,
            sum: Double(histogram.sum) / 1e9,
            count: histogram.count
        )
    }
}
