import Contract
public import Domain
public import Installation
import MQTT
import Profiles

/// What a gateway sends to every destination, as far as its configuration says it.
public struct UplinkPlan: Sendable {
    /// A name as long as those of epochs, and a number as long as those of a box that runs for some days.
    private static let epoch = "12-3f2a9c1d"
    private static let seq: UInt64 = 1_234_567

    private let configuration: Configuration
    private let stamp: Stamp
    public let readings: [SampleReading]

    /// - Parameter time: the time of the sample readings.
    public init(_ configuration: Configuration, at time: Instant) {
        self.configuration = configuration
        let stamp = Stamp(
            time: time,
            clock: .synchronised,
            boot: "",
            uptime: Uptime(nanoseconds: 1_000_000_000_000)
        )
        self.stamp = stamp
        readings = configuration.devices.flatMap { SampleReading.all(of: $0, at: stamp) }
    }

    private var topics: Topics { Topics(prefix: configuration.topicPrefix, gateway: configuration.gateway) }

    /// The readings of all devices, as a destination gets them.
    public func readingStreams(to destination: Destination) -> [UplinkStream] {
        guard let pack = destination.pack else {
            return readings.map { UplinkStream(.readings, bytes: bytes(of: $0), perDay: $0.perDay) }
        }
        return [SamplePack(readings, every: pack.live, topics: topics, first: identity).stream]
            + states(destination.state)
    }

    /// The newest readings that go beside packs.
    private func states(_ state: StatePublishing?) -> [UplinkStream] {
        guard let state else { return [] }
        let most = 86_400 / state.every.inSeconds
        return readings.map { sample in
            let (low, high) = (min(sample.perDay.lowerBound, most), min(sample.perDay.upperBound, most))
            return UplinkStream(.readings, bytes: bytes(of: sample), perDay: low...high)
        }
    }

    private var identity: (epoch: String, seq: UInt64) { (Self.epoch, Self.seq) }

    private func bytes(of sample: SampleReading) -> Double {
        let entry = sample.entry(topics.gateway, identity.epoch, seq: identity.seq)
        let payload = EntryMessage.encode(entry, stamp: sample.reading.stamp, lane: .live)
        return Double(Self.size(topics.topic(of: entry, lane: .live), payload))
    }

    /// The status, once a minute.
    public var statusStream: UplinkStream {
        let size = Self.size(topics.status, status.payload)
        return UplinkStream(.rest, bytes: Double(size), every: .seconds(60))
    }

    /// Bytes of a PUBLISH packet of MQTT 5.
    public static func size(_ topic: String, _ payload: [UInt8]) -> Int64 {
        MQTTMessage(topic: topic, payload: payload).packetSize(version: .v5)
    }

    /// What each connection repeats: the status and the descriptions of all devices, with their messages.
    public var greeting: (bytes: Int64, messages: Int) {
        let metas = configuration.devices.map { device in
            Self.size(
                topics.meta(site: device.site.id, device: device.id),
                DeviceMeta(device, gateway: configuration.gateway).payload
            )
        }
        return (metas.reduce(0, +) + Int64(statusStream.bytes.upperBound), metas.count + 1)
    }

    private var status: GatewayStatus {
        var month = Traffic()
        (month.readings, month.indicators, month.sent, month.received) = (1 << 27, 1 << 26, 1 << 28, 1 << 25)
        let devices = configuration.devices
        return GatewayStatus(
            gateway: configuration.gateway,
            state: "online",
            version: Version.text,
            epoch: Self.epoch,
            since: stamp.time,
            configuration: configuration.hash,
            details: .init(
                clock: .synchronised,
                devices: .init(total: devices.count, answering: devices.count, verified: devices.count),
                destinations: configuration.destinations.map { destination in
                    .init(
                        id: destination.id,
                        connected: true,
                        pending: 1,
                        oldestPending: stamp.time,
                        traffic: .init(today: month, month: month, budget: destination.budget)
                    )
                },
                storage: .init(bytes: 1 << 24, limit: configuration.storage.limit),
                field: .init(missed: 123, buses: busesAtWork),
                box: .init(free: 1 << 34, celsius: 48.5, uptime: 1_234_567)
            )
        )
    }

    /// A bus without devices gets no source, and does not stand in the status.
    private var busesAtWork: [GatewayStatus.Field.Bus] {
        let used = Set(configuration.devices.map(\.bus))
        return configuration.buses.filter { used.contains($0.id) }.map { .init(id: $0.id, load: 0.12, errors: 123) }
    }
}
