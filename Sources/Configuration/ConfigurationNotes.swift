import Glibc
import Profiles

/// What is no mistake, but worth knowing before the gateway runs: `gateway check` prints it.
public enum ConfigurationNotes {
    public static func of(_ configuration: Configuration) -> [String] {
        var notes: [String] = []
        for device in configuration.devices {
            if let reason = device.voidBecause {
                notes.append("\(device.id): its verification is void, \(reason); verify it again")
            }
            notes += weirs(of: device)
        }
        let unverified = configuration.devices.filter { $0.verified == nil }.map(\.id)
        if !unverified.isEmpty {
            notes.append("not verified, so counted in no indicator: " + unverified.sorted().joined(separator: ", "))
        }
        for destination in configuration.destinations { notes += of(destination) }
        let used = Set(configuration.devices.map(\.bus))
        for bus in configuration.buses {
            if let broker = bus.broker { notes += unreadable(broker, of: bus.id) }
            if !used.contains(bus.id) { notes.append("\(bus.id): no device is on it") }
        }
        return notes
    }

    /// What a discharge over a weir lacks: without it the number is good without being exact.
    private static func weirs(of device: Device) -> [String] {
        device.profile.points.compactMap { point in
            guard case .weir(let weir) = point.origin else { return nil }
            var hints: [String] = []
            if weir.headCorrection == nil { hints.append("head_correction (ISO 1438; 0.00085 m for 90 degrees)") }
            if weir.greatestHead == nil { hints.append("greatest_head (what the notch can pass)") }
            if weir.surveyed == nil { hints.append("surveyed (the day when somebody measured its zero)") }
            if hints.isEmpty { return nil }
            return "\(device.id): the weir of \(point.name) has no " + hints.joined(separator: ", no ")
        }
    }

    private static func of(_ destination: Destination) -> [String] {
        var notes = unreadable(destination.broker, of: destination.id)
        if destination.broker.version == .v311 {
            notes.append("\(destination.id): with MQTT 3.1.1 a refused message looks accepted; prefer version 5")
        }
        if destination.broker.addresses.contains(where: { !$0.tls && !$0.isLoopback }) {
            notes.append("\(destination.id): without TLS anybody on the way can read and change messages")
        }
        return notes
    }

    /// Files that are not there now; on the box that the configuration is for they may be.
    private static func unreadable(_ broker: Broker, of id: String) -> [String] {
        let files = [
            ("password_file", broker.passwordFile), ("ca_file", broker.caFile),
            ("certificate_file", broker.certificateFile), ("key_file", broker.keyFile),
        ]
        return files.compactMap { key, path in
            guard let path, !path.hasPrefix("credential:"), access(path, R_OK) != 0 else { return nil }
            return "\(id): \(key) \(path) cannot be read: \(String(cString: strerror(errno)))"
        }
    }
}
