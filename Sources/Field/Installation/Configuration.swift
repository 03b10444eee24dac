public import Domain
public import Profiles

/// The validated contents of `gateway.yaml` and the files beside it: every reference in it resolves.
public struct Configuration: Sendable {
    /// The gateway's id: its MQTT client id, user name and place in topics.
    public var gateway: String
    /// An IANA name; the time zone of indicator windows and of devices' local times.
    public var timezone: String
    public var topicPrefix: String
    /// What the pages call the city; nil where nobody has named it.
    public var cityName: CityName?
    /// `clock: trusted`.
    public var clockTrusted: Bool
    public var buses: [Bus]
    public var devices: [Device]
    /// Its places in the order of the files, those without a device too.
    public var sites: [Site] = []
    public var destinations: [Destination]
    public var storage: Storage
    /// The daemon's control socket.
    public var controlSocket: String
    /// The pages; nil where the files say nothing of them.
    public var page: PageSettings?
    /// The hash of all files together, as published in the status.
    public var hash: String
    /// The files as they were read, records of verifications last.
    public var files: [SourceFile] = []

    /// A file that the configuration was read from.
    public struct SourceFile: Hashable, Sendable {
        public var path: String
        public var text: String

        package init(path: String, text: String) {
            self.path = path
            self.text = text
        }
    }

    public struct Bus: Sendable {
        public enum Kind: Sendable, Hashable {
            case modbus(ModbusEndpoint)
            case mqtt(Broker)
            /// A line on which a device sends text.
            case stream(StreamEndpoint)
        }

        public var id: String
        public var kind: Kind
        /// How many requests the device at a TCP endpoint accepts before it has answered the first; 1...16.
        public var requestsAtOnce: Int
        /// What the bus says about how its Modbus devices are asked; a device may say otherwise.
        public var pace: AskingPace

        public init(id: String, kind: Kind, requestsAtOnce: Int = 1, pace: AskingPace = AskingPace()) {
            self.id = id
            self.kind = kind
            self.requestsAtOnce = requestsAtOnce
            self.pace = pace
        }

        public var endpoint: ModbusEndpoint? {
            guard case .modbus(let endpoint) = kind else { return nil }
            return endpoint
        }

        public var stream: StreamEndpoint? {
            guard case .stream(let endpoint) = kind else { return nil }
            return endpoint
        }

        public var broker: Broker? {
            guard case .mqtt(let broker) = kind else { return nil }
            return broker
        }
    }

    public struct Storage: Sendable, Hashable {
        public var path: String
        /// In bytes, 1 MB to 1 TB.
        public var limit: Int64

        package init(
            path: String,
            limit: Int64
        ) {
            self.path = path
            self.limit = limit
        }
    }

    package init(
        gateway: String,
        timezone: String,
        topicPrefix: String,
        clockTrusted: Bool,
        buses: [Bus],
        devices: [Device],
        destinations: [Destination],
        storage: Storage,
        controlSocket: String,
        page: PageSettings? = nil,
        hash: String
    ) {
        self.gateway = gateway
        self.timezone = timezone
        self.topicPrefix = topicPrefix
        self.clockTrusted = clockTrusted
        self.buses = buses
        self.devices = devices
        self.destinations = destinations
        self.storage = storage
        self.controlSocket = controlSocket
        self.page = page
        self.hash = hash
    }
}
