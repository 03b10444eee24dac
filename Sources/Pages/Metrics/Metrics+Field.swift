import Control
import Domain

extension Metrics {
    mutating func addGateway(_ status: SystemStatus) {
        add(.build, [status.version], count: 1)
        add(.start, real: Instant(iso8601: status.since)?.seconds)
        // An epoch is named `<how many starts>-<8 hexadecimal digits>`.
        add(.starts, count: status.epoch.split(separator: "-").first.flatMap { UInt64($0) })
        add(.clock, is: status.clock == .synchronised)
    }

    mutating func add(_ device: DeviceStatus) {
        add(.deviceInfo, [device.id, device.site, device.bus, device.profile], count: 1)
        add(.deviceAnswering, [device.id], is: device.answering)
        add(.deviceVerified, [device.id], is: device.verified)
        add(.deviceAge, [device.id], real: device.ageMilliseconds.map { Double($0) / 1_000 })
        add(.deviceInterval, [device.id], real: Double(device.intervalMilliseconds) / 1_000)
        add(.deviceReadings, [device.id], count: device.readings)
        add(.deviceFailures, [device.id], count: device.failures)
        add(.deviceMissed, [device.id], count: device.missed)
        add(.deviceEvents, [device.id], count: device.events)
    }

    mutating func addPoints(of device: DeviceStatus) {
        for point in device.points {
            let isGood = point.quality == Quality.good.rawValue
            // What a device said before it fell silent is not the present.
            add(.pointGood, [device.id, point.name], is: isGood && device.answering != false)
            guard device.answering != false, point.quality != Quality.bad.rawValue else { continue }
            let labels = [device.id, point.name, point.unit ?? ""]
            switch point.value {
            case .bool(let value): add(.point, labels, is: value)
            case .integer(let value): add(.point, labels, count: value)
            case .unsigned(let value): add(.point, labels, count: value)
            case .number(let value): add(.point, labels, real: value)
            case .string, nil: break
            }
        }
    }

    mutating func add(_ bus: BusStatus) {
        add(.busConnected, [bus.id], is: bus.connected)
        add(.busRequests, [bus.id], count: bus.requests)
        add(.busErrors, [bus.id, "timeout"], count: bus.timeouts)
        add(.busErrors, [bus.id, "crc"], count: bus.crcErrors)
        add(.busErrors, [bus.id, "exception"], count: bus.exceptions)
        add(.busErrors, [bus.id, "other"], count: bus.otherErrors)
        add(.busLoad, [bus.id], real: bus.load)
        add(.busLatency, [bus.id], times: bus.latency)
    }
}

extension Instant {
    /// Since 1970.
    var seconds: Double { Double(millisecondsSince1970) / 1_000 }
}
