import Glibc
public import Installation
import Platform
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
        notes += sharedUsers(of: configuration)
        let used = Set(configuration.devices.map(\.bus))
        for bus in configuration.buses {
            if let broker = bus.broker { notes += files(of: broker, at: bus.id) }
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
        var notes = files(of: destination.broker, at: destination.id)
        if destination.broker.version == .v311 {
            notes.append("\(destination.id): with MQTT 3.1.1 a refused message looks accepted; prefer version 5")
        }
        if destination.broker.addresses.contains(where: { !$0.tls && !$0.isLoopback }) {
            notes.append("\(destination.id): without TLS anybody on the way can read and change messages")
        }
        return notes
    }

    /// A broker that holds each client id to its user, as the shipped files for mosquitto do, keeps a user's second
    /// connection out, or the first.
    private static func sharedUsers(of configuration: Configuration) -> [String] {
        let brokers =
            configuration.destinations.map { ($0.id, $0.broker) }
            + configuration.buses.compactMap { bus in bus.broker.map { (bus.id, $0) } }
        return brokers.indices.flatMap { second in
            brokers[..<second].compactMap { id, first in
                let (other, broker) = brokers[second]
                guard let user = first.username, user == broker.username,
                    let address = first.addresses.first(where: broker.addresses.contains)
                else { return nil }
                return "\(id), \(other): both are user \(user) at \(address); a broker that gives each user one "
                    + "connection needs two users"
            }
        }
    }

    /// Files that are not there now, though on the box that the configuration is for they may be; and secrets that are
    /// no secrets.
    private static func files(of broker: Broker, at id: String) -> [String] {
        let secrets = [
            ("password_file", broker.passwordFile), ("key_file", broker.keyFile),
            ("probe_password_file", broker.probe?.passwordFile),
        ]
        let files = secrets + [("ca_file", broker.caFile), ("certificate_file", broker.certificateFile)]
        let unreadable = files.compactMap { key, path -> String? in
            guard let path, !path.hasPrefix("credential:"), access(path, R_OK) != 0 else { return nil }
            return "\(id): \(key) \(path) cannot be read: \(String(cString: strerror(errno)))"
        }
        let open = secrets.compactMap { key, name -> String? in
            guard let name, let path = SecretFile.openToOthers(name) else { return nil }
            return "\(id): \(key) \(path) can be read or changed by every user of this machine: chmod o= \(path)"
        }
        return unreadable + open
    }
}
