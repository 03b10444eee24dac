public import Documents
public import Domain
public import Profiles

/// What `gateway.yaml` and the files beside it say, validated: nothing in it refers to something that is not there.
public struct Configuration: Sendable {
    /// The gateway's id: its MQTT client id, user name and place in topics.
    public var gateway: String
    /// An IANA name; windows of indicators and local times of devices are in it.
    public var timezone: String
    public var topicPrefix: String
    /// `clock: trusted`.
    public var clockTrusted: Bool
    public var buses: [Bus]
    public var devices: [Device]
    public var destinations: [Destination]
    public var storage: Storage
    /// The daemon's control socket.
    public var controlSocket: String
    /// Of all files together; stands in the status.
    public var hash: String

    public struct Bus: Sendable {
        public enum Kind: Sendable, Hashable {
            case modbus(ModbusEndpoint)
            case mqtt(Broker)
        }

        public var id: String
        public var kind: Kind
        /// How many requests the device at a TCP endpoint takes before it has answered the first; 1...16.
        public var requestsAtOnce: Int

        public init(id: String, kind: Kind, requestsAtOnce: Int = 1) {
            self.id = id
            self.kind = kind
            self.requestsAtOnce = requestsAtOnce
        }

        public var endpoint: ModbusEndpoint? {
            guard case .modbus(let endpoint) = kind else { return nil }
            return endpoint
        }

        public var broker: Broker? {
            guard case .mqtt(let broker) = kind else { return nil }
            return broker
        }
    }

    public struct Storage: Sendable, Hashable {
        public var path: String
        /// Bytes, 1 MB to 1 TB.
        public var limit: Int64
    }
}

/// A place with everything that is said of it.
public struct Site: Sendable, Hashable {
    public var id: String
    public var name: String
    public var kelurahan: String?
    public var kecamatan: String?
    /// Degrees, as written.
    public var latitude: DecimalNumber?
    public var longitude: DecimalNumber?
    /// Of a site on a road: what its traffic is measured against.
    public var road: Road?
    /// The device whose level is the site's.
    public var gauge: String?
}

/// What the traffic of a site is measured against; tables by their names in the indicator catalogue.
public struct Road: Sendable, Hashable {
    /// Passenger car units per hour, of the directions that the site's counters see.
    public var capacity: DecimalNumber?
    /// How the capacity was found, such as "MKJI 1997".
    public var capacityMethod: String?
    /// The table of passenger car units.
    public var carUnits: String?
    /// The table of levels of service.
    public var levels: String?
    /// The least level of service that is wanted.
    public var targetLevel: String?
    /// How many lanes the counters see.
    public var lanes: Int
    /// The directions of a divided road, each by the word of the devices' labels, in the file's order: it is judged for
    /// each by itself.
    public var directions: [Direction]
    /// Shares of the classes where the counters tell none; they sum up to 1.
    public var classMix: [String: DecimalNumber]
    /// The places of `carUnits` and `levels`, by their keys in the file: whether the tables exist is for the catalogue
    /// to say.
    public var tablePlaces: [String: Place] = [:]

    /// One carriageway of a divided road.
    public struct Direction: Sendable, Hashable {
        public var word: String
        /// Passenger car units per hour.
        public var capacity: DecimalNumber?
        public var lanes: Int

        public init(word: String, capacity: DecimalNumber?, lanes: Int) {
            self.word = word
            self.capacity = capacity
            self.lanes = lanes
        }
    }

    public init(
        capacity: DecimalNumber? = nil,
        capacityMethod: String? = nil,
        carUnits: String? = nil,
        levels: String? = nil,
        targetLevel: String? = nil,
        lanes: Int,
        directions: [Direction] = [],
        classMix: [String: DecimalNumber] = [:],
        tablePlaces: [String: Place] = [:]
    ) {
        self.capacity = capacity
        self.capacityMethod = capacityMethod
        self.carUnits = carUnits
        self.levels = levels
        self.targetLevel = targetLevel
        self.lanes = lanes
        self.directions = directions
        self.classMix = classMix
        self.tablePlaces = tablePlaces
    }
}

/// What a deposit on this very scale is, in the unit of its net weight; what is nil is the catalogue's.
public struct Weighing: Sendable, Hashable {
    public var minimum: DecimalNumber?
    /// What stands on the pan and is no deposit.
    public var tare: DecimalNumber?
    /// How long a weight must have stood still.
    public var stable: Duration?

    public init(minimum: DecimalNumber? = nil, tare: DecimalNumber? = nil, stable: Duration? = nil) {
        self.minimum = minimum
        self.tare = tare
        self.stable = stable
    }
}

/// That the city has checked a device: without it, its readings count in no indicator.
public struct Verification: Sendable, Hashable {
    public var by: String
    /// `YYYY-MM-DD`.
    public var on: String
}

/// A device that the gateway reads.
public struct Device: Sendable {
    public var id: String
    public var profile: Profile
    public var bus: String
    /// Of a Modbus device.
    public var unit: UnitID
    /// Of an MQTT device: fills `{node}` in the profile's topics.
    public var node: String
    public var site: Site
    /// How often it is polled, or should report: 10 ms to 24 h.
    public var interval: Duration
    /// An MQTT device gives at most one reading of each message in that time, but for changes; nil: each message is
    /// one.
    public var atMostEvery: Duration?
    public var serial: String?
    public var owner: String?
    public var verified: Verification?
    /// The day from which its readings are expected, `YYYY-MM-DD`.
    public var installed: String?
    /// Of a scale.
    public var weighing: Weighing?
    /// Why the verification that was found does not hold.
    public var voidBecause: String?
    public var labels: [(key: String, value: String)]

    /// The day from which its readings are expected: that of its installation, else of its verification; nil when
    /// nobody said either.
    public var expectedFrom: String? { installed ?? verified?.on }
}

/// A broker: one logical one behind several addresses.
public struct Broker: Sendable, Hashable {
    public struct Address: Sendable, Hashable, CustomStringConvertible {
        public var host: String
        public var port: Int
        public var tls: Bool

        public var description: String {
            "\(tls ? "mqtts" : "mqtt")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        }

        /// Whether it is this machine.
        public var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }
    }

    public enum Version: String, Sendable, CaseIterable {
        case v5 = "5"
        case v311 = "3.1.1"
    }

    public var addresses: [Address]
    public var version: Version
    public var username: String?
    /// A file's path, or `credential:NAME` of systemd.
    public var passwordFile: String?
    public var caFile: String?
    public var certificateFile: String?
    public var keyFile: String?
    /// Bytes of the largest message that is taken from a field broker, 1 KiB to 16 MiB.
    public var largestPayload = 256 << 10
    /// The user that `gateway probe` comes as; nil: the gateway's own.
    public var probe: User?

    public struct User: Sendable, Hashable {
        public var name: String
        public var passwordFile: String?
    }

    /// The same broker for `gateway probe`, which must not take the gateway's place where a user has one connection.
    public var forProbe: Broker {
        guard let probe else { return self }
        var broker = self
        broker.username = probe.name
        broker.passwordFile = probe.passwordFile
        return broker
    }
}

/// Where readings go.
public struct Destination: Sendable, Hashable {
    public enum WithoutSubscriber: String, Sendable, CaseIterable {
        case wait
        case drop
    }

    public var id: String
    public var broker: Broker
    /// Backfilled messages a second, 1 to 100,000.
    public var backfillRate: Int
    public var backfillWithoutSubscriber: WithoutSubscriber
    /// Whether what it acknowledged is lost with this box: no safe place.
    public var sameBox: Bool
}
