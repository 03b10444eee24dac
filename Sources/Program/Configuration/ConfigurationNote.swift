public import Documents
import Domain
public import Installation
public import Profiles

/// Something that is no mistake, but useful to know before the gateway runs: `gateway check` prints it.
///
/// It has no text: the command prints it in the user's language.
public enum ConfigurationNote: Hashable, Sendable {
    /// The verification of a device no longer counts, and why.
    case verificationVoid(device: String, because: Message)
    case unverified(devices: [String])
    /// The unit id is one of those that the specification reserves on a serial line.
    case reservedUnit(device: String, unit: UInt8)
    case noDevice(bus: String)
    case weirLacks(device: String, point: String, [WeirKey])
    /// What the author of a profile should know.
    case profile(file: String, ProfileHint)
    /// MQTT 3.1.1 has no answer for a refused message.
    case oldMQTT(destination: String)
    case noTLS(destination: String)
    /// Readings go in packs: their own topics have each device's newest reading at most.
    ///
    /// - stateEvery: how often at most that one comes; nil: never.
    case packs(destination: String, topic: String, stateEvery: Duration?)
    /// Not every broker lets a gateway publish packs.
    ///
    /// - isSilent: whether the broker cannot say so, because the connection speaks MQTT 3.1.1.
    case needsPackRight(destination: String, topic: String, isSilent: Bool)
    /// A broker must let the gateway hear requests to send again.
    case needsRequestRight(destination: String, topic: String)
    /// The topics have a dot in front, at which a broker of MQTT 3.1.1 may close the connection.
    case dottedPrefix(destination: String, prefix: String)
    /// Two connections would use one user of one broker.
    case sharedUser(ids: [String], user: String, address: String)
    /// The file cannot be read; `words` come from the kernel.
    case unreadable(id: String, key: String, path: String, words: String)
    case openSecret(id: String, key: String, path: String)
    case emptySecret(id: String, key: String, path: String)
    /// A systemd credential that is in no folder that systemd takes it from; `name` is `credential:NAME`.
    case noCredential(id: String, key: String, name: String)
    /// The serial port is not there now.
    case noSerialPort(bus: String, path: String)
    /// This user cannot write the journal there.
    case storageClosed(path: String, user: String, words: String)

    /// The keys of a profile for a weir that make its discharge exact.
    public enum WeirKey: Hashable, Sendable {
        case headCorrection, greatestHead, surveyed
    }

    public static func of(_ configuration: Configuration) -> [ConfigurationNote] {
        var notes: [ConfigurationNote] = []
        let lines = Set(configuration.buses.filter { $0.endpoint?.isShared == true }.map(\.id))
        for device in configuration.devices {
            if let reason = device.voidBecause {
                notes.append(.verificationVoid(device: device.id, because: reason))
            }
            notes += weirs(of: device)
            if lines.contains(device.bus), device.unit.isReservedOnLine {
                notes.append(.reservedUnit(device: device.id, unit: device.unit.number))
            }
        }
        let profiles = Dictionary(configuration.devices.map { ($0.profile.file, $0.profile) }) { first, _ in first }
        for (file, profile) in profiles.sorted(by: { $0.key < $1.key }) {
            notes += profile.hints.map { .profile(file: file, $0) }
        }
        let unverified = configuration.devices.filter { $0.verified == nil }.map(\.id)
        if !unverified.isEmpty {
            notes.append(.unverified(devices: unverified.sorted()))
        }
        for destination in configuration.destinations {
            notes += of(destination) + packs(of: destination, in: configuration)
            notes += topics(of: destination, in: configuration)
        }
        notes += sharedUsers(of: configuration)
        notes += ports(of: configuration) + storage(of: configuration)
        notes += configuration.page.map(files) ?? []
        let used = Set(configuration.devices.map(\.bus))
        for bus in configuration.buses {
            if let broker = bus.broker { notes += files(of: broker, at: bus.id) }
            if !used.contains(bus.id) { notes.append(.noDevice(bus: bus.id)) }
        }
        return notes
    }

    /// What a discharge over a weir lacks: without it the number is good but not exact.
    private static func weirs(of device: Device) -> [ConfigurationNote] {
        device.profile.points.compactMap { point in
            guard case .weir(let weir) = point.origin else { return nil }
            var lacks: [WeirKey] = []
            if weir.headCorrection == nil { lacks.append(.headCorrection) }
            if weir.greatestHead == nil { lacks.append(.greatestHead) }
            if weir.surveyed == nil { lacks.append(.surveyed) }
            if lacks.isEmpty { return nil }
            return .weirLacks(device: device.id, point: point.name, lacks)
        }
    }

    private static func of(_ destination: Destination) -> [ConfigurationNote] {
        var notes = files(of: destination.broker, at: destination.id)
        if destination.broker.version == .v311 {
            notes.append(.oldMQTT(destination: destination.id))
        }
        if destination.broker.addresses.contains(where: { !$0.tls && !$0.isLoopback }) {
            notes.append(.noTLS(destination: destination.id))
        }
        return notes
    }

    /// A broker may allow each client id to one user only, as the shipped files for mosquitto do. It then refuses a
    /// user's second connection, or ends the first.
    private static func sharedUsers(of configuration: Configuration) -> [ConfigurationNote] {
        let brokers =
            configuration.destinations.map { ($0.id, $0.broker) }
            + configuration.buses.compactMap { bus in bus.broker.map { (bus.id, $0) } }
        return brokers.indices.flatMap { second in
            brokers[..<second].compactMap { id, first in
                let (other, broker) = brokers[second]
                guard let user = first.username, user == broker.username,
                    let address = first.addresses.first(where: broker.addresses.contains)
                else { return nil }
                return .sharedUser(ids: [id, other], user: user, address: "\(address)")
            }
        }
    }
}
